import type { DocumentKind, Visitor } from '../../contract/wire/types.gen'
import type { BookingSeed } from '../catalogue'
import type { Words } from '../words'
import { both } from './both'

/** The rules of the contract's DocumentKind; `document-examples.json` holds this and the app to the same. */
type Rule = {
  shape: RegExp
  wrong: Words
  /** How much of the number is kept: so many characters at its ends. */
  shown: readonly [head: number, tail: number]
}

const rules: Record<DocumentKind, Rule> = {
  'id-card': {
    shape: /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5])\d{15}[\dX]$/,
    wrong: both('身份证号应为 18 位，请核对', 'An ID number has 18 characters. Please check it'),
    shown: [1, 1],
  },
  'residence-permit': {
    shape: /^8[123]0000\d{11}[\dX]$/,
    wrong: both(
      '居住证号应为 18 位，以 81、82 或 83 开头',
      'A residence permit number has 18 characters, from 81, 82 or 83 on',
    ),
    shown: [2, 1],
  },
  'permanent-resident': {
    shape: /^(?:9\d{16}[\dX]|[A-Z]{3}\d{12})$/,
    wrong: both(
      '证件号应为 9 开头的 18 位，或 3 个字母加 12 位数字',
      'The number has 18 characters from 9 on, or three letters and 12 digits',
    ),
    shown: [1, 1],
  },
  passport: {
    shape: /^(?:E[0-9A-HJ-NP-Z]\d{7}|G\d{8}|[DSP]E\d{7})$/,
    wrong: both('中国护照号应为 9 位，如 E12345678', 'A Chinese passport number has 9 characters, such as E12345678'),
    shown: [1, 2],
  },
  'foreign-passport': {
    shape: /^(?=.*\d)[0-9A-Z]{5,9}$/,
    wrong: both('护照号应为 5 至 9 位字母和数字', 'A passport number has 5 to 9 letters and digits'),
    shown: [1, 2],
  },
  'hk-macao-permit': {
    shape: /^[HM]\d{8}(?:\d\d)?$/,
    wrong: both('通行证号应为 H 或 M 加 8 位数字', 'The number is H or M and 8 digits'),
    shown: [1, 2],
  },
  'taiwan-permit': {
    shape: /^\d{8}(?:\d\d)?$/,
    wrong: both('通行证号应为 8 位数字', 'The number has 8 digits'),
    shown: [1, 2],
  },
}

const firstCards = both(
  '15 位身份证号已停用，请填写新证上的 18 位号码',
  '15-digit ID numbers are no longer valid. Enter the 18 characters',
)
const birthday = both('号码中的出生日期不正确，请核对', 'The date of birth in the number is not right. Please check it')
const check = both('号码有误，请逐位核对', 'The number is not right. Please check each character')

/** The check character of GB 11643-1999 (ISO 7064 MOD 11-2). */
function checkCharacter(number: string): string | undefined {
  let sum = 0
  for (let index = 0; index < 17; index += 1) sum += Number(number[index]) * (2 ** (17 - index) % 11)
  return '10X98765432'[sum % 11]
}

function isBirthday(day: string, today: string): boolean {
  const date = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) && day >= '1900' && day <= today
}

/** What is wrong with a number of a kind; null when it may be one. */
export function documentProblem(kind: DocumentKind, number: string, today: string): Words | null {
  if (kind === 'id-card' && /^\d{15}$/.test(number)) return firstCards
  if (!rules[kind].shape.test(number)) return rules[kind].wrong
  if (!/^\d{17}[\dX]$/.test(number)) return null
  if (!isBirthday(`${number.slice(6, 10)}-${number.slice(10, 12)}-${number.slice(12, 14)}`, today)) return birthday
  return checkCharacter(number) === number[17] ? null : check
}

/** Enough to tell two papers apart at a counter, too little to use either. */
export function maskDocument(kind: DocumentKind, number: string): string {
  const [head, tail] = rules[kind].shown
  return `${number.slice(0, head)}${'*'.repeat(Math.max(4, number.length - head - tail))}${number.slice(-tail)}`
}

type Shown = {
  kind: DocumentKind
  number: string
  field: keyof Visitor
  /** The number has been checked and masked before. */
  isMasked?: boolean
}

/** The document that somebody shows, however their app sends it; undefined when they show none. */
export function documentOf(visitor: Visitor): Shown | undefined {
  if (visitor.documentNumber) {
    return { kind: visitor.documentKind ?? 'id-card', number: visitor.documentNumber, field: 'documentNumber' }
  }
  return visitor.idNumber ? { kind: 'id-card', number: visitor.idNumber, field: 'idNumber' } : undefined
}

/** Whether a city and all items of a visit take a kind. */
export const takesDocument = (
  kind: DocumentKind,
  city: Pick<BookingSeed, 'documentKinds'>,
  items: readonly { documentKinds: DocumentKind[] | null }[],
): boolean =>
  (city.documentKinds ?? ['id-card']).includes(kind) &&
  items.every(({ documentKinds }) => documentKinds?.includes(kind) ?? true)
