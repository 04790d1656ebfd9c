import type { FastifyInstance } from 'fastify'
import { problem } from '../city/http/problem'
import { change, isOpen, lockPayment, ofPayment, type PaymentRow } from '../city/payments/rows'
import { say } from '../city/words'
import { isNotForeign } from './origin'
import { agreementPage, tillPage } from './till-page'
import type { World } from './world'

/** What a person can make the cashier do, and what the cashier then tells the phone. `killed`: nothing at all. */
const acts = {
  pay: { outcome: 'accepted', detail: '9000' },
  'pay-and-vanish': { outcome: 'killed', detail: '' },
  vanish: { outcome: 'killed', detail: '' },
  'vanish-deciding': { outcome: 'killed', detail: '' },
  cancel: { outcome: 'cancelled', detail: '6001' },
  'cancel-but-paid': { outcome: 'cancelled', detail: 'requestPayment:fail cancel' },
  'unknown-8000': { outcome: 'unknown', detail: '8000' },
  'deciding-not-paid': { outcome: 'unknown', detail: '8000' },
  'unknown-6002': { outcome: 'unknown', detail: '6002' },
  fail: { outcome: 'failed', detail: '4000' },
} as const

export type TillAct = keyof typeof acts

const isAct = (name: unknown): name is TillAct => typeof name === 'string' && Object.hasOwn(acts, name)

/** How long the vendor needs to make up its mind after 8000. */
const PONDER_SECONDS = 12

/** Plays a cashier's act for a payment, as if the citizen had done it, and says what the phone would be told. */
export async function playCashier(
  world: World,
  payment: PaymentRow,
  act: TillAct,
): Promise<{ outcome: string; detail: string }> {
  const { reference } = payment
  const place = { cityId: payment.city_id }
  const crossed = act === 'cancel' && (await world.faults.take('cancelled-but-paid', place)) !== null
  if (act === 'pay' || act === 'pay-and-vanish' || act === 'cancel-but-paid' || crossed) {
    const state = await world.vendors.pay(reference)
    if (state !== 'SUCCESS') return acts.fail
  }
  if (act === 'unknown-8000' || act === 'vanish-deciding')
    await world.vendors.ponder(reference, PONDER_SECONDS, 'SUCCESS')
  if (act === 'deciding-not-paid') await world.vendors.ponder(reference, PONDER_SECONDS, 'NOTPAY')
  const undecided = act === 'pay' && world.faults.isOn('unknown-result', place)
  if (act === 'pay' && (await world.faults.take('app-killed', place))) return acts['pay-and-vanish']
  return undecided ? acts['unknown-8000'] : acts[act]
}

export const readAct = (name: unknown): TillAct => {
  if (!isAct(name)) throw problem('bad-request', { detail: `act: one of ${Object.keys(acts).join(', ')}` })
  return name
}

/** The simulated till: a page that the preview shows over itself, as the hosts show their cashiers. */
export function addTill(app: FastifyInstance, world: World): void {
  app.register(async (till) => {
    till.addHook('onRequest', async (request) => {
      if (!isNotForeign(request)) throw problem('forbidden')
    })
    addPages(till, world)
  })
}

function addPages(app: FastifyInstance, world: World): void {
  app.get<{ Params: { paymentId: string } }>('/till/:paymentId', async (request, reply) => {
    const key = await find(world, request.params.paymentId)
    const payment = await world.database.transaction(async (trx) => {
      const row = await lockPayment(trx, key)
      return row.state === 'created' ? change(trx, row, { state: 'cashier-open' }) : row
    })
    const first = await world.database.db
      .selectFrom('payment_bills')
      .select('title')
      .where(ofPayment(payment))
      .orderBy('position')
      .executeTakeFirst()
    return reply.type('text/html; charset=utf-8').send(
      tillPage({
        title: first ? say(first.title, 'zh-CN') : '',
        amountFen: payment.amount_fen,
        reference: payment.reference,
        isOpen: isOpen(payment),
      }),
    )
  })

  app.get('/till/agreements/:reference', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(agreementPage()),
  )

  app.post<{ Params: { reference: string }; Body: { act?: unknown } }>(
    '/till/agreements/:reference/acts',
    async (request) => {
      const isSigned = request.body?.act === 'sign'
      await world.vendors.settleAgreement('till', request.params.reference, isSigned ? 'active' : 'ended')
      return { outcome: isSigned ? 'accepted' : 'cancelled', detail: isSigned ? '7000' : '6001' }
    },
  )

  app.post<{ Params: { paymentId: string }; Body: { act?: unknown } }>('/till/:paymentId/acts', async (request) => {
    const payment = await find(world, request.params.paymentId)
    return playCashier(world, payment, readAct(request.body?.act))
  })
}

/** Of whatever city: the till's address has the payment alone. */
async function find({ database, cities }: World, id: string): Promise<PaymentRow> {
  const row = await database.db
    .selectFrom('payments')
    .selectAll()
    .where(
      'city_id',
      'in',
      cities.map((city) => city.id),
    )
    .where('id', '=', id)
    .executeTakeFirst()
  if (row === undefined) throw problem('not-found')
  return row
}
