import { sql } from 'kysely'
import type {
  ClosePaymentData,
  ClosePaymentResponses,
  CreatePaymentData,
  CreatePaymentResponses,
  FindPaymentData,
  FindPaymentResponses,
  GetPaymentData,
  GetPaymentResponses,
  ListPaymentsData,
  ListPaymentsResponses,
  OpenCashierData,
  OpenCashierResponses,
  PaymentStart,
  ReportCashierAnswerData,
  ReportCashierAnswerResponses,
} from '../../contract/wire/types.gen'
import { askBeforePaying, askClosings } from '../billing/before-paying'
import type { Db } from '../database/database'
import { type Context, creating, type Handler, operation, paymentIdIn } from '../http/operation'
import { microsOf, readPage } from '../http/pages'
import { problem } from '../http/problem'
import { instant, secondsAfter } from '../words'
import { advance, advanceLocked, close, takeHint } from './advance'
import { paymentBody, paymentStart, summaryBody } from './body'
import { clearTheWay, createOrFind, refuseWhileAsleep } from './create'
import { change, isOpen, lockPayment, type PaymentRow, type Trx } from './rows'

const LIST_AGE_SECONDS = 5

export const listPayments = operation<ListPaymentsData, ListPaymentsResponses>(async ({ query }, context) => {
  const rows = context.db
    .selectFrom('payments')
    .selectAll()
    .where('city_id', '=', context.cityId)
    .where('citizen_id', '=', context.citizenId)
  const newestFirst = [
    { by: microsOf(sql`created_at`), type: 'number', isDescending: true },
    { by: sql`id`, type: 'text' },
  ] as const
  const page = await readPage(rows, newestFirst, query.cursor)
  const items = await Promise.all(page.rows.map(async (row) => summaryBody(context.db, row, context)))
  return {
    status: 200,
    body: {
      items,
      ...(page.next ? { next: page.next } : {}),
      consistency: 'eventual',
      asOf: instant(secondsAfter(context.now(), -LIST_AGE_SECONDS)),
      serverTime: instant(context.now()),
    },
  }
})

const create = creating<CreatePaymentData, CreatePaymentResponses>(
  'createPayment',
  async ({ body, key }, context, trx) => {
    const { payment, isNew } = await createOrFind(body, context, trx)
    const start = askedWith(key, await paymentStart(trx, payment, context))
    return isNew ? { status: 201, body: start } : { status: 200, body: start }
  },
  // The same payment as it is now: an old answer must not open a cashier for what is paid meanwhile.
  async (first, context, trx, key) => {
    const payment = await lockPayment(trx, paymentIdIn(first.body))
    const start = await paymentStart(trx, await advanceLocked(context.service, trx, payment), context)
    return { ...first, body: askedWith(key, start) }
  },
)

/** Says which key the answer is for, so that a phone can tell it from another payment's. */
const askedWith = (key: string, start: PaymentStart): PaymentStart => ({
  ...start,
  payment: { ...start.payment, idempotencyKey: key },
})

export const createPayment = operation<CreatePaymentData, CreatePaymentResponses>(async (call, context) => {
  const billIds = call.body.bills.map(({ billId }) => billId)
  await askBeforePaying(context, billIds)
  await clearTheWay(call.body, context)
  return (await create(call, context)) as { status: 201; body: CreatePaymentResponses[201] }
})

export const getPayment = operation<GetPaymentData, GetPaymentResponses>(async ({ path }, context) => {
  await ownPayment(context.db, path.paymentId, context)
  return { status: 200, body: await paymentBody(context.db, await advance(context.service, path.paymentId), context) }
})

export const findPayment = operation<FindPaymentData, FindPaymentResponses>(async ({ path }, context) => {
  const call = await context.db
    .selectFrom('idempotency_keys')
    .select('payment_id')
    .where('city_id', '=', context.cityId)
    .where('citizen_id', '=', context.citizenId)
    .where('key', '=', path.idempotencyKey)
    .executeTakeFirst()
  if (!call?.payment_id) throw problem('not-found')
  const payment = await ownPayment(context.db, call.payment_id, context)
  const body = await paymentBody(context.db, await advance(context.service, payment.id), context)
  return { status: 200, body: { ...body, idempotencyKey: path.idempotencyKey } }
})

export const openCashier: Handler = async (call, context) => {
  const { paymentId } = call.path as OpenCashierData['path']
  await askClosings(context, await billersOf(context.db, paymentId))
  return open(call, context)
}

const open = creating<OpenCashierData, OpenCashierResponses>(
  'openCashier',
  async ({ path }, context, trx) => {
    let payment = await ownLocked(trx, path.paymentId, context)
    payment = await advanceLocked(context.service, trx, payment)
    const payable = payment.state === 'created' || payment.state === 'cashier-open'
    if (!payable || payment.expires_at <= context.now()) throw problem('payment-not-open')
    await refuseWhileAsleep(trx, await billersOf(trx, payment.id), context)
    if (payment.state === 'created') payment = await change(trx, payment, { state: 'cashier-open' })
    return { status: 200, body: await paymentStart(trx, payment, context) }
  },
  async (first, context, trx) => {
    const payment = await lockPayment(trx, paymentIdIn(first.body))
    return { ...first, body: await paymentStart(trx, await advanceLocked(context.service, trx, payment), context) }
  },
)

export const reportCashierAnswer = creating<ReportCashierAnswerData, ReportCashierAnswerResponses>(
  'reportCashierAnswer',
  async ({ path, body }, context, trx) => {
    const payment = await ownLocked(trx, path.paymentId, context)
    return { status: 200, body: await paymentBody(trx, await takeHint(context.service, trx, payment, body), context) }
  },
  asItIsNow,
)

export const closePayment = creating<ClosePaymentData, ClosePaymentResponses>(
  'closePayment',
  async ({ path }, context, trx) => {
    const payment = await advanceLocked(context.service, trx, await ownLocked(trx, path.paymentId, context))
    const closed = isOpen(payment) ? await close(context.service, trx, payment) : payment
    return { status: 200, body: await paymentBody(trx, closed, context) }
  },
  asItIsNow,
)

/** A repeated call with one key: the same payment, as it is now. */
async function asItIsNow(first: { status: number; body?: unknown }, context: Context, trx: Trx) {
  const payment = await lockPayment(trx, paymentIdIn({ payment: first.body }))
  return { ...first, body: await paymentBody(trx, await advanceLocked(context.service, trx, payment), context) }
}

/** Somebody else's payment is not found, and neither is another city's. */
export async function ownPayment(db: Db, paymentId: string, context: Context): Promise<PaymentRow> {
  const row = await db
    .selectFrom('payments')
    .selectAll()
    .where('id', '=', paymentId)
    .where('city_id', '=', context.cityId)
    .where('citizen_id', '=', context.citizenId)
    .executeTakeFirst()
  if (row === undefined) throw problem('not-found')
  return row
}

const billersOf = async (db: Db, id: string): Promise<string[]> => {
  const rows = await db
    .selectFrom('payment_bills as pb')
    .innerJoin('bills as b', 'b.id', 'pb.bill_id')
    .select('b.biller_id')
    .where('pb.payment_id', '=', id)
    .execute()
  return rows.map((row) => row.biller_id)
}

async function ownLocked(trx: Trx, paymentId: string, context: Context): Promise<PaymentRow> {
  await ownPayment(trx, paymentId, context)
  return lockPayment(trx, paymentId)
}
