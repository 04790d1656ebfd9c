import { sql } from 'kysely'
import { changeVisitByHall } from '../../city/booking'
import type {
  Citizen,
  Message,
  MessageGrant,
  MessageGrantList,
  MessagePage,
  Payment,
  Report,
} from '../../contract/wire/types.gen'
import type { Sandbox } from '../../sandbox/start'
import { sweep } from '../../sandbox/sweep'
import { citizenOf, freeDays, hall, item, leave, newKey, slotsOf, startBooking } from '../support/booking'
import { electricity, signIn, type TestCitizen } from '../support/citizen'
import { controlOf } from '../support/sandbox'

const monday = new Date('2026-11-23T10:00:00+08:00')
let sandbox: Sandbox
let base: string
let close: () => Promise<void>
beforeAll(async () => {
  ;({ sandbox, base, close } = await startBooking(monday, { sweepMs: null }))
}, 60_000)
beforeEach(() => sandbox.world.clock.set(monday))
afterEach(() => sandbox.world.faults.clear())
afterAll(() => close())
const control = controlOf(() => sandbox)
const run = (statement: string) => sql.raw(statement).execute(sandbox.world.database.db)

const inboxOf = async (citizen: TestCitizen, language?: string): Promise<Message[]> => {
  await sweep(sandbox.world)
  return (await citizen.get<MessagePage>('/messages', language)).body.items
}
const unreadOf = async (citizen: TestCitizen) => (await citizen.get<Citizen>('/citizen')).body.unreadMessages
const read = (citizen: TestCitizen, ...messages: Message[]) =>
  citizen.send('/messages/reading', { ids: messages.map(({ id }) => id) }, newKey(), 'PUT')

async function reported(citizen: TestCitizen): Promise<string> {
  const about = { kind: 'app', id: '1.0.0' }
  return (await citizen.send<Report>('/reports', { about, reason: 'other', text: '请看一下' })).body.id
}

/** A report that its office answers at once. */
async function answered(citizen: TestCitizen): Promise<string> {
  const reportId = await reported(citizen)
  await control('POST', '/answer-report', { reportId })
  return reportId
}

async function visitOf(who: string, dayAhead: number) {
  const booker = await citizenOf(base, who)
  const day = (await freeDays(base))[dayAhead] ?? ''
  const slots = await slotsOf(base, day)
  await leave(sandbox, slots, 2)
  return (await booker.confirm((await booker.hold(slots[4]?.id ?? '')).body.id)).body
}

async function paidOf(citizen: TestCitizen, number: string): Promise<Payment> {
  const [bill] = await citizen.billsOf('hz-electricity', number)
  const { payment } = (await citizen.pay(bill ? [bill] : [])).body
  await control('POST', '/pay', { paymentId: payment.id })
  await citizen.payment(payment.id)
  await control('POST', '/credit', { paymentId: payment.id })
  return citizen.payment(payment.id)
}

test('what the city told is there, each leading to its fact: an answer, a refund at its payment, a visit, a place', async () => {
  const citizen = await signIn(base, 'told')
  const report = await answered(citizen)
  const payment = await paidOf(citizen, electricity.oneDue)
  for (let times = 0; times < 2; times += 1) await control('POST', '/refund', { paymentId: payment.id })
  const visit = await visitOf('told', 4)
  await changeVisitByHall(sandbox.world, visit.id, 'cancelled-by-hall')
  const missed = await visitOf('told', 5)
  for (const state of ['no-show', 'excused'] as const) await changeVisitByHall(sandbox.world, missed.id, state)
  const later = (await freeDays(base))[6] ?? ''
  const others = await slotsOf(base, later)
  await leave(sandbox, others, 0)
  const booker = await citizenOf(base, 'told')
  await booker.join({ hallId: hall, itemId: item, day: later, part: 'any' })
  await leave(sandbox, others.slice(3, 4), 1)
  const told = await inboxOf(citizen)
  const [offer] = await booker.waitlist()
  const aboutOf = (kind: Message['kind']) => told.filter((each) => each.kind === kind).map(({ about }) => about)
  expect(aboutOf('report-answered')).toEqual([{ kind: 'report', id: report }])
  expect(new Set(aboutOf('refund-arrived').map((about) => JSON.stringify(about)))).toEqual(
    new Set([JSON.stringify({ kind: 'payment', id: payment.id })]),
  )
  expect(aboutOf('visit-cancelled')).toEqual([{ kind: 'appointment', id: visit.id }])
  expect(aboutOf('visit-changed')).toEqual(Array(2).fill({ kind: 'appointment', id: missed.id }))
  expect(aboutOf('place-offered')).toEqual([{ kind: 'hold', id: offer?.holdId }])
  // The evening before a visit that stands no more is not told.
  expect(aboutOf('visit-tomorrow')).toEqual([])
  expect(new Set(told.map(({ delivery }) => delivery))).toEqual(new Set(['sent']))
  const english = await inboxOf(citizen, 'en')
  const texts = [...told, ...english].map(({ title, text }) => `${title}${text}`).join()
  // No telephone, document or account number, and nobody's name.
  expect(texts).not.toMatch(/(?<![A-Z\d])(1\d{10}|\d{17}[\dX]|\d{13})(?!\d)|李小明/)
  for (const { title } of english) expect(title).not.toMatch(/\p{Script=Han}/u)
  expect(await inboxOf(await signIn(base, 'another'))).toEqual([])
})

test('M17: what the biller decides about a recall is told once, whichever way it goes', async () => {
  for (const decision of ['agreed', 'declined']) {
    const citizen = await signIn(base, `recalling-${decision}`)
    const payment = await paidOf(citizen, electricity.oneDue)
    if (decision === 'declined') await control('PUT', '/faults', { name: 'recall-declined' })
    const asked = await citizen.send(`/payments/${payment.id}/recalls`, { billId: payment.bills[0]?.billId })
    expect([asked.status, asked.body]).toMatchObject([200, { state: 'credited' }])
    for (let times = 0; times < 3; times += 1) {
      await control('POST', '/clock', { advanceSeconds: 3600 })
      await sweep(sandbox.world)
    }
    sandbox.world.faults.clear()
    const ended = (await inboxOf(await signIn(base, `recalling-${decision}`))).filter(
      ({ kind }) => kind === 'recall-ended',
    )
    expect(ended.map(({ title, about }) => [title, about])).toEqual([
      [decision === 'declined' ? '撤回未获同意' : '撤回已同意，将退款', { kind: 'payment', id: payment.id }],
    ])
  }
})

test('a message and its fact are one: neither stands when the other cannot be written, and a race tells it once', async () => {
  const citizen = await signIn(base, 'crashed')
  const report = await reported(citizen)
  await run(`alter table messages add constraint full_disk check (kind <> 'report-answered') not valid`)
  await expect(control('POST', '/answer-report', { reportId: report })).rejects.toThrow()
  await run('alter table messages drop constraint full_disk')
  expect((await citizen.get<Report>(`/reports/${report}`)).body.state).toBe('received')
  expect(await inboxOf(citizen)).toEqual([])
  const visit = await visitOf('crashed', 1)
  await run(`alter table appointments add constraint full_disk check (state <> 'cancelled-by-hall') not valid`)
  await expect(changeVisitByHall(sandbox.world, visit.id, 'cancelled-by-hall')).rejects.toThrow()
  await run('alter table appointments drop constraint full_disk')
  expect(await inboxOf(citizen)).toEqual([])
  const byHall = () => changeVisitByHall(sandbox.world, visit.id, 'cancelled-by-hall')
  await Promise.all(Array.from({ length: 5 }, byHall))
  await byHall()
  expect((await inboxOf(citizen)).map(({ kind }) => kind)).toEqual(['visit-cancelled'])
})

test('what was seen is read on every phone of the citizen, and only that', async () => {
  const citizen = await signIn(base, 'reading')
  expect(await unreadOf(citizen)).toBe(0)
  await answered(citizen)
  sandbox.world.clock.advance(60)
  await answered(citizen)
  const [second, first] = await inboxOf(citizen)
  if (!second || !first) throw new Error('two were told')
  expect([await unreadOf(citizen), second.read, first.read]).toEqual([2, false, false])
  expect((await read(citizen, second)).status).toBe(204)
  const otherPhone = await signIn(base, 'reading')
  // The newer one was seen: that says nothing about an earlier one, which may have come late.
  expect((await inboxOf(otherPhone)).map((each) => each.read)).toEqual([true, false])
  expect(await unreadOf(otherPhone)).toBe(1)
  const stranger = await signIn(base, 'stranger')
  expect((await read(stranger, first)).status).toBe(204)
  expect(await unreadOf(citizen)).toBe(1)
  await Promise.all([read(citizen, first), read(otherPhone, first, second), read(citizen, second)])
  expect(await unreadOf(citizen)).toBe(0)
  expect((await citizen.send('/messages/reading', { ids: [] }, newKey(), 'PUT')).status).toBe(400)
})

test('each message says what became of it at the host, and the app has it whatever that was', async () => {
  const citizen = await signIn(base, 'silent')
  const deliveries = async () => (await inboxOf(await signIn(base, 'silent'))).map(({ delivery }) => delivery)
  const consent = (given: boolean) => citizen.send('/citizen/consents/messages', { given }, newKey(), 'PUT')
  const fault = (name: string) => control('PUT', '/faults', { name })
  await answered(citizen)
  // In the app at once, before the host has it.
  expect((await citizen.get<MessagePage>('/messages')).body.items).toMatchObject([{ delivery: 'waiting', read: false }])
  // Withdrawn meanwhile: what is on its way stops.
  await consent(false)
  expect(await deliveries()).toEqual(['off'])
  const { body } = await citizen.get<MessageGrantList>('/message-grants')
  expect([body.off, body.items.length]).toEqual([true, 3])
  sandbox.world.clock.advance(1)
  await answered(citizen)
  expect(await deliveries()).toEqual(['off', 'off'])
  const { letters } = (await control('GET', '/state')) as { letters: { subject: string }[] }
  expect(letters.filter(({ subject }) => subject === 'preview/silent')).toEqual([])
  await consent(true)
  sandbox.world.clock.advance(1)
  await answered(citizen)
  expect(await deliveries()).toEqual(['sent', 'off', 'off'])
  await fault('messages-refused')
  sandbox.world.clock.advance(1)
  await answered(citizen)
  expect(await deliveries()).toEqual(['refused', 'sent', 'off', 'off'])
  sandbox.world.faults.clear()
  await fault('messages-down')
  sandbox.world.clock.advance(1)
  await answered(citizen)
  expect((await deliveries())[0]).toBe('waiting')
  for (let days = 0; days < 8; days += 1) {
    sandbox.world.clock.advance(86_400)
    await sweep(sandbox.world)
  }
  expect(await deliveries()).toEqual(['failed', 'refused', 'sent', 'off', 'off'])
})

test('what is no longer so before the host has it is told no more', async () => {
  const day = (await freeDays(base))[3] ?? ''
  const slots = await slotsOf(base, day)
  await leave(sandbox, slots, 0)
  const booker = await citizenOf(base, 'quick')
  await booker.join({ hallId: hall, itemId: item, day, part: 'any' })
  await control('PUT', '/faults', { name: 'messages-down' })
  await leave(sandbox, slots.slice(3, 4), 1)
  const citizen = await signIn(base, 'quick')
  expect((await inboxOf(citizen)).map(({ kind, delivery }) => [kind, delivery])).toEqual([['place-offered', 'waiting']])
  const [offer] = await booker.waitlist()
  expect((await booker.confirm(offer?.holdId ?? '')).status).toBe(201)
  sandbox.world.faults.clear()
  sandbox.world.clock.advance(120)
  expect((await inboxOf(citizen)).filter(({ kind }) => kind === 'place-offered')).toEqual([])
  expect(await unreadOf(citizen)).toBe(0)
})

test('C5: a long list is read page by page, each once, while more comes; of another version only what this one knows', async () => {
  const citizen = await signIn(base, 'long')
  const insert = (from: number, to: number, kind = 'report-answered', about = 'report') =>
    run(`insert into messages (city_id, id, citizen_id, kind, about_kind, about_id, title, text, created_at, told_at, until, state)
      select '330100', 'long/${kind}/${about}/' || n, '${citizen.citizenId}', '${kind}', '${about}', 'r-' || n, '{"zh":"标题","en":"Title"}',
        '{"zh":"","en":""}', now(), timestamptz '2026-11-23T00:00:00Z' + (n / 3) * interval '1 microsecond', now(), 'sent'
      from generate_series(${from}, ${to}) n`)
  await insert(1, 110)
  await insert(1, 3, 'of-a-later-version')
  const ids: string[] = []
  for (let next: string | undefined = ''; next !== undefined; ) {
    const page: { body: MessagePage } = await citizen.get<MessagePage>(
      next === '' ? '/messages' : `/messages?cursor=${next}`,
    )
    ids.push(...page.body.items.map(({ id }) => id))
    if (next === '') await insert(200, 205)
    next = page.body.next
  }
  expect([ids.length, new Set(ids).size]).toEqual([110, 110])
  // At most a hundred is said.
  expect(await unreadOf(citizen)).toBe(100)
  expect((await citizen.get('/messages?cursor=nonsense')).status).toBe(400)
  await insert(400, 400, 'report-answered', 'of-a-later-version')
  const [newest] = (await citizen.get<MessagePage>('/messages')).body.items
  expect([newest?.id, newest?.about]).toEqual(['long/report-answered/of-a-later-version/400', undefined])
})

const grantsOf = async (citizen: TestCitizen) =>
  (await citizen.get<MessageGrantList>('/message-grants')).body.items.map(
    ({ changedAt: _, title: _title, ...rest }) => rest,
  )
const note = (citizen: TestCitizen, template: string, granted: boolean, key = newKey()) =>
  citizen.send<MessageGrantList>('/message-grants', { answers: [{ template, granted }] }, key)
const progress = (state: MessageGrant['state'], left?: number) => ({
  template: 'tmpl-hz-progress',
  once: true,
  state,
  ...(left && { left }),
})

test('what the host was allowed to show is counted: each yes once, each message shown uses one up', async () => {
  const citizen = await signIn(base, 'granting')
  expect((await grantsOf(citizen)).map(({ template, state }) => [template, state])).toEqual([
    ['tmpl-hz-bill-due', 'never'],
    ['tmpl-hz-visit', 'never'],
    ['tmpl-hz-progress', 'never'],
  ])
  expect((await note(citizen, 'tmpl-hz-progress', false)).body.items[2]).toMatchObject(progress('refused'))
  const key = newKey()
  await Promise.all(Array.from({ length: 4 }, () => note(citizen, 'tmpl-hz-progress', true, key)))
  await Promise.all([1, 2].map(() => note(citizen, 'tmpl-hz-progress', true)))
  expect((await grantsOf(citizen))[2]).toEqual(progress('granted', 3))
  // A no takes nothing back.
  await note(citizen, 'tmpl-hz-progress', false)
  expect((await grantsOf(citizen))[2]).toEqual(progress('granted', 3))
  await answered(citizen)
  await answered(citizen)
  await Promise.all([sweep(sandbox.world), sweep(sandbox.world)])
  expect((await grantsOf(citizen))[2]).toEqual(progress('granted', 1))
  await note(citizen, 'tmpl-hz-progress', true)
  await note(citizen, 'tmpl-hz-progress', true)
  // The host knows better: nothing is left there.
  await control('PUT', '/faults', { name: 'messages-refused' })
  await answered(citizen)
  await sweep(sandbox.world)
  expect((await grantsOf(citizen))[2]).toEqual(progress('refused'))
  sandbox.world.faults.clear()
  await note(citizen, 'tmpl-hz-progress', true)
  await answered(citizen)
  await sweep(sandbox.world)
  expect((await grantsOf(citizen))[2]).toEqual(progress('used-up'))
  expect((await note(citizen, 'tmpl-of-nobody', true)).problem).toMatchObject({ code: 'invalid-fields' })
  expect((await grantsOf(await signIn(base, 'another'))).map(({ state }) => state)).toEqual(['never', 'never', 'never'])
})

test('a reminder that was turned on counts as granted, also when the call is repeated', async () => {
  const citizen = await signIn(base, 'reminding')
  const account = await citizen.bind('hz-electricity', electricity.fresh)
  const templates = ['tmpl-hz-bill-due', 'tmpl-hz-visit']
  for (let times = 0; times < 2; times += 1)
    await citizen.send(`/accounts/${account.id}/reminder`, { given: true, templates }, newKey(), 'PUT')
  expect(await grantsOf(citizen)).toEqual([
    { template: 'tmpl-hz-bill-due', once: false, state: 'granted' },
    { template: 'tmpl-hz-visit', once: true, state: 'granted', left: 1 },
    progress('never'),
  ])
})

test('a city without messages has no such lists, and counts nothing', async () => {
  const citizen = await signIn(`${sandbox.address}/230100`, 'northern')
  expect((await citizen.get('/messages')).status).toBe(404)
  expect((await citizen.get('/message-grants')).status).toBe(404)
  expect((await citizen.get<Citizen>('/citizen')).body).not.toHaveProperty('unreadMessages')
})
