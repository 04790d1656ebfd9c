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
import { billsOfPayment, billsOfPayments, isWaiting, type PaymentBillRow, type PaymentRow } from './rows'

/** The bills of a payment, each with what tells its account from the others. */
export async function paymentBillBodies(db: Db, rows: PaymentBillRow[], context: Context): Promise<PaymentBill[]> {
  const labels = await labelsOf(db, rows, context)
  return rows.map((row) => {
    const { label: accountLabel, unbound } = labels.get(row.bill_id) ?? {}
    return {
      ...paymentBillBody(row, context),
      ...(accountLabel ? { accountLabel } : {}),
      ...(unbound ? { unbound: true } : {}),
      ...(unbound?.keep && isWithBiller(row) ? { keep: unbound.keep } : {}),
    }
  })
}

/** Paid, and not on its way back. */
const isWithBiller = ({ credit_by: creditBy, outcome, recall_state: recall }: PaymentBillRow): boolean =>
  creditBy !== null && (outcome === 'open' || outcome === 'credited') && recall === null

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
  ...recallOf(row, context),
})

function recallOf(row: PaymentBillRow, { language }: Context): Pick<PaymentBill, 'recall'> {
  const { recall_state: state, recall_asked_at: askedAt, recall_reference: reference } = row
  if (state === null || askedAt === null || reference === null) return {}
  return {
    recall: {
      state,
      reference,
      askedAt: instant(askedAt),
      ...(state === 'asked' && row.recall_decide_by ? { decideBy: instant(row.recall_decide_by) } : {}),
      ...(row.recall_ended_at ? { endedAt: instant(row.recall_ended_at) } : {}),
      ...(row.recall_reason ? { reason: say(row.recall_reason, language) } : {}),
    },
  }
}

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
    ...(await refundsOf(db, [payment]))(payment),
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

type Standing = Pick<PaymentRow, 'city_id' | 'id' | 'state' | 'refunded_fen'>

/** How the refunds stand of those of a city's payments that still have some to give back. */
async function refundsOf(
  db: Db,
  payments: readonly Standing[],
): Promise<(payment: Standing) => { refund?: RefundStanding }> {
  const refunding = payments.filter(({ state }) => state === 'refunding')
  const failed = refunding[0]
    ? await db
        .selectFrom('refunds')
        .select('payment_id')
        .distinct()
        .where('city_id', '=', refunding[0].city_id)
        .where(
          'payment_id',
          'in',
          refunding.map(({ id }) => id),
        )
        .where('state', '=', 'failed')
        .execute()
    : []
  return ({ id, state }) => {
    if (state !== 'refunding') return {}
    return { refund: failed.some(({ payment_id }) => payment_id === id) ? 'failed' : 'pending' }
  }
}

/** How payments of a city stand, for places that show something else. */
export async function standings(
  db: Db,
  payments: readonly Standing[],
): Promise<(payment: Standing) => PaymentStanding> {
  const refundOf = await refundsOf(db, payments)
  return (payment) => {
    const { id, state, refunded_fen: refundedFen } = payment
    return { id, state, ...(refundedFen > 0 ? { refundedFen } : {}), ...refundOf(payment) }
  }
}

/** Payments of the context's city as a list shows them, in the order given. */
export async function summaryBodies(
  db: Db,
  payments: readonly PaymentRow[],
  context: Context,
): Promise<PaymentSummary[]> {
  const all = await billsOfPayments(
    db,
    context.cityId,
    payments.map(({ id }) => id),
  )
  const labels = await labelsOf(db, all, context)
  const refundOf = await refundsOf(db, payments)
  return payments.map((payment) => {
    const bills = all.filter(({ payment_id }) => payment_id === payment.id)
    const [accountLabel, ...others] = new Set(bills.map(({ bill_id }) => labels.get(bill_id)?.label))
    return {
      id: payment.id,
      cityId: payment.city_id,
      reference: payment.reference,
      state: payment.state,
      version: payment.version,
      amountFen: payment.amount_fen,
      ...(payment.refunded_fen > 0 ? { refundedFen: payment.refunded_fen } : {}),
      ...refundOf(payment),
      title: bills[0] ? say(bills[0].title, context.language) : '',
      ...(accountLabel && others.length === 0 ? { accountLabel } : {}),
      billCount: bills.length,
      createdAt: instant(payment.created_at),
      ...(payment.paid_at ? { paidAt: instant(payment.paid_at) } : {}),
      ...(payment.receipt_id ? { receiptId: payment.receipt_id } : {}),
    }
  })
}
