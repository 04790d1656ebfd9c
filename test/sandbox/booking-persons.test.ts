import { walkInAtHall } from '../../city/booking'
import type { Appointment, Hold, SlotDays } from '../../contract/wire/types.gen'
import type { Sandbox } from '../../sandbox/start'
import { ask, brokenInvariants, citizenOf, hall, item, leave, slotsOf, startBooking } from '../support/booking'

const monday = new Date('2026-11-23T10:00:00+08:00')
/** Up to four at once. */
const passport = 'passport'
jest.setTimeout(60_000)

let sandbox: Sandbox
let base: string
let close: () => Promise<void>

beforeAll(async () => {
  ;({ sandbox, base, close } = await startBooking(monday))
}, 100_000)
beforeEach(() => sandbox.world.clock.set(monday))
afterEach(async () => {
  expect(await brokenInvariants(sandbox)).toEqual([])
})
afterAll(() => close(), 30_000)

/** A day's first times, each with so many places. */
const times = async (day: string, free: number) => {
  const slots = await slotsOf(base, day, passport)
  await leave(sandbox, slots, free)
  const [one, two, three] = slots
  if (!one || !two || !three) throw new Error('no times')
  return { one, two, three, all: slots }
}
const freeOf = async (day: string, slotId: string) =>
  (await slotsOf(base, day, passport)).find(({ id }) => id === slotId)?.free
const daysFor = async (query: string) =>
  (await ask<SlotDays>(base, { path: `/slot-days?hallId=${hall}&itemId=${passport}${query}` })).body

test('each person takes a place: held, confirmed, and given back together', async () => {
  const { one } = await times('2026-11-25', 5)
  const family = await citizenOf(base, 'family')
  const hold = await family.hold(one.id, { itemId: passport, persons: 3 })
  expect(hold).toMatchObject({ status: 201, body: { persons: 3, slot: { free: 2 } } })
  expect(await freeOf(one.day, one.id)).toBe(2)
  expect((await family.getHold(hold.body.id)).body.persons).toBe(3)
  const visit = await family.confirm(hold.body.id)
  expect(visit.body.persons).toBe(3)
  expect(await freeOf(one.day, one.id)).toBe(2)
  await family.cancel(visit.body.id)
  expect(await freeOf(one.day, one.id)).toBe(5)

  // One that is held anew for fewer gives back what it had; one that runs out gives back all.
  await family.hold(one.id, { itemId: passport, persons: 4 })
  expect((await family.hold(one.id, { itemId: passport, persons: 2 })).body.slot.free).toBe(3)
  sandbox.world.clock.advance(301)
  expect(await freeOf(one.day, one.id)).toBe(5)
  const other = await citizenOf(base, 'other')
  expect((await other.hold(one.id, { itemId: passport, persons: 4 })).status).toBe(201)
})

test('a day and a time without room for all of them count as full, and other times offered have room', async () => {
  const { one, two, three, all } = await times('2026-11-26', 0)
  await leave(sandbox, [one, two], 2)
  await leave(sandbox, [three], 3)
  const day = (days: SlotDays) => days.days.find((each) => each.day === one.day)
  const forOne = await daysFor('')
  expect([forOne.personsPerVisit, forOne.persons, day(forOne)]).toMatchObject([
    4,
    undefined,
    { status: 'free', free: 7 },
  ])
  const forThree = await daysFor('&persons=3')
  expect([forThree.persons, day(forThree)]).toMatchObject([3, { status: 'free', free: 3 }])
  expect(day(await daysFor('&persons=4'))).toMatchObject({ status: 'full', free: 0 })
  const family = await citizenOf(base, 'family-2')
  const refused = await family.hold(one.id, { itemId: passport, persons: 3 })
  expect(refused.problem?.code).toBe('slot-taken')
  expect(refused.problem?.alternatives?.map(({ id }) => id)[0]).toBe(three.id)
  for (const { free } of refused.problem?.alternatives ?? []) expect(free).toBeGreaterThanOrEqual(3)
  expect(all.length).toBeGreaterThan(3)
})

test('who names no number comes alone; more than the hall allows is refused, and so is a number that makes no sense', async () => {
  const { one } = await times('2026-11-27', 8)
  const citizen = await citizenOf(base, 'alone')
  const alone = await citizen.hold(one.id, { itemId: passport })
  expect([alone.body.persons, alone.body.slot.free]).toEqual([undefined, 7])
  const tooMany = await citizen.hold(one.id, { itemId: passport, persons: 5 })
  expect(tooMany).toMatchObject({ status: 409, problem: { code: 'booking-limit', limit: 'visit-persons' } })
  expect(tooMany.problem?.detail).toBe('这个事项一次预约最多 4 人。')
  // What was held before is still held.
  expect((await citizen.getHold(alone.body.id)).body.state).toBe('held')
  for (const persons of [0, 1.5, 21])
    expect((await citizen.hold(one.id, { itemId: passport, persons })).status).toBe(400)

  const { body } = await ask<SlotDays>(base, { path: `/slot-days?hallId=${hall}&itemId=${item}` })
  expect(body.personsPerVisit).toBeUndefined()
  const [idCard] = await slotsOf(base, '2026-11-27')
  expect((await citizen.hold(idCard?.id ?? '', { persons: 2 })).problem?.limit).toBe('visit-persons')
  // Of several items the one for the fewest decides.
  const mixed = { slotId: one.id, itemId: passport, moreItemIds: [item], persons: 2 }
  expect((await citizen.send<Hold>('/holds', mixed)).problem?.limit).toBe('visit-persons')
})

test('a visit is moved with as many as it has, whether or not the app names the number', async () => {
  const { one, two, three } = await times('2026-11-30', 4)
  await leave(sandbox, [three], 2)
  const family = await citizenOf(base, 'family-3')
  const visit = await family.confirm((await family.hold(one.id, { itemId: passport, persons: 3 })).body.id)
  const to = { itemId: passport, appointmentId: visit.body.id }
  expect((await family.hold(three.id, to)).problem?.code).toBe('slot-taken')
  expect((await family.hold(two.id, { ...to, persons: 2 })).problem?.code).toBe('appointment-not-open')
  const unnamed = await family.hold(two.id, to)
  expect(unnamed.body.persons).toBe(3)
  const named = await family.hold(two.id, { ...to, persons: 3 })
  const moved = await family.swap(visit.body.id, named.body.id)
  expect(moved).toMatchObject({ status: 200, body: { persons: 3, slot: { id: two.id, free: 1 } } })
  expect(await freeOf(one.day, one.id)).toBe(4)
  // One that was held for others is not theirs to move to.
  const alone = await family.hold(one.id, { itemId: passport })
  expect((await family.swap(visit.body.id, alone.body.id)).problem?.code).not.toBeUndefined()
  expect((await family.appointment(visit.body.id)).body.slot.id).toBe(two.id)
})

test('who waits for several is passed over while fewer are free, and keeps their turn', async () => {
  const { one, all } = await times('2026-12-01', 0)
  await leave(sandbox, [one], 2)
  const [owner, second] = await Promise.all(['owner-a', 'owner-b'].map((who) => citizenOf(base, who)))
  if (!owner || !second) throw new Error('nobody books')
  const visits: Appointment[] = []
  for (const each of [owner, second])
    visits.push((await each.confirm((await each.hold(one.id, { itemId: passport })).body.id)).body)
  const request = { hallId: hall, itemId: passport, day: one.day, part: 'any' as const }
  const [pair, single] = await Promise.all(['pair', 'single'].map((who) => citizenOf(base, who)))
  if (!pair || !single) throw new Error('nobody waits')
  expect((await pair.join({ ...request, persons: 5 })).problem?.limit).toBe('visit-persons')
  const entry = await pair.join(request)
  expect((await pair.join({ ...request, persons: 2 })).body).toMatchObject({ id: entry.body.id, persons: 2 })
  await single.join(request)

  await owner.cancel(visits[0]?.id ?? '')
  expect((await pair.waitlist())[0]).toMatchObject({ state: 'waiting', persons: 2, noticesSent: 0 })
  expect((await single.waitlist())[0]?.state).toBe('offered')
  await single.leave((await single.waitlist())[0]?.id ?? '')
  await second.cancel(visits[1]?.id ?? '')
  const [offered] = await pair.waitlist()
  expect(offered).toMatchObject({ state: 'offered', persons: 2 })
  expect((await pair.getHold(offered?.holdId ?? '')).body.persons).toBe(2)
  expect(await freeOf(one.day, one.id)).toBe(0)
  // Given up, both places are free again.
  await pair.leave(offered?.id ?? '')
  expect(await freeOf(one.day, one.id)).toBe(2)
  expect(all.length).toBeGreaterThan(1)
})

test('people who walk in together find places for all of them or for none, and erased visits keep theirs', async () => {
  const { one } = await times('2026-12-02', 5)
  expect(await walkInAtHall(sandbox.world, one.id, 3)).toMatchObject({ free: 2 })
  await expect(walkInAtHall(sandbox.world, one.id, 3)).rejects.toMatchObject({ code: 'slot-taken' })
  expect(await freeOf(one.day, one.id)).toBe(2)
  const family = await citizenOf(base, 'family-4')
  await family.confirm((await family.hold(one.id, { itemId: passport, persons: 2 })).body.id)
  sandbox.world.clock.set(new Date('2026-12-03T10:00:00+08:00'))
  const erased = await (await citizenOf(base, 'family-4')).send('/citizen/erasure', { confirmed: true })
  expect(erased.status).toBe(204)
})
