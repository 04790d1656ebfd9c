import pg from 'pg'
import { type Sandbox, startSandbox } from '../../sandbox/start'
import { ask } from '../support/booking'
import { electricity, signIn } from '../support/citizen'
import { testDatabase } from '../support/sandbox'

jest.setTimeout(60_000)

let sandbox: Sandbox
let rows: pg.Client
let release: () => Promise<void>
beforeAll(async () => {
  const database = await testDatabase()
  release = database.release
  const { databaseUrl, schema } = database
  sandbox = await startSandbox({ port: 0, databaseUrl, schema, quiet: true, watchPort: 0, sweepMs: null })
  rows = new pg.Client({ connectionString: databaseUrl, options: `-c search_path=${schema}` })
  await rows.connect()
}, 100_000)
afterAll(async () => {
  await rows.end()
  await sandbox.close()
  await release()
})

const watched = async (path: string) => {
  const response = await fetch(`${sandbox.watchAddress}${path}`)
  return { status: response.status, text: await response.text() }
}
const figure = async (name: string) =>
  Number(
    (await watched('/metrics')).text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.split(' ')
      .pop(),
  )

test('who runs a city sees on a port of its own that it lives and is ready; the public’s port has none of it', async () => {
  expect(await watched('/livez')).toEqual({ status: 200, text: 'ok\n' })
  expect(await watched('/readyz')).toEqual({ status: 200, text: 'ok\n' })
  expect((await watched('/anything')).status).toBe(404)
  for (const path of ['/livez', '/readyz', '/metrics'])
    expect((await fetch(`${sandbox.address}${path}`)).status).toBe(404)
})

test('calls are counted by operation and status, with how long they took, and nobody is named', async () => {
  const citizen = await signIn(`${sandbox.address}/330100`, 'counted')
  for (const path of ['/manifest', '/manifest']) await ask(`${sandbox.address}/330100`, { path })
  const [bill] = await citizen.billsOf('hz-electricity', electricity.oneDue)
  await citizen.get(`/bills/${bill?.id}`)
  await citizen.get('/bills/b-none')
  expect(await figure('city_requests_total{operation="getManifest",status="200"}')).toBe(2)
  expect(await figure('city_requests_total{operation="getBill",status="404"}')).toBe(1)
  expect(await figure('city_request_seconds_count{operation="getManifest"}')).toBe(2)
  expect(await figure('city_request_seconds_bucket{operation="getManifest",le="+Inf"}')).toBe(2)
  expect(await figure('city_request_seconds_bucket{operation="getManifest",le="10"}')).toBe(2)
  expect(await figure('city_pool_waiting{pool="people"}')).toBe(0)
  const { text } = await watched('/metrics')
  for (const line of text.trim().split('\n'))
    expect(line).toMatch(/^(# (HELP|TYPE) .+|[a-z_]+(\{([a-z]+="[^"\n]*",?)+\})? [\d.e+-]+)$/)
  for (const about of [citizen.citizenId, electricity.oneDue, bill?.id, 'counted', '127.0.0.1'])
    expect(text).not.toContain(String(about))
})

test('what is due and not done is seen, with its age, and open payments by their state', async () => {
  await rows.query(`
    insert into payments (id, city_id, citizen_id, reference, state, amount_fen, cashier, created_at, expires_at, look_at)
    select 'waiting-' || n, '999999', 'c', 'waiting-' || n, 'unknown', 100, 'till', now(), now(), now() - interval '90 s' * n
    from generate_series(-1, 3) n`)
  expect(await figure('city_open_payments{state="unknown"}')).toBe(5)
  expect(await figure('city_due_waiting')).toBe(4)
  const oldest = await figure('city_due_oldest_seconds')
  expect(oldest).toBeGreaterThan(269)
  expect(oldest).toBeLessThan(290)
  await rows.query(`delete from payments where id like 'waiting-%'`)
})

test('C3: an instance whose database does not answer is not ready, and lives', async () => {
  const { database } = sandbox.world
  const held = Array.from({ length: 20 }, () =>
    database.transaction((trx) => trx.selectNoFrom((eb) => eb.fn('pg_sleep', [eb.val(5)]).as('slept')).execute()),
  )
  await new Promise((resolve) => setTimeout(resolve, 300))
  const began = Date.now()
  expect(await watched('/readyz')).toEqual({ status: 503, text: 'the database is not responding in time\n' })
  expect(Date.now() - began).toBeLessThan(3500)
  expect((await watched('/livez')).status).toBe(200)
  await Promise.all(held)
  expect((await watched('/readyz')).status).toBe(200)
})
