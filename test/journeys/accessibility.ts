import type { Phone } from '../engine/phone'

/** What a screen reader would not say, or say wrong, on the screen shown now. */
export function unreadable({ screen, page }: Phone): string[] {
  const faults: string[] = []
  const outer = (element: Element) => (element.cloneNode(false) as Element).outerHTML.replace(/ [\w-]+="(none|)"/g, '')
  const isHidden = (element: Element) => element.closest('[aria-hidden="true"]') !== null
  for (const element of screen.tappable()) {
    if (isHidden(element) || isOnlyCompiledSo(element) || isBehindDialog(element) || isInChart(element)) continue
    if (!screen.roleOf(element)) faults.push(`${page}: can be tapped and has no role: ${outer(element)}`)
    else if (!screen.nameOf(element)) faults.push(`${page}: can be tapped and has no name: ${outer(element)}`)
  }
  for (const element of screen.images()) {
    if (isHidden(element) || element.closest('[aria-label]:not([aria-label=""])')) continue
    faults.push(`${page}: an image neither labelled nor hidden: ${outer(element)}`)
  }
  for (const { element, role, name } of screen.all()) {
    const needsName = ['textbox', 'dialog', 'img', 'heading', 'progressbar', 'radiogroup', 'tablist'].includes(role)
    if (needsName && !name && !isHidden(element)) faults.push(`${page}: a ${role} without a name: ${outer(element)}`)
  }
  return faults
}

/**
 * One compiled template serves lines that open something and lines that are only read, and hears taps of both; without an
 * act a line shows no press either.
 */
const isOnlyCompiledSo = (element: Element) =>
  element.classList.contains('cell') && element.getAttribute('hover-class') !== 'press'

/** What lies behind a dialog closes it, as a button in the dialog does. */
const isBehindDialog = (element: Element) => element.matches('.veil, .veil__ground')

/** A chart is one image with a name to a reader; what a bar shows when tapped is in the list beside it. */
const isInChart = (element: Element) =>
  element.parentElement?.closest('[aria-role="img"][aria-label], [role="img"][aria-label]') != null

/** Lists under the host's own title bar, which is read as the heading: a search and its finds. */
export const lists = ['pages/booking/items/index', 'pages/booking/halls/index', 'pages/billing/list/index']

/** Pages without a heading have no place for a reader to begin. */
export const hasHeading = ({ screen }: Phone): boolean =>
  screen.all().some(({ role, name }) => role === 'heading' && name !== '')

/** Live regions: read aloud when they change. */
export const liveRegions = ({ root }: Phone): Element[] =>
  Array.from(
    root.querySelectorAll(
      '[aria-live="polite"], [aria-live="assertive"], [aria-role="alert"], [aria-role="status"], [role="alert"], [role="status"]',
    ),
  )
