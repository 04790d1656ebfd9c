import type { Sandbox } from '../../sandbox/start'
import { startSandbox } from '../../sandbox/start'
import { ask } from '../support/booking'
import { electricity, signIn } from '../support/citizen'
import { keptLog } from '../support/logs'
import { testDatabase } from '../support/sandbox'

jest.setTimeout(60_000)

const { log, lines } = keptLog()
let sandbox: Sandbox
let release: () => Promise<void>
let base: string
beforeAll(async () => {
  const database = await testDatabase()
  release = database.release
  sandbox = await startSandbox({ port: 0, ...database, log, watchPort: 0, sweepMs: 50 })
  base = `${sandbox.address}/330100`
}, 100_000)
afterAll(async () => {
  await sandbox.close()
  await release()
})
beforeEach(() => void lines.splice(0))

type Line = { requestId?: string; operation?: string; city?: string; status?: number; ms?: number; err?: object }
const kept = () => lines.map((line): Line => JSON.parse(line))

test('each call is one line with its request id, operation, city, status and time', async () => {
  const reply = await ask(base, { path: '/manifest' })
  await ask(base, { path: '/bills/b-1?text=secret' })
  expect(kept().filter(({ status }) => status !== undefined)).toMatchObject([
    { level: 'info', requestId: reply.requestId, operation: 'getManifest', city: '330100', status: 200 },
    { operation: 'getBill', city: '330100', status: 401 },
  ])
  for (const { ms } of kept()) expect(ms).toBeGreaterThanOrEqual(0)
})

test('no personal number, name, token, search or text of a person is in the logs, whatever goes wrong', async () => {
  const citizen = await signIn(base, 'private-13800138000')
  const number = electricity.oneDue
  const [bill] = await citizen.billsOf('hz-electricity', number)
  if (!bill) throw new Error('no bill')
  await citizen.get(`/bills?text=${encodeURIComponent('张三的电费')}`)
  await citizen.send('/account-matches', { billerId: 'hz-electricity', number: '330106199001011234' })
  await citizen.send('/accounts', { matchId: 'm-1', relation: 'mine', nickname: '奶奶家的电表' })
  const visitor = { name: '欧阳小明', phone: '13912345678', idNumber: '330106199001011234' }
  await citizen.send('/holds/h-330106199001011234/confirmation', { visitor })
  await ask(base, { path: '/sessions', method: 'POST', body: { host: 'preview', code: 'preview-13700137000' } })
  await fetch(`${base}/330106199001011234/${citizen.token}?phone=13912345678`)
  await fetch(`${sandbox.address}/330106/bills`, { headers: { Authorization: `Bearer ${citizen.token}` } })
  await fetch(`${base}/bills`, { method: 'POST', body: '{"phone":"13912345678"', headers: { 'Content-Type': 'a/b' } })

  // Rows that no code expects: PostgreSQL and the check of answers say what they hold.
  const { rows } = { rows: sandbox.world.database.db }
  await rows
    .updateTable('bills')
    .set({ title: JSON.stringify({ 张三: number }) })
    .where('id', '=', bill.id)
    .execute()
  expect((await citizen.get(`/bills/${bill.id}`)).status).toBe(500)
  sandbox.world.identity.signIn = () => {
    throw new Error(`No meter "欧阳小明" of 13912345678, ${number}, Bearer ${citizen.token}`)
  }
  const again = { path: '/sessions', method: 'POST', body: { host: 'preview', code: 'preview-13700137000' } }
  expect((await ask(base, again)).status).toBe(500)
  expect(kept().filter(({ err }) => err !== undefined).length).toBeGreaterThanOrEqual(2)
  expect(JSON.stringify(kept())).toContain('signIn')

  const all = lines.join('')
  for (const secret of [number, '33010619900101', '1380013', '1391234', '1370013', citizen.token, citizen.citizenId])
    expect([secret, all.includes(secret)]).toEqual([secret, false])
  expect(all).not.toMatch(/[^\n -~]/)
  expect(all).not.toMatch(/%E[0-9A-F]/)
})

test('what fails by itself is logged by kind, and counted', async () => {
  const { vendors } = sandbox.world
  const { sweep } = vendors
  vendors.sweep = async () => {
    throw new Error('no vendor for 13912345678')
  }
  await eventually(() => kept().some((line) => 'due' in line && line.due === 'world'))
  vendors.sweep = sweep
  expect(lines.join('')).not.toContain('13912345678')
  const text = await (await fetch(`${sandbox.watchAddress}/metrics`)).text()
  expect(text).toMatch(/^city_due_failures_total\{kind="world"\} [1-9]/m)
})

async function eventually(holds: () => boolean): Promise<void> {
  for (let attempt = 0; attempt < 100 && !holds(); attempt += 1) await new Promise((resolve) => setTimeout(resolve, 50))
  expect(holds()).toBe(true)
}
