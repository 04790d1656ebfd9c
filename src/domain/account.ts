import type { BillKind } from './bill-kind'
import type { AccountId, BillerId, CityId, MatchId } from './ids'
import { type Instant, readInstant } from './time'
import { normalise, readersCharacters } from './typed'
import type { Unlisted } from './unlisted'

/**
 * What a number of a biller looks like. Declarative on purpose: a manifest is data from outside, and a regular expression
 * from outside can freeze a phone.
 *
 * `checkDigit`, the last character:
 * - `luhn`: ISO/IEC 7812
 * - `mod11`: weights 2 to 7 over and over from the right, 11 less the sum modulo 11; 10 is X, 11 is 0
 *
 * A rule that this version does not know is the city's to judge: nothing is refused here for it.
 */
export type AccountRule = {
  /** The name on the paper bill: 户号, 用户号, 决定书编号. */
  label: string
  hint?: string | undefined
  example?: string | undefined
  minLength: number
  maxLength: number
  charset: 'digits' | 'letters-digits' | Unlisted
  checkDigit: 'none' | 'luhn' | 'mod11' | Unlisted
}

/** Whose bill it is, as the citizen states when binding: a mistyped number may be a stranger's. */
export type AccountRelation = 'mine' | 'someone-else' | Unlisted

/** A bound bill account (户号). Number, holder and address come masked from the city. */
export type Account = {
  id: AccountId
  cityId: CityId
  billerId: BillerId
  kind: BillKind
  maskedNumber: string
  maskedHolder: string
  maskedAddress: string
  /** Tells it from another one whose masks are equal. */
  mark?: string | undefined
  relation: AccountRelation
  /** The citizen's own name for it: "parents' flat". */
  nickname?: string | undefined
  boundAt: Instant
  /** False until this citizen paid it once: the first payment warns. */
  paidBefore: boolean
  /** Whether the biller knows this citizen as the holder: anybody else is shown what is due only. Absent where the city does not tell. */
  holder?: boolean | undefined
  /** When the biller last reported to the city what is open on it; absent while it sleeps or does not respond. */
  billerAnsweredAt?: Instant | undefined
  /** Messages about its bills; absent when never requested. */
  reminder?: { given: boolean; changedAt: Instant } | undefined
}

/** The marks of those accounts that look like another one: same biller, masks and name. Nobody else needs to see one. */
export function marksOf(accounts: readonly Account[]): ReadonlyMap<AccountId, string> {
  const looks = ({ billerId, maskedNumber, maskedAddress, nickname = '' }: Account) =>
    [billerId, maskedNumber, maskedAddress, nickname].join('\n')
  const isAlike = (account: Account) =>
    accounts.some((other) => other.id !== account.id && looks(other) === looks(account))
  return new Map(accounts.filter(isAlike).flatMap(({ id, mark }) => (mark ? [[id, mark] as const] : [])))
}

/** After a day a biller may have issued new bills. */
const dayMs = 24 * 3_600_000

/**
 * Whether a list without bills of this account means that nothing is due: its biller reported so within a day. False in
 * doubt: then only a lookup shows it.
 */
export function isAskedLately({ billerAnsweredAt }: Pick<Account, 'billerAnsweredAt'>, nowMs: number): boolean {
  const ms = billerAnsweredAt === undefined ? null : readInstant(billerAnsweredAt)
  return ms !== null && nowMs - ms < dayMs
}

/** What looking for a number before binding it can find. `matched` is confirmed by the citizen before it is bound. */
export type AccountMatch =
  | { outcome: 'matched'; matchId: MatchId; maskedHolder: string; maskedAddress: string; expiresAt: Instant }
  | { outcome: 'no-account' }
  | { outcome: 'biller-closed'; closedUntil: Instant }
  | { outcome: 'not-answering' }
  | { outcome: Unlisted }

export type AccountNumberProblem =
  | { kind: 'empty' }
  | { kind: 'too-short'; missing: number; minLength: number }
  | { kind: 'too-long'; extra: number; maxLength: number }
  /** The characters that do not belong, each once, in order. */
  | { kind: 'bad-characters'; characters: readonly string[] }
  | { kind: 'bad-check-digit' }

/** As typed or scanned, normalised: what is sent, compared and shown. */
export const normaliseAccountNumber = (text: string): string => normalise('account-number', text)

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
  const body = number.slice(0, -1)
  let sum = 0
  for (let place = 0; place < body.length; place += 1) {
    sum += Number(body[body.length - 1 - place]) * (2 + (place % 6))
  }
  const rest = 11 - (sum % 11)
  return number.slice(-1) === (rest === 11 ? '0' : rest === 10 ? 'X' : String(rest))
}

const checkHolds = (rule: AccountRule, number: string): boolean => {
  switch (rule.checkDigit) {
    case 'none':
    case 'unlisted':
      return true
    case 'luhn':
      return /^\d+$/.test(number) && luhnHolds(number)
    case 'mod11':
      return /^\d+[\dX]$/.test(number) && mod11Holds(number)
  }
}

const badCharacters = (rule: AccountRule, number: string): string[] => {
  if (rule.charset === 'unlisted') return []
  // An X may end a mod11 number even where all the others are digits.
  const checked = rule.checkDigit === 'mod11' ? number.replace(/X$/, '') : number
  const good = rule.charset === 'digits' ? /^[0-9]$/ : /^[0-9A-Z]$/
  return Array.from(new Set(readersCharacters(checked).filter((character) => !good.test(character))))
}

/**
 * What is wrong with a typed number, worst first; an empty list means that it may be looked up. The check digit is only
 * judged once all else is right. Takes the text as typed; send `normaliseAccountNumber` of it.
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
