import { type Bill, payableRange } from './bill'
import type { Biller } from './manifest'
import { type Fen, isFen, sumFen } from './money'

/**
 * What may be paid of a bill when an amount is proposed.
 *
 * - `whole`: all that is left of it
 * - `part`, `top-up`: the request has to state the amount
 * - `nothing`: no amount could be paid now
 */
export type AmountChoice =
  | { kind: 'whole'; amountFen: Fen }
  | { kind: 'part' | 'top-up'; amountFen: Fen }
  | { kind: 'too-little' | 'too-much'; minFen: Fen; maxFen: Fen }
  /** Not a whole number of fen, or not an amount at all; also a top-up without one. */
  | { kind: 'not-whole'; minFen: Fen; maxFen: Fen }
  /** The biller takes all of it or nothing. */
  | { kind: 'no-parts'; amountFen: Fen }
  | { kind: 'nothing' }

/** Judges a proposal to pay `proposedFen` of a bill; without one, all that is left of it. */
export const amountChoice = (bill: Bill, proposedFen?: Fen | null): AmountChoice => {
  const range = payableRange(bill)
  if (range === null) return { kind: 'nothing' }
  const isTopUp = bill.status === 'top-up'
  if (proposedFen === undefined && !isTopUp) return { kind: 'whole', amountFen: bill.amountFen }
  if (!isFen(proposedFen)) return { kind: 'not-whole', ...range }
  if (isTopUp) {
    if (proposedFen < range.minFen) return { kind: 'too-little', ...range }
    return proposedFen > range.maxFen ? { kind: 'too-much', ...range } : { kind: 'top-up', amountFen: proposedFen }
  }
  if (proposedFen === bill.amountFen) return { kind: 'whole', amountFen: proposedFen }
  if (bill.partial === undefined) return { kind: 'no-parts', amountFen: bill.amountFen }
  if (proposedFen < range.minFen) return { kind: 'too-little', ...range }
  return proposedFen > range.maxFen ? { kind: 'too-much', ...range } : { kind: 'part', amountFen: proposedFen }
}

/** The part of a payment that one biller gets, with its fee. */
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
