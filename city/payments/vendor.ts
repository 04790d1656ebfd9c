import type { CashierInvocation } from '../../contract/wire/types.gen'
import type { Cashier, VendorOrder, VendorRefund } from '../cashiers/cashier'
import { isNoAnswer, VendorRefused } from '../cashiers/errors'
import { problem } from '../http/problem'
import { cityOf, type Service } from '../service'
import { say } from '../words'
import { ofPayment, type PaymentRow } from './rows'

/**
 * Everything here goes to a vendor and comes back, which takes as long as it takes: no transaction is open meanwhile. What the city tells a
 * vendor was decided and committed before, and all of it may be told twice.
 */

/** A vendor's answer, and when it was asked for: what was decided meanwhile is newer. */
export type News = Pick<VendorOrder, 'state' | 'amountFen' | 'paidAt'> & { askedAt: Date }

/** @throws ProblemError `not-found` for a city that is not served here, or that has no such cashier. */
export function cashierOf(service: Service, { city_id, cashier }: PaymentRow): Cashier {
  const found = service.cashiers.of(cityOf(service, city_id).id, cashier)
  if (found === null) throw problem('not-found')
  return found
}

/** Somebody waited, and was told what the city knows by itself. */
export const noteSilence = ({ log }: Service, paymentId: string, error: Error): void =>
  log.warn({ payment: paymentId, err: error }, 'a vendor is not responding')

/** What the vendor knows of the order. One that it never heard of cannot be paid. @throws where `isNoAnswer`. */
export async function ask(service: Service, payment: PaymentRow, what: 'query' | 'close' = 'query'): Promise<News> {
  const askedAt = service.clock.now()
  try {
    const { state, amountFen, paidAt } = await cashierOf(service, payment)[what](payment.reference)
    return { state, amountFen, paidAt, askedAt }
  } catch (error) {
    if (!isRefusal(error, 'no-such-order')) throw error
    // A collection may be on its way to the vendor until its time is over.
    if (payment.mandate_id !== null && payment.expires_at > askedAt)
      return { state: 'USERPAYING', amountFen: null, paidAt: null, askedAt }
    return { state: what === 'close' ? 'CLOSED' : 'NOTPAY', amountFen: null, paidAt: null, askedAt }
  }
}

/**
 * What the host's cashier is opened with; the order exists at the vendor from then on. Null for one that is paid, being paid or closed.
 * @throws ProblemError `cashier-not-answering`
 */
export async function openAtVendor(service: Service, payment: PaymentRow): Promise<CashierInvocation | null> {
  const { db } = service.database
  const first = await db
    .selectFrom('payment_bills')
    .select('title')
    .where(ofPayment(payment))
    .orderBy('position')
    .executeTakeFirstOrThrow()
  const { subject } = await db
    .selectFrom('citizens')
    .select('subject')
    .where('city_id', '=', payment.city_id)
    .where('id', '=', payment.citizen_id)
    .executeTakeFirstOrThrow()
  try {
    return await cashierOf(service, payment).open({
      reference: payment.reference,
      amountFen: payment.amount_fen,
      subject: say(first.title, 'zh-CN'),
      payer: subject.slice(subject.indexOf('/') + 1),
      expiresAt: payment.expires_at,
    })
  } catch (error) {
    if (isRefusal(error, 'order-paid', 'order-paying', 'order-closed')) return null
    if (!isNoAnswer(error)) throw error
    noteSilence(service, payment.id, error)
    throw problem('cashier-not-answering')
  }
}

/** How a refund stands. `refused`: under its number nothing will ever go back. */
export type RefundResult = 'processing' | 'success' | 'failed' | 'refused'

/** How a refund stands at the vendor, which has been told of it before. @throws where `isNoAnswer`. */
export async function askRefund(service: Service, payment: PaymentRow, refundReference: string): Promise<RefundResult> {
  const refund = { reference: payment.reference, refundReference }
  try {
    return resultOf(await cashierOf(service, payment).queryRefund(refund))
  } catch (error) {
    // Alipay knows only those that have succeeded.
    if (isRefusal(error, 'no-such-refund')) return 'processing'
    throw error
  }
}

/** Has the vendor give money back, and how that stands now. @throws where `isNoAnswer`. */
export async function refundAtVendor(
  service: Service,
  payment: PaymentRow,
  refund: { reference: string; amount_fen: number; reason: { zh: string } },
): Promise<RefundResult> {
  try {
    const told = await cashierOf(service, payment).refund({
      reference: payment.reference,
      refundReference: refund.reference,
      amountFen: refund.amount_fen,
      totalFen: payment.amount_fen,
      reason: refund.reason.zh,
    })
    // Most are done by the time that one asks.
    return told.state === 'processing' ? askRefund(service, payment, refund.reference) : resultOf(told)
  } catch (error) {
    if (isRefusal(error, 'rules', 'no-such-order', 'balance')) return 'failed'
    throw error
  }
}

const resultOf = ({ state }: VendorRefund): RefundResult => (state === 'closed' ? 'refused' : state)

export const isRefusal = (error: unknown, ...reasons: VendorRefused['reason'][]): boolean =>
  error instanceof VendorRefused && reasons.includes(error.reason)
