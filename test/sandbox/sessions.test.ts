import type { Citizen, Manifest, Session } from '../../contract/wire/types.gen'
import { ask, newKey } from '../support/booking'
import { signIn } from '../support/citizen'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'

let sandbox: TestSandbox
let base: string

beforeAll(async () => {
  sandbox = await startTestSandbox({ startAt: '2026-11-23T10:00:00+08:00' })
  base = sandbox.city('330100')
}, 100_000)
afterAll(() => sandbox.close())

const signInWith = (host: string, code: string, city = base) =>
  ask<Session>(city, { method: 'POST', path: '/sessions', body: { host, code } })

test('the same person is the same citizen, with an id that a number can not hold', async () => {
  const first = (await signInWith('preview', 'preview-ann')).body
  const again = (await signInWith('preview', 'preview-ann')).body
  const other = (await signInWith('preview', 'preview-bob')).body
  expect(again.citizenId).toBe(first.citizenId)
  expect(again.token).not.toBe(first.token)
  expect(other.citizenId).not.toBe(first.citizenId)
  expect(String(Number(first.citizenId))).not.toBe(first.citizenId)
  expect(first.maskedName).toContain('*')
})

test('a code of WeChat or Alipay is good once', async () => {
  expect((await signInWith('wechat', 'wx-ann-1')).status).toBe(201)
  expect((await signInWith('wechat', 'wx-ann-1')).problem?.code).toBe('sign-in-failed')
  expect((await signInWith('wechat', 'wx-ann-2')).status).toBe(201)
  expect((await signInWith('alipay', 'ali-ann-1')).status).toBe(201)
  expect((await signInWith('preview', 'whoever')).problem?.code).toBe('sign-in-failed')
})

test('a token lasts half an hour by the city clock, then says so; it is of one city', async () => {
  const citizen = await signIn(base, 'half-hour')
  expect((await citizen.get<Citizen>('/citizen')).status).toBe(200)
  const elsewhere = await ask(sandbox.city('510100'), { path: '/citizen', token: citizen.token })
  expect(elsewhere.problem?.code).toBe('unauthenticated')
  await sandbox.control('POST', '/clock', { advanceSeconds: 1801 })
  const late = await citizen.get<Citizen>('/citizen')
  expect([late.status, late.problem?.code, late.problem?.retry]).toEqual([401, 'token-expired', 'safe'])
})

test('signing out ends the token', async () => {
  const citizen = await signIn(base, 'out')
  const out = await ask(base, { method: 'DELETE', path: '/sessions/current', token: citizen.token })
  expect(out.status).toBe(204)
  expect((await citizen.get<Citizen>('/citizen')).problem?.code).toBe('unauthenticated')
})

test('what the citizen agreed to is kept and can be taken back', async () => {
  const citizen = await signIn(base, 'consent')
  const put = (given: boolean) => citizen.send('/citizen/consents/messages', { given }, newKey(), 'PUT')
  const told = { consent: 'real-name', given: true }
  expect((await put(true)).status).toBe(204)
  expect((await citizen.get<Citizen>('/citizen')).body.consents).toMatchObject([
    { consent: 'messages', given: true },
    told,
  ])
  await put(false)
  expect((await citizen.get<Citizen>('/citizen')).body.consents).toMatchObject([
    { consent: 'messages', given: false },
    told,
  ])
})

test('the four cities differ in billers, features and mode', async () => {
  const manifests = await Promise.all(
    ['330100', '510100', '230100', '460200'].map(
      async (city) => (await ask<Manifest>(sandbox.city(city), { path: '/manifest' })).body,
    ),
  )
  const kinds = manifests.map(({ billers }) => billers.map(({ kind }) => kind).join(' '))
  expect(kinds[0]).toBe('electricity water gas tax fine')
  expect(new Set(kinds).size).toBe(4)
  expect(manifests.map(({ mode }) => mode)).toEqual(['open', 'open', 'open', 'read-only'])
  expect(manifests[2]?.features).not.toContain('waitlist')
  expect(manifests[3]?.notices[0]?.level).toBe('outage')
  expect(manifests[1]?.billers.find(({ kind }) => kind === 'gas')?.asleep).toEqual({ from: '23:00', to: '07:00' })
})

test('names come in the language asked for, and a browser’s own header is understood', async () => {
  const name = async (language: string) => (await ask<Manifest>(base, { path: '/manifest', language })).body.name
  expect([await name('en'), await name('zh-CN'), await name('en-GB,en;q=0.8'), await name('fr,de;q=0.5')]).toEqual([
    'Hangzhou',
    '杭州',
    'Hangzhou',
    '杭州',
  ])
})

test('every refusal is a problem document with the request id of its header', async () => {
  const refusals = await Promise.all([
    ask(base, { path: '/nothing-here' }),
    ask(sandbox.city('999999'), { path: '/manifest' }),
    ask(base, { path: '/citizen' }),
    ask(base, { method: 'POST', path: '/sessions', body: { host: 'fax', code: 'x' } }),
    ask(base, { method: 'POST', path: '/sessions' }),
  ])
  expect(refusals.map(({ status, problem }) => [status, problem?.code])).toEqual([
    [404, 'not-found'],
    [404, 'not-found'],
    [401, 'unauthenticated'],
    [400, 'invalid-fields'],
    [400, 'invalid-fields'],
  ])
  for (const { problem, requestId } of refusals) expect(problem?.requestId).toBe(requestId)

  const post = (type: string, body: string) =>
    fetch(`${base}/sessions`, { method: 'POST', headers: { 'Content-Type': type }, body })
  const broken = await post('application/json', '{"host":')
  expect([broken.status, (await broken.json()).code]).toEqual([400, 'bad-request'])
  const foreign = await post('application/xml', '<a/>')
  expect([foreign.status, (await foreign.json()).code]).toEqual([415, 'bad-request'])
  expect(foreign.headers.get('content-type')).toContain('application/problem+json')
})

test('the preview’s page on another port may call it and read what it needs', async () => {
  const headers = { Origin: 'http://127.0.0.1:10086' }
  const asked = await fetch(`${base}/payments`, { method: 'OPTIONS', headers })
  expect(asked.status).toBe(204)
  expect(asked.headers.get('access-control-allow-headers')).toContain('Authorization, Content-Type, Idempotency-Key')
  const answer = await fetch(`${base}/manifest`, { headers })
  expect(answer.headers.get('access-control-allow-origin')).toBe(headers.Origin)
  expect(answer.headers.get('access-control-expose-headers')).toContain('X-Request-Id')
  const clock = Date.parse((await answer.json()).serverTime)
  expect(Math.abs(Date.parse(answer.headers.get('date') ?? '') - clock)).toBeLessThan(2000)
})
