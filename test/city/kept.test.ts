import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { sha256 } from '../../city/ids'
import { startEmbeddedPostgres } from '../../sandbox/embedded'
import { type Sandbox, startSandbox } from '../../sandbox/start'
import { citizenOf } from '../support/booking'
import { controlOf, testDatabase } from '../support/sandbox'

let databaseUrl: string
let release: () => Promise<void>
beforeAll(async () => {
  ;({ databaseUrl, release } = await testDatabase())
}, 100_000)
afterAll(() => release())

const newSchema = () => `kept_${randomBytes(6).toString('hex')}`
const start = (schema: string, more: object = {}) =>
  startSandbox({ port: 0, databaseUrl, schema, keep: true, demo: true, quiet: true, ...more })
const city = (sandbox: Sandbox) => `${sandbox.address}/330100`

/** What a citizen would miss: their accounts and their visit. */
async function belongingsOf(sandbox: Sandbox) {
  const citizen = await citizenOf(city(sandbox), 'kept')
  const [accounts, visits] = [await citizen.get('/accounts'), await citizen.get('/appointments')]
  const idsIn = ({ body }: { body: unknown }) => (body as { items: { id: string }[] }).items.map(({ id }) => id)
  return { accounts: idsIn(accounts), visits: idsIn(visits) }
}

async function within(work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  await work(client)
  await client.end()
}

test('C1: a city finds its data again after a restart, and goes on with its clock', async () => {
  const schema = newSchema()
  const first = await start(schema)
  const before = await belongingsOf(first)
  expect(before.accounts).toHaveLength(2)
  expect(before.visits).toHaveLength(1)
  await controlOf(() => first)('POST', '/clock', { advanceSeconds: 7200 })
  await first.close()
  const second = await start(schema)
  expect(await belongingsOf(second)).toEqual(before)
  expect(second.world.clock.now().getTime() - Date.now()).toBeGreaterThan(7_190_000)
  await second.close()
})

test('C1: instances that start at once on an empty database fill it once, and one that stops takes nothing along', async () => {
  const schema = newSchema()
  const [first, second] = await Promise.all([start(schema), start(schema)])
  const before = await belongingsOf(first)
  expect(await belongingsOf(second)).toEqual(before)
  await second.close()
  expect(await belongingsOf(first)).toEqual(before)
  await first.close()
})

test('C1: a city begins with empty tables on request only', async () => {
  const schema = newSchema()
  const first = await start(schema)
  const before = await belongingsOf(first)
  await first.close()
  const fresh = await start(schema, { fresh: true })
  expect((await belongingsOf(fresh)).visits).not.toEqual(before.visits)
  await fresh.close()
})

test('C1: a schema of a newer version is refused, and its data is left alone', async () => {
  const schema = newSchema()
  const first = await start(schema)
  const before = await belongingsOf(first)
  await first.close()
  const future = `insert into ${schema}.city_migrations (name) values ('999-future')`
  await within((client) => client.query(future))
  await expect(start(schema)).rejects.toMatchObject({
    name: 'StartError',
    message: expect.stringMatching(/newer version \(999-future\).*Nothing was changed/),
  })
  await within((client) => client.query(`delete from ${schema}.city_migrations where name = '999-future'`))
  const again = await start(schema)
  expect(await belongingsOf(again)).toEqual(before)
  await again.close()
})

/** The process of a PostgreSQL, by its data folder. */
const processOf = (folder: string) =>
  Number(execFileSync('head', ['-1', path.join(folder, 'postmaster.pid')]).toString())

test('the embedded PostgreSQL keeps its data, is started again when it is killed, and serves one program at a time', async () => {
  const base = mkdtempSync(path.join(os.tmpdir(), 'kept-'))
  execFileSync('chmod', ['755', base])
  const folder = path.join(base, 'postgres')
  const postgres = await startEmbeddedPostgres({ keep: true, folder })
  const ask = async (text: string, url = postgres.databaseUrl) => {
    const client = new pg.Client({ connectionString: url })
    client.on('error', () => undefined)
    await client.connect()
    const { rows } = await client.query(text).finally(() => client.end())
    return rows
  }
  expect(await ask('show fsync')).toEqual([{ fsync: 'on' }])
  await ask('create table kept (what text)')
  await ask("insert into kept values ('a payment')")
  await expect(startEmbeddedPostgres({ keep: true, folder })).rejects.toThrow(/is in use/)
  process.kill(processOf(path.join(folder, 'data')), 'SIGKILL')
  const rows = await eventually(() => ask('select what from kept'))
  expect(rows).toEqual([{ what: 'a payment' }])
  await postgres.stop()
  const second = await startEmbeddedPostgres({ keep: true, folder })
  expect(await ask('select what from kept', second.databaseUrl)).toEqual([{ what: 'a payment' }])
  await second.stop()
  expect(existsSync(path.join(folder, 'data', 'PG_VERSION'))).toBe(true)
  rmSync(base, { recursive: true, force: true })
}, 60_000)

const asRoot = process.getuid?.() === 0 ? test : test.skip

asRoot('data is not kept in a folder that somebody else made where everybody may make some', async () => {
  // 0700: PostgreSQL's user cannot enter, so its data goes elsewhere.
  const folder = path.join(mkdtempSync(path.join(os.tmpdir(), 'kept-')), 'postgres')
  const elsewhere = path.join('/var/tmp', `city-sandbox-${sha256(folder).slice(0, 12)}`)
  mkdirSync(elsewhere)
  chownSync(elsewhere, 4321, 4321)
  await expect(startEmbeddedPostgres({ keep: true, folder })).rejects.toThrow(/belongs to someone else/)
  rmSync(elsewhere, { recursive: true })
  rmSync(path.dirname(folder), { recursive: true })
})

async function eventually<T>(read: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    await new Promise((resolve) => setTimeout(resolve, 300))
    try {
      return await read()
    } catch (error) {
      if (attempt === 60) throw error
    }
  }
}

/** A city as the first version left it, with something in every table that had data of people. */
const firstVersion = `
  insert into citizens values ('c1', '330100', 'host/1', '李小明', '13800000001', now());
  insert into sessions values ('s1', '330100', 'c1', now() + interval '1 hour', false);
  insert into idempotency_keys values ('330100', 'c1', 'k1', 'h', 'p1', 201, '{}', now());
  insert into biller_accounts values ('330100', 'hz-water', '12345678', '李小明', '{"zh":"文三路","en":"Wensan"}');
  insert into accounts (id, city_id, citizen_id, biller_id, number, relation, bound_at)
    values ('a1', '330100', 'c1', 'hz-water', '12345678', 'mine', now());
  insert into bills (id, city_id, biller_id, number, kind, title, lines, amount_fen, issued_on) values
    ('b1', '330100', 'hz-water', '12345678', 'water', '{"zh":"水费","en":"Water"}', '[]', 4200, '2026-11-01'),
    ('b2', '330100', 'hz-water', '12345678', 'water', '{"zh":"水费","en":"Water"}', '[]', 100, '2026-11-02');
  insert into payments (id, city_id, citizen_id, reference, state, amount_fen, cashier, created_at, expires_at, receipt_id, refunded_fen)
    values ('p1', '330100', 'c1', 'HZ1', 'partly-refunded', 4300, 'till', now(), now(), 'r1', 100);
  insert into payment_bills (payment_id, position, bill_id, bill_version, title, kind, amount_fen, outcome, live) values
    ('p1', 0, 'b1', 1, '{"zh":"水费","en":"Water"}', 'water', 4200, 'credited', false),
    ('p1', 1, 'b2', 1, '{"zh":"水费","en":"Water"}', 'water', 100, 'not-credited', false);
  insert into refunds values ('f1', '330100', 'p1', 'b2', 100, 'succeeded', '{"zh":"退","en":"back"}', 'HZ1R1', now(), now(), now(), '[]');
  insert into receipts values ('r1', '330100', 'p1', 'PJHZ1', now());
  insert into ledger values ('p1', 'in', '', 4300, now()), ('p1', 'credited', 'b1', 4200, now()), ('p1', 'refunded', 'b2', 100, now());
  insert into halls values ('330100', 'hall', 0, '{"zh":"大厅","en":"Hall"}', '{"zh":"区","en":"D"}', '{"zh":"路","en":"R"}', '12345',
    30, 120, '[{"weekdays":[1,2,3,4,5],"from":"09:00","to":"17:00"}]', null, '[]', 'none');
  insert into items values ('330100', 'item', 0, '{"zh":"办","en":"Do"}', '{"zh":"局","en":"Office"}', 10, null, null, '[]', null, null, null, null);
  insert into counters values ('330100', 'hall', 'desk', 10, 4);
  insert into hall_items values ('330100', 'hall', 'item', 'desk');
  insert into slots values ('t1', '330100', 'hall', 'desk', '2027-03-01', '2027-03-01 09:00+08', '2027-03-01 09:10+08', 4, 0, 2);
  insert into holds (id, city_id, citizen_id, slot_id, item_id, ends_at, state, appointment_id, expires_at, created_at) values
    ('h1', '330100', 'c1', 't1', 'item', '2027-03-01 09:10+08', 'held', null, '2027-03-01 08:00+08', now());
  begin;
  insert into holds (id, city_id, citizen_id, slot_id, item_id, ends_at, state, appointment_id, expires_at, created_at) values
    ('h2', '330100', 'c1', 't1', 'item', '2027-03-01 09:10+08', 'confirmed', 'v1', now(), now());
  insert into appointments (id, city_id, citizen_id, person_id, hold_id, slot_id, hall_id, item_id, day, ends_at, state, visitor, code,
      cancel_until, created_at) values
    ('v1', '330100', 'c1', 'c1', 'h2', 't1', 'hall', 'item', '2027-03-01', '2027-03-01 09:10+08', 'confirmed', '{}', 'A1', now(), now());
  commit;
  insert into no_shows values ('v1', '330100', 'c1', 'absent', now(), now());
  insert into waitlist (id, city_id, citizen_id, hall_id, item_id, day, part, state, created_at) values
    ('w2', '330100', 'c1', 'hall', 'item', '2027-03-02', 'any', 'waiting', now()),
    ('w1', '330100', 'c1', 'hall', 'item', '2027-03-03', 'any', 'waiting', now() + interval '1 second');
  insert into vendor_orders (reference, city_id, payment_id, vendor, state, amount_fen, vendor_number, expires_at, paid_at)
    values ('HZ1', '330100', 'p1', 'till', 'SUCCESS', 4300, 'V1', now(), now());
  insert into sandbox_state values ('seeded-at', '2026-11-23T10:00:00+08:00');`

test('C1: a database that the first version made is brought up to date, and nothing is lost', async () => {
  const schema = newSchema()
  const root = path.join(__dirname, '..', '..')
  const run = (client: pg.Client, folder: string, name: string) =>
    client.query(readFileSync(path.join(root, folder, `${name}.sql`), 'utf8'))
  await within(async (client) => {
    await client.query(`create schema ${schema}; set search_path = ${schema}`)
    for (const table of ['city_migrations', 'sandbox_migrations'])
      await client.query(`create table ${table} (name text primary key, done_at timestamptz not null default now())`)
    for (const name of ['001-city', '002-booking']) await run(client, 'city/database/migrations', name)
    await run(client, 'sandbox/migrations', '001-world')
    await client.query("insert into city_migrations values ('001-city'), ('002-booking')")
    await client.query("insert into sandbox_migrations values ('001-world')")
    await client.query(firstVersion)
  })
  const count = async () => {
    const counts: Record<string, number> = {}
    await within(async (client) => {
      for (const [, table] of firstVersion.matchAll(/insert into (\w+)/g)) {
        const { rows } = await client.query(`select count(*)::int as count from ${schema}.${table}`)
        counts[table ?? ''] = rows[0].count
      }
    })
    return counts
  }
  const before = await count()
  const sandbox = await start(schema, { sweepMs: null })
  const { sandbox_state: _, ...after } = await count()
  const { sandbox_state: __, ...kept } = before
  expect(after).toEqual(kept)
  const { db } = sandbox.world.database
  const turns = await db.selectFrom('waitlist').select('id').orderBy('created_at').orderBy('id').execute()
  expect(turns).toEqual([{ id: 'w2' }, { id: 'w1' }])
  const entries = db.selectFrom('ledger').innerJoin('payments', 'payments.id', 'ledger.payment_id').selectAll()
  expect(await entries.where('payments.city_id', '=', '330100').execute()).toHaveLength(3)
  await sandbox.close()
})
