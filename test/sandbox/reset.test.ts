import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../city/database/tables'
import { citizenOf, newKey } from '../support/booking'
import { signIn } from '../support/citizen'
import { openRows } from '../support/rows'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'

let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox({ demo: true })
}, 100_000)
afterAll(() => sandbox.close())

/** What previews and pages do all the time, beside the city's own sweeping. */
async function visit(base: string): Promise<number> {
  const citizen = await citizenOf(base, newKey().slice(0, 8))
  const halls = await citizen.get('/halls')
  return halls.status
}

test('it begins again while citizens are in the middle of something, and they never find a city without tables', async () => {
  const seen: number[] = []
  let going = true
  const crowd = Array.from({ length: 6 }, async () => {
    while (going) seen.push(await visit(sandbox.city('330100')))
  })
  for (let times = 0; times < 4; times += 1) {
    await sandbox.control('POST', '/reset')
    await sandbox.control('POST', '/clock', { advanceSeconds: 3600 })
  }
  going = false
  await Promise.all(crowd)
  expect(seen.length).toBeGreaterThan(8)
  expect(seen).toContain(200)
  expect(seen.filter((status) => status >= 500)).toEqual([])
  const { status } = await fetch(`${sandbox.city('330100')}/manifest`)
  expect(status).toBe(200)
}, 60_000)

/** Until so many statements wait for a table. */
async function waiting(db: Kysely<Tables>, wanted: number): Promise<void> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_locks
    where not granted and relation = 'book_accounts'::regclass`.execute(db)
  if ((rows[0]?.n ?? 0) >= wanted) return
  await new Promise((resolve) => setTimeout(resolve, 20))
  return waiting(db, wanted)
}

test('what is under way ends before it, and brings nothing of the old world into the new one', async () => {
  const base = sandbox.city('330100')
  const rows = await openRows(sandbox)
  const citizen = await signIn(base, newKey().slice(0, 8))
  await citizen.bind('hz-electricity', '3301001234565')
  // The copies of the bills are old now, so the biller is asked, and its answer takes until after the request to reset.
  await sandbox.control('POST', '/clock', { advanceSeconds: 700 })
  const underWay = await rows.db.transaction().execute(async (trx) => {
    await sql`lock table book_accounts in access exclusive mode`.execute(trx)
    const request = citizen.get('/bills')
    await waiting(rows.db, 1)
    const begunAgain = sandbox.control('POST', '/reset', { set: '2026-11-23T10:00:00+08:00' })
    await new Promise((resolve) => setTimeout(resolve, 300))
    return { request, begunAgain }
  })
  await Promise.all([underWay.request, underWay.begunAgain])
  const copies = rows.db.selectFrom('biller_accounts').select('asked_at').where('number', '=', '3301001234565')
  expect(await copies.execute()).toEqual([])
  await rows.close()
}, 60_000)

test('a clock that stands goes on by a millisecond with each call, and by what it is moved', async () => {
  const began = Date.parse('2026-11-23T10:00:00+08:00')
  await sandbox.control('POST', '/clock', { stand: true })
  await sandbox.control('POST', '/reset', { set: new Date(began).toISOString() })
  const dateOf = async () => Date.parse((await fetch(`${sandbox.city('330100')}/manifest`)).headers.get('Date') ?? '')
  // More than a second passes here.
  await new Promise((resolve) => setTimeout(resolve, 1100))
  expect(await dateOf()).toBe(began)
  await sandbox.control('POST', '/clock', { advanceSeconds: 60 })
  expect(await dateOf()).toBe(began + 60_000)
  const citizen = await citizenOf(sandbox.city('330100'), newKey().slice(0, 8))
  expect((await citizen.get('/accounts')).status).toBe(200)
  await sandbox.control('POST', '/clock', { reset: true })
  expect(Math.abs((await dateOf()) - Date.now())).toBeLessThan(30_000)
})
