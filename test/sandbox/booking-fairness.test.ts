import { changeVisitByHall, pauseBooking, resumeBooking } from '../../city/booking'
import type { Problem } from '../../contract/wire/types.gen'
import { sweep } from '../../sandbox/sweep'
import {
  type BookingCitizen,
  brokenInvariants,
  citizenOf,
  freeDays,
  leave,
  newKey,
  slotsOf,
  startBooking,
} from '../support/booking'

/** Tuesday's first slots at ten: two hours before them a cancellation counts, and a move. */
const tuesday = '2026-11-24'
let booking: Awaited<ReturnType<typeof startBooking>>
beforeAll(async () => {
  booking = await startBooking(new Date('2026-11-23T10:00:00+08:00'))
}, 60_000)
beforeEach(() => {
  booking.sandbox.world.faults.clear()
  booking.sandbox.world.clock.set(new Date('2026-11-23T10:00:00+08:00'))
})
afterEach(async () => expect(await brokenInvariants(booking.sandbox)).toEqual([]))
afterAll(() => booking.close())

const world = () => booking.sandbox.world
const clockTo = (moment: string) => world().clock.set(new Date(moment))
/** Sessions end while hours pass. */
const again = (who: string) => citizenOf(booking.base, who)

async function slotOf(day: string, index = 0) {
  const slots = await slotsOf(booking.base, day)
  await leave(booking.sandbox, slots, 3)
  const slot = slots[index]
  if (!slot) throw new Error('no slot')
  return slot
}

/** Somebody with a visit on Tuesday, and the time of another one a day later. */
async function visitor(who: string) {
  const citizen = await again(who)
  const slot = await slotOf(tuesday, 4)
  const other = await slotOf('2026-11-25', 4)
  const hold = await citizen.hold(slot.id)
  const visit = await citizen.confirm(hold.body.id)
  expect(visit.status).toBe(201)
  return { visit: visit.body, slot, other }
}

async function move(citizen: BookingCitizen, visitId: string, slotId: string) {
  const hold = await citizen.hold(slotId, { appointmentId: visitId })
  return citizen.swap(visitId, hold.body.id)
}

test('S14: a move after the time for it counts like a late cancellation, each time, and what comes then counts as well', async () => {
  const who = newKey().slice(0, 8)
  const { visit, other, slot } = await visitor(who)
  clockTo(visit.cancelUntil)
  world().clock.advance(-30)
  expect((await move(await again(who), visit.id, other.id)).status).toBe(200)
  expect((await (await again(who)).counters()).noShowsThisMonth).toBe(0)
  expect((await move(await again(who), visit.id, slot.id)).status).toBe(200)
  expect((await (await again(who)).counters()).noShowsThisMonth).toBe(0)
  world().clock.advance(60)
  expect((await move(await again(who), visit.id, other.id)).status).toBe(200)
  expect((await (await again(who)).counters()).noShowsThisMonth).toBe(1)
  const moved = (await (await again(who)).appointment(visit.id)).body
  clockTo(moved.cancelUntil)
  world().clock.advance(60)
  expect((await (await again(who)).cancel(visit.id)).status).toBe(200)
  expect(await (await again(who)).counters()).toMatchObject({
    noShowsThisMonth: 2,
    blockedUntil: expect.any(String),
  })
})

test('S14: a move that maintenance kept from being in time does not count, and the hall may excuse one that did', async () => {
  const who = newKey().slice(0, 8)
  const { visit, other } = await visitor(who)
  const city = world().cities.find(({ id }) => id === '330100')
  if (!city) throw new Error('no city')
  clockTo(visit.cancelUntil)
  world().clock.advance(-60)
  world().shared.set('paused-at/330100', world().clock.now().toISOString())
  await pauseBooking(world(), city)
  world().clock.advance(120)
  world().shared.set('paused-at/330100', undefined)
  await resumeBooking(world(), city)
  expect((await move(await again(who), visit.id, other.id)).status).toBe(200)
  expect((await (await again(who)).counters()).noShowsThisMonth).toBe(0)

  const late = (await (await again(who)).appointment(visit.id)).body
  clockTo(late.cancelUntil)
  world().clock.advance(60)
  const third = await slotOf('2026-11-26', 4)
  expect((await move(await again(who), visit.id, third.id)).status).toBe(200)
  expect((await (await again(who)).counters()).noShowsThisMonth).toBe(1)
  await changeVisitByHall(world(), visit.id, 'excused')
  expect((await (await again(who)).counters()).noShowsThisMonth).toBe(0)
})

/** Holds a time and lets it run out; says how the city answered. */
async function letRunOut(who: string, slotId: string, before = async (_citizen: BookingCitizen, _id: string) => {}) {
  const citizen = await again(who)
  const hold = await citizen.hold(slotId)
  if (hold.status === 201) {
    await before(citizen, hold.body.id)
    world().clock.advance(301)
  }
  return hold
}

test('S14: a time held again and again unused pauses for this citizen, and no other time and nobody else does', async () => {
  const who = newKey().slice(0, 8)
  const [day = ''] = await freeDays(booking.base)
  const slot = await slotOf(day, 6)
  for (const times of [1, 2, 3]) expect([times, (await letRunOut(who, slot.id)).status]).toEqual([times, 201])
  const citizen = await again(who)
  const refused = await citizen.send<Problem>('/holds', { slotId: slot.id, itemId: 'id-card-renewal' })
  expect(refused.problem).toMatchObject({ code: 'booking-limit', limit: 'unused-holds', retry: 'never' })
  expect(refused.problem?.detail).toMatch(
    /^您已保留这个时间 3 次，都没有确认。\d\d:\d\d 后可以再保留，也可以现在选择其他时间。$/,
  )
  expect((await (await again('somebody-else')).hold(slot.id)).status).toBe(201)
  expect((await citizen.hold((await slotOf(day, 8)).id)).status).toBe(201)
  clockTo(refused.problem?.unblocksAt ?? '')
  expect((await (await again(who)).hold(slot.id)).status).toBe(201)
})

test('S14: letting go and holding the same time anew is the same, a slip of the finger is not', async () => {
  const who = newKey().slice(0, 8)
  const [day = ''] = await freeDays(booking.base)
  const slot = await slotOf(day, 6)
  const citizen = await again(who)
  for (let times = 0; times < 6; times += 1) {
    const { body } = await citizen.hold(slot.id)
    expect((await citizen.release(body.id)).status).toBe(204)
  }
  for (let times = 0; times < 3; times += 1) {
    expect((await citizen.hold(slot.id)).status).toBe(201)
    world().clock.advance(240)
  }
  expect((await citizen.hold(slot.id)).problem).toMatchObject({ limit: 'unused-holds' })
})

test('S14: what ran out because the city failed, was away or in maintenance does not count', async () => {
  const who = newKey().slice(0, 8)
  const [day = ''] = await freeDays(booking.base)
  const slot = await slotOf(day, 6)
  const confirmInVain = async (citizen: BookingCitizen, id: string) => {
    world().faults.set({ name: 'error-500', operationId: 'confirmHold', times: 1 }, true)
    expect((await citizen.confirm(id)).status).toBe(500)
  }
  for (let times = 0; times < 4; times += 1) expect((await letRunOut(who, slot.id, confirmInVain)).status).toBe(201)

  const beAway = async () => {
    await sweep(world())
    await world()
      .database.db.updateTable('heartbeats')
      .set({ machine_at: new Date(Date.now() - 120_000), clock_at: world().clock.now() })
      .execute()
    world().clock.advance(200)
    await sweep(world())
  }
  for (let times = 0; times < 4; times += 1) expect((await letRunOut(who, slot.id, beAway)).status).toBe(201)

  for (let times = 0; times < 3; times += 1) expect((await letRunOut(who, slot.id)).status).toBe(201)
  expect((await letRunOut(who, slot.id)).problem).toMatchObject({ limit: 'unused-holds' })
})
