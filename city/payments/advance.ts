import { billerOf } from '../billing/billers'
import { newId } from '../ids'
import type { VendorNews } from '../ports'
import { cityOf, type Service } from '../service'
import { instant, secondsAfter } from '../words'
import { creditWhatIsDue } from './credit'
import { refundAll } from './refund'
import { book, change, endLife, isOpen, isWaiting, lockPayment, type PaymentRow, type Trx } from './rows'

/** After an unclear answer of the cashier, how long a "not paid" of the vendor is not believed yet. */
const DOUBT_SECONDS = 60
/** How long after paying the sandbox's billers credit. */
const CREDIT_AFTER_SECONDS = 4

/** Brings a payment up to date: asks the vendor while money may still move, and credits what is due. */
export const advance = (service: Service, paymentId: string): Promise<PaymentRow> =>
  service.database.transaction(async (trx) => {
    const payment = await lockPayment(trx, paymentId)
    return advanceLocked(service, trx, payment)
  })

/** The same for a payment that the caller has locked. */
export async function advanceLocked(service: Service, trx: Trx, payment: PaymentRow): Promise<PaymentRow> {
  let now = payment
  if (isOpen(now)) now = await apply(service, trx, now, await service.cashiers.query(trx, now.reference))
  if (isOpen(now) && now.state !== 'unknown' && now.expires_at <= service.clock.now())
    now = await close(service, trx, now)
  return creditWhatIsDue(service, trx, now)
}

/** Takes the vendor's news into a payment, asked for or not. Old news changes nothing: a state never goes back. */
export async function apply(service: Service, trx: Trx, payment: PaymentRow, news: VendorNews): Promise<PaymentRow> {
  const ended = payment.state === 'closed' || payment.state === 'failed'
  if (news.state === 'SUCCESS' && news.paidAt !== null && (isOpen(payment) || ended)) {
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
    await endLife(trx, payment.id)
    return change(trx, payment, { state: 'closed' })
  }
  if (news.state === 'USERPAYING') {
    // Also when the phone never reported anything: its app may have been killed in the cashier.
    return isWaiting(payment) ? change(trx, payment, { state: 'unknown' }) : payment
  }
  if (news.state === 'NOTPAY') {
    const { hint_at: hintAt } = payment
    const doubt = hintAt !== null && service.clock.now() < secondsAfter(hintAt, DOUBT_SECONDS)
    if (payment.state === 'unknown' && !doubt) return change(trx, payment, { state: 'cashier-open' })
    if (payment.state === 'closing') return close(service, trx, payment)
  }
  return payment
}

/** Has the vendor close the order; its answer decides what the payment becomes. */
export async function close(service: Service, trx: Trx, payment: PaymentRow): Promise<PaymentRow> {
  const news = await service.cashiers.close(trx, payment.reference)
  if (news.state === 'USERPAYING') {
    return payment.state === 'closing' ? payment : change(trx, payment, { state: 'closing' })
  }
  return apply(service, trx, payment, news)
}

async function markPaid(service: Service, trx: Trx, payment: PaymentRow, paidAt: Date): Promise<PaymentRow> {
  const city = cityOf(service, payment.city_id)
  const bills = await trx
    .selectFrom('payment_bills as pb')
    .innerJoin('bills as b', 'b.id', 'pb.bill_id')
    .select(['pb.position', 'b.biller_id'])
    .where('pb.payment_id', '=', payment.id)
    .execute()
  let latest = paidAt
  for (const bill of bills) {
    const creditBy = secondsAfter(paidAt, billerOf(city, bill.biller_id).creditedWithinMinutes * 60)
    if (creditBy > latest) latest = creditBy
    await trx
      .updateTable('payment_bills')
      .set({ credit_by: creditBy })
      .where('payment_id', '=', payment.id)
      .where('position', '=', bill.position)
      .execute()
  }
  await book(trx, { payment_id: payment.id, kind: 'in', bill_id: '', amount_fen: payment.amount_fen, at: paidAt })
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

/** What the cashier told the phone: kept as a hint, then the vendor is asked. */
export async function takeHint(
  service: Service,
  trx: Trx,
  payment: PaymentRow,
  hint: { outcome: string; detail: string },
): Promise<PaymentRow> {
  if (!isOpen(payment)) return advanceLocked(service, trx, payment)
  let now = await change(trx, payment, {
    state: payment.state === 'created' ? 'cashier-open' : payment.state,
    hint_outcome: hint.outcome,
    hint_detail: hint.detail,
    hint_at: service.clock.now(),
  })
  const news = await service.cashiers.query(trx, now.reference)
  if (news.state === 'NOTPAY' && now.state === 'cashier-open') {
    if (hint.outcome === 'failed') {
      // Closed at the vendor first, so that the next payment is the only one that can be paid.
      const closed = await service.cashiers.close(trx, now.reference)
      if (closed.state === 'CLOSED') {
        await endLife(trx, now.id)
        return change(trx, now, { state: 'failed' })
      }
      return apply(service, trx, now, closed)
    }
    if (hint.outcome !== 'cancelled') return change(trx, now, { state: 'unknown' })
    return now
  }
  now = await apply(service, trx, now, news)
  return creditWhatIsDue(service, trx, now)
}

/** For references, receipts and timelines. */
export const stampOf = (now: Date): string => instant(now).slice(0, 10).replaceAll('-', '')
