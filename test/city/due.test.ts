import pg from 'pg'
import { createLog } from '../../city/log'
import { sweepPayments } from '../../city/payments/due'
import type { Bill, Problem } from '../../contract/wire/types.gen'
import { type Sandbox, startSandbox } from '../../sandbox/start'
import { sweep } from '../../sandbox/sweep'
import { electricity, signIn, type TestCitizen } from '../support/citizen'
import { testDatabase } from '../support/sandbox'

let sandbox: Sandbox
let rows: pg.Client
let release: () => Promise<void>
let base: string
beforeAll(async () => {
  const database = await testDatabase()
  release = database.release
  const { databaseUrl, schema } = database
  const startAt = new Date('2026-11-23T10:00:00+08:00')
  sandbox = await startSandbox({ port: 0, databaseUrl, schema, startAt, quiet: true, sweepMs: null })
  base = `${sandbox.address}/330100`
  rows = new pg.Client({ connectionString: databaseUrl, options: `-c search_path=${schema}` })
  await rows.connect()
}, 100_000)
afterAll(async () => {
  await rows.end()
  await sandbox.close()
  await release()
})
afterEach(() => sandbox.world.faults.clear())

async function paidBy(citizen: TestCitizen, bill: Bill): Promise<string> {
  const { body } = await citizen.pay([bill], { acknowledgeRecent: true })
  const { id, reference } = body.payment
  await sandbox.world.vendors.pay(reference)
  await citizen.payment(id)
  return id
}

const stateOf = async (id: string): Promise<string> =>
  (await rows.query('select state from payments where id = $1', [id])).rows[0].state

test('M19: two hundred payments that cannot be read are put off, each for longer, and delay nobody', async () => {
  const citizen = await signIn(base, 'behind-many')
  const [bill] = await citizen.billsOf('hz-electricity', electricity.oneDue)
  if (!bill) throw new Error('no bill')
  const paid = await paidBy(citizen, bill)
  // No vendor knows them: every look at one of them fails.
  await rows.query(`
    insert into payments (id, city_id, citizen_id, reference, state, amount_fen, cashier, created_at, expires_at, look_at)
    select 'stuck-' || n, '999999', 'c', 'stuck-' || n, 'unknown', 100, 'till', now(), now(), '2026-11-01'
    from generate_series(1, 200) n`)
  sandbox.world.clock.advance(60)
  await sweep(sandbox.world)
  expect(await stateOf(paid)).toBe('credited')

  const due = async () => {
    const { rows: found } = await rows.query<{ looks: number; wait: number }>(
      `select looks, max(extract(epoch from look_at - $1::timestamptz))::int as wait
       from payments where id like 'stuck-%' group by looks`,
      [sandbox.world.clock.now()],
    )
    return found
  }
  const [first, ...others] = await due()
  expect(others).toEqual([])
  expect(first?.looks).toBe(1)
  sandbox.world.clock.advance(10)
  await sweep(sandbox.world)
  const [second] = await due()
  expect(second?.looks).toBe(2)
  expect(second?.wait ?? 0).toBeGreaterThan(first?.wait ?? 0)
  await rows.query(`delete from payments where id like 'stuck-%'`)
}, 60_000)

test('instances share what is due: each payment is looked at once', async () => {
  await rows.query(`
    insert into payments (id, city_id, citizen_id, reference, state, amount_fen, cashier, created_at, expires_at, look_at)
    select 'shared-' || n, '999999', 'c', 'shared-' || n, 'unknown', 100, 'till', now(), now(), '2026-11-01'
    from generate_series(1, 120) n`)
  const looks: string[] = []
  const instance = { ...sandbox.world, log: createLog('json', { write: (line) => void looks.push(line) }) }
  await Promise.all([sweepPayments(instance), sweepPayments(instance), sweepPayments(instance)])
  const seen = looks.flatMap((line) => /shared-\d+/.exec(line)?.[0] ?? [])
  expect(seen).toHaveLength(120)
  expect(new Set(seen).size).toBe(120)
  await rows.query(`delete from payments where id like 'shared-%'`)
})

test('C3: who waits for a locked row is told to come again, and others go on', async () => {
  const [waiting, other] = [await signIn(base, 'locked-1'), await signIn(base, 'locked-2')]
  const bills = await waiting.billsOf('hz-electricity', electricity.overdue)
  const [first, second] = bills
  if (!first || !second) throw new Error('no bills')
  await other.billsOf('hz-electricity', electricity.overdue)
  await rows.query('begin')
  await rows.query('select 1 from bills where id = $1 for update', [first.id])
  const blocked = waiting.pay([first], { acknowledgeRecent: true })
  const free = await other.pay([second], { acknowledgeRecent: true })
  expect(free.status).toBe(201)
  const reply = await blocked
  expect(reply.status).toBe(503)
  const problem = reply.body as unknown as Problem
  expect(problem).toMatchObject({ code: 'unavailable', retry: 'after' })
  expect(problem.retryAfterSeconds).toBeGreaterThan(0)
  expect(problem.detail).toBeUndefined()
  await rows.query('rollback')
  expect((await waiting.pay([first], { acknowledgeRecent: true })).status).toBe(201)
}, 60_000)
