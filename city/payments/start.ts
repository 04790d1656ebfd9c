import type { PaymentStart } from '../../contract/wire/types.gen'
import type { Context } from '../http/operation'
import { present } from './advance'
import { paymentBody } from './body'
import { isOpen, isWaiting, type PaymentKey, type PaymentRow, readPayment } from './rows'
import { ask, openAtVendor } from './vendor'

/**
 * With the cashier only while the citizen may pay: never where money may be moving or has moved. The order is made known to the vendor
 * here, once the city has committed it; who repeats the call makes it known again.
 * @throws ProblemError `cashier-not-answering`
 */
export async function paymentStart(key: PaymentKey, context: Context): Promise<PaymentStart> {
  const { db, service } = context
  const known = await readPayment(db, key)
  const isPayable = (payment: PaymentRow) => isWaiting(payment) && payment.expires_at > context.now()
  const cashier = isPayable(known) ? await openAtVendor(service, known) : null
  // Meanwhile somebody may have ended it, or the vendor knows more: then nobody gets the cashier.
  const payment = cashier === null ? (await present(service, key)).payment : await readPayment(db, key)
  const body = await paymentBody(db, payment, context)
  if (cashier === null || isPayable(payment)) return { payment: body, ...(cashier && { cashier }) }
  if (!isOpen(payment)) await ask(service, payment, 'close')
  return { payment: body }
}
