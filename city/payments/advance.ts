import type { CashierKind } from '../../contract/wire/types.gen'
import { billerOf } from '../billing/billers'
import { isNoAnswer } from '../cashiers/errors'
import { newId } from '../ids'
import { cityOf, type Service } from '../service'
import { instant, secondsAfter } from '../words'
import { creditWhatIsDue } from './credit'
import { refundAll } from './refund'
import {
  book,
  change,
  endLife,
  isOpen,
  isWaiting,
  lockPayment,
  ofPayment,
  type PaymentKey,
  type PaymentRow,
  readPayment,
  type Trx,
} from './rows'
import { ask, type News, noteSilence } from './vendor'

/** After an unclear answer of the cashier, how long a "not paid" of the vendor is not believed yet. */
const DOUBT_SECONDS = 60
/** How long after paying the sandbox's billers credit. */
const CREDIT_AFTER_SECONDS = 4

/**
 * Brings a payment up to date: asks the vendor while money may still move, ends what is over and credits what is due. Nothing is locked
 * while others are asked; what they answer is applied to the payment as it is then.
 * @throws where `isNoAnswer`: what was found out before is kept.
 */
export async function advance(service: Service, key: PaymentKey): Promise<PaymentRow> {
  let payment = await readPayment(service.database.db, key)
  if (isOpen(payment)) {
    const news = await ask(service, payment)
    payment = await learn(service, key, news)
    if (payment.state === 'closing' && news.state === 'NOTPAY') payment = await tellClosing(service, payment)
    else if (isPastItsTime(service, payment)) payment = await close(service, key, isPastItsTime)
    else if (news.state === 'NOTPAY' && isNeverCollected(service, payment))
      payment = await close(service, key, isNeverCollected)
  }
  return creditWhatIsDue(service, payment)
}

/** The same for somebody who waits: the payment as it is known, and whether its vendor could be asked. */
export async function present(service: Service, key: PaymentKey): Promise<{ payment: PaymentRow; isAsked: boolean }> {
  try {
    return { payment: await advance(service, key), isAsked: true }
  } catch (error) {
    if (!isNoAnswer(error)) throw error
    noteSilence(service, key.id, error)
    return { payment: await readPayment(service.database.db, key), isAsked: false }
  }
}

type Condition = (service: Service, payment: PaymentRow) => boolean

const isPastItsTime: Condition = (service, payment) =>
  isOpen(payment) && payment.state !== 'unknown' && payment.expires_at <= service.clock.now()

/** Of a collection that is not known by the time when the vendor takes nothing more under its number. */
const isNeverCollected: Condition = (service, payment) =>
  payment.mandate_id !== null && payment.state === 'unknown' && payment.expires_at <= service.clock.now()

/** Takes the vendor's news into the payment as it is now. */
export const learn = (service: Service, key: PaymentKey, news: News): Promise<PaymentRow> =>
  service.database.transaction(async (trx) => apply(service, trx, await lockPayment(trx, key), news))

/** The same for news that a notification led to, which is kept with it and counts once. */
export const takeNews = (
  service: Service,
  key: PaymentKey,
  news: News,
  notification: { vendor: CashierKind; id: string },
): Promise<void> =>
  service.database.transaction(async (trx) => {
    const payment = await lockPayment(trx, key)
    const kept = await trx
      .insertInto('vendor_notifications')
      .values({ ...notification, city_id: payment.city_id, received_at: service.clock.now() })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst()
    if (kept.numInsertedOrUpdatedRows) await apply(service, trx, payment, news)
  })

/**
 * Takes the vendor's news into a payment. What is final at the vendor counts whenever it was asked for; any other news only if nothing newer
 * is known: a state never goes back.
 */
async function apply(
  service: Service,
  trx: Trx,
  payment: PaymentRow,
  news: News,
  ending: 'closed' | 'failed' = 'closed',
): Promise<PaymentRow> {
  const ended = payment.state === 'closed' || payment.state === 'failed'
  if (news.paidAt !== null && (isOpen(payment) || ended)) {
    if (news.amountFen !== payment.amount_fen) throw new Error(`the vendor took ${news.amountFen} fen`)
    const paid = await markPaid(service, trx, payment, news.paidAt)
    // Money that arrives after the end is nobody's: it goes back.
    return ended
      ? refundAll(service, trx, paid, {
          zh: '订单关闭后收到付款，自动退回',
          en: 'Paid after the order was closed; returned automatically',
        })
      : paid
  }
  if (!isOpen(payment)) return payment
  if (news.state === 'CLOSED') {
    await endLife(trx, payment)
    // Nobody closed it: the vendor took nothing.
    return change(trx, payment, { state: payment.mandate_id === null ? ending : 'failed' })
  }
  if (payment.answered_at !== null && news.askedAt < payment.answered_at) return payment
  if (news.state === 'USERPAYING') {
    // Also when the phone never reported anything: its app may have been killed in the cashier.
    if (isWaiting(payment)) return change(trx, payment, { state: 'unknown', answered_at: news.askedAt })
    return answered(trx, payment, news)
  }
  const { hint_at: hintAt } = payment
  const doubt = hintAt !== null && service.clock.now() < secondsAfter(hintAt, DOUBT_SECONDS)
  // No cashier is ever opened for a collection.
  if (payment.state === 'unknown' && !doubt && payment.mandate_id === null) {
    return change(trx, payment, { state: 'cashier-open', answered_at: news.askedAt })
  }
  return payment
}

/** Remembers when it was that the vendor was still deciding, so that no older answer undoes it. */
const answered = (trx: Trx, { city_id, id }: PaymentRow, { askedAt }: News): Promise<PaymentRow> =>
  trx
    .updateTable('payments')
    .set({ answered_at: askedAt })
    .where((eb) => eb.and({ city_id, id }))
    .returningAll()
    .executeTakeFirstOrThrow()

/** Decides to end an open order, then has the vendor close it; its answer decides what the payment becomes. */
export async function close(
  service: Service,
  key: PaymentKey,
  isStillWanted: Condition,
  more: { ending?: 'closed' | 'failed'; givesWay?: boolean } = {},
): Promise<PaymentRow> {
  const payment = await service.database.transaction(async (trx) => {
    const locked = await lockPayment(trx, key)
    return isStillWanted(service, locked) ? beginClosing(trx, locked, more.givesWay) : locked
  })
  return payment.state === 'closing' ? tellClosing(service, payment, more.ending) : payment
}

/** From here on it is closed by whoever looks at it next, whatever becomes of this process. */
export async function beginClosing(trx: Trx, payment: PaymentRow, givesWay = false): Promise<PaymentRow> {
  if (!isOpen(payment) || payment.state === 'closing') return payment
  return change(trx, payment, { state: 'closing', ...(givesWay ? { gave_way: true } : {}) })
}

export async function tellClosing(
  service: Service,
  payment: PaymentRow,
  ending: 'closed' | 'failed' = 'closed',
): Promise<PaymentRow> {
  const news = await ask(service, payment, 'close')
  return service.database.transaction(async (trx) => apply(service, trx, await lockPayment(trx, payment), news, ending))
}

async function markPaid(service: Service, trx: Trx, payment: PaymentRow, paidAt: Date): Promise<PaymentRow> {
  const city = cityOf(service, payment.city_id)
  const bills = await trx
    .selectFrom('payment_bills as pb')
    .innerJoin('bills as b', (join) => join.onRef('b.city_id', '=', 'pb.city_id').onRef('b.id', '=', 'pb.bill_id'))
    .select(['pb.position', 'b.biller_id'])
    .where('pb.city_id', '=', payment.city_id)
    .where('pb.payment_id', '=', payment.id)
    .execute()
  let latest = paidAt
  for (const bill of bills) {
    const creditBy = secondsAfter(paidAt, billerOf(city, bill.biller_id).creditedWithinMinutes * 60)
    if (creditBy > latest) latest = creditBy
    await trx
      .updateTable('payment_bills')
      .set({ credit_by: creditBy })
      .where(ofPayment(payment))
      .where('position', '=', bill.position)
      .execute()
  }
  await book(trx, payment, { kind: 'in', bill_id: '', amount_fen: payment.amount_fen, at: paidAt })
  const receiptId = newId('rc')
  await trx
    .insertInto('receipts')
    .values({
      id: receiptId,
      city_id: payment.city_id,
      payment_id: payment.id,
      number: `PJ${payment.reference}`,
      issued_at: service.clock.now(),
    })
    .execute()
  return change(trx, payment, {
    state: 'paid',
    paid_at: paidAt,
    credit_by: latest,
    credit_after: secondsAfter(paidAt, CREDIT_AFTER_SECONDS),
    receipt_id: receiptId,
  })
}

/** What the cashier told the phone: a hint. Unless it is clear, the payment is unknown until the vendor has been asked. */
export async function noteHint(
  service: Service,
  trx: Trx,
  payment: PaymentRow,
  hint: { outcome: string; detail: string },
): Promise<PaymentRow> {
  if (!isOpen(payment)) return payment
  const isClear = hint.outcome === 'cancelled' || hint.outcome === 'failed'
  return change(trx, payment, {
    state: !isWaiting(payment) ? payment.state : isClear ? 'cashier-open' : 'unknown',
    hint_outcome: hint.outcome,
    hint_detail: hint.detail,
    hint_at: service.clock.now(),
  })
}

/** Asks the vendor after a hint. An order whose cashier failed is closed there first, so that the next one is the only one to pay. */
export async function followHint(service: Service, payment: PaymentRow): Promise<PaymentRow> {
  if (!isOpen(payment)) return advance(service, payment)
  const news = await ask(service, payment)
  const now = await learn(service, payment, news)
  const hasFailed: Condition = (_, { state, hint_outcome }) => state === 'cashier-open' && hint_outcome === 'failed'
  if (news.state === 'NOTPAY' && hasFailed(service, now)) {
    return close(service, payment, hasFailed, { ending: 'failed' })
  }
  return creditWhatIsDue(service, now)
}

/** A vendor that could not be asked may have taken the money all the same. */
export const doubt = (service: Service, key: PaymentKey): Promise<PaymentRow> =>
  service.database.transaction(async (trx) => {
    const payment = await lockPayment(trx, key)
    return isWaiting(payment) ? change(trx, payment, { state: 'unknown' }) : payment
  })

/** For references, receipts and timelines. */
export const stampOf = (now: Date): string => instant(now).slice(0, 10).replaceAll('-', '')
