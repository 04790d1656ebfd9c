type Attributes = Record<string, string>
type Components = Record<string, Attributes | undefined>
type Host = 'weapp' | 'alipay'

/**
 * What Taro's compiled templates carry. Taro keeps one table of components and attributes for each host: an attribute that
 * is not in it is silently dropped on a phone, and each one that is there costs bytes on every level of the templates.
 * The views must start from the same table, because both sides number the attributes from it.
 *
 * Host's own components our views use. Add one here, with its accessibility attributes, before you use it.
 */
export const usedComponents = [
  'View',
  'Text',
  'Image',
  'Button',
  'Input',
  'Textarea',
  'ScrollView',
  'Switch',
  'Form',
  'Label',
  'RootPortal',
  'PageMeta',
  'NavigationBar',
  'Canvas',
  'WebView',
]

/** Taro's own machinery looks these up by name. */
const neededByTaro = [
  'Block',
  'Slot',
  'SlotView',
  'NativeSlot',
  'Script',
  'Swiper',
  'SwiperItem',
  'Slider',
  'KeyboardAccessory',
  'Editor',
]

/** An attribute without default goes to the host as it is; one with the default `''` is empty when absent. */
const asGiven = ''
const emptyWhenAbsent = "''"

/** WeChat reads `aria-role`, Alipay (and the browser) `role`: views write both, each host's templates carry their own. */
const roleOf: Record<Host, string> = { weapp: 'aria-role', alipay: 'role' }

const states = ['aria-checked', 'aria-selected', 'aria-disabled', 'aria-expanded']
const regions = ['aria-live', 'aria-level', 'aria-modal']

const accessibility: Record<string, string[]> = {
  View: [...states, ...regions],
  Text: ['aria-level', 'aria-live'],
  Image: [],
  Button: states,
  Input: ['aria-disabled', 'aria-required', 'aria-invalid'],
  Textarea: ['aria-disabled', 'aria-required', 'aria-invalid'],
  ScrollView: [],
  Switch: ['aria-checked', 'aria-disabled'],
  Label: [],
}

/** Attributes and events that none of our views uses; each bound event also costs a message from the host at every touch. */
const unused: Record<string, RegExp> = {
  View: /^(animation|hover-stop-propagation|disable-scroll|hidden|(bind|on)(animation\w+|transitionend|touchcancel|long(press|tap)|(first)?appear|disappear))$/i,
  Text: /^(space|decode|overflow|max-lines|number-of-lines|(bind|on)\w+)$/i,
  Image: /^((bind|on)(touch\w+|long(press|tap)|(first)?appear|disappear))$/i,
}

/** How deep a component may sit inside another of its kind; Taro writes a template for each level. */
export const nesting: [component: string, levels: number][] = [
  ['catch-view', 3],
  ['text', 3],
  ['static-text', 3],
  ['scroll-view', 3],
]

/** How long what was pressed looks so. In the templates, or it would be sent with everything that can be tapped. */
const pressedMs = '80'

/** Those of `compileMode` carry only what a view says itself. */
export const withPressedTime = (template: string): string =>
  template.replace(/ hover-class=/g, ` hover-stay-time="${pressedMs}" hover-class=`)

/** Adds to Taro's table what it lacks. Gives the additions, which the views must count as well. */
export function addAttributes(components: Components, host: Host): Components {
  const added: Components = {}
  for (const [name, more] of Object.entries(accessibility)) {
    if (!components[name]) throw new Error(`Taro's table of components has no ${name}`)
    const attributes: Attributes = {}
    for (const attribute of [roleOf[host], 'aria-label', 'aria-hidden']) attributes[attribute] = emptyWhenAbsent
    for (const attribute of more) attributes[attribute] = asGiven
    added[name] = attributes
  }
  for (const name of ['View', 'Button']) added[name] = { ...added[name], 'hover-stay-time': pressedMs }
  for (const [name, attributes] of Object.entries(added)) Object.assign(components[name] ?? {}, attributes)
  return added
}

/** Takes out of Taro's table what no view of ours uses. A pattern that finds nothing is out of date, and fails the build. */
export function leaveOutUnused(components: Components): void {
  for (const name of Object.keys(components)) {
    if (!usedComponents.includes(name) && !neededByTaro.includes(name)) delete components[name]
  }
  for (const [name, pattern] of Object.entries(unused)) {
    const attributes = components[name] ?? {}
    const found = Object.keys(attributes).filter((attribute) => pattern.test(attribute))
    if (found.length === 0) throw new Error(`Taro's table of ${name} has none of ${pattern}`)
    for (const attribute of found) delete attributes[attribute]
  }
}
