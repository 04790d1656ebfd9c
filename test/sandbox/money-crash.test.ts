import pg from 'pg'
import { type Sandbox, startSandbox } from '../../sandbox/start'
import type { Bill, PaymentStart } from '../../sandbox/wire/types.gen'
import { newKey, type Reply } from '../support/booking'
import { electricity, signIn } from '../support/citizen'
import { type MoneyLedger, moneyProblems } from '../support/money-ledger'
import { firstBill } from '../support/payer'
import { testDatabase } from '../support/sandbox'

let sandbox: Sandbox
let killer: pg.Client
let release: () => Promise<void>
let name: string

beforeAll(async () => {
  const database = await testDatabase()
  release = database.release
  name = database.schema
  const named = new URL(database.databaseUrl)
  named.searchParams.set('application_name', database.schema)
  sandbox = await startSandbox({
    port: 0,
    databaseUrl: String(named),
    schema: database.schema,
    startAt: new Date('2026-11-23T10:00:00+08:00'),
    quiet: true,
  })
  killer = new pg.Client({ connectionString: database.databaseUrl })
  await killer.connect()
}, 100_000)
afterAll(async () => {
  await killer.end()
  await sandbox.close()
  await release()
})

/** Every connection of the city to its database is cut in the middle of what it does; whatever was not committed is gone. */
const crash = () =>
  killer.query('select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1', [name])

const control = async (method: string, path: string, body?: object): Promise<unknown> => {
  const answer = await fetch(`${sandbox.address}/control${path}`, {
    method,
    ...(body ? { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) } : {}),
  })
  return answer.json()
}

/** As the client does: the same call with the same key, until the city answers. */
async function untilAnswered<Body>(call: () => Promise<Reply<Body>>): Promise<Reply<Body>> {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const reply = await call().catch(() => null)
    if (reply !== null && reply.status < 500) return reply
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('the city never answered')
}

/** Crashes on and on while something is done. */
async function whileCrashing<Result>(work: () => Promise<Result>): Promise<Result> {
  let going = true
  let crashes = 0
  const crashing = (async () => {
    while (going && crashes < 12) {
      await new Promise((resolve) => setTimeout(resolve, 15))
      crashes += (await crash()).rowCount ? 1 : 0
    }
  })()
  try {
    return await work()
  } finally {
    going = false
    await crashing
    expect(crashes).toBeGreaterThan(0)
  }
}

test('a city that crashes in the middle of paying loses nothing and doubles nothing', async () => {
  const citizen = await signIn(`${sandbox.address}/330100`, 'crash')
  const bills = await citizen.billsOf('hz-electricity', electricity.severalDue)
  const keys = [newKey(), newKey(), newKey()]
  const answers = await whileCrashing(() =>
    Promise.all(
      Array.from({ length: 15 }, (_, at) => untilAnswered<PaymentStart>(() => citizen.pay(bills, {}, keys[at % 3]))),
    ),
  )
  const ids = new Set(answers.map(({ body }) => body.payment.id))
  expect(ids.size).toBe(1)
  const [paymentId = ''] = ids
  expect((await citizen.payment(paymentId)).state).toBe('created')

  await control('POST', '/pay', { paymentId })
  sandbox.world.clock.advance(5)
  await whileCrashing(async () => {
    const reads = Array.from({ length: 15 }, () => untilAnswered(() => citizen.get(`/payments/${paymentId}`)))
    await Promise.all(reads)
  })
  expect((await citizen.payment(paymentId)).state).toBe('credited')
  expect(moneyProblems((await control('GET', '/ledger')) as MoneyLedger, { atRest: true })).toEqual([])
}, 60_000)

test('a decision confirmed while the city crashes is confirmed once', async () => {
  const citizen = await signIn(`${sandbox.address}/330100`, 'crash-decision')
  const fine = await firstBill(citizen, 'hz-fine', '330106190012347')
  const key = newKey()
  const answers = await whileCrashing(() =>
    Promise.all(
      Array.from({ length: 12 }, () =>
        untilAnswered(() => citizen.send<Bill>(`/bills/${fine.id}/decision`, { version: fine.version }, key)),
      ),
    ),
  )
  expect(new Set(answers.map(({ status, body }) => `${status} ${body.version} ${body.status}`))).toEqual(
    new Set([`200 ${fine.version + 1} due`]),
  )
}, 60_000)
