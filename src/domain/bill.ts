import type { AccountId, BillerId, BillId, CityId } from './ids'
import { type Fen, isFen, sumFen } from './money'
import { type Day, daysBetween, type Instant } from './time'

export type BillKind = 'electricity' | 'water' | 'gas' | 'heating' | 'tax' | 'fine'

/**
 * - `due`, `overdue`: may be paid
 * - `paying`: a payment for it is under way, maybe somebody else's
 * - `paid`: money left, the biller has not credited it yet; `credited`: it has
 * - `closed`: withdrawn or settled elsewhere
 * - `not-payable`: see `notPayableReason`
 */
export type BillStatus = 'due' | 'overdue' | 'paying' | 'paid' | 'credited' | 'closed' | 'not-payable'

export type BillLine = { label: string; amountFen: Fen }

/** An amount somebody owes a biller (账单). */
export type Bill = {
  id: BillId
  city: CityId
  billerId: BillerId
  accountId?: AccountId
  kind: BillKind
  title: string
  /** What it is for, in the city's words: `2026年10月`. */
  period: string
  /** All there is to pay, late fee included. */
  amountFen: Fen
  /** The part of `amountFen` that is late fee (违约金). */
  lateFeeFen: Fen
  dueOn?: Day
  /** Goes up with every change; paying states it, so that a changed amount is noticed. */
  version: number
  status: BillStatus
  lines: readonly BillLine[]
  /** Why it cannot be paid now, in the city's words. */
  notPayableReason?: string
  /** Set when a payment of this bill, by anybody, is recent enough to warn about. */
  lastPaidAt?: Instant
}

/** The five things that a lookup can find. Only the city can say `nothing-due`; an error never becomes it. */
export type LookupOutcome =
  | { outcome: 'bill'; bills: readonly Bill[] }
  | { outcome: 'nothing-due'; asOf: Instant }
  | { outcome: 'no-account' }
  | { outcome: 'biller-closed'; until: Instant }
  | { outcome: 'not-answering'; askAgainAt?: Instant }

/** Whether a "pay" button may stand beside it: unpaid, nothing under way, and an amount worth a cashier. */
export const isPayable = (bill: Bill): boolean =>
  (bill.status === 'due' || bill.status === 'overdue') && isFen(bill.amountFen) && bill.amountFen > 0

const RANK: Record<BillStatus, number> = {
  overdue: 0,
  due: 1,
  paying: 2,
  'not-payable': 3,
  paid: 4,
  credited: 5,
  closed: 6,
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * What needs doing first: overdue, due, under way, then the rest. Unpaid ones by due day, earliest first (none given comes
 * last); settled ones latest first. Ids break ties so that a list never dances. Gives a new array.
 */
export const sortBills = (bills: readonly Bill[]): Bill[] =>
  [...bills].sort((a, b) => {
    const byRank = RANK[a.status] - RANK[b.status]
    if (byRank !== 0) return byRank
    const [aDue, bDue] = [a.dueOn ?? '9999', b.dueOn ?? '9999']
    const byDue = RANK[a.status] < RANK.paid ? compareText(aDue, bDue) : compareText(b.dueOn ?? '', a.dueOn ?? '')
    return byDue || compareText(a.id, b.id)
  })

/** What could be paid now, added up. Throws RangeError as `sumFen` does. */
export const payableFen = (bills: readonly Bill[]): Fen =>
  sumFen(bills.filter(isPayable).map((bill) => bill.amountFen))

/** Days until the due day, negative when it is past; null when the bill has none. */
export const daysUntilDue = (bill: Bill, today: Day): number | null =>
  bill.dueOn === undefined ? null : daysBetween(today, bill.dueOn)

/** Whether these may share one cashier: at least one, all payable, all of one city, none twice. */
export const canPayTogether = (bills: readonly Bill[]): boolean =>
  bills.length > 0 &&
  bills.every((bill) => isPayable(bill) && bill.city === bills[0]?.city) &&
  new Set(bills.map((bill) => bill.id)).size === bills.length

export type AmountChange = { bill: Bill; oldFen: Fen; newFen: Fen }

/** The bills whose amount is no longer what the citizen was shown, to be asked about again before any money moves. */
export const changedAmounts = (shown: readonly Bill[], now: readonly Bill[]): AmountChange[] => {
  const old = new Map(shown.map((bill) => [bill.id, bill.amountFen]))
  return now.flatMap((bill) => {
    const oldFen = old.get(bill.id)
    return oldFen === undefined || oldFen === bill.amountFen ? [] : [{ bill, oldFen, newFen: bill.amountFen }]
  })
}
