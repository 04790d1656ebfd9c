import type {
  CheckReceiptData,
  CheckReceiptResponses,
  GetReceiptData,
  GetReceiptResponses,
  Receipt,
} from '../../contract/wire/types.gen'
import { answerOf } from '../billing/ask'
import { type Context, operation } from '../http/operation'
import { problem } from '../http/problem'
import { sha256 } from '../ids'
import { isSigned } from '../signature'
import { instant, maskName, secondsAfter } from '../words'
import { standings } from './body'
import { paidBillBodies } from './paid-bills'
import { receiptText } from './receipt-text'
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
  const rows = await billsOfPayment(db, payment)
  const bills = await paidBillBodies(db, rows, context)
  const { amount_fen: amountFen, fee_fen: feeFen, paid_at: paidAt } = payment
  return {
    status: 200,
    body: {
      id: receipt.id,
      paymentId: payment.id,
      cityId,
      number: receipt.number,
      reference: payment.reference,
      payer: maskName(payer.name),
      amountFen,
      ...(feeFen > 0 ? { feeFen } : {}),
      payment: (await standings(db, [payment]))(payment),
      paidAt: instant(paidAt),
      ...(payment.credited_at ? { creditedAt: instant(payment.credited_at) } : {}),
      issuedAt: instant(receipt.issued_at),
      bills,
      verifyText: receiptText(
        context.service.keys,
        { cityId, number: receipt.number, amountFen, feeFen, paidAt, bills },
        context.now(),
      ),
      eBill: await eBillOf(payment, rows, context),
    },
  }
})

/** Who has the text has the receipt: it is told what became of the payment, and nothing of the person. */
export const checkReceipt = operation<CheckReceiptData, CheckReceiptResponses>(async ({ body }, context) => {
  const { db, cityId, service } = context
  const serverTime = instant(context.now())
  const { keys } = service
  const isOurs = [keys.ofCity(cityId), ...(keys.earlier?.(cityId) ?? [])].some((key) => isSigned(body.text, key))
  const [kind, city, number = ''] = body.text.split(':')
  const payment =
    isOurs && kind === 'city-receipt' && city === cityId
      ? await db
          .selectFrom('receipts as r')
          .innerJoin('payments as p', (join) =>
            join.onRef('p.city_id', '=', 'r.city_id').onRef('p.id', '=', 'r.payment_id'),
          )
          .select(['p.state', 'p.amount_fen', 'p.refunded_fen'])
          .where('r.city_id', '=', cityId)
          .where('p.city_id', '=', cityId)
          .where('r.number', '=', number)
          .executeTakeFirst()
      : undefined
  if (payment === undefined) return { status: 200, body: { outcome: 'not-ours', serverTime } }
  const { state, amount_fen: amountFen, refunded_fen: refundedFen } = payment
  return { status: 200, body: { outcome: 'genuine', number, state, amountFen, refundedFen, serverTime } }
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
