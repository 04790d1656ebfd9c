import { type Bill, payableRange } from './bill'
import type { Biller } from './manifest'
import { type Fen, isFen, sumFen } from './money'

/**
 * What somebody who wishes to pay an amount of a bill may pay.
 *
 * - `whole`: all that is left of it
 * - `part`, `top-up`: the amount has to be told to the city
 * - `nothing`: no amount could be paid now
 */
export type AmountChoice =
  | { choice: 'whole'; amountFen: Fen }
  | { choice: 'part' | 'top-up'; amountFen: Fen }
  | { choice: 'too-little' | 'too-much'; minFen: Fen; maxFen: Fen }
  /** Not a whole number of fen, or not an amount at all; also a top-up without one. */
  | { choice: 'not-whole'; minFen: Fen; maxFen: Fen }
  /** The biller takes all of it or nothing. */
  | { choice: 'no-parts'; amountFen: Fen }
  | { choice: 'nothing' }

/** Judges a wish to pay `wishFen` of a bill; without one, all that is left of it. */
export const amountChoice = (bill: Bill, wishFen?: Fen | null): AmountChoice => {
  const range = payableRange(bill)
  if (range === null) return { choice: 'nothing' }
  const isTopUp = bill.status === 'top-up'
  if (wishFen === undefined && !isTopUp) return { choice: 'whole', amountFen: bill.amountFen }
  if (!isFen(wishFen)) return { choice: 'not-whole', ...range }
  if (isTopUp) {
    if (wishFen < range.minFen) return { choice: 'too-little', ...range }
    return wishFen > range.maxFen ? { choice: 'too-much', ...range } : { choice: 'top-up', amountFen: wishFen }
  }
  if (wishFen === bill.amountFen) return { choice: 'whole', amountFen: wishFen }
  if (bill.partial === undefined) return { choice: 'no-parts', amountFen: bill.amountFen }
  if (wishFen < range.minFen) return { choice: 'too-little', ...range }
  return wishFen > range.maxFen ? { choice: 'too-much', ...range } : { choice: 'part', amountFen: wishFen }
}

/** The part of a payment that one biller gets, with what it asks for it. */
export type Share = {
  biller: Biller
  billsFen: Fen
  feeFen: Fen
  /** More than the biller takes at a time. */
  isOverLimit: boolean
}

/** What the wallet would pay. */
export type Price = { billsFen: Fen; feeFen: Fen; totalFen: Fen; shares: readonly Share[] }

/**
 * Adds up what is chosen of some bills. A biller's fee is taken once, however many of its bills there are. Throws RangeError as
 * `sumFen` does.
 */
export const priceOf = (
  items: readonly { bill: Pick<Bill, 'billerId'>; amountFen: Fen }[],
  billers: readonly Biller[],
): Price => {
  const shares = billers.flatMap((biller): Share[] => {
    const own = items.filter(({ bill }) => bill.billerId === biller.id)
    if (own.length === 0) return []
    const billsFen = sumFen(own.map(({ amountFen }) => amountFen))
    const { feeFen = 0, maxFen } = biller.paying ?? {}
    return [{ biller, billsFen, feeFen, isOverLimit: maxFen !== undefined && billsFen > maxFen }]
  })
  const billsFen = sumFen(items.map(({ amountFen }) => amountFen))
  const feeFen = sumFen(shares.map((share) => share.feeFen))
  return { billsFen, feeFen, totalFen: sumFen([billsFen, feeFen]), shares }
}
