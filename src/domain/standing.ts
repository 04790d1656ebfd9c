import type { Bill } from './bill'
import type { Intent } from './journal'
import { type PaymentStanding, type PaymentState, paymentRule, type Tone } from './payment'

/** A payment's state, or that its refund failed and needs people, which no state expresses. */
export type Standing = PaymentState | 'refund-failed'

/** How a payment stands, the same everywhere. `hasFailed` where the refunds themselves were read. */
export const standingOf = (
  { state, refund }: Pick<PaymentStanding, 'state' | 'refund'>,
  hasFailed = refund === 'failed',
): Standing => (hasFailed && (state === 'refunding' || state === 'partly-refunded') ? 'refund-failed' : state)

/**
 * How far an open payment is, as lists show it beside the payment and its bills.
 *
 * - `checking`: not known, or not to this version; `unfinished`: it waits to be paid
 * - `paid`: paid, and the biller has not credited it yet
 * - `refunding`, `refundFailed`: the money goes back, or does not get there
 */
export type PaymentProgress = 'checking' | 'unfinished' | 'paid' | 'refunding' | 'refundFailed'

/** Null for a payment that has ended. */
export const progressOf: Readonly<Record<Standing, PaymentProgress | null>> = {
  created: 'unfinished',
  'cashier-open': 'unfinished',
  unknown: 'checking',
  closing: 'checking',
  unlisted: 'checking',
  paid: 'paid',
  refunding: 'refunding',
  'refund-failed': 'refundFailed',
  credited: null,
  failed: null,
  closed: null,
  refunded: null,
  'partly-refunded': null,
}

/** The colour in a list or from a cache, which may lag behind: it never shows success. */
export const quietToneOf = (standing: Standing): Exclude<Tone, 'success'> => {
  const tone = standing === 'refund-failed' ? 'problem' : paymentRule[standing].tone
  return tone === 'success' ? 'neutral' : tone
}

/** What the wallet really paid in the end, and what went back of it, where only a part did. */
export const headlineFen = ({
  state,
  amountFen,
  refundedFen = 0,
}: {
  state: PaymentState
  amountFen: number
  refundedFen?: number | undefined
}): { amountFen: number; backFen: number } =>
  state === 'partly-refunded' && refundedFen < amountFen
    ? { amountFen: amountFen - refundedFen, backFen: refundedFen }
    : { amountFen, backFen: 0 }

/**
 * The progress of this citizen's payment for a bill, shown in place of the bill's status. The journal is newer than a list
 * that may be old: a bill that was credited whole after the list was read is paid.
 */
export const billProgress = (bill: Bill, intents: readonly Intent[]): PaymentProgress | null => {
  const own = intents.filter(
    ({ cityId, bills }) => cityId === bill.cityId && bills.some(({ billId }) => billId === bill.id),
  )
  const open = own.find(({ endedAt }) => endedAt === undefined)
  if (open)
    return open.state === undefined ? 'checking' : progressOf[standingOf({ state: open.state, refund: open.refund })]
  const isCredited = own.some(
    ({ state, bills }) =>
      state === 'credited' &&
      bills.some((one) => one.billId === bill.id && one.version === bill.version && one.amountFen === undefined),
  )
  if (isCredited && (bill.status === 'due' || bill.status === 'overdue')) return 'paid'
  const progress = bill.payment ? progressOf[standingOf(bill.payment)] : null
  // The bill's own status covers one that waits to be paid.
  return progress === 'unfinished' ? null : progress
}

/** The bills still to be paid: without those whose payment is under way or whose money goes back. */
export const withoutPaid = <B extends Bill>(bills: readonly B[], intents: readonly Intent[]): B[] =>
  bills.filter((bill) => bill.status !== 'paying' && billProgress(bill, intents) === null)
