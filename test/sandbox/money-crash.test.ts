import pg from 'pg'
import type { Bill, Payment, PaymentStart } from '../../contract/wire/types.gen'
import { type Sandbox, startSandbox } from '../../sandbox/start'
import { newKey, type Reply } from '../support/booking'
import { electricity, signIn } from '../support/citizen'
import { type MoneyLedger, moneyProblems } from '../support/money-ledger'
import { firstBill } from '../support/payer'
import { controlOf, testDatabase } from '../support/sandbox'

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
    anybodyHolds: true,
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

/** The next time that this happens to a table, the connection that does it is cut before it can commit; whatever it did is gone. */
async function crashOnce(table: string, what: 'insert' | 'update'): Promise<{ crashed(): Promise<boolean> }> {
  await killer.query(`
    set search_path = ${name};
    create sequence if not exists lives;
    create or replace function die_once() returns trigger language plpgsql as $$ begin
      if nextval('${name}.lives') = 1 then perform pg_terminate_backend(pg_backend_pid()); perform pg_sleep(1); end if;
      return null;
    end $$;
    drop trigger if exists dies on ${table};
    alter sequence lives restart;
    create trigger dies after ${what} on ${table} for each row execute function die_once();`)
  return {
    async crashed() {
      const { rows } = await killer.query<{ is_called: boolean }>('select is_called from lives')
      await killer.query(`drop trigger dies on ${table}`)
      return rows[0]?.is_called === true
    },
  }
}

const control = controlOf(() => sandbox)

const books = async () => (await control('GET', '/ledger')) as MoneyLedger

/** As the client does: the same call with the same key, until the city answers. */
async function untilAnswered<Body>(call: () => Promise<Reply<Body>>): Promise<Reply<Body>> {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const reply = await call().catch(() => null)
    if (reply !== null && reply.status < 500) return reply
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error('the city never answered')
}

test.each([
  ['idempotency_keys', 'insert'],
  ['payments', 'insert'],
  ['payment_bills', 'insert'],
  ['vendor_orders', 'insert'],
  ['idempotency_keys', 'update'],
] as const)(
  'a city that crashes while it starts a payment (%s, %s) starts one, by the same key',
  async (table, what) => {
    const citizen = await signIn(`${sandbox.address}/330100`, `start-${table}-${what}`)
    const bills = await citizen.billsOf('hz-electricity', electricity.severalDue)
    const before = (await books()).payments.length
    const crash = await crashOnce(table, what)
    const keys = [newKey(), newKey()]
    const answers = await Promise.all(
      keys.map((key) => untilAnswered<PaymentStart>(() => citizen.pay(bills, { acknowledgeRecent: true }, key))),
    )
    expect(await crash.crashed()).toBe(true)
    const [paymentId = '', ...others] = new Set(answers.map(({ body }) => body.payment.id))
    expect(others).toEqual([])
    // No payment without a response.
    expect((await books()).payments).toHaveLength(before + 1)
    expect((await citizen.send<Payment>(`/payments/${paymentId}/closing`)).body.state).toBe('closed')
    expect(moneyProblems(await books(), { atRest: true })).toEqual([])
  },
  60_000,
)

test.each([
  ['ledger', 'insert'],
  ['bills', 'update'],
  ['payment_bills', 'update'],
  ['receipts', 'insert'],
  ['payments', 'update'],
] as const)(
  'a city that crashes while it books a payment (%s, %s) credits it once',
  async (table, what) => {
    const citizen = await signIn(`${sandbox.address}/510100`, `book-${table}-${what}`)
    const meter = await firstBill(citizen, 'cd-gas', 'CDRQ99001A')
    const request = { bills: [{ billId: meter.id, version: meter.version, amountFen: 1000 }], totalFen: 1000 }
    const { body } = await citizen.pay([meter], { ...request, acknowledgeRecent: true })
    const { id } = body.payment
    const crash = await crashOnce(table, what)
    await control('POST', '/pay', { paymentId: id })
    await untilAnswered(() => citizen.get<Payment>(`/payments/${id}`))
    sandbox.world.clock.advance(5)
    for (let times = 0; times < 3; times += 1) await untilAnswered(() => citizen.get<Payment>(`/payments/${id}`))
    expect(await crash.crashed()).toBe(true)
    expect((await citizen.payment(id)).state).toBe('credited')
    const after = await citizen.get<Bill>(`/bills/${meter.id}`)
    expect(after.body.topUp?.balanceFen).toBe((meter.topUp?.balanceFen ?? 0) + 1000)
    expect(moneyProblems(await books(), { atRest: true })).toEqual([])
  },
  60_000,
)

test('a decision confirmed while the city crashes is confirmed once', async () => {
  const citizen = await signIn(`${sandbox.address}/330100`, 'crash-decision')
  const fine = await firstBill(citizen, 'hz-fine', '330106190012347')
  const crash = await crashOnce('bills', 'update')
  const key = newKey()
  const answers = await Promise.all(
    Array.from({ length: 5 }, () =>
      untilAnswered(() => citizen.send<Bill>(`/bills/${fine.id}/decision`, { version: fine.version }, key)),
    ),
  )
  expect(await crash.crashed()).toBe(true)
  expect(new Set(answers.map(({ status, body }) => `${status} ${body.version} ${body.status}`))).toEqual(
    new Set([`200 ${fine.version + 1} due`]),
  )
}, 60_000)
