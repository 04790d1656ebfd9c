import type {
  Payment,
  PaymentBill,
  PaymentStanding,
  PaymentSummary,
  RefundStanding,
} from '../../contract/wire/types.gen'
import { accountLabels } from '../billing/account-label'
import type { Db } from '../database/database'
import type { Context } from '../http/operation'
import { instant, say } from '../words'
import { billsOfPayment, isWaiting, ofPayment, type PaymentBillRow, type PaymentRow } from './rows'

/** The bills of a payment, each with what tells its account from the others. */
export async function paymentBillBodies(db: Db, rows: PaymentBillRow[], context: Context): Promise<PaymentBill[]> {
  const labels = await labelsOf(db, rows, context)
  return rows.map((row) => {
    const accountLabel = labels.get(row.bill_id)
    return { ...paymentBillBody(row, context), ...(accountLabel ? { accountLabel } : {}) }
  })
}

const labelsOf = (db: Db, rows: PaymentBillRow[], context: Context) =>
  accountLabels(
    db,
    context,
    rows.map(({ bill_id }) => bill_id),
  )

const paymentBillBody = (row: PaymentBillRow, context: Context): PaymentBill => ({
  billId: row.bill_id,
  version: row.bill_version,
  title: say(row.title, context.language),
  kind: row.kind,
  amountFen: row.amount_fen,
  outcome: row.outcome,
  ...(row.credited_at ? { creditedAt: instant(row.credited_at) } : {}),
  ...(row.credit_by ? { creditBy: instant(row.credit_by) } : {}),
})

/** A payment as the source of truth has it; the caller has just brought it up to date, unless its vendor did not answer. */
export async function paymentBody(db: Db, payment: PaymentRow, context: Context, isAsked = true): Promise<Payment> {
  const bills = await billsOfPayment(db, payment)
  return {
    id: payment.id,
    cityId: payment.city_id,
    reference: payment.reference,
    state: payment.state,
    version: payment.version,
    amountFen: payment.amount_fen,
    ...(payment.fee_fen > 0 ? { feeFen: payment.fee_fen } : {}),
    refundedFen: payment.refunded_fen,
    ...(await refundOf(db, payment)),
    cashier: payment.cashier,
    bills: await paymentBillBodies(db, bills, context),
    createdAt: instant(payment.created_at),
    expiresAt: instant(payment.expires_at),
    ...(isAsked && isWaiting(payment) ? { unpaidAsOf: instant(context.now()) } : {}),
    ...(payment.paid_at ? { paidAt: instant(payment.paid_at) } : {}),
    ...(payment.credited_at ? { creditedAt: instant(payment.credited_at) } : {}),
    ...(payment.credit_by ? { creditBy: instant(payment.credit_by) } : {}),
    ...(payment.receipt_id ? { receiptId: payment.receipt_id } : {}),
    consistency: 'strong',
    serverTime: instant(context.now()),
  }
}

/** How the refunds stand of a payment that still has some to give back. */
async function refundOf(db: Db, payment: PaymentRow): Promise<{ refund?: RefundStanding }> {
  if (payment.state !== 'refunding') return {}
  const failed = await db
    .selectFrom('refunds')
    .select('id')
    .where(ofPayment(payment))
    .where('state', '=', 'failed')
    .limit(1)
    .executeTakeFirst()
  return { refund: failed ? 'failed' : 'pending' }
}

/** How a payment stands, for places that show something else. */
export async function standingBody(db: Db, payment: PaymentRow): Promise<PaymentStanding> {
  const { id, state, refunded_fen: refundedFen } = payment
  return { id, state, ...(refundedFen > 0 ? { refundedFen } : {}), ...(await refundOf(db, payment)) }
}

export async function summaryBody(db: Db, payment: PaymentRow, context: Context): Promise<PaymentSummary> {
  const bills = await billsOfPayment(db, payment)
  const labels = await labelsOf(db, bills, context)
  const [accountLabel, ...others] = new Set(bills.map(({ bill_id }) => labels.get(bill_id)))
  return {
    id: payment.id,
    cityId: payment.city_id,
    reference: payment.reference,
    state: payment.state,
    version: payment.version,
    amountFen: payment.amount_fen,
    ...(payment.refunded_fen > 0 ? { refundedFen: payment.refunded_fen } : {}),
    ...(await refundOf(db, payment)),
    title: bills[0] ? say(bills[0].title, context.language) : '',
    ...(accountLabel && others.length === 0 ? { accountLabel } : {}),
    billCount: bills.length,
    createdAt: instant(payment.created_at),
    ...(payment.paid_at ? { paidAt: instant(payment.paid_at) } : {}),
    ...(payment.receipt_id ? { receiptId: payment.receipt_id } : {}),
  }
}
