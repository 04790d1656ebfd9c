import type { Page } from 'playwright-core'

/** What a look promises: least sizes in dp, least line spacing, and in which themes texts must stand out. */
export interface Promises {
  readonly text: number
  readonly target: number
  readonly lines: number
  readonly themes: readonly string[]
}

/** The four themes, as classes of the page's root. */
export const themes = ['', 'screen--dark', 'screen--contrast', 'screen--dark screen--contrast']

/**
 * Every promise that the painted page breaks. What lies behind an open dialog is not looked at. Seen as texts: every node with
 * words of its own, and what is written or hinted at in a field.
 */
export const brokenIn = (page: Page, promises: Promises): Promise<string[]> => page.evaluate(look, promises)

/** Runs in the browser, so it carries with it all that it calls. */
function look(promises: Promises): string[] {
  const faults = new Set<string>()
  const root = document.querySelector('[aria-modal="true"]') ?? document.querySelector('.screen')
  if (!root) return ['nothing is rendered']
  const all = Array.from(root.querySelectorAll('*')).filter(
    (element) => element.checkVisibility() && !element.closest('.unseen') && element.getBoundingClientRect().width > 1,
  )
  const own = (element: Element) =>
    Array.from(element.childNodes, (node) =>
      node.nodeType === Node.TEXT_NODE ? (node.textContent ?? '').trim() : '',
    ).join('')
  const texts = all
    .map((element) => ({ element, text: own(element), style: getComputedStyle(element) }))
    .filter(({ text }) => text !== '')

  function sizes() {
    for (const { text, style } of texts) {
      const size = Number.parseFloat(style.fontSize)
      if (size < promises.text - 0.1) faults.add(`${size} px is too small: "${text}"`)
      if (Number.parseFloat(style.lineHeight) / size < promises.lines - 0.01)
        faults.add(`lines ${style.lineHeight} apart for ${size} px: "${text}"`)
    }
    const targets = '[role=button],[role=radio],[role=checkbox],[role=switch],[role=tab],[role=link]'
    for (const element of all.filter((each) => each.matches(targets))) {
      const { width, height } = element.getBoundingClientRect()
      if (Math.min(width, height) < promises.target - 0.5)
        faults.add(`a target of ${width} x ${height}: ${element.className} "${element.textContent}"`)
    }
    // A field is touched through its box, which has an edge.
    for (const element of all.filter((each) => each.matches('wx-input'))) {
      const { height } = element.getBoundingClientRect()
      if (height < promises.target - 2.5) faults.add(`a field ${height} high: "${element.textContent}"`)
    }
  }

  type Colour = [number, number, number, number]
  const read = (text: string): Colour => {
    const [r = 0, g = 0, b = 0, a = 1] = (text.match(/[\d.]+/g) ?? []).map(Number)
    return [r, g, b, a]
  }
  const over = ([r, g, b, a]: Colour, [r2, g2, b2]: Colour): Colour => [
    r * a + r2 * (1 - a),
    g * a + g2 * (1 - a),
    b * a + b2 * (1 - a),
    1,
  ]
  const light = ([r, g, b]: Colour) => {
    const part = (value: number) =>
      value / 255 <= 0.03928 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4
    return 0.2126 * part(r) + 0.7152 * part(g) + 0.0722 * part(b)
  }
  const groundOf = (element: Element | null): Colour => {
    if (!element) return [255, 255, 255, 1]
    const colour = read(getComputedStyle(element).backgroundColor)
    return colour[3] === 1 ? colour : over(colour, groundOf(element.parentElement))
  }
  const isOff = (element: Element) => element.closest('[aria-disabled="true"], [disabled]') !== null

  /** What is switched off need not stand out. */
  function contrasts() {
    for (const theme of promises.themes) {
      for (const screen of document.querySelectorAll('.screen')) {
        screen.classList.remove('screen--dark', 'screen--contrast')
        if (theme) screen.classList.add(...theme.split(' '))
      }
      for (const { element, text, style } of texts) {
        if (isOff(element)) continue
        const ground = groundOf(element)
        const [more = 0, less = 0] = [light(over(read(style.color), ground)), light(ground)].sort((a, b) => b - a)
        const ratio = (more + 0.05) / (less + 0.05)
        if (ratio < 4.5) faults.add(`${theme || 'light'}: ${ratio.toFixed(2)} to 1: ${element.className} "${text}"`)
      }
    }
  }

  const isInRow = (element: Element | null): boolean =>
    element !== null &&
    (element.matches('wx-scroll-view') ||
      ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) ||
      isInRow(element.parentElement))
  /** Of a clamped text a range also holds the lines that are not shown. */
  const boxOf = (element: Element) => {
    if (getComputedStyle(element).webkitLineClamp !== 'none') return element.getBoundingClientRect()
    const range = document.createRange()
    range.selectNodeContents(element)
    return range.getBoundingClientRect()
  }
  const layerOf = (element: Element): Element | null => {
    for (let at: Element | null = element; at; at = at.parentElement)
      if (['fixed', 'sticky', 'absolute'].includes(getComputedStyle(at).position)) return at
    return null
  }

  /** As much of a box as what it scrolls in lets one see. */
  const seenOf = (element: Element, box: DOMRect): DOMRect => {
    const scroller = element.closest('wx-scroll-view, .sheet__body')?.getBoundingClientRect()
    if (!scroller) return box
    const top = Math.max(box.top, scroller.top)
    return new DOMRect(box.left, top, box.width, Math.max(0, Math.min(box.bottom, scroller.bottom) - top))
  }

  /** Words broken in the middle, and numbers to be read out that are in more than two pieces. */
  function words() {
    for (const { element } of texts) {
      for (const node of Array.from(element.childNodes).filter((each) => each.nodeType === Node.TEXT_NODE)) {
        for (const { 0: word, index } of (node.textContent ?? '').matchAll(/[\w*][\w*’']{2,}/g)) {
          const range = document.createRange()
          range.setStart(node, index)
          range.setEnd(node, index + word.length)
          const lines = new Set(Array.from(range.getClientRects(), ({ top }) => Math.round(top))).size
          if (lines > (/[\d*]/.test(word) && word.length > 12 ? 2 : 1)) faults.add(`"${word}" is broken into ${lines}`)
        }
      }
    }
  }

  /** What is wider than the screen, cut off inside its box, or lies over another text. */
  function places() {
    const wide = document.documentElement.scrollWidth
    if (wide > window.innerWidth) faults.add(`the page is ${wide} px wide`)
    const placed = texts.map(({ element, text, style }) => ({
      element,
      text,
      style,
      box: seenOf(element, boxOf(element)),
      layer: layerOf(element),
    }))
    for (const { element, text, style, box } of placed) {
      // Side-scrolling rows may go on beyond the edge.
      if (!isInRow(element) && (box.right > window.innerWidth + 0.5 || box.left < -0.5))
        faults.add(`runs out of the screen: "${text}"`)
      // Rows of a long list are of one height, and open a page that has it all.
      if (element.closest('.list-window__row') && style.webkitLineClamp !== 'none') continue
      // What a field hints at is a node of its own, which the field cuts.
      const field = element.closest('wx-input') ?? element
      const isCut = field.scrollWidth > field.clientWidth + 1 || field.scrollHeight > field.clientHeight + 1
      if (getComputedStyle(field).overflow === 'hidden' && isCut) faults.add(`is cut: "${text}"`)
    }
    for (const [index, one] of placed.entries()) {
      for (const other of placed.slice(index + 1, index + 12)) {
        if (one.element.contains(other.element) || one.layer !== other.layer) continue
        const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
        const height = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
        // A font's own box is higher than its line; it is letters that must not touch.
        const allowed = Math.max(4, 0.2 * Math.min(one.box.height, other.box.height))
        if (width > 2 && height > allowed) faults.add(`"${one.text}" lies over "${other.text}"`)
      }
    }
  }

  sizes()
  words()
  places()
  contrasts()
  return Array.from(faults)
}
