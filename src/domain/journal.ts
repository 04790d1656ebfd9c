import type { Strong } from './consistency'
import type { BillId, CityId, IdempotencyKey, PaymentId } from './ids'
import type { Fen } from './money'
import {
  type CashierOutcome,
  type Payment,
  type PaymentState,
  paymentRule,
  type RefundStanding,
  stateAfterCashier,
} from './payment'
import { type Instant, instantOf, readInstant } from './time'

/**
 * An intent to pay, written down *before* the cashier opens, so that an app killed inside it finds its way back.
 * Its id is the idempotency key, which exists before the payment does.
 */
export type Intent = {
  key: IdempotencyKey
  cityId: CityId
  /** As they are sent to the city; `amountFen` for a part or a top-up. */
  bills: readonly { billId: BillId; version: number; amountFen?: Fen | undefined }[]
  /** What the wallet pays: bills and fees. */
  amountFen: Fen
  /** The citizen knew that somebody had just paid. */
  acknowledgeRecent?: boolean | undefined
  createdAt: Instant
  /** Absent when creating it got no response: it is found again by `key`. */
  paymentId?: PaymentId | undefined
  /** Absent until the cashier is about to open; `none` from then until it reports a result. */
  cashier?: CashierOutcome | undefined
  /** The state to show since the last strong read: the server's, or the cashier's result where the server still waits. */
  state?: PaymentState | undefined
  /** How its refunds stood then. */
  refund?: RefundStanding | undefined
  /** When it ended: reached a final state, or turned out never to have been created. */
  endedAt?: Instant | undefined
}

/** Long enough to find a payment again after a holiday. */
const KEPT_DAYS = 30
const KEPT_ENDED = 50
const DAY = 86_400_000

/** The intents whose end is not known yet, oldest first: reconciled before anything else is offered. */
export const openIntents = (intents: readonly Intent[]): Intent[] =>
  intents
    .filter((intent) => intent.endedAt === undefined)
    .sort((a, b) => (readInstant(a.createdAt) ?? 0) - (readInstant(b.createdAt) ?? 0))

/** How to find out the end of an open intent: read its payment, or first find which payment its key created. */
export const nextStepFor = (intent: Intent): 'read-payment' | 'find-by-key' | 'nothing' => {
  if (intent.endedAt !== undefined) return 'nothing'
  return intent.paymentId === undefined ? 'find-by-key' : 'read-payment'
}

/** Whether two intents ask a city for the very same thing, so that the one's key may be sent for the other. */
export const isSameRequest = (
  one: Pick<Intent, 'cityId' | 'bills' | 'amountFen' | 'acknowledgeRecent'>,
  other: typeof one,
): boolean =>
  one.cityId === other.cityId &&
  one.amountFen === other.amountFen &&
  (one.acknowledgeRecent ?? false) === (other.acknowledgeRecent ?? false) &&
  one.bills.length === other.bills.length &&
  one.bills.every((bill, at) => {
    const twin = other.bills[at]
    return bill.billId === twin?.billId && bill.version === twin.version && bill.amountFen === twin.amountFen
  })

/** Writes an intent, in place of the one with its key. An intent that has ended is never opened again. */
export const writeIntent = (intents: readonly Intent[], intent: Intent): Intent[] => {
  const old = intents.find((other) => other.key === intent.key)
  const written = old?.endedAt === undefined ? intent : { ...intent, endedAt: old.endedAt }
  return [...intents.filter((other) => other.key !== intent.key), written]
}

/**
 * Takes what the server strongly says into an intent; it ends with the payment's final state. A payment of another city, of
 * other bills, or other than the one the intent already names changes nothing.
 */
export const settleIntent = (intent: Intent, payment: Strong<Payment>, serverNowMs: number): Intent => {
  const isOfOtherBills =
    payment.bills.length * intent.bills.length > 0 &&
    !intent.bills.some(({ billId }) => payment.bills.some((bill) => bill.billId === billId))
  const other = intent.paymentId === undefined ? isOfOtherBills : intent.paymentId !== payment.id
  if (other || intent.cityId !== payment.cityId || intent.endedAt !== undefined) return intent
  const state = intent.cashier === undefined ? payment.state : stateAfterCashier(payment, intent.cashier)
  const { refund } = payment
  const read = { ...intent, paymentId: payment.id, state, ...(refund && { refund }) }
  return paymentRule[payment.state].final ? { ...read, endedAt: instantOf(serverNowMs) } : read
}

/**
 * Ends an intent whose key the server does not know. Refused (the same intent comes back) once a payment was seen or a
 * cashier opened: then the server must know it, and "not found" is an error: ask again.
 */
export const dropIntent = (intent: Intent, serverNowMs: number): Intent =>
  intent.paymentId === undefined && intent.cashier === undefined && intent.endedAt === undefined
    ? { ...intent, endedAt: instantOf(serverNowMs) }
    : intent

/** A request sent less than two minutes ago may still be on its way to the city, although its response is no longer awaited. */
export const mayStillArrive = (intent: Intent, serverNowMs: number): boolean =>
  Math.abs(serverNowMs - (readInstant(intent.createdAt) ?? 0)) <= 2 * 60_000

/** The open intents that cover one of these bills, oldest first: another payment must wait for their end. */
export const openIntentsOfBills = (intents: readonly Intent[], cityId: CityId, billIds: readonly BillId[]): Intent[] =>
  openIntents(intents).filter(
    (intent) => intent.cityId === cityId && intent.bills.some(({ billId }) => billIds.includes(billId)),
  )

/** The open intent of a payment, or null. */
export const openIntentOf = (intents: readonly Intent[], cityId: CityId, paymentId: PaymentId): Intent | null =>
  openIntents(intents).find((intent) => intent.cityId === cityId && intent.paymentId === paymentId) ?? null

/** The open intents that a read of this payment settles: those that name it, and those whose response never came. */
export const intentsSettledBy = (intents: readonly Intent[], payment: Payment): Intent[] =>
  openIntents(intents).filter(
    ({ cityId, paymentId, bills }) =>
      cityId === payment.cityId &&
      (paymentId === undefined
        ? bills.every(({ billId }) => payment.bills.some((bill) => bill.billId === billId))
        : paymentId === payment.id),
  )

/** An intent for a payment that another phone created and this one is about to pay. */
export const intentFor = (payment: Payment, key: IdempotencyKey, serverNowMs: number): Intent => ({
  key,
  cityId: payment.cityId,
  bills: payment.bills.map(({ billId, version }) => ({ billId, version })),
  amountFen: payment.amountFen,
  createdAt: instantOf(serverNowMs),
  paymentId: payment.id,
  state: payment.state,
})

/**
 * Lets ended intents age out: after 30 days, and the oldest beyond 50. Open ones stay, however old: forgetting one is
 * forgetting somebody's money.
 */
export const ageOut = (intents: readonly Intent[], serverNowMs: number): Intent[] => {
  const endedMs = (intent: Intent): number => readInstant(intent.endedAt) ?? 0
  const kept = intents
    .filter((intent) => intent.endedAt !== undefined && serverNowMs - endedMs(intent) < KEPT_DAYS * DAY)
    .sort((a, b) => endedMs(b) - endedMs(a))
    .slice(0, KEPT_ENDED)
  return [...openIntents(intents), ...kept]
}
