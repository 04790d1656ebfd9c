import { createPrivateKey } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { asId, type BillId } from '@/domain/ids'
import { slotsOf } from '@/services/slots'
import { createCatalogue } from '../../city/catalogue/cache'
import { cityMigrations } from '../../city/database/migrate'
import { doWhatIsDue } from '../../city/due'
import { createLimits } from '../../city/http/limits'
import { createServer } from '../../city/http/server'
import { createLog } from '../../city/log'
import { createMetrics } from '../../city/metrics'
import type { Service } from '../../city/service'
import { seedOnce } from '../../sandbox/state'
import { brokenRules } from '../storms/check'
import { type Clockwork, startClockwork } from './clockwork'
import { city, hall, item, Phone, type Surroundings } from './phone'
import { openStore, type Store, schema } from './store'
import { createWorld, type World } from './world'

/** The same in each process: what it signs is in the trace. RFC 8410: what precedes an Ed25519 key, and 32 bytes. */
const der = Buffer.from(`302e020100300506032b657004220420${'07'.repeat(32)}`, 'hex')
const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })

const morning = new Date('2026-11-23T10:05:00+08:00')
const number = '3301001234565'

/** A city that histories happen in, one after the other, each as if it were the first. */
export type Stage = { tell(seed: number): Promise<Told>; close(): Promise<void> }
/** `broken`: in words, empty when all is well. `trace`: of everything that happened. */
export type Told = { trace: string; broken: string[]; seconds: number; seen: Record<string, number> }

export async function openStage(sandboxMigrations: string): Promise<Stage> {
  const store = await openStore()
  const { database } = store
  await database.update([cityMigrations, { table: 'sandbox_migrations', folder: sandboxMigrations }])
  await seedOnce(database, morning)
  let world: World = createWorld(() => 0)
  const log = createLog(process.env.LOG ? 'readable' : 'none')
  const known = createCatalogue(database, log)
  await known.refresh()
  // Nothing changes in it here, and its age goes by another clock.
  const catalogue = { cities: known.cities.filter(({ id }) => id === city), refresh: async () => undefined }
  const metrics = createMetrics()
  const service: Service = {
    database,
    catalogue,
    cities: catalogue.cities,
    log,
    metrics,
    limits: createLimits(database, metrics, null),
    clock: { now: () => new Date() },
    keys: { ofCity: () => key },
    messages: { send: async () => 'sent' },
    get billers() {
      return world.billers
    },
    get cashiers() {
      return world.cashiers
    },
    get identity() {
      return world.identity
    },
    get queues() {
      return world.queues
    },
  }
  const app = await createServer(service, { docs: false })
  await app.ready()
  await store.pglite.exec(
    'delete from book_accounts; delete from book_bills; delete from bills; delete from biller_accounts',
  )
  const forget = await forgetting(store)
  async function tell(seed: number): Promise<Told> {
    await store.pglite.exec(forget)
    const clockwork = startClockwork(seed, morning, store)
    world = createWorld(clockwork.random)
    try {
      return await tellOne({ clockwork, app, world, store, service })
    } finally {
      clockwork.stop()
    }
  }
  // What is made once, at its first use, is made here.
  for (const seed of [1, 2, 3]) await tell(seed)
  return {
    tell,
    async close() {
      await app.close()
      await store.pglite.close()
    },
  }
}

/** Empties what was empty before the first history, and the slots, which come by themselves. */
async function forgetting({ pglite }: Store): Promise<string> {
  const tables = await pglite.query<{ name: string }>(
    'select tablename as name from pg_tables where schemaname = $1 and tablename not like $2 order by 1',
    [schema, '%migrations'],
  )
  const filled = await Promise.all(
    tables.rows.map(async ({ name }) => (await pglite.query(`select 1 from ${name} limit 1`)).rows.length > 0),
  )
  const own = tables.rows.flatMap(({ name }, at) => (filled[at] && name !== 'slots' ? [] : [name]))
  return `truncate ${own.join(', ')} restart identity`
}

type Scene = { clockwork: Clockwork; app: FastifyInstance; world: World; store: Store; service: Service }

async function tellOne({ clockwork, app, world, store, service }: Scene): Promise<Told> {
  const { random } = clockwork
  const { pglite } = store
  for (let at = 0; at < 4; at += 1)
    world.bills.push({
      billerId: 'hz-electricity',
      number,
      id: `b-${at}`,
      amountFen: 10_001 + 1000 * at,
      paidFen: 0,
      version: 1,
    })
  const around: Surroundings & { slots: Surroundings['slots'] } = {
    clockwork,
    app,
    world,
    number,
    slots: [],
    isWell: true,
  }
  /** Time goes on until this is done. */
  async function drive<T>(work: Promise<T>, longestMs = 3_600_000): Promise<T> {
    let isOver = false
    const settled = work.finally(() => {
      isOver = true
    })
    settled.catch(() => undefined)
    await clockwork.run(() => isOver, longestMs)
    if (!isOver) throw new Error('it never ended')
    return settled
  }

  const phones = [
    new Phone('first', 'wang', around),
    new Phone('second', 'wang', around),
    new Phone('spouse', 'li', around),
  ]
  const [first] = phones
  if (!first) throw new Error('no phone')
  // Few places, which all want.
  const { services } = first.app
  const { days } = await drive(services.of(slotsOf).days(city, hall, [item]))
  const free = days.filter(({ status }) => status === 'free').slice(0, 2)
  const lists = await drive(Promise.all(free.map(({ day }) => services.of(slotsOf).list(city, hall, [item], day))))
  const slots = lists.flatMap((list) => list.slots.slice(0, 2))
  await pglite.query('update slots set capacity = 1, elsewhere = 0, taken = 0 where id = any($1)', [
    slots.map(({ id }) => id),
  ])
  Object.assign(around, { slots, isWell: false })

  const billIds = world.bills.map(({ id }) => asId<BillId>(id))
  const act = async (phone: Phone): Promise<void> => {
    const dice = random(20)
    const [known] = [...phone.payments].slice(random(phone.payments.size + 1))
    if (dice < 7) return phone.pay(billIds.slice(random(2), 2 + random(2)))
    if (dice < 12) return phone.book()
    if (dice === 12) return phone.wait()
    if (dice === 13 && known) return phone.close(known)
    if (dice === 14) return phone.kill()
    if (dice === 15) return phone.jump((random(3) - 1) * 600_000)
    if (dice === 16) return phone.reconcile()
    if (known) await phone.look(known)
  }
  const live = async (phone: Phone, steps: number) => {
    for (let step = 0; step < steps; step += 1) {
      await new Promise((resolve) => setTimeout(resolve, random(20_000)))
      if (await phone.bind()) await act(phone)
    }
  }
  const due = setInterval(() => void doWhatIsDue(service), 60_000)
  await drive(Promise.all(phones.map((phone) => live(phone, 2 + random(4)))))
  clearInterval(due)

  // What is still on its way arrives.
  await clockwork.run(() => false, 120_000)
  // All is well again, time goes by, apps are launched anew: every story must have an end, the same everywhere.
  around.isWell = true
  world.heal()
  for (const seconds of [70, 601, 8000, 90_000, 700]) {
    clockwork.jump(seconds * 1000)
    await drive(doWhatIsDue(service))
  }
  const broken: string[] = []
  const states = new Map(
    (await pglite.query<{ id: string; state: string }>('select id, state from payments')).rows.map(({ id, state }) => [
      id,
      state,
    ]),
  )
  for (const phone of phones) {
    phone.kill()
    await drive(phone.reconcile())
    for (const intent of phone.openIntents) broken.push(`${phone.name} still has ${JSON.stringify(intent)}`)
    for (const id of phone.payments) {
      await drive(phone.look(id))
      if (phone.shown.get(id) !== states.get(id))
        broken.push(`${phone.name} shows ${phone.shown.get(id)} of ${id}, which is ${states.get(id)}`)
    }
    broken.push(...phone.breaches)
  }
  await pglite.exec(booksOf(world))
  const client = { query: (text: string, values: unknown[]) => pglite.query(text, values) }
  broken.push(...(await brokenRules(client as never, new Date())))
  const seen: Record<string, number> = {}
  for (const state of states.values()) seen[`payment ${state}`] = (seen[`payment ${state}`] ?? 0) + 1
  const visits = await pglite.query<{ state: string; n: number }>(
    'select state, count(*)::int as n from appointments group by state',
  )
  for (const { state, n } of visits.rows) seen[`visit ${state}`] = n
  clockwork.note(JSON.stringify([broken, seen]))
  return { trace: clockwork.trace(), broken, seconds: (Date.now() - morning.getTime()) / 1000, seen }
}

/** The vendor's and the biller's books as rows, for the rules that compare them with the city's. */
function booksOf({ orders, booked, bills }: World): string {
  const text = (value: string | null) => (value === null ? 'null' : `'${value}'`)
  const rows = [
    ...[...orders.values()].map(({ reference, amountFen, state, paidAt, refunds }) => {
      const back = [...refunds.values()].reduce((sum, fen) => sum + fen, 0)
      return `insert into vendor_orders (reference, city_id, payment_id, vendor, state, amount_fen, refunded_fen, vendor_number, expires_at, paid_at)
        values ('${reference}', '330100', coalesce((select id from payments where reference = '${reference}'), ''), 'alipay', '${state}', ${amountFen}, ${back}, 'n', now(), ${text(paidAt?.toISOString() ?? null)});`
    }),
    ...booked.map(
      ({ reference, billId, amountFen }) =>
        `insert into book_credits values ('330100', '${reference}', '${billId}', ${amountFen}, 'taken', now());`,
    ),
    ...bills.map(
      ({ id, billerId, amountFen, paidFen }) =>
        `insert into book_bills (id, city_id, biller_id, number, kind, title, lines, amount_fen, paid_fen, issued_on)
         values ('${id}', '330100', '${billerId}', '${number}', 'electricity', '{}', '[]', ${amountFen}, ${paidFen}, '2026-11-01');`,
    ),
  ]
  return `set search_path = ${schema}; ${rows.join('\n')}`
}
