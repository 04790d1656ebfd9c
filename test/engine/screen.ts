import type { Bundle, HostName } from './bundle'
import { listensTo, valueIn } from './view'

export interface Seen {
  readonly element: Element
  readonly role: string
  readonly name: string
  readonly isDisabled: boolean
}

/** Whole text, or what a text must match. */
export type Words = string | RegExp

/** Built-in components that have a role of their own. */
const ownRoles: Record<string, string> = { BUTTON: 'button', INPUT: 'textbox', TEXTAREA: 'textbox', SWITCH: 'switch' }
const pressable = ['button', 'checkbox', 'link', 'radio', 'switch', 'tab', 'img']

/** What a page says to eyes and to screen readers. Each host's reader knows the role by that host's attribute only. */
export class Screen {
  readonly #root: Element
  readonly #roleAttribute: string
  readonly #hiding: ReadonlySet<string>

  constructor(root: Element, host: HostName, hiding: ReadonlySet<string>) {
    this.#root = root
    this.#roleAttribute = host === 'wechat' ? 'aria-role' : 'role'
    this.#hiding = hiding
  }

  /** Everything, line by line: what has a role with its name and state, all else as text. */
  lines(): string[] {
    const lines: string[] = []
    const visit = (node: Node) => {
      if (node.nodeType === 3) {
        const text = squeezed(node.textContent ?? '')
        if (text) lines.push(text)
      }
      if (!isElement(node) || this.#isUnseen(node)) return
      const role = this.roleOf(node)
      if (role === 'textbox') lines.push(`textbox "${this.nameOf(node)}" = "${valueIn(node)}"`)
      else if (pressable.includes(role) || role === 'heading')
        lines.push(`${role} "${this.nameOf(node)}"${stateOf(node)}`)
      else node.childNodes.forEach(visit)
    }
    visit(this.#root)
    return lines
  }

  /** All that has a role, in order. */
  all(): Seen[] {
    const list: Seen[] = []
    for (const element of this.#elements()) {
      const role = this.roleOf(element)
      if (role) {
        const isDisabled =
          element.getAttribute('aria-disabled') === 'true' || element.getAttribute('disabled') === 'true'
        list.push({ element, role, name: this.nameOf(element), isDisabled })
      }
    }
    return list
  }

  /** With an open dialog, what is in the dialog. Without a role: whatever can be pressed. */
  find(words: Words, role?: string): Seen[] {
    const all = this.all()
    const dialog = all.filter(({ element }) => element.getAttribute('aria-modal') === 'true').at(-1)?.element
    const fits = all.filter(
      (seen) =>
        (role ? seen.role === role : pressable.includes(seen.role)) && (!dialog || dialog.contains(seen.element)),
    )
    const exactly = fits.filter(({ name }) => (typeof words === 'string' ? name === words : words.test(name)))
    if (exactly.length > 0 || typeof words !== 'string') return exactly
    return fits.filter(({ name }) => name.startsWith(words))
  }

  says(words: Words): boolean {
    const fits = (text: string) => (typeof words === 'string' ? text.includes(squeezed(words)) : words.test(text))
    return this.#elements().some(
      (element) =>
        (hasOwnText(element) && fits(this.#textOf(element))) || fits(element.getAttribute('aria-label') ?? ''),
    )
  }

  /** Everything that answers to a tap. */
  tappable(): Element[] {
    return this.#elements().filter(
      (element) => listensTo(element, 'tap') && !['INPUT', 'TEXTAREA', 'SCROLL-VIEW'].includes(element.tagName),
    )
  }

  images(): Element[] {
    return this.#elements().filter((element) => element.tagName === 'IMAGE')
  }

  scrolls(): Element[] {
    return this.#elements().filter((element) => element.tagName === 'SCROLL-VIEW')
  }

  roleOf(element: Element): string {
    return element.getAttribute(this.#roleAttribute) || ownRoles[element.tagName] || ''
  }

  /** The label, or the texts inside; a text field is called by its label or its placeholder. */
  nameOf(element: Element): string {
    const label = element.getAttribute('aria-label')
    return squeezed(label || this.#textOf(element) || element.getAttribute('placeholder') || '')
  }

  #textOf(element: Element): string {
    let text = ''
    const visit = (node: Node) => {
      if (node.nodeType === 3) text += node.textContent
      if (!isElement(node) || this.#isUnseen(node)) return
      if (node.getAttribute('aria-hidden') === 'true') return
      node.childNodes.forEach(visit)
      if (node.tagName !== 'TEXT') text += ' '
    }
    element.childNodes.forEach(visit)
    return squeezed(text)
  }

  #elements(): Element[] {
    const list: Element[] = []
    const visit = (element: Element) => {
      if (this.#isUnseen(element)) return
      list.push(element)
      for (const child of element.children) visit(child)
    }
    visit(this.#root)
    return list
  }

  #isUnseen(element: Element): boolean {
    return (
      Array.from(element.classList).some((name) => this.#hiding.has(name)) ||
      /display:\s*none/.test(element.getAttribute('style') ?? '')
    )
  }
}

/** Classes whose style is not to be shown at all. */
export function hidingClasses(bundle: Bundle): ReadonlySet<string> {
  const names = new Set<string>()
  for (const [file, text] of bundle.files) {
    if (!file.endsWith('.wxss')) continue
    for (const [, selectors = '', rules = ''] of text.matchAll(/([^{}]+)\{([^{}]*)\}/g)) {
      if (!/display:\s*none/.test(rules)) continue
      for (const selector of selectors.split(',')) {
        const only = /^\.([\w-]+)$/.exec(selector.trim())?.[1]
        if (only) names.add(only)
      }
    }
  }
  return names
}

function stateOf(element: Element): string {
  const states = ['checked', 'selected', 'expanded', 'disabled']
  return states
    .filter(
      (state) =>
        element.getAttribute(`aria-${state}`) === 'true' ||
        (state === 'disabled' && element.getAttribute('disabled') === 'true'),
    )
    .map((state) => ` ${state}`)
    .join('')
}

const hasOwnText = (element: Element) =>
  Array.from(element.childNodes).some((node) => node.nodeType === 3 && node.textContent?.trim())

const isElement = (node: Node): node is Element => node.nodeType === 1

const squeezed = (text: string) => text.replace(/\s+/g, ' ').trim()
