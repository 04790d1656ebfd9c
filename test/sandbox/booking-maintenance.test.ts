import type { Appointment, Slot } from '../../contract/wire/types.gen'
import { brokenInvariants, citizenOf, freeDays, hall, item, leave, slotsOf, startBooking } from '../support/booking'
import { controlOf } from '../support/sandbox'

/** N9: in maintenance nothing counts against a citizen. */
let booking: Awaited<ReturnType<typeof startBooking>>
let count = 0
/** Hours pass and sessions end: each question is asked in a new one. */
function newCitizen() {
  count += 1
  const who = `maintenance-${count}`
  return { now: () => citizenOf(booking.base, who) }
}
const control = controlOf(() => booking.sandbox)
const pause = () => control('PUT', '/faults', { name: 'maintenance', cityId: '330100' })
const resume = () => control('DELETE', '/faults')
const clockTo = (set: string) => control('POST', '/clock', { set })
const after = (instant: string, minutes: number) => new Date(Date.parse(instant) + minutes * 60_000).toISOString()

beforeAll(async () => {
  booking = await startBooking(new Date('2026-11-23T10:00:00+08:00'))
}, 60_000)
beforeEach(async () => {
  await control('POST', '/reset', { set: '2026-11-23T10:00:00+08:00' })
})
afterEach(async () => expect(await brokenInvariants(booking.sandbox)).toEqual([]))
afterAll(() => booking?.close())

async function booked(at = 3) {
  const citizen = newCitizen()
  const day = (await freeDays(booking.base))[1] ?? ''
  const slot = (await slotsOf(booking.base, day)).filter(({ free }) => free > 0)[at] as Slot
  const phone = await citizen.now()
  const visit = (await phone.confirm((await phone.hold(slot.id)).body.id)).body
  return { citizen, visit, slot, day }
}
const stateOf = async (citizen: ReturnType<typeof newCitizen>, { id }: Appointment) =>
  (await (await citizen.now()).appointment(id)).body.state

test('N9: who does not come during maintenance has missed nothing, whoever looks and whenever', async () => {
  const [asked, swept] = [await booked(), await booked()]
  await pause()
  expect((await (await asked.citizen.now()).cancel(asked.visit.id)).problem?.code).toBe('city-read-only')
  await clockTo(after(asked.slot.endsAt, 5))
  expect(await stateOf(asked.citizen, asked.visit)).toBe('expired')
  expect(await (await asked.citizen.now()).counters()).toEqual({ noShowsThisMonth: 0, activeAppointments: 0 })
  await resume()
  await clockTo(after(asked.slot.endsAt, 600))
  for (const { citizen, visit } of [asked, swept]) {
    expect(await stateOf(citizen, visit)).toBe('expired')
    expect(await (await citizen.now()).counters()).toEqual({ noShowsThisMonth: 0, activeAppointments: 0 })
  }
})

test('N9: what was missed before maintenance counts, and what is missed after it', async () => {
  const [before, later] = [await booked(1), await booked(9)]
  await clockTo(after(before.slot.endsAt, 1))
  await pause()
  expect(await stateOf(before.citizen, before.visit)).toBe('no-show')
  await clockTo(after(before.slot.endsAt, 5))
  await resume()
  await clockTo(after(later.slot.endsAt, 1))
  expect(await stateOf(later.citizen, later.visit)).toBe('no-show')
})

test('N9: the hours in which cancelling is free do not run out in maintenance', async () => {
  const { citizen, visit, slot } = await booked(6)
  await clockTo(after(visit.cancelUntil, -5))
  await pause()
  await clockTo(after(visit.cancelUntil, 30))
  await resume()
  expect((await (await citizen.now()).appointment(visit.id)).body.cancelUntil).toBe(slot.startsAt)
  expect((await (await citizen.now()).cancel(visit.id)).problem).toBeNull()
  expect((await (await citizen.now()).counters()).noShowsThisMonth).toBe(0)
})

test('N9: a visit that began in maintenance is forgiven, also when its time ends after it', async () => {
  const { citizen, visit, slot } = await booked(6)
  await clockTo(after(slot.startsAt, -10))
  await pause()
  await clockTo(after(slot.startsAt, 10))
  await resume()
  await clockTo(after(slot.endsAt, 1))
  expect(await stateOf(citizen, visit)).toBe('expired')
  expect((await (await citizen.now()).counters()).noShowsThisMonth).toBe(0)
})

test('N9: a hold keeps in maintenance what time it had left, and can be confirmed after it', async () => {
  const citizen = newCitizen()
  const day = (await freeDays(booking.base))[2] ?? ''
  const slot = (await slotsOf(booking.base, day)).filter(({ free }) => free > 0)[2] as Slot
  const held = (await (await citizen.now()).hold(slot.id)).body
  await clockTo(after(held.expiresAt, -2))
  await pause()
  await clockTo(after(held.expiresAt, 60))
  expect((await (await citizen.now()).getHold(held.id)).body.state).toBe('held')
  expect((await (await citizen.now()).confirm(held.id)).problem?.code).toBe('city-read-only')
  await leave(booking.sandbox, [slot], 0)
  await resume()
  const now = (await (await citizen.now()).getHold(held.id)).body
  const left = (Date.parse(now.expiresAt) - Date.parse(now.serverTime)) / 60_000
  expect([now.state, Math.round(left)]).toEqual(['held', 2])
  expect((await (await citizen.now()).confirm(held.id)).problem).toBeNull()
})

test('N9: an offer to who waits is put off, and none is made in maintenance', async () => {
  const [offered, waits] = [newCitizen(), newCitizen()]
  const day = (await freeDays(booking.base))[2] ?? ''
  const slots = await slotsOf(booking.base, day)
  await leave(booking.sandbox, slots, 0)
  for (const citizen of [offered, waits])
    await (await citizen.now()).join({ hallId: hall, itemId: item, day, part: 'any' })
  await leave(booking.sandbox, slots.slice(-1), 1)
  const [entry] = await (await offered.now()).waitlist()
  expect(entry?.state).toBe('offered')
  await pause()
  await clockTo(after(entry?.offerUntil ?? '', 120))
  await leave(booking.sandbox, slots.slice(-2, -1), 1)
  expect((await (await offered.now()).waitlist())[0]).toMatchObject({ state: 'offered', noticesSent: 1 })
  expect((await (await waits.now()).waitlist())[0]?.state).toBe('waiting')
  await resume()
  const later = (await (await offered.now()).waitlist())[0]
  expect(later).toMatchObject({ state: 'offered', noticesSent: 1, holdId: entry?.holdId })
  expect((await (await offered.now()).getHold(later?.holdId ?? '')).body.state).toBe('held')
  expect((await (await waits.now()).waitlist())[0]?.state).toBe('offered')
})
