import type { Bill, HistoryMonth } from './bill'
import { type Fen, isFen, sumFen } from './money'
import type { Refund } from './refund'

/** Whether amounts are whole fen that add up to a total. Never throws: what cannot be added does not add up. */
const addsUpTo = (amountsFen: readonly Fen[], totalFen: Fen): boolean => {
  try {
    return isFen(totalFen) && amountsFen.every(isFen) && sumFen(amountsFen) === totalFen
  } catch {
    return false
  }
}

/** The parts of a payment or a receipt. */
type Total = { amountFen: Fen; feeFen?: Fen | undefined; bills: readonly { amountFen: Fen }[] }

/** Whether bills and fee are the total. */
export const totalAddsUp = ({ amountFen, feeFen = 0, bills }: Total): boolean =>
  addsUpTo([...bills.map((bill) => bill.amountFen), feeFen], amountFen)

/** Whether no more went back than was paid. */
export const refundedAddsUp = ({
  amountFen,
  refundedFen = 0,
}: {
  amountFen: Fen
  refundedFen?: Fen | undefined
}): boolean => refundedFen <= amountFen

/** Whether refunds that went or go back are not more than was paid. One that failed may have been begun again. */
export const refundsAddUp = (refunds: readonly Pick<Refund, 'amountFen' | 'state'>[], paidFen: Fen): boolean => {
  const moving = refunds.filter(({ state }) => state !== 'failed').map(({ amountFen }) => amountFen)
  try {
    return sumFen(moving) <= paidFen && refunds.every(({ amountFen }) => amountFen <= paidFen)
  } catch {
    return false
  }
}

type Parts = Pick<Bill, 'status' | 'amountFen' | 'lateFeeFen' | 'arrearsFen' | 'paidFen' | 'topUp' | 'lines'>

/**
 * Whether a bill's lines and late fee, less what was paid of it, are its amount. A settled bill shows what it was; a meter
 * and a bill without lines have nothing to add up, but no part may be more than the whole.
 */
export const linesAddUp = ({
  status,
  amountFen,
  lateFeeFen = 0,
  arrearsFen = 0,
  paidFen = 0,
  topUp,
  lines,
}: Parts): boolean => {
  if (topUp !== undefined) return true
  const beforeFen = status === 'settled' ? amountFen : amountFen + paidFen
  if (lateFeeFen > beforeFen || arrearsFen > amountFen) return false
  return lines.length === 0 || addsUpTo([...lines.map((line) => line.amountFen), lateFeeFen], beforeFen)
}

/**
 * A bill whose lines do not add up, without them and without the parts of its amount. The amount itself is what the biller
 * charges and may be paid: the city takes exactly what is agreed on, or refuses because the bill changed.
 */
export const withoutWrongLines = <B extends Parts>(bill: B): B =>
  linesAddUp(bill)
    ? bill
    : { ...bill, lines: [], lateFeeFen: undefined, arrearsFen: undefined, paidFen: undefined, linesLeftOut: true }

/** Whether each month stands once, so that a year adds up to what it cost. */
export const monthsAddUp = (months: readonly Pick<HistoryMonth, 'month'>[]): boolean =>
  new Set(months.map(({ month }) => month)).size === months.length
