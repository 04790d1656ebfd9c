import type { BillKind } from './bill-kind'
import type { AccountId, BillerId, BillId, CityId, PaymentId } from './ids'
import type { Level } from './level'
import { type Fen, isFen, sumFen } from './money'
import { type PaymentStanding, paymentRule } from './payment'
import { type Day, daysBetween, type Instant } from './time'
import type { Unlisted } from './unlisted'

/**
 * - `due`, `overdue`: may be paid
 * - `top-up`: a prepaid meter (预付费表); any amount within its `topUp` may be paid
 * - `paying`: a payment for it is under way, maybe somebody else's
 * - `settled`: nothing left to pay
 * - `not-payable`: see the bill's `notPayable`
 * - `unlisted`: not payable here; the biller or the city knows what it means
 */
export type BillStatus = 'due' | 'overdue' | 'top-up' | 'paying' | 'settled' | 'not-payable' | Unlisted

export type BillLine = { label: string; amountFen: Fen; note?: string | undefined }

/** An amount somebody owes a biller (账单). */
export type Bill = {
  id: BillId
  cityId: CityId
  billerId: BillerId
  accountId: AccountId
  /** Distinguishes its account from the citizen's others: masked number or the citizen's own name for it, as the city puts it. */
  accountLabel?: string | undefined
  kind: BillKind
  title: string
  status: BillStatus
  /** What is left to pay: lines and late fee, less `paidFen`. Zero for a meter without debt. */
  amountFen: Fen
  /** The part of `amountFen` that is late fee (违约金). */
  lateFeeFen?: Fen | undefined
  /** The part of `amountFen` that comes from earlier periods (往期欠费). */
  arrearsFen?: Fen | undefined
  /** What was paid of it already, where it may be paid in parts. */
  paidFen?: Fen | undefined
  /** What of it a payment settles first and why, as the city puts it. */
  settlement?: string | undefined
  /** Present when a part may be paid: at least `minFen`, or all that is left. */
  partial?: { minFen: Fen } | undefined
  topUp?: TopUpRule | undefined
  decision?: Decision | undefined
  fine?: FineTerms | undefined
  /** Earlier versions, newest first. */
  changes?: readonly BillChange[] | undefined
  /** Goes up with every change; paying states it, so that a changed amount is noticed. */
  version: number
  lines: readonly BillLine[]
  period?: { from: Day; to: Day } | undefined
  /** What was used; `quantity` is a decimal number as text. */
  usage?: { quantity: string; unit: string } | undefined
  issuedOn: Day
  dueOn?: Day | undefined
  /** The payment under way, or the one that settled it, when it is this citizen's. */
  paymentId?: PaymentId | undefined
  /** How a payment of this citizen for it stands, while its money is not with the biller: not yet, or on its way back. */
  payment?: PaymentStanding | undefined
  /** Its lines did not add up to its amount and are not shown. */
  linesLeftOut?: boolean | undefined
  /** Why it cannot be paid here now, and what to do, as the city puts it. */
  notPayable?: string | undefined
  /** Found by its number and not bound: `accountId` is the finding's, and nothing of it is kept. */
  unbound?: boolean | undefined
  /** The biller's time of this state. */
  asOf: Instant
}

/** What a prepaid meter holds and takes. `balanceFen` may be negative: debt. */
export type TopUpRule = {
  balanceFen: number
  balanceAsOf: Instant
  minFen: Fen
  maxFen: Fen
  presetsFen: readonly Fen[]
}

/** The decision behind a fine or a tax bill (处罚决定书), to be confirmed before paying. */
export type Decision = {
  number: string
  text: string
  decidedOn: Day
  authority?: string | undefined
  objectUntil?: Day | undefined
  confirmed: boolean
  confirmedAt?: Instant | undefined
  /** How far the citizen must be verified to read and confirm it; `text` is empty then. */
  level?: Level | undefined
}

/** What a fine is paid by (罚款缴纳), without what happened. The bill's `dueOn` is the day until which it is to be paid. */
export type FineTerms = {
  decisionNumber: string
  authority: string
  /** What for (案由). */
  offence: string
  decidedOn: Day
  fineFen: Fen
  /** What a day too late costs (加处罚款, 行政处罚法 72): `soFarFen` is in the bill's amount already. */
  surcharge?: { dailyFen: Fen; capFen: Fen; soFarFen: Fen } | undefined
  /** Until when one may apply for review (行政复议), and go to court (行政诉讼). */
  reviewUntil?: Day | undefined
  sueUntil?: Day | undefined
}

export type BillChange = { version: number; amountFen: Fen; changedAt: Instant; reason?: string | undefined }

/**
 * Each change of a bill's amount, newest first: from what to what. A stored change holds the amount before it, so what came of it is
 * the next one's, and of the newest what stands now. `toFen` is null where the amount stayed or, on a settled bill, is not known.
 */
export const changesOf = ({ changes = [], amountFen }: Bill) =>
  changes.map(({ amountFen: fromFen, ...change }, at) => {
    const after = changes[at - 1]?.amountFen ?? amountFen
    return { ...change, fromFen, toFen: after === fromFen ? null : after }
  })

/** One month of an account's history; `month` is `YYYY-MM`, `quantity` a decimal number as text. */
export type HistoryMonth = { month: string; amountFen: Fen; quantity?: string | undefined; billId?: BillId | undefined }

/** What an account cost and used, oldest month first, at most 24. Months without a bill are absent. */
export type History = {
  accountId: AccountId
  unit?: string | undefined
  months: readonly HistoryMonth[]
  asOf: Instant
}

/** The five outcomes of a lookup, and what a newer city may find. Only the city can report `nothing-due`; an error never becomes it. */
export type Lookup = { accountId: AccountId; askedAt: Instant } & (
  | { outcome: 'bill'; bills: readonly Bill[] }
  | { outcome: 'nothing-due' }
  | { outcome: 'no-account' }
  | { outcome: 'biller-closed'; closedUntil: Instant }
  | { outcome: 'not-answering' }
  | { outcome: Unlisted }
)

/** Write texts as `Record<LookupOutcome, …>`, so that none can be forgotten. */
export type LookupOutcome = Lookup['outcome']

/** Whether a payment of this citizen for it may still move money, in either direction: another must not be begun. */
export const isBeingPaid = ({ payment }: Bill): boolean =>
  payment !== undefined && paymentRule[payment.state].mayBeMoving

/** Whether a "pay" button may stand beside it: unpaid, nothing under way, and an amount worth a cashier. */
export const isPayable = (bill: Bill): boolean =>
  !isBeingPaid(bill) &&
  (bill.status === 'due' || bill.status === 'overdue') &&
  isFen(bill.amountFen) &&
  bill.amountFen > 0

/**
 * What one payment may pay of a bill: all of it, a part where the biller takes parts (all that is left is always fine), any
 * amount that a prepaid meter takes. Null when nothing can be paid.
 */
export const payableRange = (bill: Bill): { minFen: Fen; maxFen: Fen } | null => {
  if (bill.status === 'top-up') return bill.topUp ? { minFen: bill.topUp.minFen, maxFen: bill.topUp.maxFen } : null
  if (!isPayable(bill)) return null
  return { minFen: Math.min(bill.partial?.minFen ?? bill.amountFen, bill.amountFen), maxFen: bill.amountFen }
}

const RANK: Record<BillStatus, number> = {
  overdue: 0,
  due: 1,
  'top-up': 2,
  paying: 3,
  unlisted: 4,
  'not-payable': 5,
  settled: 6,
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/**
 * What needs doing first: overdue, due, under way, not payable, settled. Open ones by due day, earliest first (none given
 * comes last); settled ones by the day of issue, latest first. Ids break ties so that a list never dances. A new array.
 */
export const sortBills = (bills: readonly Bill[]): Bill[] =>
  [...bills].sort((a, b) => {
    const byRank = RANK[a.status] - RANK[b.status]
    if (byRank !== 0) return byRank
    const settled = a.status === 'settled'
    const byDay = settled ? compareText(b.issuedOn, a.issuedOn) : compareText(a.dueOn ?? '9999', b.dueOn ?? '9999')
    return byDay || compareText(a.id, b.id)
  })

/** What could be paid now, added up. Throws RangeError as `sumFen` does. */
export const payableFen = (bills: readonly Bill[]): Fen => sumFen(bills.filter(isPayable).map((bill) => bill.amountFen))

/** What a prepaid meter owes; 0 without debt and for any other bill. */
export const meterDebtFen = ({ topUp, amountFen }: Bill): Fen => (topUp ? Math.max(amountFen, -topUp.balanceFen, 0) : 0)

/** Days until the due day, negative when it is past; null when the bill has none. */
export const daysUntilDue = (bill: Bill, today: Day): number | null =>
  bill.dueOn === undefined ? null : daysBetween(today, bill.dueOn)
