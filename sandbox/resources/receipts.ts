import { operation } from '../core'
import { sha256 } from '../ids'
import { paymentBillBody } from '../payments/body'
import { billsOfPayment, type PaymentRow } from '../payments/rows'
import { problem } from '../problem'
import type { GetReceiptData, GetReceiptResponses, Receipt } from '../wire/types.gen'
import { instant, maskName } from '../words'

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
    .where('id', '=', receipt.payment_id)
    .where('citizen_id', '=', citizenId)
    .executeTakeFirst()
  if (payment?.paid_at == null) throw problem('not-found')
  const payer = await db.selectFrom('citizens').select('name').where('id', '=', citizenId).executeTakeFirstOrThrow()
  const bills = await billsOfPayment(db, payment.id)
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
      paidAt: instant(payment.paid_at),
      issuedAt: instant(receipt.issued_at),
      bills: bills.map((row) => paymentBillBody(row, context)),
      verifyText: `city-receipt:${cityId}:${receipt.number}:${sha256(`${receipt.id}/${payment.amount_fen}`).slice(0, 12)}`,
      eBill: eBillOf(payment),
    },
  }
})

/** The fiscal e-bill (电子票据) follows the crediting; there is none for money that went back. */
function eBillOf(payment: PaymentRow): Receipt['eBill'] {
  if (payment.state === 'credited')
    return { state: 'issued', number: `3301${sha256(payment.id).slice(0, 8).toUpperCase()}` }
  return payment.state === 'paid' ? { state: 'issuing' } : { state: 'none' }
}
