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
  Payment,
  PaymentRequest,
  ReportCashierAnswerData,
  ReportCashierAnswerResponses,
} from '../../contract/wire/types.gen'
import { askBeforePaying, askClosings } from '../billing/before-paying'
import { isNoAnswer } from '../cashiers/errors'
import type { Db } from '../database/database'
import { asGiver } from '../family/acting'
import { type Context, creating, type Handler, operation, paymentIdIn } from '../http/operation'
import { microsOf, readPage } from '../http/pages'
import { isProblem, problem } from '../http/problem'
import { instant, secondsAfter } from '../words'
import { beginClosing, doubt, followHint, noteHint, present, tellClosing } from './advance'
import { paymentBody, summaryBodies } from './body'
import { clearTheWay, createOrFind, refuseWhileAsleep } from './create'
import { notePaying, payingGrant } from './paying-for'
import { change, isWaiting, lockPayment, type PaymentKey, type PaymentRow, readPayment } from './rows'
import { paymentStart } from './start'
import { noteSilence } from './vendor'

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
  const items = await summaryBodies(context.db, page.rows, context)
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

const create = creating<CreatePaymentData, CreatePaymentResponses>('createPayment', async ({ body }, context, trx) => {
  const grant = await payingGrant(trx, context, body)
  const { payment, isNew } = await createOrFind(body, context, trx, grant)
  if (grant && isNew) await notePaying(trx, context, grant, payment)
  return { status: isNew ? 201 : 200, body: { payment: await paymentBody(trx, payment, context) } }
})

export const createPayment: Handler = async (call, context) => {
  const request = call.body as PaymentRequest
  // Whether it may is decided with the payment; what was answered before is answered again.
  const grant = await payingGrant(context.db, context, request).catch((error: unknown) => {
    if (isProblem(error)) return null
    throw error
  })
  await askBeforePaying(
    grant ? asGiver(context, grant) : context,
    request.bills.map(({ billId }) => billId),
  )
  await clearTheWay(request, context, grant)
  const { status, body } = await create(call, context)
  const { payment, ...rest } = await paymentStart({ city_id: context.cityId, id: paymentIdIn(body) }, context)
  // Says which key the answer is for, so that a phone can tell it from another payment's.
  return { status, body: { payment: { ...payment, idempotencyKey: call.key }, ...rest } }
}

export const getPayment = operation<GetPaymentData, GetPaymentResponses>(async ({ path }, context) => {
  const payment = await ownPayment(context.db, path.paymentId, context)
  return { status: 200, body: await presentBody(payment, context) }
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
  return { status: 200, body: { ...(await presentBody(payment, context)), idempotencyKey: path.idempotencyKey } }
})

const open = creating<OpenCashierData, OpenCashierResponses>('openCashier', async ({ path }, context, trx) => {
  const payment = await lockPayment(trx, { city_id: context.cityId, id: path.paymentId })
  if (!isWaiting(payment) || payment.expires_at <= context.now()) throw problem('payment-not-open')
  await refuseWhileAsleep(trx, await billersOf(trx, payment), context)
  const opened = payment.state === 'created' ? await change(trx, payment, { state: 'cashier-open' }) : payment
  return { status: 200, body: { payment: await paymentBody(trx, opened, context) } }
})

export const openCashier: Handler = async (call, context) => {
  const own = await ownPayment(context.db, (call.path as OpenCashierData['path']).paymentId, context)
  await askClosings(context, await billersOf(context.db, own))
  await present(context.service, own)
  await open(call, context)
  return { status: 200, body: await paymentStart(own, context) }
}

const noteAnswer = creating<ReportCashierAnswerData, ReportCashierAnswerResponses>(
  'reportCashierAnswer',
  async ({ path, body }, context, trx) => {
    const payment = await noteHint(
      context.service,
      trx,
      await lockPayment(trx, { city_id: context.cityId, id: path.paymentId }),
      body,
    )
    return { status: 200, body: await paymentBody(trx, payment, context) }
  },
)

export const reportCashierAnswer: Handler = async (call, context) => {
  const { service } = context
  const own = await ownPayment(context.db, (call.path as ReportCashierAnswerData['path']).paymentId, context)
  await noteAnswer(call, context)
  const payment = await followHint(service, await readPayment(context.db, own)).catch((error: unknown) => {
    if (!isNoAnswer(error)) throw error
    noteSilence(service, own.id, error)
    return doubt(service, own)
  })
  return { status: 200, body: await paymentBody(context.db, payment, context) }
}

const decideClosing = creating<ClosePaymentData, ClosePaymentResponses>(
  'closePayment',
  async ({ path }, context, trx) => {
    const payment = await beginClosing(trx, await lockPayment(trx, { city_id: context.cityId, id: path.paymentId }))
    return { status: 200, body: await paymentBody(trx, payment, context) }
  },
)

export const closePayment: Handler = async (call, context) => {
  const { service, db } = context
  const own = await ownPayment(db, (call.path as ClosePaymentData['path']).paymentId, context)
  await decideClosing(call, context)
  const payment = await readPayment(db, own)
  if (payment.state !== 'closing') return { status: 200, body: await presentBody(own, context) }
  const told = await tellClosing(service, payment).catch((error: unknown) => {
    if (!isNoAnswer(error)) throw error
    noteSilence(service, own.id, error)
    return payment
  })
  return { status: 200, body: await paymentBody(db, told, context) }
}

/** A payment as it is now, for somebody who waits. */
async function presentBody(key: PaymentKey, context: Context): Promise<Payment> {
  const { payment, isAsked } = await present(context.service, key)
  return paymentBody(context.db, payment, context, isAsked)
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

const billersOf = async (db: Db, { city_id, id }: PaymentKey): Promise<string[]> => {
  const rows = await db
    .selectFrom('payment_bills as pb')
    .innerJoin('bills as b', (join) => join.onRef('b.city_id', '=', 'pb.city_id').onRef('b.id', '=', 'pb.bill_id'))
    .select('b.biller_id')
    .where('pb.city_id', '=', city_id)
    .where('pb.payment_id', '=', id)
    .execute()
  return rows.map((row) => row.biller_id)
}
