import type { GetReceiptData, GetReceiptResponses, Receipt } from '../../contract/wire/types.gen'
import { answerOf } from '../billing/ask'
import { type Context, operation } from '../http/operation'
import { problem } from '../http/problem'
import { sha256 } from '../ids'
import { signed } from '../signature'
import { instant, maskName, secondsAfter } from '../words'
import { paymentBillBodies, standings } from './body'
import { billsOfPayment, type PaymentBillRow, type PaymentRow } from './rows'

export const getReceipt = operation<GetReceiptData, GetReceiptResponses>(async ({ path }, context) => {
  const { db, cityId, citizenId } = context
  const receipt = await db
    .selectFrom('receipts')
    .selectAll()
    .where('id', '=', path.receiptId)
    .where('city_id', '=', cityId)
    .executeTakeFirst()
  if (receipt === undefined) throw problem('not-found')
  const payment = await db
    .selectFrom('payments')
    .selectAll()
    .where('city_id', '=', cityId)
    .where('id', '=', receipt.payment_id)
    .where('citizen_id', '=', citizenId)
    .executeTakeFirst()
  if (payment?.paid_at == null) throw problem('not-found')
  const payer = await db
    .selectFrom('citizens')
    .select('name')
    .where('city_id', '=', cityId)
    .where('id', '=', citizenId)
    .executeTakeFirstOrThrow()
  const bills = await billsOfPayment(db, payment)
  return {
    status: 200,
    body: {
      id: receipt.id,
      paymentId: payment.id,
      cityId,
      number: receipt.number,
      reference: payment.reference,
      payer: maskName(payer.name),
      amountFen: payment.amount_fen,
      ...(payment.fee_fen > 0 ? { feeFen: payment.fee_fen } : {}),
      payment: (await standings(db, [payment]))(payment),
      paidAt: instant(payment.paid_at),
      issuedAt: instant(receipt.issued_at),
      bills: await paymentBillBodies(db, bills, context),
      verifyText: signed(
        `city-receipt:${cityId}:${receipt.number}:${payment.amount_fen}`,
        context.service.keys.ofCity(cityId),
      ),
      eBill: await eBillOf(payment, bills, context),
    },
  }
})

/** How long after crediting a fiscal e-bill takes. */
const E_BILL_SECONDS = 180

/** The fiscal e-bill (电子票据) follows the crediting; there is none for money that went back. */
async function eBillOf(payment: PaymentRow, bills: PaymentBillRow[], context: Context): Promise<Receipt['eBill']> {
  const creditedAt = bills.flatMap((bill) => (bill.outcome === 'credited' ? (bill.credited_at ?? []) : []))[0]
  if (creditedAt === undefined) {
    if (payment.state !== 'paid') return { state: 'none' }
    return {
      state: 'issuing',
      ...(payment.credit_by ? { expectedBy: instant(secondsAfter(payment.credit_by, E_BILL_SECONDS)) } : {}),
    }
  }
  const expectedBy = secondsAfter(creditedAt, E_BILL_SECONDS)
  if (context.now() < expectedBy) return { state: 'issuing', expectedBy: instant(expectedBy) }
  const { city_id: paperCity, reference } = payment
  const paper = await answerOf(context.service.billers.paper({ cityId: paperCity, reference }))
  if (paper === null) return { state: 'issuing' }
  if (paper.value === 'failed') return { state: 'failed' }
  const digest = sha256(payment.id)
  return {
    state: 'issued',
    number: `${payment.city_id.slice(0, 4)}${String(Number.parseInt(digest.slice(0, 8), 16)).padStart(10, '0')}`,
    checkCode: digest.slice(8, 14).toUpperCase(),
  }
}
