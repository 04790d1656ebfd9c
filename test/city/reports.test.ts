import { sql } from 'kysely'
import { answerReport } from '../../city/citizens/report-answers'
import type { Manifest, Report, ReportPage, ReportSubject } from '../../contract/wire/types.gen'
import type { Sandbox } from '../../sandbox/start'
import { sweep } from '../../sandbox/sweep'
import { ask, citizenOf, freeDays, hall, leave, newKey, slotsOf, startBooking } from '../support/booking'
import { electricity, signIn, type TestCitizen } from '../support/citizen'
import { controlOf } from '../support/sandbox'

let sandbox: Sandbox
let base: string
let close: () => Promise<void>
beforeAll(async () => {
  ;({ sandbox, base, close } = await startBooking(new Date('2026-11-23T10:00:00+08:00'), { sweepMs: null }))
}, 60_000)
afterAll(() => close())

const report = (citizen: TestCitizen, about: ReportSubject) =>
  citizen.send<Report>('/reports', { about, reason: 'other', text: '请看一下' })
const statusOf = async (citizen: TestCitizen, about: ReportSubject) => (await report(citizen, about)).status

const control = controlOf(() => sandbox)
const about = { kind: 'app', id: '1.0.0' } as const
const read = async (citizen: TestCitizen, id: string, language?: string) =>
  (await citizen.get<Report>(`/reports/${id}`, language)).body
const reply = (
  citizen: TestCitizen,
  { id, version }: Pick<Report, 'id' | 'version'>,
  text = '还没有解决',
  key = newKey(),
) => citizen.send<Report>(`/reports/${id}/replies`, { version, text }, key)
const solve = (citizen: TestCitizen, { id, version }: Pick<Report, 'id' | 'version'>, key = newKey()) =>
  citizen.send<Report>(`/reports/${id}/closing`, { version }, key)
const answer = (id: string, more: object = {}) => control('POST', '/answer-report', { reportId: id, ...more })

// First: what other tests leave unanswered would be answered with it.
test('an office answers a day before the promise, unless it does not; the citizen is told once', async () => {
  const letters = async () => {
    await sweep(sandbox.world)
    const state = (await control('GET', '/state')) as { letters: { subject: string; title: { zh: string } }[] }
    return state.letters.filter(({ subject }) => subject === 'preview/patient').map(({ title }) => title.zh)
  }
  await control('PUT', '/faults', { name: 'report-unanswered' })
  const { body: sent } = await report(await signIn(base, 'patient'), about)
  sandbox.world.clock.advance(4 * 86_400)
  expect(await letters()).toEqual([])
  const citizen = await signIn(base, 'patient')
  expect((await read(citizen, sent.id)).state).toBe('received')
  await control('DELETE', '/faults')
  expect(await letters()).toEqual(['您的反馈有答复了'])
  expect((await read(citizen, sent.id)).state).toBe('answered')
  expect(await letters()).toHaveLength(1)
})

test('a report is about what is one’s own, a hall or the app; what is somebody else’s is not there', async () => {
  const citizen = await signIn(base, 'reporting')
  const booker = await citizenOf(base, 'reporting')
  const bills = await citizen.billsOf('hz-electricity', electricity.oneDue)
  const { payment } = (await citizen.pay(bills)).body
  const day = (await freeDays(base))[1] ?? ''
  const slots = await slotsOf(base, day)
  await leave(sandbox, slots, 2)
  const hold = await booker.hold(slots[2]?.id ?? '')
  const visit = (await booker.confirm(hold.body.id)).body
  const own: ReportSubject[] = [
    { kind: 'payment', id: payment.id },
    { kind: 'bill', id: bills[0]?.id ?? '' },
    { kind: 'appointment', id: visit.id },
  ]
  const stranger = await signIn(base, 'stranger')
  for (const about of own) {
    expect([about.kind, await statusOf(citizen, about)]).toEqual([about.kind, 201])
    expect([about.kind, await statusOf(stranger, about)]).toEqual([about.kind, 404])
  }
  for (const about of [
    { kind: 'hall', id: hall },
    { kind: 'app', id: '1.0.0' },
  ] as const)
    expect([about.kind, await statusOf(stranger, about)]).toEqual([about.kind, 201])
  for (const kind of ['payment', 'bill', 'refund', 'appointment', 'hall'] as const)
    expect([kind, await statusOf(citizen, { kind, id: 'x-1' })]).toEqual([kind, 404])
})

test('twenty reports a day are read; the next is asked to come tomorrow', async () => {
  const citizen = await signIn(base, 'insisting')
  for (let times = 0; times < 20; times += 1)
    expect(await statusOf(citizen, { kind: 'app', id: `try-${times}` })).toBe(201)
  const { status, problem } = await report(citizen, { kind: 'app', id: 'try-20' })
  expect([status, problem?.code, problem?.retry]).toEqual([429, 'too-many-requests', 'after'])
  sandbox.world.clock.advance(problem?.retryAfterSeconds ?? 0)
  expect(await statusOf(await signIn(base, 'insisting'), { kind: 'app', id: 'try-20' })).toBe(201)
})

test('a report goes round: received, answered, replied to with a new promise, answered again, closed', async () => {
  const citizen = await signIn(base, 'round')
  const sent = (await report(citizen, about)).body
  expect(sent).toMatchObject({ state: 'received', version: 1, entries: [], actions: ['reply', 'close'] })
  await answer(sent.id, { text: '已处理' })
  const answered = await read(citizen, sent.id)
  expect(answered).toMatchObject({ state: 'answered', version: 2, answer: '已处理' })
  expect(answered.entries).toMatchObject([{ by: 'office', office: '12345 热线', text: '已处理' }])
  sandbox.world.clock.advance(86_400)
  const citizenLater = await signIn(base, 'round')
  const replied = (await reply(citizenLater, answered)).body
  expect(replied).toMatchObject({ state: 'received', version: 3, answer: '已处理' })
  expect(new Date(replied.answerBy).getTime() - new Date(sent.answerBy).getTime()).toBe(86_400_000)
  await answer(sent.id)
  const closed = (await solve(citizenLater, await read(citizenLater, sent.id))).body
  expect(closed).toMatchObject({ state: 'closed', version: 5, actions: [] })
  expect(closed.closedAt).toBeDefined()
  expect(closed.entries?.map(({ by }) => by)).toEqual(['office', 'citizen', 'office'])
  const [listed] = (await citizenLater.get<ReportPage>('/reports')).body.items
  expect(listed).toMatchObject({ id: sent.id, state: 'closed' })
  expect(listed).not.toHaveProperty('entries')
})

test('what is added before the answer does not put the promise off, and three in a row wait for the office', async () => {
  const citizen = await signIn(base, 'adding')
  let { body: now } = await report(citizen, about)
  const { answerBy } = now
  sandbox.world.clock.advance(3600)
  for (const text of ['一', '二', '三']) now = (await reply(await signIn(base, 'adding'), now, text)).body
  expect(now).toMatchObject({ state: 'received', answerBy, actions: ['close'] })
  const later = await signIn(base, 'adding')
  expect((await reply(later, now, '四')).problem?.code).toBe('report-not-open')
  await answer(now.id)
  expect((await read(later, now.id)).actions).toEqual(['reply', 'close'])
})

test('two replies at once: one is taken, the other hears that there is something new; none is lost silently', async () => {
  const citizen = await signIn(base, 'both')
  const { body: sent } = await report(citizen, about)
  await answer(sent.id)
  const before = await read(citizen, sent.id)
  const texts = ['甲', '乙', '丙', '丁', '戊']
  const replies = await Promise.all(texts.map((text) => reply(citizen, before, text)))
  expect(replies.filter(({ status }) => status === 200)).toHaveLength(1)
  expect(replies.flatMap(({ problem }) => problem?.code ?? [])).toEqual(Array(4).fill('report-changed'))
  const after = await read(citizen, sent.id)
  const [taken] = replies.flatMap(({ status }, index) => (status === 200 ? [texts[index]] : []))
  expect(after.entries?.map(({ text }) => text).slice(1)).toEqual([taken])
})

test('closing against a reply, and both against an answer: the report ends in one state, with all that was taken', async () => {
  for (let times = 0; times < 8; times += 1) {
    const citizen = await signIn(base, `crossing-${times}`)
    const { body: sent } = await report(citizen, about)
    const [replied, closed] = await Promise.all([reply(citizen, sent), solve(citizen, sent), answer(sent.id)])
    const after = await read(citizen, sent.id)
    const by = (after.entries ?? []).map((entry) => entry.by).sort()
    expect(by).toEqual(replied.status === 200 ? ['citizen', 'office'] : ['office'])
    expect(after.state === 'closed').toBe(closed.status === 200)
    expect(after.version).toBe(1 + by.length + (closed.status === 200 ? 1 : 0))
    for (const { problem } of [replied, closed])
      expect([undefined, 'report-changed', 'report-not-open']).toContain(problem?.code)
  }
})

test('a reply and a closing whose answers got lost count once; what is closed stays closed', async () => {
  const citizen = await signIn(base, 'repeating')
  const { body: sent } = await report(citizen, about)
  const key = newKey()
  const first = await reply(citizen, sent, '请尽快', key)
  expect((await reply(citizen, sent, '请尽快', key)).body).toEqual(first.body)
  expect((await reply(citizen, sent, '另外一句', key)).problem?.code).toBe('idempotency-conflict')
  expect((await read(citizen, sent.id)).entries).toHaveLength(1)
  expect((await solve(citizen, sent)).problem?.code).toBe('report-changed')
  expect((await solve(citizen, first.body)).status).toBe(200)
  // On another phone, which saw it open.
  expect((await solve(citizen, sent)).body).toMatchObject({ state: 'closed', version: 3 })
  expect((await reply(citizen, { id: sent.id, version: 3 })).problem?.code).toBe('report-not-open')
})

test('what is somebody else’s can be neither read nor replied to nor closed', async () => {
  const { body: sent } = await report(await signIn(base, 'owner'), about)
  const stranger = await signIn(base, 'stranger')
  expect((await stranger.get(`/reports/${sent.id}`)).status).toBe(404)
  expect((await reply(stranger, sent)).status).toBe(404)
  expect((await solve(stranger, sent)).status).toBe(404)
})

test('a reply without words, or with too many, is refused by its field', async () => {
  const citizen = await signIn(base, 'wordless')
  const { body: sent } = await report(citizen, about)
  for (const text of ['', '\u200b \u2060', '字'.repeat(1001)])
    expect((await reply(citizen, sent, text)).problem?.code).toBe('invalid-fields')
  expect((await reply(citizen, sent, '字'.repeat(1000))).status).toBe(200)
})

test('an answer in Chinese only is given as it is, and says so to who asked in English', async () => {
  const citizen = await signIn(base, 'english')
  const { body: sent } = await report(citizen, about)
  await answer(sent.id, { kind: 'chinese-only' })
  const [entry] = (await read(citizen, sent.id, 'en')).entries ?? []
  expect(entry).toMatchObject({ by: 'office', office: '12345 line', language: 'zh-CN' })
  expect(entry?.text).toMatch(/^您好/)
  expect((await read(citizen, sent.id)).entries?.[0]).not.toHaveProperty('language')
  await answer(sent.id, { kind: 'very-long' })
  expect((await read(citizen, sent.id)).answer?.length).toBeGreaterThan(1800)
})

test('a city names who takes up what it has not answered, in both languages, or nobody', async () => {
  const escalationOf = async (city: string, language: string) =>
    (await ask<Manifest>(`${sandbox.address}/${city}`, { path: '/manifest', language })).body.escalation
  expect(await escalationOf('330100', 'zh-CN')).toEqual({ name: '浙江省 12345 热线', phone: '12345' })
  expect((await escalationOf('330100', 'en'))?.name).toBe('the Zhejiang 12345 line')
  expect(await escalationOf('460200', 'zh-CN')).toBeUndefined()
})

test('a city in maintenance takes reports and replies: nobody is silenced by it', async () => {
  const sanya = await signIn(`${sandbox.address}/460200`, 'islander')
  const { body: sent } = await report(sanya, about)
  expect((await reply(sanya, sent)).status).toBe(200)
  expect((await solve(sanya, await read(sanya, sent.id))).body.state).toBe('closed')
})

test('N20: an answer on its way to somebody who is erased leaves nothing behind', async () => {
  const citizen = await signIn(base, 'going')
  const { body: sent } = await report(citizen, about)
  await Promise.all(
    [answer(sent.id), citizen.send('/citizen/erasure', { confirmed: true })].map((each) => each.catch(() => null)),
  )
  const { rows } = await sql`select report_id from report_entries where report_id = ${sent.id}
    union all select id from reports where id = ${sent.id}`.execute(sandbox.world.database.db)
  expect(rows).toEqual([])
  expect(
    await answerReport(
      sandbox.world,
      { cityId: '330100', id: sent.id },
      { office: { zh: '市民中心', en: 'Centre' }, text: { zh: '好' } },
    ),
  ).toBe(false)
})
