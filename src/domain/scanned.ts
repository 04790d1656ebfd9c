import { type AccountRule, normaliseAccountNumber, validateAccountNumber } from './account'
import { receiptPrefix } from './receipt'
import { normalise } from './typed'

/** The account number in the bar code or QR code of a paper bill. */
export type Scanned = { kind: 'number'; number: string } | { kind: 'receipt' } | { kind: 'none' } | { kind: 'several' }

/** No bill's code is longer; the rest is ignored. */
const longestCode = 2000

/** Links on paper hold parameters that are encoded once or twice; a code that cannot be decoded stays as it is. */
const decoded = (text: string): string => {
  let code = text
  for (let time = 0; time < 3 && code.indexOf('%') >= 0; time += 1) {
    try {
      code = decodeURIComponent(code)
    } catch {
      return code.replace(/%[0-9A-Fa-f]{2}/g, ' ')
    }
  }
  return code
}

/** Runs of letters and digits, and groups of digits as numbers are printed: 3301 0012 3456 5. */
const runsOf = (code: string): string[] => [
  ...code.split(/[^0-9A-Za-z]+/),
  ...(code.match(/[0-9]+(?:[ -][0-9]+)+[Xx]?(?![0-9A-Za-z])/g) ?? []),
]

/**
 * Finds the number in an untrusted code: the whole code, or a run of letters and digits in it (a parameter of a link) that fits
 * the biller's rule. Never a part of a longer run: one in ten has a valid check digit by chance. Several different numbers are
 * `several`: only the citizen knows which. `receipt` is the code of a receipt, which proves a payment and names no number.
 */
export const readScanned = (rule: AccountRule, text: string): Scanned => {
  if (text.trim().indexOf(receiptPrefix) === 0) return { kind: 'receipt' }
  const code = normalise('code', decoded(text.slice(0, longestCode)))
  const fits = (candidate: string) => validateAccountNumber(rule, candidate).length === 0
  const whole = normaliseAccountNumber(code)
  if (fits(whole)) return { kind: 'number', number: whole }
  const found = Array.from(new Set(runsOf(code).map(normaliseAccountNumber).filter(fits)))
  // A number over two lines.
  if (found.length === 0) found.push(...[normaliseAccountNumber(text.slice(0, longestCode))].filter(fits))
  const [number] = found
  if (number === undefined) return { kind: 'none' }
  return found.length === 1 ? { kind: 'number', number } : { kind: 'several' }
}
