import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import pg from 'pg'
import { ask } from '../support/booking'
import { electricity, signIn } from '../support/citizen'
import { testDatabase } from '../support/sandbox'

const root = path.join(__dirname, '..', '..')
let rows: pg.Client
let databaseUrl: string
let end: () => Promise<void>
beforeAll(async () => {
  const { databaseUrl: shared, release } = await testDatabase()
  const admin = new pg.Client({ connectionString: shared })
  await admin.connect()
  const name = `stop_${randomBytes(6).toString('hex')}`
  await admin.query(`create database ${name}`)
  const url = new URL(shared)
  url.pathname = `/${name}`
  databaseUrl = url.href
  end = async () => {
    await rows.end()
    await admin.query(`drop database ${name} with (force)`)
    await admin.end()
    await release()
  }
  // The tables come with the first instance.
  const first = await start()
  await ended(first, 'SIGTERM')
  rows = new pg.Client({ connectionString: databaseUrl, options: '-c search_path=city_sandbox' })
  await rows.connect()
}, 100_000)
afterAll(() => end())

type Instance = {
  child: ChildProcess
  base: string
  address: string
  token: string
  watch: string
  exit: Promise<number | null>
}

/** A process as `npm start` runs it. */
async function start(): Promise<Instance> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.ts'], {
    cwd: root,
    env: { ...process.env, DATABASE_URL: databaseUrl, SANDBOX_PORT: '0', SANDBOX_WATCH_PORT: '0', SANDBOX_LOG: '' },
  })
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const address = await new Promise<string>((resolve, reject) => {
    let output = ''
    const read = (chunk: Buffer) => {
      output += chunk
      const found = /Sandbox cities at (\S+),[\s\S]*token=(\S+)[\s\S]*Watched at (\S+)\n/.exec(output)
      if (found) resolve(found.slice(1).join(' '))
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('exit', () => reject(new Error(output)))
  })
  const [at = '', token = '', watch = ''] = address.split(' ')
  return { child, token, address: at, base: `${at}/330100`, watch, exit }
}

async function ended({ child, exit }: Instance, signal: NodeJS.Signals) {
  const began = Date.now()
  child.kill(signal)
  return { code: await exit, ms: Date.now() - began }
}

const soon = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const control = (instance: Instance, method: string, route: string, body: object) =>
  fetch(`${instance.address}/control${route}`, {
    method,
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${instance.token}` },
    body: JSON.stringify(body),
  })

test('C2: an instance that is asked to end finishes the payment that it is creating, and lets nobody new in', async () => {
  const instance = await start()
  const citizen = await signIn(instance.base, 'in-the-middle')
  const [bill] = await citizen.billsOf('hz-electricity', electricity.oneDue)
  if (!bill) throw new Error('no bill')
  await control(instance, 'PUT', '/faults', { name: 'slow', operationId: 'createPayment', delayMs: 1500 })
  const paying = citizen.pay([bill])
  await soon(300)
  const leaving = ended(instance, 'SIGTERM')
  await soon(300)
  expect((await fetch(`${instance.watch}/readyz`)).status).toBe(503)
  expect((await fetch(`${instance.watch}/livez`)).status).toBe(200)
  await expect(ask(instance.base, { path: '/manifest' })).rejects.toThrow()
  const reply = await paying
  expect(reply.status).toBe(201)
  const { code, ms } = await leaving
  expect(code).toBe(0)
  expect(ms).toBeLessThan(15_000)
  const { rows: found } = await rows.query('select state from payments where id = $1', [reply.body.payment.id])
  expect(found).toHaveLength(1)
}, 60_000)

test('C2: due work that runs is finished, and what was taken and not begun is another instance’s at once', async () => {
  const instance = await start()
  // Whoever asks the vendors waits: the tick stands at the first payments that it has taken, one in each of its lanes.
  await rows.query('begin')
  await rows.query('lock table vendor_orders in access exclusive mode')
  const other = new pg.Client({ connectionString: databaseUrl, options: '-c search_path=city_sandbox' })
  await other.connect()
  const count = async (rule: string) =>
    Number((await other.query(`select count(*) from payments where id like 'left-%' and ${rule}`)).rows[0].count)
  await other.query(`
    insert into payments (id, city_id, citizen_id, reference, state, amount_fen, cashier, created_at, expires_at, look_at)
    select 'left-' || n, '330100', 'c', 'left-' || n, 'unknown', 100, 'till', now(), now(), now() - interval '1 h'
    from generate_series(1, 30) n`)
  await soon(1500)
  expect(await count(`look_at > now() + interval '40 s'`)).toBe(30)
  const leaving = ended(instance, 'SIGTERM')
  await soon(500)
  await rows.query('commit')
  expect(await leaving).toMatchObject({ code: 0 })
  expect(await count('look_at <= now()')).toBe(26)
  // No vendor knows them, so they could never be paid.
  expect(await count(`state = 'closed'`)).toBe(4)
  await other.query(`delete from payments where id like 'left-%'`)
  await other.end()
}, 60_000)

test('a call that sends no more does not keep an instance from ending, and a second signal ends it at once', async () => {
  const instance = await start()
  await control(instance, 'PUT', '/faults', { name: 'slow', operationId: 'getManifest', delayMs: 60_000 })
  const hanging = ask(instance.base, { path: '/manifest' }).catch(() => null)
  await soon(300)
  const leaving = ended(instance, 'SIGTERM')
  await soon(400)
  instance.child.kill('SIGTERM')
  const { code, ms } = await leaving
  expect(code).toBe(143)
  expect(ms).toBeLessThan(4000)
  await hanging

  const another = await start()
  await control(another, 'PUT', '/faults', { name: 'slow', operationId: 'getManifest', delayMs: 60_000 })
  const cut = ask(another.base, { path: '/manifest' }).catch(() => null)
  await soon(300)
  const slow = await ended(another, 'SIGTERM')
  expect(slow.code).toBe(0)
  expect(slow.ms).toBeGreaterThan(4000)
  expect(slow.ms).toBeLessThan(15_000)
  await cut
}, 60_000)
