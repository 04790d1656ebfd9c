import { type Day, isDay } from './time'
import type { Listed, Unlisted } from './unlisted'

/**
 * What a visitor may show (证件). Where each number's rule comes from:
 * - `id-card` 居民身份证: GB 11643-1999, 18 characters, birthday, check character by ISO 7064 MOD 11-2. The 15 digits of the
 *   first cards ended on 1 January 2013 (居民身份证法, amended 2011).
 * - `residence-permit` 港澳台居民居住证: 国办发〔2018〕81号; as an ID card, with the region code 810000, 820000 or 830000.
 * - `permanent-resident` 外国人永久居留身份证: since 1 December 2023 18 characters from 9 on, with birthday and check
 *   character; cards before have the country's three letters and 12 digits.
 * - `passport` 中国护照, for citizens who live abroad: E and 8 characters without I and O, before 2012 G and 8 digits; DE, SE,
 *   PE and 7 digits.
 * - `foreign-passport`: ICAO Doc 9303, at most nine letters and digits.
 * - `hk-macao-permit` 港澳居民来往内地通行证: H or M and 8 digits, on older cards two more for the issue.
 * - `taiwan-permit` 台湾居民来往大陆通行证: 8 digits, in older booklets 10.
 */
export type DocumentKind =
  | 'id-card'
  | 'residence-permit'
  | 'hk-macao-permit'
  | 'taiwan-permit'
  | 'passport'
  | 'foreign-passport'
  | 'permanent-resident'
  | Unlisted

export type KnownDocument = Listed<DocumentKind>

/** `first-cards`: 15 digits, no longer valid. */
export type DocumentProblem = 'empty' | 'first-cards' | 'shape' | 'birthday' | 'check-character'

const provinces = '1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]'

const shapes: Readonly<Record<KnownDocument, RegExp>> = {
  'id-card': new RegExp(`^(?:${provinces})\\d{15}[\\dX]$`),
  'residence-permit': /^8[123]0000\d{11}[\dX]$/,
  'permanent-resident': /^(?:9\d{16}[\dX]|[A-Z]{3}\d{12})$/,
  passport: /^(?:E[0-9A-HJ-NP-Z]\d{7}|G\d{8}|[DSP]E\d{7})$/,
  'foreign-passport': /^(?=.*\d)[0-9A-Z]{5,9}$/,
  'hk-macao-permit': /^[HM]\d{8}(?:\d\d)?$/,
  'taiwan-permit': /^\d{8}(?:\d\d)?$/,
}

/** GB 11643-1999: the remainder modulo 11 of the weighted digits gives the last character. */
const checkCharacter = (number: string): string | undefined => {
  let sum = 0
  for (let index = 0; index < 17; index += 1) sum += Number(number[index]) * (2 ** (17 - index) % 11)
  return '10X98765432'[sum % 11]
}

/** What is wrong with a normalised number of a kind, or null. `today` is the city's: nobody is born later. */
export const documentProblem = (kind: KnownDocument, number: string, today: Day): DocumentProblem | null => {
  if (number === '') return 'empty'
  if (kind === 'id-card' && /^\d{15}$/.test(number)) return 'first-cards'
  if (!shapes[kind].test(number)) return 'shape'
  if (!/^\d{17}[\dX]$/.test(number)) return null
  const birthday = `${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`
  if (!isDay(birthday) || birthday > today || birthday < '1900') return 'birthday'
  return checkCharacter(number) === number[17] ? null : 'check-character'
}

type Takes = { readonly documentKinds?: readonly DocumentKind[] | undefined }

/**
 * The kinds to choose from for a visit: what the city takes, less what one of the items does not. Kinds of a newer contract are
 * passed over. An ID card where no kind is named, or none is left: the city's refusal then names what it needs.
 */
export const documentKindsFor = (city: Takes, items: readonly Takes[]): readonly KnownDocument[] => {
  const taken = (city.documentKinds ?? ['id-card']).filter((kind): kind is KnownDocument => kind !== 'unlisted')
  const left = taken.filter((kind) => items.every(({ documentKinds }) => documentKinds?.includes(kind) ?? true))
  return left.length > 0 ? left : ['id-card']
}
