import type { AccountPage, BillPage } from '../../contract/wire/types.gen'
import { type FaultName, faultDescriptions } from '../../sandbox/faults'
import { walkthrough } from '../../sandbox/walkthrough'
import { electricity, signIn } from '../support/citizen'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'

let sandbox: TestSandbox
let base: string

beforeAll(async () => {
  sandbox = await startTestSandbox({ startAt: '2026-11-23T10:00:00+08:00' })
  base = sandbox.city('330100')
}, 100_000)
afterEach(() => sandbox.control('DELETE', '/faults'))
afterAll(() => sandbox.close())

const fault = (name: string, more: object = {}) => sandbox.control('PUT', '/faults', { name, ...more })
const manifest = (city = base) => fetch(`${city}/manifest`)

test('a fault happens where and as often as asked, and is listed with words for people', async () => {
  await fault('error-500', { cityId: '330100', operationId: 'getManifest', times: 2 })
  expect((await manifest(sandbox.city('510100'))).status).toBe(200)
  expect((await fetch(`${base}/halls`)).status).toBe(200)
  expect([(await manifest()).status, (await manifest()).status, (await manifest()).status]).toEqual([500, 500, 200])
  const { faults } = (await fault('slow', { delayMs: 10 })) as {
    faults: { name: string; description: { zh: string; en: string }; active: object[] }[]
  }
  expect(faults.length).toBeGreaterThan(18)
  expect(faults.find(({ name }) => name === 'slow')).toMatchObject({ active: [{ delayMs: 10 }] })
  for (const { description } of faults) expect(description.en.length).toBeGreaterThan(20)
  await expect(fault('no-such-fault')).rejects.toThrow('There is no fault')
})

test('each row of money’s failures can be seen by a person: what to switch on, what to do, what must be seen', () => {
  const rows = walkthrough.map(({ row }) => row)
  for (const number of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 18]) expect(rows).toContain(`M${number}`)
  expect(new Set(rows).size).toBe(rows.length)
  const steps = walkthrough.flatMap((row) => row.steps)
  const words = [...walkthrough.map(({ title }) => title), ...steps.flatMap((step) => [step.todo, step.expect])]
  for (const { zh, en } of [...words, ...Object.values(faultDescriptions)]) {
    expect(en.length).toBeGreaterThan(3)
    expect(en).not.toMatch(/\p{Script=Han}/u)
    expect(zh).toMatch(/\p{Script=Han}.*\p{Script=Han}/u)
  }
  for (const row of walkthrough.filter((each) => each.row.startsWith('M'))) {
    expect([row.row, row.steps.some(({ fault }) => fault !== undefined)]).toEqual([row.row, true])
  }
  const named = new Set(steps.flatMap(({ fault, also }) => [fault ?? [], also ?? []].flat()))
  expect(Object.keys(faultDescriptions).filter((name) => !named.has(name as FaultName))).toEqual([])
})

test('slow, dropped, 500 and busy answer as they say', async () => {
  await fault('slow', { delayMs: 400, times: 1 })
  const began = Date.now()
  expect((await manifest()).status).toBe(200)
  expect(Date.now() - began).toBeGreaterThanOrEqual(390)

  await fault('dropped-connection', { times: 1 })
  await expect(manifest()).rejects.toThrow()

  await fault('error-500', { times: 1 })
  const broken = await manifest()
  expect([broken.status, (await broken.json()).code]).toEqual([500, 'internal'])

  await fault('busy-429', { times: 1 })
  const busy = await manifest()
  expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '5'])
  expect(await busy.json()).toMatchObject({ code: 'too-many-requests', retry: 'after', retryAfterSeconds: 5 })
})

test('answers can come as HTML, cut in half, against the contract, or with parts of fen', async () => {
  const citizen = await signIn(base, 'answers')
  await citizen.bind('hz-electricity', electricity.oneDue)
  const bills = () => fetch(`${base}/bills`, { headers: { Authorization: `Bearer ${citizen.token}` } })

  await fault('html-instead-of-json', { times: 1 })
  const html = await bills()
  expect([html.status, html.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])

  await fault('half-body', { times: 1 })
  const half = await (await bills()).text()
  expect(() => JSON.parse(half)).toThrow()

  await fault('contract-breaking-answer', { times: 1 })
  const wrong = await (await bills()).json()
  expect([Array.isArray(wrong.items), 'serverTime' in wrong]).toEqual([false, false])

  await fault('fractional-fen', { times: 1 })
  const parts: BillPage = await (await bills()).json()
  expect(parts.items[0]?.amountFen).not.toBe(Math.trunc(parts.items[0]?.amountFen ?? 0))
  const whole: BillPage = await (await bills()).json()
  expect(whole.items[0]?.amountFen).toBe(Math.trunc(whole.items[0]?.amountFen ?? 0))
})

test('a token can count as expired in the middle of things, once', async () => {
  const citizen = await signIn(base, 'expired')
  await fault('token-expired', { times: 1 })
  expect((await citizen.get<AccountPage>('/accounts')).problem?.code).toBe('token-expired')
  expect((await citizen.get<AccountPage>('/accounts')).status).toBe(200)
})

test('the control page and its API are there, and the clock moves only by them', async () => {
  const page = await fetch(`${sandbox.address}/control/`)
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  expect(await page.text()).not.toMatch(/(src|href)="http/)
  const { now } = (await sandbox.control('POST', '/clock', { set: '2027-01-01T00:00:00+08:00' })) as { now: string }
  expect(now).toMatch(/^2027-01-01T00:00:0/)
  expect((await (await manifest()).json()).serverTime).toMatch(/^2027-01-01T00:0/)
  await expect(sandbox.control('POST', '/clock', { set: 'yesterday' })).rejects.toThrow('an instant is needed')
})
