import type { Report, ReportSubject } from '../../contract/wire/types.gen'
import type { Sandbox } from '../../sandbox/start'
import { citizenOf, freeDays, hall, leave, slotsOf, startBooking } from '../support/booking'
import { electricity, signIn, type TestCitizen } from '../support/citizen'

let sandbox: Sandbox
let base: string
let close: () => Promise<void>
beforeAll(async () => {
  ;({ sandbox, base, close } = await startBooking(new Date('2026-11-23T10:00:00+08:00')))
}, 60_000)
afterAll(() => close())

const report = (citizen: TestCitizen, about: ReportSubject) =>
  citizen.send<Report>('/reports', { about, reason: 'other', text: '请看一下' })
const statusOf = async (citizen: TestCitizen, about: ReportSubject) => (await report(citizen, about)).status

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
