import { type AccountRule, normaliseAccountNumber, validateAccountNumber } from './account'

/** What the bar code or QR code of a paper bill says about the number that a biller's form asks for. */
export type Scanned = { kind: 'number'; number: string } | { kind: 'none' } | { kind: 'several' }

/** No bill's code is longer; what is beyond is not looked at. */
const longestCode = 2000

/**
 * Looks for the number in a code that anybody may have printed: the whole code, or a run of letters and digits in it (an
 * address with parameters, say) that keeps the biller's rule. Never a part of a longer run: with one check digit in ten, a
 * stranger's number would fit by chance. Several different ones are none: the citizen knows which.
 */
export const readScanned = (rule: AccountRule, text: string): Scanned => {
  const code = text.slice(0, longestCode)
  const fits = (candidate: string) => validateAccountNumber(rule, candidate).length === 0
  const whole = normaliseAccountNumber(code)
  if (fits(whole)) return { kind: 'number', number: whole }
  const runs = code.split(/[^0-9A-Za-z]+/).map(normaliseAccountNumber)
  const found = Array.from(new Set(runs.filter(fits)))
  const [number] = found
  if (number === undefined) return { kind: 'none' }
  return found.length === 1 ? { kind: 'number', number } : { kind: 'several' }
}
