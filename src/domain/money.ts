import type { Language } from './language'
import { normalise } from './typed'

/** Whole fen (分), a hundredth of a yuan. Names that hold one end in `Fen`. Never yuan, never a fraction. */
export type Fen = number

/** Shown where an amount should be and is not one, so that a broken amount is never a wrong amount. */
export const NO_AMOUNT = '--'

/** True for a whole, non-negative number of fen that a double holds exactly. */
export const isFen = (value: unknown): value is Fen =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0

type FormatOptions = {
  /** Put ¥ in front. */
  symbol?: boolean
}

/** Yuan digits and the two fen digits, sliced from the decimal text: nothing is divided. */
const cut = (amountFen: Fen): { yuan: string; fen: string } => {
  const digits = String(Math.abs(amountFen)).padStart(3, '0')
  return { yuan: digits.slice(0, -2), fen: digits.slice(-2) }
}

/**
 * `123456` gives `1,234.56`; below zero a real minus sign comes first.
 * Anything that is not a safe whole number gives `--`.
 */
export const formatFen = (amountFen: Fen, { symbol = false }: FormatOptions = {}): string => {
  if (!Number.isSafeInteger(amountFen)) return NO_AMOUNT
  const { yuan, fen } = cut(amountFen)
  const grouped = yuan.replace(/\B(?=(\d{3})+$)/g, ',')
  const sign = amountFen < 0 ? '−' : ''
  return `${sign}${symbol ? '¥' : ''}${grouped}.${fen}`
}

/** The amount for a screen reader: no grouping, no symbol, the unit as a word. */
export const speakFen = (amountFen: Fen, language: Language): string => {
  if (!Number.isSafeInteger(amountFen)) return language === 'en' ? 'amount unknown' : '金额未知'
  const { yuan, fen } = cut(amountFen)
  const decimals = fen === '00' ? '' : `.${fen}`
  if (language === 'en') return `${amountFen < 0 ? 'minus ' : ''}${yuan}${decimals} yuan`
  return `${amountFen < 0 ? '负' : ''}${yuan}${decimals}元`
}

const YUAN = /^(\d{1,12}|\d{1,3}(?:,\d{3}){1,3})?(?:\.(\d{0,2}))?$/

/**
 * Reads what a citizen typed as yuan: `1,234.5`, `０.５`, `￥20`. Returns fen, or null for anything else:
 * signs, three decimals, misplaced commas, more than twelve digits.
 */
export const parseYuan = (text: string): Fen | null => {
  const plain = normalise('amount', text)
  const match = YUAN.exec(plain)
  if (!match) return null
  const yuan = match[1]
  const decimals = match[2]
  if (!yuan && !decimals) return null
  const digits = `${(yuan ?? '').replace(/,/g, '')}${(decimals ?? '').padEnd(2, '0')}`
  const amountFen = Number(digits)
  return isFen(amountFen) ? amountFen : null
}

/** Adds amounts. Throws RangeError when one is not whole fen or the total leaves what a double holds exactly. */
export const sumFen = (amountsFen: readonly Fen[]): Fen => {
  let totalFen = 0
  for (const amountFen of amountsFen) {
    totalFen += amountFen
    if (!Number.isSafeInteger(amountFen) || !Number.isSafeInteger(totalFen)) {
      throw new RangeError('an amount is not a whole number of fen, or the total is too large')
    }
  }
  return totalFen
}
