import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { changeCapacity, changeVisitByHall, fillSlotByHall, walkInAtHall } from '../city/booking'
import { problem } from '../city/http/problem'
import { credit } from '../city/payments/credit'
import { finishRefunds, refundAll } from '../city/payments/refund'
import { lockPayment, type PaymentRow } from '../city/payments/rows'
import { instant } from '../city/words'
import type { AppointmentState } from '../contract/wire/types.gen'
import { takeBack } from './biller-books'
import { changeCityKey, publicKeyOf } from './city-keys'
import { endAtThisCounter, readOutAtCounter } from './counter'
import { type FaultName, faultDescriptions, isFaultName } from './faults'
import { payElsewhere, tellCity } from './faulty-bills'
import { followMaintenance } from './maintenance'
import { type AnswerKind, answerNow, answers, isAnswerKind } from './offices'
import { isFromHere } from './origin'
import { addPanel } from './panel'
import { reset } from './reset'
import { accountSeeds, fullNumber, lookupWords, planWords, proofOf } from './seed/accounts'
import { items } from './seed/items'
import { sweep } from './sweep'
import { own } from './tables'
import { hallActs, isHallAct } from './ticket-halls'
import { playCashier, readAct } from './till'
import { wechatAppId } from './vendors'
import { newestVerification, playVerifier, readVerifyAct } from './verifier'
import { walkthrough } from './walkthrough'
import type { World } from './world'

type Body = Record<string, unknown>

/** The same at all instances, as long as the data is there. */
export const tokenOf = ({ shared }: Pick<World, 'shared'>): string => shared.get('control-token') ?? ''

/**
 * What a person or a test may do to the cities. Answers this machine only, and who has the token; its page is for all who sit here, and
 * can do nothing without it.
 */
export function addControl(app: FastifyInstance, world: World): void {
  app.register(
    async (around) => {
      around.addHook('onRequest', async (request) => {
        if (!isFromHere(request)) throw problem('forbidden')
      })
      addPanel(around)
      around.register(async (control) => addApi(control, world))
    },
    { prefix: '/control' },
  )
}

function addApi(control: FastifyInstance, world: World): void {
  control.addHook('onRequest', async ({ headers }) => {
    if (!hasToken(headers.authorization, tokenOf(world))) throw problem('forbidden')
    await world.shared.refresh(0)
  })
  const post = (path: string, act: (body: Body) => Promise<unknown> | unknown) =>
    control.post(path, async (request) => (await act(bodyOf(request))) ?? {})

  // Whoever was told that it is done finds it done in every instance.
  control.addHook('onSend', () => world.shared.flush())

  control.get('/state', () => stateOf(world))
  control.get('/faults', () => faultsOf(world))
  control.get('/accounts', () => ({ accounts: accountList(world) }))
  control.get('/ledger', () => ledgerOf(world))

  control.put('/faults', async (request) => {
    const body = bodyOf(request)
    const name = text(body, 'name')
    if (!isFaultName(name)) throw problem('bad-request', { detail: `There is no fault ${name}` })
    world.faults.set(
      {
        name,
        ...(body.cityId === undefined ? {} : { cityId: text(body, 'cityId') }),
        ...(body.operationId === undefined ? {} : { operationId: text(body, 'operationId') }),
        ...(body.times === undefined ? {} : { times: whole(body, 'times') }),
        ...(body.delayMs === undefined ? {} : { delayMs: whole(body, 'delayMs') }),
      },
      body.on !== false,
    )
    await followMaintenance(world)
    return faultsOf(world)
  })
  control.delete('/faults', async () => {
    world.faults.clear()
    await followMaintenance(world)
    return faultsOf(world)
  })

  post('/clock', async (body) => {
    if (body.reset === true) world.clock.reset()
    if (body.stand === true) world.clock.stand()
    if (body.set !== undefined) world.clock.set(moment(body, 'set'))
    if (body.advanceSeconds !== undefined) world.clock.advance(whole(body, 'advanceSeconds'))
    await sweep(world)
    return { now: instant(world.clock.now()) }
  })
  post('/pay', async (body) => {
    const payment = await find(world, text(body, 'paymentId'))
    if (body.force === true) await world.vendors.pay(payment.reference, { force: true })
    const result = body.force === true ? null : await playCashier(world, payment, readAct(body.act ?? 'pay'))
    return { ...result, vendorState: await world.vendors.stateOf(payment.reference) }
  })
  post('/verify', async (body) => {
    const number = body.number === undefined ? await newestVerification(world) : text(body, 'number')
    return playVerifier(world, number, readVerifyAct(body.act ?? 'pass'))
  })
  post('/agreement', async (body) => {
    const { cashier, reference } = await world.database.db
      .selectFrom('mandates')
      .select(['cashier', 'reference'])
      .where('id', '=', text(body, 'mandateId'))
      .executeTakeFirstOrThrow()
    if (cashier === null || reference === null) throw problem('not-found')
    await world.vendors.settleAgreement(cashier, reference, body.act === 'end' ? 'ended' : 'active')
  })
  post('/credit', async (body) => {
    const payment = await find(world, text(body, 'paymentId'))
    world.billers.hurry(payment.reference)
    return standing(await credit(world, payment))
  })
  post('/refund', async (body) => {
    const { id, city_id: cityId, reference, state } = await find(world, text(body, 'paymentId'))
    if (state !== 'refunding') await takeBack(world.database, cityId, reference, world.clock.now())
    world.vendors.hurry(reference)
    const payment = await world.database.transaction(async (trx) => {
      const locked = await lockPayment(trx, { city_id: cityId, id })
      const reason = { zh: '经核实，退回这笔支付', en: 'Returned after checking' }
      return locked.state === 'refunding' ? null : refundAll(world, trx, locked, reason)
    })
    // One that was stuck does not wait for its time.
    return standing(await finishRefunds(world, { city_id: cityId, id }, { atOnce: payment === null }))
  })
  post('/paid-elsewhere', async (body) => {
    const { city_id: cityId, id } = await billOf(world, text(body, 'billId'))
    const now = world.clock.now()
    await payElsewhere(world.database.db, cityId, [id], now, now)
  })
  /** Somebody paid it elsewhere, and the biller has booked it. */
  post('/settle', async (body) => {
    const { city_id: cityId, id } = await billOf(world, text(body, 'billId'))
    const now = world.clock.now()
    await own(world.database.db)
      .updateTable('book_bills')
      .set((eb) => ({ paid_fen: eb.ref('amount_fen'), settled_at: now, version: eb('version', '+', 1) }))
      .where('city_id', '=', cityId)
      .where('id', '=', id)
      .execute()
    await tellCity(world.database.db, cityId, [id], now)
  })
  post('/bill', async (body) => {
    const amount = whole(body, 'amountFen')
    const { city_id: cityId, id } = await billOf(world, text(body, 'billId'))
    await own(world.database.db)
      .updateTable('book_bills')
      .set((eb) => ({ amount_fen: eb('paid_fen', '+', amount), version: eb('version', '+', 1) }))
      .where('city_id', '=', cityId)
      .where('id', '=', id)
      .execute()
    await tellCity(world.database.db, cityId, [id], world.clock.now())
  })
  post('/answer-report', async (body) => {
    const answer = body.text === undefined ? answers[answerKind(body.kind ?? 'usual')] : { zh: text(body, 'text') }
    if (!(await answerNow(world, text(body, 'reportId'), answer))) throw problem('not-found')
  })
  post('/counter', (body) =>
    body.grantId === undefined
      ? readOutAtCounter(world, text(body, 'code'))
      : endAtThisCounter(world, text(body, 'grantId')),
  )
  post('/city-key', (body) => changeCityKey(world.shared, world.keys, text(body, 'cityId')))
  post('/fill-slot', (body) =>
    fillSlotByHall(world, text(body, 'slotId'), body.free === undefined ? 0 : whole(body, 'free')),
  )
  post('/capacity', (body) => {
    const counter = { cityId: text(body, 'cityId'), hallId: text(body, 'hallId'), counterId: text(body, 'counterId') }
    return changeCapacity(world, counter, whole(body, 'capacity'))
  })
  post('/walk-in', (body) =>
    walkInAtHall(world, text(body, 'slotId'), body.persons === undefined ? 1 : whole(body, 'persons')),
  )
  post('/visit', (body) => changeVisitByHall(world, text(body, 'appointmentId'), visitState(text(body, 'state'))))
  post('/hall', async (body) => {
    const act = text(body, 'act')
    if (!isHallAct(act)) throw problem('bad-request', { detail: `act: one of ${Object.keys(hallActs).join(', ')}` })
    const ticket = await hallActs[act](world, { cityId: text(body, 'cityId'), hallId: text(body, 'hallId') })
    return ticket ? { number: ticket.number, state: ticket.state } : {}
  })
  post('/reset', (body) => reset(world, body.set === undefined ? undefined : moment(body, 'set')))
}

function hasToken(authorization: string | undefined, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return token !== '' && timingSafeEqual(digest(authorization ?? ''), digest(`Bearer ${token}`))
}

/** The rows that say where money is, as they are; whoever asks adds them up. One moment for all of them. */
const ledgerOf = (world: World) =>
  world.database.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => ({
      entries: await trx.selectFrom('ledger').selectAll().orderBy('at').execute(),
      payments: await trx.selectFrom('payments').selectAll().orderBy('created_at').execute(),
      paymentBills: await trx.selectFrom('payment_bills').selectAll().execute(),
      refunds: await trx.selectFrom('refunds').selectAll().execute(),
      vendorOrders: await own(trx).selectFrom('vendor_orders').selectAll().execute(),
      bills: await trx
        .selectFrom('bills as b')
        .selectAll('b')
        .where((eb) =>
          eb.or([
            eb('b.settled_by', 'is not', null),
            eb.exists(
              eb
                .selectFrom('payment_bills as pb')
                .select('pb.bill_id')
                .whereRef('pb.city_id', '=', 'b.city_id')
                .whereRef('pb.bill_id', '=', 'b.id'),
            ),
          ]),
        )
        .execute(),
    }))

async function stateOf(world: World) {
  const { db } = world.database
  const visits = await db
    .selectFrom('appointments')
    .select(['id', 'city_id as cityId', 'day', 'item_id as itemId', 'state'])
    .orderBy('created_at', 'desc')
    .limit(10)
    .execute()
  return {
    now: instant(world.clock.now()),
    address: world.address,
    cities: world.cities.map(({ id, name, mode }) => ({ id, name: name.zh, names: name, mode })),
    faults: world.faults.list(),
    cityKeys: Object.fromEntries(world.cities.map(({ id }) => [id, publicKeyOf(world.keys, id)])),
    wechat: { appId: wechatAppId, merchantPublicKey: world.vendors.merchantKey() },
    payments: await db
      .selectFrom('payments')
      .select(['id', 'city_id as cityId', 'reference', 'state', 'version', 'amount_fen as amountFen'])
      .orderBy('created_at', 'desc')
      .limit(20)
      .execute(),
    reports: await db
      .selectFrom('reports')
      .select(['id', 'city_id as cityId', 'reference', 'state'])
      .orderBy('created_at', 'desc')
      .limit(10)
      .execute(),
    letters: await own(db).selectFrom('letters').selectAll().orderBy('shown_at', 'desc').limit(20).execute(),
    visits: visits.map((visit) => ({ ...visit, item: nameOfItem(visit.itemId) })),
  }
}

const nameOfItem = (itemId: string) =>
  Object.values(items).find(({ id }) => id === itemId)?.name ?? { zh: itemId, en: itemId }

const faultsOf = (world: World) => {
  const active = world.faults.list()
  const faults = Object.entries(faultDescriptions).map(([name, description]) => ({
    name: name as FaultName,
    description,
    active: active.filter((fault) => fault.name === name),
  }))
  return { faults, rows: walkthrough }
}

const accountList = (world: World) =>
  world.cities.flatMap((city) =>
    (accountSeeds[city.id] ?? []).map((seed) => ({
      cityId: city.id,
      billerId: seed.biller,
      number: fullNumber(city, seed),
      bills: seed.plan,
      // What a person reads of it.
      biller: city.billers.find(({ id }) => id === seed.biller)?.name,
      proof: proofOf(city, seed) ?? undefined,
      about: seed.lookup ? lookupWords[seed.lookup] : planWords[seed.plan],
      lookup: seed.lookup ?? 'answers',
    })),
  )

async function find(world: World, id: string): Promise<PaymentRow> {
  const row = await world.database.db.selectFrom('payments').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) throw problem('not-found')
  return row
}

const billOf = (world: World, id: string) =>
  own(world.database.db)
    .selectFrom('book_bills')
    .select(['city_id', 'id'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

const standing = ({ state, version }: PaymentRow) => ({ state, version })

const bodyOf = ({ body }: FastifyRequest): Body => (typeof body === 'object' && body !== null ? { ...body } : {})

function text(body: Body, field: string): string {
  const value = body[field]
  if (typeof value !== 'string' || value === '') throw problem('bad-request', { detail: `${field}: a text is needed` })
  return value
}

function whole(body: Body, field: string): number {
  const value = body[field]
  if (!Number.isInteger(value)) throw problem('bad-request', { detail: `${field}: a whole number is needed` })
  return Number(value)
}

function moment(body: Body, field: string): Date {
  const value = new Date(text(body, field))
  if (Number.isNaN(value.getTime())) throw problem('bad-request', { detail: `${field}: an instant is needed` })
  return value
}

function answerKind(name: unknown): AnswerKind {
  if (typeof name !== 'string' || !isAnswerKind(name))
    throw problem('bad-request', { detail: `kind: one of ${Object.keys(answers).join(', ')}` })
  return name
}

const visitStates: AppointmentState[] = ['checked-in', 'served', 'expired', 'cancelled-by-hall', 'no-show', 'excused']

function visitState(name: string): AppointmentState {
  const state = visitStates.find((each) => each === name)
  if (state === undefined) throw problem('bad-request', { detail: `state: one of ${visitStates.join(', ')}` })
  return state
}
