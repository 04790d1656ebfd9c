import pg from 'pg'
import { addressKey, kindOf, usualLimits } from '../../city/http/call-limits'
import { createLimits, type Figures } from '../../city/http/limits'
import { createServer } from '../../city/http/server'
import type { Bill } from '../../contract/wire/types.gen'
import { type Sandbox, startSandbox } from '../../sandbox/start'
import { ask, type Reply } from '../support/booking'
import { electricity, signIn, type TestCitizen } from '../support/citizen'
import { testDatabase } from '../support/sandbox'

jest.setTimeout(60_000)

/** Small figures, so that a test reaches them. */
const figures: Figures = {
  ...usualLimits,
  read: { citizen: [[60, 60]] },
  create: {
    citizen: [
      [5, 60],
      [8, 86_400],
    ],
  },
  'sign-in': { address: [[100, 60]] },
  'look-up': { citizen: [[4, 60]], address: [[6, 60]] },
}

let instances: Sandbox[]
let rows: pg.Client
let release: () => Promise<void>
beforeAll(async () => {
  const database = await testDatabase()
  release = database.release
  const { databaseUrl, schema } = database
  const start = () =>
    startSandbox({
      port: 0,
      databaseUrl,
      schema,
      keep: true,
      quiet: true,
      limits: figures,
      watchPort: 0,
      sweepMs: null,
    })
  const first = await start()
  instances = [first, await start(), await start()]
  rows = new pg.Client({ connectionString: databaseUrl, options: `-c search_path=${schema}` })
  await rows.connect()
}, 100_000)
afterAll(async () => {
  await rows.end()
  for (const instance of instances) await instance.close()
  await release()
})

const baseOf = (at: number) => `${instances[at % 3]?.address}/330100`
/** The same citizen at each instance. */
const everywhere = (citizen: TestCitizen) =>
  instances.map((_, at) => {
    const base = baseOf(at)
    const { token } = citizen
    return {
      get: (path: string) => ask<unknown>(base, { path, token }),
      report: (n: number) =>
        ask<unknown>(base, {
          method: 'POST',
          path: '/reports',
          token,
          key: `report-${n}-0123456789abcdef`,
          body: { about: { kind: 'biller', id: 'hz-electricity' }, reason: 'other', text: `${n}` },
        }),
    }
  })

const countOf = (replies: Reply<unknown>[], status: number) => replies.filter((each) => each.status === status).length

/** Each test in a stretch of its own: a day later, and not at the end of a minute. */
let days = 0
beforeEach(async () => {
  days += 1
  for (const { world } of instances) {
    world.clock.stand()
    world.clock.set(new Date(Date.UTC(2026, 10, 23 + days, 2, 0, 5)))
  }
  await Promise.all(instances.map(({ world }) => world.shared.flush()))
})

test('N15: of what creates, never more than the limit passes over all instances, and who is over hears when to come', async () => {
  const [one, two, three] = everywhere(await signIn(baseOf(0), 'eager'))
  const replies = await Promise.all(Array.from({ length: 30 }, (_, n) => [one, two, three][n % 3]?.report(n)))
  const all = replies.flatMap((reply) => reply ?? [])
  expect(countOf(all, 429)).toBe(25)
  expect(all.filter(({ status }) => status !== 429).every(({ status }) => status < 500)).toBe(true)
  const refused = all.find(({ status }) => status === 429)
  expect(refused?.problem).toMatchObject({ code: 'too-many-requests', retry: 'after' })
  const seconds = refused?.problem?.retryAfterSeconds ?? 0
  expect(seconds).toBeGreaterThan(40)
  expect(seconds).toBeLessThan(70)
  const header = await fetch(`${baseOf(1)}/reports`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${(await signIn(baseOf(1), 'eager')).token}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': 'report-99-0123456789abcdef',
    },
    body: JSON.stringify({ about: { kind: 'biller', id: 'hz-electricity' }, reason: 'other', text: 'x' }),
  })
  expect([header.status, Number(header.headers.get('retry-after')) > 30]).toEqual([429, true])
  // Somebody else is not concerned.
  const [other] = everywhere(await signIn(baseOf(2), 'calm'))
  expect((await other?.report(1))?.status).toBeLessThan(429)
})

test('N15: a minute later some pass again, until the day’s limit', async () => {
  const [one, two] = everywhere(await signIn(baseOf(0), 'daily'))
  for (let n = 0; n < 6; n += 1) await (n % 2 ? one : two)?.report(n)
  expect((await one?.report(7))?.status).toBe(429)
  for (const { world } of instances) world.clock.advance(61)
  expect((await one?.report(8))?.status).toBeLessThan(429)
  await Promise.all([9, 10, 11].map((n) => two?.report(n)))
  const last = await one?.report(12)
  expect(last?.status).toBe(429)
  // Until midnight in Shanghai.
  expect(last?.problem?.retryAfterSeconds).toBeGreaterThan(13 * 3600)
})

test('reads are counted without asking: over all instances hardly more than the limit passes, for a handful of statements', async () => {
  const [one, two, three] = everywhere(await signIn(baseOf(0), 'reader'))
  await rows.query('select pg_stat_force_next_flush()')
  const written = async () => {
    await new Promise((resolve) => setTimeout(resolve, 1500))
    const { rows: found } = await rows.query(
      `select n_tup_ins + n_tup_upd as count from pg_stat_user_tables where relname = 'call_counts' and schemaname = current_schema()`,
    )
    return Number(found[0].count)
  }
  const before = await written()
  const replies: Reply<unknown>[] = []
  for (let round = 0; round < 10; round += 1)
    for (const reply of await Promise.all(
      [one, two, three, one, two, three, one, two, three, one, two, three].map((at) => at?.get('/citizen')),
    ))
      if (reply) replies.push(reply)
  const passed = countOf(replies, 200)
  expect(countOf(replies, 429)).toBe(120 - passed)
  expect(passed).toBeGreaterThanOrEqual(60)
  expect(passed).toBeLessThan(96)
  // Two for each, if each were told by itself.
  expect((await written()) - before).toBeLessThan(150)
  process.stdout.write(
    `${passed} of 60 reads passed, over three instances, ${(await written()) - before} rows written for 120 calls\n`,
  )
})

test('who is known to be over a limit costs no statement', async () => {
  const { database, clock, metrics } = instances[0]?.world ?? never()
  const limits = createLimits(database, metrics, { ...figures, create: { citizen: [[2, 60]] } })
  const by = { citizenId: 'c-1', address: '10.0.0.1' }
  const take = () => limits.take('330100', 'create', by, clock.now())
  await take()
  await take()
  for (let n = 0; n < 50; n += 1) await expect(take()).rejects.toMatchObject({ code: 'too-many-requests' })
  await limits.settle()
  const { rows: told } = await rows.query(`select calls from call_counts where who = 'c-1'`)
  expect(told).toEqual([{ calls: 2 }])
})

test('N15: an address is counted over all its people, by its connection or by what a proxy of the city’s own says', async () => {
  const { world } = instances[0] ?? never()
  const numbers = { billerId: 'hz-electricity', number: electricity.oneDue }
  const people = await Promise.all(['a', 'b', 'c'].map((who) => signIn(baseOf(0), `neighbour-${who}`)))
  const replies: Reply<unknown>[] = []
  for (let n = 0; n < 9; n += 1) replies.push((await people[n % 3]?.send('/account-matches', numbers)) ?? never())
  expect([countOf(replies, 429), countOf(replies, 200)]).toEqual([3, 6])

  const limits = createLimits(world.database, world.metrics, { ...figures, call: { address: [[3, 60]] } })
  const plain = await createServer({ ...world, limits }, {})
  const proxied = await createServer(
    { ...world, limits: createLimits(world.database, world.metrics, { ...figures, call: { address: [[3, 60]] } }) },
    { trustProxy: '10.0.0.0/8' },
  )
  const statuses = async (app: typeof plain, remoteAddress: string) => {
    const all: number[] = []
    for (let n = 0; n < 5; n += 1) {
      const headers = { 'x-forwarded-for': `203.0.113.${n}` }
      all.push((await app.inject({ url: '/330100/manifest', headers, remoteAddress })).statusCode)
    }
    return all
  }
  // Whatever a stranger writes there, it is one address.
  expect(await statuses(plain, '198.51.100.7')).toEqual([200, 200, 200, 429, 429])
  expect(await statuses(proxied, '10.1.2.3')).toEqual([200, 200, 200, 200, 200])
  expect(await statuses(proxied, '198.51.100.8')).toEqual([200, 200, 200, 429, 429])
  // What is no call of the contract is counted as well.
  const url = '/330100/notifications/wechat'
  expect((await plain.inject({ method: 'POST', url, remoteAddress: '198.51.100.7' })).statusCode).toBe(429)
  await plain.close()
  await proxied.close()
  const { rows: kept } = await rows.query('select who from call_counts')
  expect(JSON.stringify(kept)).not.toMatch(/127\.0\.0\.1|198\.51|203\.0/)
})

test('an address of IPv6 is its network', () => {
  expect(addressKey('2001:db8:1:2:aaaa::1')).toBe(addressKey('2001:db8:1:2::9'))
  expect(addressKey('2001:db8:1:2::1')).not.toBe(addressKey('2001:db8:1:3::1'))
  expect(addressKey('2001:db8::1')).toBe(addressKey('2001:db8:0:0:ffff::1'))
  expect(addressKey('::ffff:10.0.0.1')).not.toBe(addressKey('::ffff:10.0.0.2'))
})

test('every operation has a kind, and what creates or asks others is never a read', () => {
  expect(kindOf('getManifest', 'GET')).toBe('read')
  for (const operationId of [
    'createSession',
    'matchAccount',
    'createPayment',
    'createHold',
    'confirmHold',
    'createReport',
    'replyToReport',
    'joinWaitlist',
  ])
    expect([operationId, ['read', 'change'].includes(kindOf(operationId, 'POST'))]).toEqual([operationId, false])
})

test('with the usual figures nobody who uses the app hears of them', async () => {
  const { world } = instances[0] ?? never()
  const limits = createLimits(world.database, world.metrics, usualLimits)
  const city = await createServer({ ...world, limits }, {})
  await city.listen({ port: 0, host: '127.0.0.1' })
  const address = city.server.address()
  const base = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/330100`
  const citizen = await signIn(base, 'usual')
  const statuses: number[] = []
  const note = (reply: Reply<unknown>) => void statuses.push(reply.status)
  const bills: Bill[] = await citizen.billsOf('hz-electricity', electricity.oneDue)
  note(await citizen.pay(bills, { acknowledgeRecent: true }))
  for (let screen = 0; screen < 20; screen += 1)
    for (const path of ['/citizen', '/accounts', '/bills', '/payments', '/appointments']) note(await citizen.get(path))
  await city.close()
  expect(statuses.filter((status) => status === 429)).toEqual([])
})

test('C3: a database that is full answers those who would wait too long at once, and the others in their turn', async () => {
  const { world } = instances[0] ?? never()
  const { database } = world
  const city = await createServer(world, {})
  const held = Array.from({ length: 20 }, () =>
    database.transaction((trx) => trx.selectNoFrom((eb) => eb.fn('pg_sleep', [eb.val(4)]).as('slept')).execute()),
  )
  await new Promise((resolve) => setTimeout(resolve, 300))
  const waiting = Array.from({ length: 260 }, () => database.db.selectFrom('citizens').select('id').limit(1).execute())
  const began = Date.now()
  const reply = await city.inject('/330100/manifest')
  expect([reply.statusCode, Number(reply.headers['retry-after']) > 1]).toEqual([503, true])
  expect(reply.json()).toMatchObject({ code: 'unavailable', retry: 'after' })
  expect(Date.now() - began).toBeLessThan(3000)
  await Promise.all([...held, ...waiting])
  expect((await city.inject('/330100/manifest')).statusCode).toBe(200)
  await city.close()
})

function never(): never {
  throw new Error('no instance')
}
