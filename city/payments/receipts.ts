import type {
  CheckReceiptData,
  CheckReceiptResponses,
  GetReceiptData,
  GetReceiptResponses,
  PaymentBill,
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
import { standingPapers } from './papers'
import { receiptText } from './receipt-text'
import { billsOfPayment, type PaymentRow } from './rows'

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
  const bills = await paidBillBodies(db, await billsOfPayment(db, payment), context)
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
      eBill: context.city.features.includes('papers')
        ? await firstPaper(payment, context)
        : await eBillOf(payment, bills, context),
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

/** What apps show that know no papers: the first that was asked for. */
async function firstPaper(payment: PaymentRow, context: Context): Promise<Receipt['eBill']> {
  const papers = (await standingPapers(context.db, payment, context)).map(({ paper }) => paper)
  for (const { state, number, checkCode, expectedBy } of papers) {
    if (state === 'not-offered' || state === 'available') continue
    return { state, ...(number && { number }), ...(checkCode && { checkCode }), ...(expectedBy && { expectedBy }) }
  }
  return { state: 'none' }
}

/** How long after crediting a fiscal e-bill takes. */
const E_BILL_SECONDS = 180
/** After so much longer without an answer nobody is working on it: people have to. */
const E_BILL_GIVE_UP_SECONDS = 3 * 86_400

/** The fiscal e-bill (电子票据) follows the crediting; there is none for money that went back, and none of a biller that sends its own by post. */
async function eBillOf(
  payment: PaymentRow,
  bills: readonly PaymentBill[],
  context: Context,
): Promise<Receipt['eBill']> {
  const { billers } = context.service
  const credited = bills.find(({ outcome }) => outcome === 'credited')
  if (credited === undefined && payment.state !== 'paid') return { state: 'none' }
  const billerId = (credited ?? bills[0])?.account?.billerId ?? ''
  const { city_id: cityId, reference } = payment
  const paper = billers.paper ? await answerOf(billers.paper({ cityId, reference, billerId })) : { value: 'none' }
  if (paper?.value === 'none') return { state: 'none' }
  const since = credited?.creditedAt ? new Date(credited.creditedAt) : payment.credit_by
  if (since === null) return { state: 'issuing' }
  const expectedBy = secondsAfter(since, E_BILL_SECONDS)
  const issuing = { state: 'issuing', expectedBy: instant(expectedBy) } as const
  if (credited === undefined || context.now() < expectedBy) return issuing
  if (paper === null)
    return context.now() < secondsAfter(expectedBy, E_BILL_GIVE_UP_SECONDS) ? issuing : { state: 'failed' }
  if (paper.value === 'failed') return { state: 'failed' }
  const digest = sha256(payment.id)
  return {
    state: 'issued',
    number: `${payment.city_id.slice(0, 4)}${String(Number.parseInt(digest.slice(0, 8), 16)).padStart(10, '0')}`,
    checkCode: digest.slice(8, 14).toUpperCase(),
  }
}
