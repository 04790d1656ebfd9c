import { changeVisitByHall } from '../../city/booking'
import { instant } from '../../city/words'
import type { Problem, SlotDays } from '../../contract/wire/types.gen'
import { isSignedByCity } from '../../sandbox/city-keys'
import type { Sandbox } from '../../sandbox/start'
import {
  ask,
  brokenInvariants,
  citizenOf,
  freeDays,
  hall,
  item,
  leave,
  newKey,
  slotsOf,
  startBooking,
} from '../support/booking'

const monday = new Date('2026-11-23T10:00:00+08:00')
let sandbox: Sandbox
let base: string
let close: () => Promise<void>

beforeAll(async () => {
  ;({ sandbox, base, close } = await startBooking(monday))
}, 60_000)
beforeEach(() => {
  sandbox.world.clock.set(monday)
  sandbox.world.faults.clear()
})
afterEach(async () => {
  expect(await brokenInvariants(sandbox)).toEqual([])
})
afterAll(() => close(), 30_000)

/** A working day's slots, each with two places. */
const slotsOn = async (day: string) => {
  const slots = await slotsOf(base, day)
  await leave(sandbox, slots, 2)
  return slots.map((slot) => ({ ...slot, free: 2 }))
}
const slotOn = async (day: string, index = 0) => {
  const slot = (await slotsOn(day))[index]
  if (!slot) throw new Error('no slot')
  return slot
}
const visitOf = async (who: string, day: string, index = 0) => {
  const citizen = await citizenOf(base, who)
  const slot = await slotOn(day, index)
  const hold = await citizen.hold(slot.id)
  const visit = await citizen.confirm(hold.body.id)
  expect(visit.status).toBe(201)
  return { citizen, slot, visit: visit.body }
}
const at = (moment: string, minutes = 0) =>
  sandbox.world.clock.set(new Date(new Date(moment).getTime() + minutes * 60_000))

test('days say why they are as they are: free, full, closed with a reason, or released later', async () => {
  const path = `/slot-days?hallId=${hall}&itemId=${item}`
  const { body } = await ask<SlotDays>(base, { path })
  expect(body.days).toHaveLength(15)
  expect(body.days[5]).toEqual({ day: '2026-11-28', status: 'closed', free: 0, reason: '周六休息' })
  expect(body.days[14]).toEqual({
    day: '2026-12-07',
    status: 'not-released',
    free: 0,
    releasesAt: '2026-11-25T08:00:00.000+08:00',
  })
  const english = await ask<SlotDays>(base, { path, language: 'en' })
  expect(english.body.days[5]?.reason).toBe('Closed on Saturdays')
  const free = await freeDays(base)
  await leave(sandbox, await slotsOf(base, free[1] ?? ''), 0)
  const later = await ask<SlotDays>(base, { path })
  expect(later.body.days.find(({ day }) => day === free[1])).toEqual({ day: free[1], status: 'full', free: 0 })
})

test('a hold counts down by the city clock and its place is free again after the deadline', async () => {
  const citizen = await citizenOf(base, 'late')
  const slot = await slotOn('2026-11-24')
  const hold = await citizen.hold(slot.id)
  expect(Date.parse(hold.body.expiresAt) - Date.parse(hold.body.serverTime)).toBeGreaterThan(299_000)
  expect(hold.body.slot.free).toBe(1)
  sandbox.world.clock.advance(299)
  expect((await citizen.getHold(hold.body.id)).body.state).toBe('held')
  sandbox.world.clock.advance(2)
  expect((await citizen.getHold(hold.body.id)).body).toMatchObject({ state: 'expired', slot: { free: 2 } })
  expect((await citizen.confirm(hold.body.id)).problem?.code).toBe('hold-expired')
  expect((await citizen.appointments()).body.items).toEqual([])
})

test('a new hold releases the old one; a full slot leaves the old one alone', async () => {
  const citizen = await citizenOf(base, 'chooser')
  const [one, two, full] = await slotsOn('2026-11-25')
  if (!one || !two || !full) throw new Error('no slots')
  await leave(sandbox, [full], 0)
  const first = await citizen.hold(one.id)
  const second = await citizen.hold(two.id)
  expect((await citizen.getHold(first.body.id)).body.state).toBe('released')
  expect((await citizen.hold(full.id)).problem?.code).toBe('slot-taken')
  expect((await citizen.getHold(second.body.id)).body.state).toBe('held')
  expect((await citizen.release(second.body.id)).status).toBe(204)
  expect((await citizen.release(second.body.id)).status).toBe(204)
  expect((await slotsOf(base, one.day)).find(({ id }) => id === two.id)?.free).toBe(2)
})

test('the fault slot-taken really gives the place to others, and the citizen nearby ones', async () => {
  const citizen = await citizenOf(base, 'unlucky')
  const slot = await slotOn('2026-11-26', 3)
  sandbox.world.faults.set({ name: 'slot-taken', times: 1 }, true)
  const { status, problem } = await citizen.hold(slot.id)
  expect(status).toBe(409)
  expect(problem?.code).toBe('slot-taken')
  expect(problem?.alternatives?.map(({ day }) => day)).toEqual([slot.day, slot.day, slot.day])
  expect((await slotsOf(base, slot.day)).find(({ id }) => id === slot.id)?.free).toBe(0)
})

test('the same key gives the same answer again, the same key with another slot is a conflict', async () => {
  const citizen = await citizenOf(base, 'repeater')
  const [one, two] = await slotsOn('2026-11-27')
  if (!one || !two) throw new Error('no slots')
  const key = newKey()
  const first = await citizen.hold(one.id, { key })
  expect((await citizen.hold(one.id, { key })).body.id).toBe(first.body.id)
  expect((await citizen.hold(two.id, { key })).problem?.code).toBe('idempotency-conflict')
  expect((await slotsOf(base, one.day)).find(({ id }) => id === one.id)?.free).toBe(1)
})

test('a lost answer to the confirmation is found again by its key', async () => {
  const citizen = await citizenOf(base, 'basement')
  const hold = await citizen.hold((await slotOn('2026-11-24')).id)
  const key = newKey()
  sandbox.world.faults.set({ name: 'lost-answer', times: 1 }, true)
  await expect(citizen.confirm(hold.body.id, key)).rejects.toThrow()
  const again = await citizen.confirm(hold.body.id, key)
  expect(again.status).toBe(201)
  const visits = (await citizen.appointments()).body.items
  expect(visits.map(({ id }) => id)).toEqual([again.body.id])
})

test('a visit has a code to read out, signed by the city, valid from half an hour before', async () => {
  const { citizen, slot, visit } = await visitOf('visitor', '2026-11-24', 1)
  expect(visit.checkIn?.code).toMatch(/^[ACDEFGHJKMNPQRTUVWXY34679]{6}$/)
  expect(isSignedByCity(sandbox.world.keys, '330100', visit.checkIn?.qrText ?? '')).toBe(true)
  expect(visit.checkIn?.validFrom).toBe(instant(new Date(Date.parse(slot.startsAt) - 30 * 60_000)))
  expect(visit.cancelUntil).toBe(instant(new Date(Date.parse(slot.startsAt) - 120 * 60_000)))
  expect(visit.visitorName).toBe('李*明')
  expect((await citizen.appointment(visit.id)).body.checkIn).toEqual(visit.checkIn)
  expect((await (await citizenOf(base, 'stranger')).appointment(visit.id)).problem?.code).toBe('not-found')
})

test('cancelling in time frees the place and counts nothing, twice is as once', async () => {
  const { citizen, slot, visit } = await visitOf('canceller', '2026-11-24', 2)
  const cancelled = await citizen.cancel(visit.id)
  expect(cancelled.body).toMatchObject({ state: 'cancelled-by-citizen', version: 2, slot: { free: slot.free } })
  expect(cancelled.body.checkIn).toBeUndefined()
  expect((await citizen.cancel(visit.id)).body.version).toBe(2)
  expect(await citizen.counters()).toEqual({ noShowsThisMonth: 0, activeAppointments: 0 })
})

test('late cancelling and staying away count, the limit blocks until a stated time, and the hall can excuse', async () => {
  const { citizen, visit } = await visitOf('absent', '2026-11-24', 3)
  at(visit.cancelUntil, 1)
  expect((await citizenOf(base, 'absent').then((self) => self.cancel(visit.id))).body.state).toBe(
    'cancelled-by-citizen',
  )
  const self = await citizenOf(base, 'absent')
  expect(await self.counters()).toEqual({ noShowsThisMonth: 1, activeAppointments: 0 })

  const second = await self.hold((await slotOn('2026-11-25', 1)).id)
  const missed = (await self.confirm(second.body.id)).body
  at(missed.slot.endsAt)
  const later = await citizenOf(base, 'absent')
  expect((await later.appointment(missed.id)).body).toMatchObject({ state: 'no-show', endedAt: missed.slot.endsAt })
  const unblocksAt = instant(new Date(Date.parse(missed.slot.endsAt) + 30 * 86_400_000))
  expect(await later.counters()).toEqual({ noShowsThisMonth: 2, activeAppointments: 0, blockedUntil: unblocksAt })
  const refused = await later.hold((await slotOn('2026-11-27', 1)).id)
  expect([refused.problem?.code, refused.problem?.unblocksAt]).toEqual(['booking-blocked', unblocksAt])

  await changeVisitByHall(sandbox.world, missed.id, 'excused')
  expect((await later.appointment(missed.id)).body.state).toBe('excused')
  expect((await later.hold((await slotOn('2026-11-27', 1)).id)).status).toBe(201)
  expect(citizen.id).toBe(later.id)
})

test('limits: so many visits ahead, and one a day for the same item', async () => {
  const citizen = await citizenOf(base, 'eager')
  const [one, two] = await slotsOn('2026-11-24')
  if (!one || !two) throw new Error('no slots')
  const first = (await citizen.confirm((await citizen.hold(one.id)).body.id)).body
  expect((await citizen.hold(two.id)).problem?.code).toBe('booking-limit')
  expect((await citizen.hold(two.id, { appointmentId: first.id })).status).toBe(201)
  for (const day of ['2026-11-25', '2026-11-26']) {
    const { body } = await citizen.hold((await slotOn(day)).id)
    expect((await citizen.confirm(body.id)).status).toBe(201)
  }
  const fourth: Problem | null = (await citizen.hold((await slotOn('2026-11-30')).id)).problem
  expect([fourth?.code, fourth?.detail]).toEqual(['booking-limit', expect.stringContaining('3')])
})

test('a slot whose time has begun can not be held, nor its visit cancelled', async () => {
  const { citizen, slot, visit } = await visitOf('tardy', '2026-11-24', 4)
  at(slot.startsAt)
  const later = await citizenOf(base, 'tardy')
  expect((await later.hold(slot.id)).problem?.code).toBe('slot-past')
  expect((await later.cancel(visit.id)).problem?.code).toBe('appointment-not-open')
  expect(later.id).toBe(citizen.id)
})

test('a city in maintenance shows its halls and takes no booking', async () => {
  const sanya = `${sandbox.address}/460200`
  const citizen = await citizenOf(sanya, 'tourist')
  const reply = await citizen.hold('s-1', { itemId: 'id-card-renewal' })
  expect(reply.problem?.code).toBe('city-read-only')
  expect((await ask<{ items: unknown[] }>(sanya, { path: '/halls' })).body.items).toHaveLength(2)
})

test('what the hall’s staff do is seen: checked in, served, rated; other orders are refused', async () => {
  const { citizen, visit } = await visitOf('guest', '2026-11-25', 5)
  const rate = () =>
    citizen.send<null>(`/appointments/${visit.id}/rating`, { stars: 5, text: '很快办好' }, newKey(), 'PUT')
  expect((await rate()).problem?.code).toBe('appointment-not-open')
  await changeVisitByHall(sandbox.world, visit.id, 'checked-in')
  expect((await citizen.appointment(visit.id)).body).toMatchObject({ state: 'checked-in', version: 2 })
  expect((await citizen.cancel(visit.id)).problem?.code).toBe('appointment-not-open')
  await changeVisitByHall(sandbox.world, visit.id, 'served')
  await expect(changeVisitByHall(sandbox.world, visit.id, 'no-show')).rejects.toThrow('appointment-not-open')
  expect((await citizen.appointment(visit.id)).body.checkIn).toBeUndefined()
  expect((await rate()).status).toBe(204)
})
