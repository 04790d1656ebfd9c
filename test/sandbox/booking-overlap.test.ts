import type { Appointment, Hold, Slot } from '../../contract/wire/types.gen'
import {
  ask,
  type BookingCitizen,
  brokenInvariants,
  citizenOf,
  freeDays,
  hall,
  leave,
  slotsOf,
  startBooking,
} from '../support/booking'

/** S10: nobody is at two counters at the same time. Another hall of Hangzhou, and another item, so that no other limit is met. */
const otherHall = '9007199254740997'
const otherItem = 'social-card'

let booking: Awaited<ReturnType<typeof startBooking>>
let day: string
let count = 0
const newCitizen = () => {
  count += 1
  return citizenOf(booking.base, `overlap-${count}`)
}

beforeAll(async () => {
  booking = await startBooking(new Date('2026-11-23T10:00:00+08:00'))
  day = (await freeDays(booking.base))[1] ?? ''
}, 60_000)
afterEach(async () => expect(await brokenInvariants(booking.sandbox)).toEqual([]))
afterAll(() => booking?.close())

const there = async (itemId = otherItem) =>
  (await ask<{ slots: Slot[] }>(booking.base, { path: `/slots?hallId=${otherHall}&itemId=${itemId}&day=${day}` })).body
    .slots
const here = () => slotsOf(booking.base, day)
const at = (slots: readonly Slot[], from: number) => {
  const slot = slots[from]
  if (!slot) throw new Error('no slot')
  return slot
}
async function bookedHere(citizen: BookingCitizen, from = 2): Promise<Appointment> {
  const held = await citizen.hold(
    at(
      (await here()).filter(({ free }) => free > 1),
      from,
    ).id,
  )
  const { body, problem } = await citizen.confirm(held.body.id)
  expect(problem).toBeNull()
  return body
}
const overlaps = (slot: Slot, visit: Appointment) =>
  slot.startsAt < visit.slot.endsAt && slot.endsAt > visit.slot.startsAt

test('S10: a time in another hall that overlaps a visit is refused with the visit in the way, and a time that touches is not', async () => {
  const citizen = await newCitizen()
  const visit = await bookedHere(citizen)
  const slots = await there()
  await leave(booking.sandbox, slots, 2)
  const crossing = slots.filter((slot) => overlaps(slot, visit))
  expect(crossing.length).toBeGreaterThan(0)
  for (const slot of crossing) {
    const { problem, status } = await citizen.hold(slot.id, { itemId: otherItem })
    expect([status, problem?.code]).toEqual([409, 'overlapping-visit'])
    expect(problem?.overlaps).toEqual({
      appointmentId: visit.id,
      hallId: hall,
      hallName: visit.hall.name,
      itemId: visit.itemId,
      itemName: visit.itemName,
      startsAt: visit.slot.startsAt,
      endsAt: visit.slot.endsAt,
    })
  }
  for (const slot of [
    slots.find(({ endsAt }) => endsAt === visit.slot.startsAt),
    slots.find(({ startsAt }) => startsAt === visit.slot.endsAt),
  ]) {
    if (slot) expect((await citizen.hold(slot.id, { itemId: otherItem })).status).toBe(201)
  }
})

test('S10: a cancelled visit is in nobody’s way', async () => {
  const citizen = await newCitizen()
  const visit = await bookedHere(citizen)
  await citizen.cancel(visit.id)
  const slot = (await there()).find((other) => overlaps(other, visit) && other.free > 0)
  const held = await citizen.hold(slot?.id ?? '', { itemId: otherItem })
  expect((await citizen.confirm(held.body.id)).status).toBe(201)
})

test('S10: a visit moves within its own time, and not onto another visit; the hold is kept', async () => {
  const citizen = await newCitizen()
  const visit = await bookedHere(citizen, 1)
  const slots = await there()
  await leave(booking.sandbox, slots, 3)
  const far = at(
    slots.filter((slot) => !overlaps(slot, visit)),
    3,
  )
  const second = await citizen.confirm((await citizen.hold(far.id, { itemId: otherItem })).body.id)
  expect(second.problem).toBeNull()
  // The same item in the other hall at the very time it has here: the one that is moved does not count.
  const same = (await there('id-card-renewal')).find((slot) => overlaps(slot, visit) && slot.free > 0)
  if (same) {
    const held = await citizen.hold(same.id, { appointmentId: visit.id })
    expect(held.problem).toBeNull()
    expect((await citizen.swap(visit.id, held.body.id)).problem).toBeNull()
  }
  await leave(booking.sandbox, await here(), 3)
  const onto = (await here()).find((slot) => overlaps(slot, second.body) && slot.free > 0)
  const refused = await citizen.hold(onto?.id ?? '', { appointmentId: visit.id })
  expect([refused.problem?.code, refused.problem?.overlaps?.appointmentId]).toEqual([
    'overlapping-visit',
    second.body.id,
  ])
})

test('S10: a visit for several items counts to its end, and several items are refused when their last one overlaps', async () => {
  const citizen = await newCitizen()
  const visit = await bookedHere(citizen, 4)
  const slots = (await here()).filter(({ free }) => free > 0)
  const before = slots.filter(({ endsAt }) => endsAt <= visit.slot.startsAt)
  await leave(booking.sandbox, await here(), 3)
  const last = before.at(-1)
  const long = { slotId: last?.id, itemId: 'newborn-registration', moreItemIds: ['household-transfer'] }
  const refused = await citizen.send<Hold>('/holds', long)
  expect([refused.status, refused.problem?.code]).toEqual([409, 'overlapping-visit'])
  expect((await citizen.send<Hold>('/holds', { slotId: last?.id, itemId: 'newborn-registration' })).status).toBe(201)
})

test('S10: of a hold and a place offered at the same time the first that is confirmed wins, and the other stays held', async () => {
  const citizen = await newCitizen()
  const slots = await there()
  await leave(booking.sandbox, slots, 0)
  const entry = await citizen.join({ hallId: otherHall, itemId: otherItem, day, part: 'any' })
  expect(entry.problem).toBeNull()
  const offered = slots.find(({ startsAt }) => startsAt >= `${day}T10:00`)
  await leave(booking.sandbox, offered ? [offered] : [], 1)
  const [waits] = await citizen.waitlist()
  expect(waits?.state).toBe('offered')
  await leave(booking.sandbox, await here(), 3)
  const mine = (await here()).find(
    (slot) => offered && slot.startsAt < offered.endsAt && slot.endsAt > offered.startsAt,
  )
  const held = await citizen.hold(mine?.id ?? '')
  expect(held.problem).toBeNull()
  const both = await Promise.all([citizen.confirm(held.body.id), citizen.confirm(waits?.holdId ?? '')])
  expect(both.map(({ problem }) => problem?.code ?? 'ok').sort()).toEqual(['ok', 'overlapping-visit'])
  const lost = both[0].problem ? held.body.id : (waits?.holdId ?? '')
  expect((await citizen.getHold(lost)).body.state).toBe('held')
})

test('S10: a place at a time that is taken already is not offered to whoever waits', async () => {
  const citizen = await newCitizen()
  const visit = await bookedHere(citizen)
  const slots = await there()
  await leave(booking.sandbox, slots, 0)
  await citizen.join({ hallId: otherHall, itemId: otherItem, day, part: 'any' })
  await leave(
    booking.sandbox,
    slots.filter((slot) => overlaps(slot, visit)),
    1,
  )
  expect((await citizen.waitlist())[0]?.state).toBe('waiting')
  await leave(booking.sandbox, slots.filter((slot) => !overlaps(slot, visit)).slice(-1), 1)
  expect((await citizen.waitlist())[0]?.state).toBe('offered')
})

test('S10: two phones that confirm for the same document at once: one visit; only its booker learns whose it is', async () => {
  const base = `${booking.sandbox.address}/510100`
  const [one, two] = [await citizenOf(base, 'document-1'), await citizenOf(base, 'document-2')]
  const halls = (await ask<{ items: { id: string }[] }>(base, { path: '/halls?itemId=id-card-renewal' })).body.items
  const days = (
    await ask<{ days: { day: string; status: string }[] }>(base, {
      path: `/slot-days?hallId=${halls[0]?.id}&itemId=id-card-renewal`,
    })
  ).body.days
  const on = days.filter(({ status }) => status === 'free')[1]?.day
  const slots = (
    await ask<{ slots: Slot[] }>(base, { path: `/slots?hallId=${halls[0]?.id}&itemId=id-card-renewal&day=${on}` })
  ).body.slots
  const slot = slots.find(({ free }) => free > 2)
  const visitor = { name: '李小明', phone: '13800000001', idNumber: '11010519491231002X' }
  const holds = [await one.hold(slot?.id ?? ''), await two.hold(slot?.id ?? '')]
  const both = await Promise.all(
    [one, two].map((citizen, index) =>
      citizen.send<Appointment>('/appointments', { holdId: holds[index]?.body.id, visitor }),
    ),
  )
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  const refused = both.find(({ problem }) => problem)?.problem
  expect([refused?.code, refused?.overlaps]).toEqual(['overlapping-visit', undefined])
})
