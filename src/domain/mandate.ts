import type { AccountId, BillId, MandateId, PaymentId } from './ids'
import type { Fen } from './money'
import { addDays, type Day, type Instant, msOf } from './time'
import type { Unlisted } from './unlisted'

/** `view-and-pay` (逐笔确认): one yes for each bill. `auto-pay` (自动扣款): collected after a notice, up to a ceiling. */
export type MandateKind = 'view-and-pay' | 'auto-pay' | Unlisted

/** A kind that can be given for an account; an auto-pay names who collects, and the most at once. */
export type MandateOffer = {
  kind: MandateKind
  cashier?: 'wechat' | 'alipay' | 'till' | Unlisted | undefined
  maxFen?: Fen | undefined
}

/**
 * A bill that the city brought. `announced`: collected at `collectAt`; `collecting`: under way or not known; `yours`: waits for the
 * citizen's own yes; `paid`: by the citizen; `skipped`: paid elsewhere.
 */
export type MandateBill = {
  billId: BillId
  title: string
  /** With the fee. */
  amountFen: Fen
  state: 'announced' | 'collecting' | 'collected' | 'yours' | 'paid' | 'skipped' | Unlisted
  /** Why a bill of an auto-pay is the citizen's own. */
  reason?:
    | 'above-ceiling'
    | 'above-host-limit'
    | 'too-late'
    | 'ends-before'
    | 'not-told'
    | 'no-money'
    | 'host-ended'
    | 'not-collected'
    | 'ended'
    | Unlisted
    | undefined
  broughtAt: Instant
  /** When the host took the notice. */
  noticedAt?: Instant | undefined
  collectAt?: Instant | undefined
  paymentId?: PaymentId | undefined
}

/** A standing permission to pay (长期缴费授权). */
export type Mandate = {
  id: MandateId
  accountId: AccountId
  kind: MandateKind
  state: 'signing' | 'active' | 'ended' | Unlisted
  version: number
  ceilingFen?: Fen | undefined
  /** The last day. */
  endsOn?: Day | undefined
  beganAt: Instant
  endedAt?: Instant | undefined
  endReason?: 'citizen' | 'host' | 'end-date' | 'account' | 'replaced' | 'not-signed' | Unlisted | undefined
  /** Newest first. */
  bills: readonly MandateBill[]
}

/** The permissions of an account, the one in force first, and what is offered. */
export type MandateList = {
  accountId: AccountId
  items: readonly Mandate[]
  offers: readonly MandateOffer[]
  /** At least so many days lie between a notice and its collection. */
  noticeDays: number
  serverTime: Instant
}

/** What the citizen chooses; nothing is chosen beforehand. */
export type MandateTerms = { ceilingFen: Fen | null; endsOn: Day | null }

/** The permission that stands, or is being signed; null when there is none. One of an unknown state stands. */
export const standingMandate = ({ items }: MandateList): Mandate | null =>
  items.find(({ state }) => state !== 'ended') ?? null

/** What can be begun on this host. */
export const offersHere = (
  { offers }: MandateList,
  host: { cashierKind: string; canSign: boolean },
): { viewAndPay: boolean; autoPayMaxFen: Fen | null } => ({
  viewAndPay: offers.some(({ kind }) => kind === 'view-and-pay'),
  autoPayMaxFen:
    (host.canSign && offers.find(({ kind, cashier }) => kind === 'auto-pay' && cashier === host.cashierKind)?.maxFen) ||
    null,
})

/** Ceilings to choose from, in fen: those that the host allows, and its limit. */
export const ceilings = (maxFen: Fen): readonly Fen[] =>
  [...new Set([10_000, 20_000, 50_000, 100_000, maxFen])].filter((fen) => fen <= maxFen).sort((a, b) => a - b)

/** Last days to choose from: in half a year, a year, two years. */
export const lastDays = (today: Day): readonly Day[] => [182, 365, 730].map((days) => addDays(today, days))

/** The next bill that will be collected. */
export const nextCollection = ({ bills }: Pick<Mandate, 'bills'>): MandateBill | null =>
  bills
    .filter(({ state, collectAt }) => state === 'announced' && collectAt !== undefined)
    .sort((a, b) => msOf(a.collectAt ?? '') - msOf(b.collectAt ?? ''))[0] ?? null

/** Where a bill leads: to its payment once there is one, else to the bill. */
export const leadsTo = ({ paymentId, billId }: MandateBill) =>
  paymentId === undefined ? { kind: 'bill' as const, id: billId } : { kind: 'payment' as const, id: paymentId }
