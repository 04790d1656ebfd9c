import type { BillKind } from './bill'
import type { AccountId, BillerId, CityId } from './ids'
import type { Instant } from './time'

/**
 * What a number of a biller looks like. Declarative on purpose: a manifest is data from outside, and a regular expression
 * from outside can freeze a phone.
 *
 * `checkDigit` covers the whole number, check included:
 * - `luhn`: ISO/IEC 7812, digits
 * - `mod11`: ISO 7064 MOD 11-2, the last character 0 to 9 or X (as in identity card numbers, GB 11643)
 * - `mod97`: ISO 7064 MOD 97-10, two check digits at the end, letters count 10 to 35
 */
export type AccountRule = {
  minLength: number
  maxLength: number
  charset: 'digits' | 'alnum'
  checkDigit: 'none' | 'mod11' | 'luhn' | 'mod97'
}

/** Whose bill it is, as the citizen said when binding: asked, because a mistyped number may be a stranger's. */
export type AccountRelation = 'own' | 'other'

/** A bound bill account (户号). Holder, number and address come masked from the city. */
export type Account = {
  id: AccountId
  city: CityId
  billerId: BillerId
  kind: BillKind
  numberMasked: string
  holderMasked: string
  addressMasked: string
  relation: AccountRelation
  /** The citizen's own name for it: "parents' flat". */
  nickname?: string
  /** False until the first payment to it went through: the first one warns. */
  paidBefore: boolean
  boundAt: Instant
}

export type AccountNumberProblem =
  | { kind: 'empty' }
  | { kind: 'too-short'; missing: number; minLength: number }
  | { kind: 'too-long'; extra: number; maxLength: number }
  /** The characters that do not belong, each once, in order. */
  | { kind: 'bad-characters'; characters: readonly string[] }
  | { kind: 'bad-check-digit' }

/** As typed or scanned, made plain: full-width becomes half-width, blanks and hyphens go, letters become capitals. */
export const normaliseAccountNumber = (text: string): string =>
  text
    .replace(/[！-～]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u200b-\u200d\u2060\ufeff\u3000]/g, '')
    .replace(/[-‐-―−·]/g, '')
    .toUpperCase()

const luhnHolds = (number: string): boolean => {
  let sum = 0
  for (let place = 0; place < number.length; place += 1) {
    const digit = Number(number[number.length - 1 - place])
    const weighed = place % 2 === 1 ? digit * 2 : digit
    sum += weighed > 9 ? weighed - 9 : weighed
  }
  return sum % 10 === 0
}

const mod11Holds = (number: string): boolean => {
  if (!/^\d+[\dX]$/.test(number)) return false
  let rest = 0
  for (const character of number.slice(0, -1)) rest = ((rest + Number(character)) * 2) % 11
  const last = number.slice(-1)
  return (rest + (last === 'X' ? 10 : Number(last))) % 11 === 1
}

const mod97Holds = (number: string): boolean => {
  if (!/^[0-9A-Z]+\d\d$/.test(number)) return false
  let rest = 0
  for (const character of number) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}

const checkHolds = (rule: AccountRule, number: string): boolean => {
  switch (rule.checkDigit) {
    case 'none':
      return true
    case 'luhn':
      return /^\d+$/.test(number) && luhnHolds(number)
    case 'mod11':
      return mod11Holds(number)
    case 'mod97':
      return mod97Holds(number)
  }
}

const badCharacters = (rule: AccountRule, number: string): string[] => {
  // An X may end a mod11 number even where all the others are digits.
  const checked = rule.checkDigit === 'mod11' ? number.replace(/X$/, '') : number
  const good = rule.charset === 'digits' ? /^[0-9]$/ : /^[0-9A-Z]$/
  return Array.from(new Set(Array.from(checked).filter((character) => !good.test(character))))
}

/**
 * What is wrong with a typed number, worst first; an empty list means that it may be looked up. The check digit is only
 * judged once all else is right. Takes the text as typed: it is normalised here.
 */
export const validateAccountNumber = (rule: AccountRule, text: string): AccountNumberProblem[] => {
  const number = normaliseAccountNumber(text)
  if (number === '') return [{ kind: 'empty' }]
  const problems: AccountNumberProblem[] = []
  const strange = badCharacters(rule, number)
  if (strange.length > 0) problems.push({ kind: 'bad-characters', characters: strange })
  const { length } = Array.from(number)
  const { minLength, maxLength } = rule
  if (length < minLength) problems.push({ kind: 'too-short', missing: minLength - length, minLength })
  else if (length > maxLength) problems.push({ kind: 'too-long', extra: length - maxLength, maxLength })
  if (problems.length === 0 && !checkHolds(rule, number)) problems.push({ kind: 'bad-check-digit' })
  return problems
}
