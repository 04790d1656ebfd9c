import type { Page } from 'playwright-core'

/** Words under 18 px and targets under 60 px. Not counted: the edge of a box around its input. */
export const tooSmall = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const isSeen = (element: Element) => element.checkVisibility() && element.getBoundingClientRect().width > 1
    const all = Array.from(document.querySelectorAll('.screen *')).filter(isSeen)
    const own = (element: Element) =>
      Array.from(element.childNodes, (node) =>
        node.nodeType === Node.TEXT_NODE ? (node.textContent ?? '').trim() : '',
      ).join('')
    const words = all
      .filter(
        (element) =>
          own(element) !== '' &&
          !element.closest('.unseen') &&
          Number.parseFloat(getComputedStyle(element).fontSize) < 17.9,
      )
      .map((element) => `${getComputedStyle(element).fontSize} "${own(element)}"`)
    const targets = all
      .filter((element) => element.matches('[role=button],[role=radio],[role=checkbox],[role=switch],[role=tab],input'))
      .filter((element) => element.getBoundingClientRect().height < (element.matches('input') ? 57.5 : 59.5))
      .map(
        (element) => `${element.getBoundingClientRect().height} px high: ${element.className} "${element.textContent}"`,
      )
    return Array.from(new Set([...words, ...targets]))
  })

/** Texts whose colour is nearer to what lies behind them than 4.5 to 1. What is switched off need not stand out. */
export const faintTexts = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
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
    const faults = new Set<string>()
    for (const element of document.querySelectorAll('.screen *')) {
      const text = Array.from(element.childNodes, (node) =>
        node.nodeType === Node.TEXT_NODE ? (node.textContent ?? '').trim() : '',
      ).join('')
      const value = element.matches('input, textarea')
        ? element.getAttribute('value') || element.getAttribute('placeholder')
        : text
      if (!value || !element.checkVisibility()) continue
      if (element.closest('[aria-disabled="true"], [disabled]')) continue
      const ground = groundOf(element)
      const ink = over(read(getComputedStyle(element).color), ground)
      const [more, less] = [light(ink), light(ground)].sort((a, b) => b - a)
      const ratio = ((more ?? 0) + 0.05) / ((less ?? 0) + 0.05)
      if (ratio < 4.5) faults.add(`${ratio.toFixed(2)} to 1: ${element.className} "${value}"`)
    }
    return Array.from(faults)
  })

/** What is wider than the screen, cut off inside its box without dots, or lies over another text. */
export const runsOut = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const faults = new Set<string>()
    const wide = document.documentElement.scrollWidth
    if (wide > window.innerWidth) faults.add(`the page is ${wide} px wide`)
    const isInRow = (element: Element | null): boolean =>
      element !== null &&
      (element.matches('wx-scroll-view') ||
        ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) ||
        isInRow(element.parentElement))
    const texts: { element: Element; box: DOMRect; text: string }[] = []
    for (const element of document.querySelectorAll('.screen *')) {
      const text = Array.from(element.childNodes, (node) =>
        node.nodeType === Node.TEXT_NODE ? (node.textContent ?? '').trim() : '',
      ).join('')
      if (text === '' || !element.checkVisibility() || element.closest('.unseen')) continue
      const style = getComputedStyle(element)
      // Side-scrolling rows may go on beyond the edge.
      const inRow = isInRow(element)
      const isClamped = style.textOverflow === 'ellipsis' || style.getPropertyValue('-webkit-line-clamp') !== 'none'
      const range = document.createRange()
      range.selectNodeContents(element)
      // Of a clamped text, the range also holds the lines that are not shown.
      const box = (isClamped ? element : range).getBoundingClientRect()
      if (!inRow && !isClamped && (box.right > window.innerWidth + 0.5 || box.left < -0.5))
        faults.add(`runs out of the screen: "${text}"`)
      const clip = style.overflow === 'hidden' && !isClamped
      if (clip && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1))
        faults.add(`is cut: "${text}"`)
      const isFixed = element.closest('[style*="fixed"]') !== null
      if (!isFixed && box.width > 0) texts.push({ element, box, text })
    }
    const layer = (element: Element | null): Element | null => {
      for (let at = element; at; at = at.parentElement)
        if (['fixed', 'sticky', 'absolute'].includes(getComputedStyle(at).position)) return at
      return null
    }
    for (const [index, one] of texts.entries()) {
      for (const other of texts.slice(index + 1, index + 12)) {
        if (one.element.contains(other.element) || layer(one.element) !== layer(other.element)) continue
        const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left)
        const height = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top)
        // A font's own box is higher than its line; it is letters that must not touch.
        const allowed = Math.max(4, 0.2 * Math.min(one.box.height, other.box.height))
        if (width > 2 && height > allowed) faults.add(`"${one.text}" lies over "${other.text}"`)
      }
    }
    return Array.from(faults)
  })
