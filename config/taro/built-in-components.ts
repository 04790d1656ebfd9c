type Attributes = Record<string, string>
type Components = Record<string, Attributes | undefined>
type Host = 'weapp' | 'alipay'

/**
 * What Taro's compiled templates carry. Taro keeps one table of components and attributes for each host: an attribute that
 * is not in it is silently dropped on a phone, and each one that is there costs bytes on every level of the templates.
 * The views must start from the same table, because both sides number the attributes from it.
 *
 * The host's own components our views use, with the attributes and events they set; accessibility is below. Add here what a
 * view is to set, before it does.
 */
export const used: Record<string, string[]> = {
  // Of the touches only the move, which `catchMove` catches.
  View: ['hover-class', 'bindTouchMove'],
  Button: ['hover-class', 'open-type', 'bindagreeprivacyauthorization'],
  Input: [
    ...['value', 'type', 'placeholder', 'placeholder-class', 'disabled', 'maxlength', 'focus', 'confirm-type'],
    ...['bindInput', 'bindFocus', 'bindBlur', 'bindConfirm'],
  ],
  Textarea: ['value', 'placeholder', 'placeholder-class', 'maxlength', 'bindInput', 'bindFocus', 'bindBlur'],
  ScrollView: [
    ...['scroll-x', 'scroll-y', 'scroll-top', 'scroll-into-view', 'scroll-with-animation', 'lower-threshold'],
    ...['bindScroll', 'bindScrollToLower'],
  ],
}

/** What Taro sets itself, where a host has it: on Alipay a text area is no native one. */
const setByTaro = ['enableNative']

/** Taro's own machinery looks these up by name, and counts them; no view of ours uses one, so they carry nothing. */
const neededByTaro = [
  'Text',
  'Image',
  'Block',
  'Slot',
  'SlotView',
  'NativeSlot',
  'Script',
  'Swiper',
  'SwiperItem',
  'Slider',
]

/** An attribute without default goes to the host as it is; one with the default `''` is empty when absent. */
const asGiven = ''
const emptyWhenAbsent = "''"

/** WeChat reads `aria-role`, Alipay (and the browser) `role`: views write both, each host's templates carry their own. */
const roleOf: Record<Host, string> = { weapp: 'aria-role', alipay: 'role' }

const states = ['aria-checked', 'aria-selected', 'aria-disabled', 'aria-expanded']
const regions = ['aria-live', 'aria-modal']

const accessibility: Record<string, string[]> = {
  View: [...states, ...regions],
  Button: states,
  Input: ['aria-disabled'],
  Textarea: ['aria-disabled'],
  ScrollView: [],
}

/** How deep a component may sit inside another of its kind; Taro writes a template for each level. */
export const nesting: [component: string, levels: number][] = [
  ['catch-view', 3],
  ['text', 1],
  ['static-text', 1],
  ['scroll-view', 3],
]

/** How long what was pressed looks so. In the templates, or it would be sent with everything that can be tapped. */
const pressedMs = '80'

/** Those of `compileMode` carry only what a view says itself. */
export const withPressedTime = (template: string): string =>
  template.replace(/ hover-class=/g, ` hover-stay-time="${pressedMs}" hover-class=`)

/** What this host's table lacks. */
function additions(host: Host): Components {
  const added: Components = {}
  for (const [name, more] of Object.entries(accessibility)) {
    const attributes: Attributes = {}
    for (const attribute of [roleOf[host], 'aria-label', 'aria-hidden']) attributes[attribute] = emptyWhenAbsent
    for (const attribute of more) attributes[attribute] = asGiven
    added[name] = attributes
  }
  for (const name of ['View', 'Button']) added[name] = { ...added[name], 'hover-stay-time': pressedMs }
  return added
}

/** Adds to Taro's table what it lacks. Gives the additions, which the views must count as well. */
export function addAttributes(components: Components, host: Host): Components {
  const added = additions(host)
  for (const [name, attributes] of Object.entries(added)) {
    const known = components[name]
    if (!known) throw new Error(`Taro's table of components has no ${name}`)
    Object.assign(known, attributes)
  }
  return added
}

/** Takes out of Taro's table what no view of ours uses. What is used and not in it is an error of the build. */
export function leaveOutUnused(components: Components, host: Host): void {
  const added = additions(host)
  for (const [name, attributes = {}] of Object.entries(components)) {
    const kept = [...(used[name] ?? []), ...Object.keys(added[name] ?? {})]
    for (const attribute of kept)
      if (!(attribute in attributes)) throw new Error(`Taro's table of ${name} has no ${attribute}`)
    for (const attribute of Object.keys(attributes))
      if (!kept.includes(attribute) && !setByTaro.includes(attribute)) delete attributes[attribute]
    if (!used[name] && !neededByTaro.includes(name)) delete components[name]
  }
  for (const name of Object.keys(used))
    if (!components[name]) throw new Error(`Taro's table of components has no ${name}`)
}
