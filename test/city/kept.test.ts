import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
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
