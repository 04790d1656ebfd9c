import { changeVisitByHall } from '../../city/booking'
import type { Appointment, Citizen, Hold, Item, SlotDays, SlotList } from '../../contract/wire/types.gen'
import type { Sandbox } from '../../sandbox/start'
import {
  ask,
  type BookingCitizen,
  brokenInvariants,
  citizenOf,
  hall,
  item,
  leave,
  newKey,
  slotsOf,
  startBooking,
} from '../support/booking'

const monday = new Date('2026-11-23T10:00:00+08:00')
const visitor = { name: '李小明', phone: '13800000001' }
jest.setTimeout(60_000)

let sandbox: Sandbox
let base: string
let close: () => Promise<void>

beforeAll(async () => {
  ;({ sandbox, base, close } = await startBooking(monday, { demo: true }))
}, 100_000)
beforeEach(() => {
  sandbox.world.clock.set(monday)
  sandbox.world.faults.clear()
})
afterEach(async () => {
  expect(await brokenInvariants(sandbox)).toEqual([])
})
afterAll(() => close(), 30_000)

/** Nobody whose demo visit stands in the way: another day than the demo's, and its visit cancelled. */
const newcomer = async (who: string): Promise<BookingCitizen> => {
  const citizen = await citizenOf(base, who)
  for (const visit of (await citizen.appointments()).body.items) await citizen.cancel(visit.id)
  return citizen
}
const holdAll = (citizen: BookingCitizen, slotId: string, [itemId, ...moreItemIds]: string[]) =>
  citizen.send<Hold>('/holds', { slotId, itemId, moreItemIds })
const freeOf = async (day: string, itemId = item) =>
  new Map((await slotsOf(base, day, itemId)).map((slot) => [slot.startsAt.slice(11, 16), slot.free]))
const startingAt = async (day: string, time: string, itemId = item) => {
  const slot = (await slotsOf(base, day, itemId)).find(({ startsAt }) => startsAt.slice(11, 16) === time)
  if (!slot) throw new Error(`no ${time}`)
  return slot
}

test('several items of one counter take as many slots as their time needs, each place counted', async () => {
  const day = '2026-11-25'
  await leave(sandbox, await slotsOf(base, day), 3)
  const citizen = await newcomer('family')
  const items = [item, 'household-transfer', 'newborn-registration']
  const hold = await holdAll(citizen, (await startingAt(day, '09:30')).id, items)
  expect(hold.status).toBe(201)
  // 15 + 30 + 20 minutes are three slots of 30.
  expect(hold.body).toMatchObject({
    itemName: '居民身份证换领、户口迁入登记、新生儿入户',
    moreItemIds: items.slice(1),
    endsAt: `${day}T11:00:00.000+08:00`,
    slot: { free: 2 },
  })
  expect(Object.fromEntries([...(await freeOf(day))].slice(0, 5))).toEqual({
    '09:00': 3,
    '09:30': 2,
    '10:00': 2,
    '10:30': 2,
    '11:00': 3,
  })
  const visit = (await citizen.confirm(hold.body.id)).body
  expect(visit).toMatchObject({ endsAt: `${day}T11:00:00.000+08:00`, moreItemIds: items.slice(1) })
  expect(visit.checkIn?.validUntil).toBe(visit.endsAt)
  const papers = visit.materials.map(({ id }) => id)
  expect(new Set(papers).size).toBe(papers.length)
  expect(papers).toEqual(expect.arrayContaining(['mt-household', 'mt-birth', 'mt-deed']))
  await citizen.cancel(visit.id)
  expect([...(await freeOf(day)).values()].slice(0, 5)).toEqual([3, 3, 3, 3, 3])
})

test('items of two counters follow each other, and a full one of either makes the time full', async () => {
  const day = '2026-11-26'
  const social = 'social-card'
  await leave(sandbox, await slotsOf(base, day), 2)
  await leave(sandbox, await slotsOf(base, day, social), 1)
  const citizen = await newcomer('two-counters')
  const hold = await holdAll(citizen, (await startingAt(day, '14:00')).id, [item, social])
  expect(hold.body).toMatchObject({ endsAt: `${day}T15:00:00.000+08:00`, slot: { free: 0 } })
  expect((await freeOf(day)).get('14:00')).toBe(1)
  expect((await freeOf(day, social)).get('14:30')).toBe(0)
  const other = await newcomer('second')
  const refused = await holdAll(other, (await startingAt(day, '14:00')).id, [item, social])
  expect(refused.problem?.code).toBe('slot-taken')
  expect(refused.problem?.alternatives?.map(({ startsAt }) => startsAt.slice(0, 16))).toEqual([
    `${day}T13:30`,
    `${day}T14:30`,
    `${day}T13:00`,
  ])
  const { body } = await ask<SlotList>(base, {
    path: `/slots?hallId=${hall}&itemId=${item}&moreItemIds=${social}&day=${day}`,
  })
  expect(body.slots.find(({ startsAt }) => startsAt.includes('14:00'))?.free).toBe(0)
  // The hall closes at five: a visit of an hour can begin at four at the latest.
  expect(body.slots.at(-1)?.startsAt).toContain('T16:00')
  const { body: days } = await ask<SlotDays>(base, {
    path: `/slot-days?hallId=${hall}&itemId=${item}&moreItemIds=${social}`,
  })
  expect(days.days.find((each) => each.day === day)?.free).toBe(body.slots.reduce((sum, slot) => sum + slot.free, 0))
})

test('a long visit that fails half way takes nothing, and the place held before stays', async () => {
  const day = '2026-11-27'
  const slots = await slotsOf(base, day)
  await leave(sandbox, slots, 1)
  const [nine, half, ten] = slots
  if (!nine || !half || !ten) throw new Error('no slots')
  const early = await newcomer('early')
  await early.hold(half.id)
  const late = await newcomer('late')
  const first = await late.hold(ten.id)
  expect((await holdAll(late, nine.id, [item, 'household-transfer'])).problem?.code).toBe('slot-taken')
  expect((await late.getHold(first.body.id)).body.state).toBe('held')
  expect([...(await freeOf(day)).values()].slice(0, 3)).toEqual([1, 0, 0])
})

test('a visit of several slots that expires is free again in all of them', async () => {
  const day = '2026-11-30'
  const slots = await slotsOf(base, day)
  await leave(sandbox, slots, 1)
  const [one, two] = slots
  const idle = await newcomer('idle')
  await holdAll(idle, one?.id ?? '', [item, 'household-transfer'])
  sandbox.world.clock.advance(301)
  const next = await newcomer('next')
  expect((await next.hold(two?.id ?? '')).status).toBe(201)
  expect([...(await freeOf(day)).values()].slice(0, 3)).toEqual([1, 0, 1])
})

test('more items than the city allows, twice the same, or one that the hall does not serve are refused', async () => {
  const citizen = await newcomer('greedy')
  const slot = await startingAt('2026-12-01', '09:00')
  const four = [item, 'household-transfer', 'newborn-registration', 'passport']
  const refused = await holdAll(citizen, slot.id, four)
  expect([refused.problem?.code, refused.problem?.detail]).toEqual(['booking-limit', expect.stringContaining('3')])
  expect((await holdAll(citizen, slot.id, [item, item])).problem?.code).toBe('invalid-fields')
  expect((await holdAll(citizen, slot.id, [item, 'licence-renewal'])).problem?.code).toBe('not-found')
  expect((await holdAll(citizen, slot.id, ['passport', item])).problem?.code).toBe('not-found')
})

test('a swap keeps the items and moves all of their places', async () => {
  const day = '2026-12-01'
  await leave(sandbox, await slotsOf(base, day), 2)
  const citizen = await newcomer('mover')
  const items = [item, 'household-transfer']
  const first = await holdAll(citizen, (await startingAt(day, '09:00')).id, items)
  const visit = (await citizen.confirm(first.body.id)).body
  const to = await startingAt(day, '09:30')
  const short = await citizen.send<Hold>('/holds', { slotId: to.id, itemId: item, appointmentId: visit.id })
  expect(short.problem?.code).toBe('appointment-not-open')
  const hold = await citizen.send<Hold>('/holds', {
    slotId: to.id,
    itemId: item,
    moreItemIds: items.slice(1),
    appointmentId: visit.id,
  })
  expect((await citizen.swap(visit.id, hold.body.id)).body).toMatchObject({ endsAt: `${day}T10:30:00.000+08:00` })
  expect([...(await freeOf(day)).values()].slice(0, 4)).toEqual([2, 1, 1, 2])
})

test('an item’s own limit a month counts the person who comes, and says which month is full', async () => {
  const rent = 'fund-rent'
  const citizen = await newcomer('tenant')
  const days = ['2026-11-26', '2026-11-30', '2026-12-01']
  for (const day of days) await leave(sandbox, await slotsOf(base, day, rent), 2)
  const holdOn = async (day: string) => citizen.hold((await startingAt(day, '10:00', rent)).id, { itemId: rent })
  expect((await citizen.confirm((await holdOn('2026-11-26')).body.id)).status).toBe(201)
  // For a relative it would do, so only confirming for oneself is refused.
  const refused = await citizen.confirm((await holdOn('2026-11-30')).body.id)
  expect([refused.problem?.code, refused.problem?.detail]).toEqual([
    'booking-limit',
    expect.stringContaining('公积金提取（租房）'),
  ])
  expect((await citizen.confirm((await holdOn('2026-12-01')).body.id)).status).toBe(201)
})

test('a citizen books for a relative who lets them, and for nobody else; the day rule is the relative’s own', async () => {
  const citizen = await newcomer('daughter')
  const { grants } = (await citizen.get<Citizen>('/citizen')).body
  const [mother] = grants
  if (!mother) throw new Error('no grant')
  const day = '2026-11-26'
  const itemId = 'household-transfer'
  await leave(sandbox, await slotsOf(base, day, itemId), 9)
  const confirmFor = async (time: string, forCitizenId?: string) => {
    const hold = await citizen.hold((await startingAt(day, time, itemId)).id, { itemId })
    return citizen.send<Appointment>('/appointments', { holdId: hold.body.id, visitor, forCitizenId })
  }
  const own = await confirmFor('09:00')
  const hers = await confirmFor('09:30', mother.citizenId)
  expect([own.status, hers.status]).toEqual([201, 201])
  expect(hers.body.visitorName).toBe(mother.maskedName)
  expect((await confirmFor('10:00', mother.citizenId)).problem?.code).toBe('booking-limit')
  expect((await confirmFor('10:30')).problem?.code).toBe('booking-limit')
  const stranger = await citizenOf(base, 'stranger')
  expect((await confirmFor('11:00', stranger.id)).problem?.code).toBe('grant-ended')
  expect((await citizen.appointments()).body.items.filter(({ state }) => state === 'confirmed')).toHaveLength(2)
})

test('after checking in the place in the queue falls with every call, until a counter calls', async () => {
  const citizen = await newcomer('guest')
  const slot = await startingAt('2026-11-24', '09:00')
  await leave(sandbox, [slot], 2)
  const visit = (await citizen.confirm((await citizen.hold(slot.id)).body.id)).body
  sandbox.world.clock.set(new Date('2026-11-24T08:50:00+08:00'))
  const guest = await citizenOf(base, 'guest')
  const queue = async () => (await guest.appointment(visit.id)).body.queue
  expect(await queue()).toBeUndefined()
  await changeVisitByHall(sandbox.world, visit.id, 'checked-in')
  const first = await queue()
  expect(first).toMatchObject({ number: expect.stringMatching(/^Y\d{3}$/), ahead: expect.any(Number) })
  expect(first?.counter).toBeUndefined()
  sandbox.world.clock.advance(91)
  expect((await queue())?.ahead).toBe((first?.ahead ?? 0) - 1)
  sandbox.world.clock.advance(90 * (first?.ahead ?? 0))
  expect(await queue()).toMatchObject({ number: first?.number, ahead: 0, counter: expect.stringContaining('号窗口') })
  sandbox.world.faults.set({ name: 'queue-missing' }, true)
  expect(await queue()).toBeUndefined()
  sandbox.world.faults.clear()
  await changeVisitByHall(sandbox.world, visit.id, 'served')
  expect(await queue()).toBeUndefined()
  const rate = { stars: 4, text: '很快办好' }
  await guest.send(`/appointments/${visit.id}/rating`, rate, newKey(), 'PUT')
  expect((await guest.appointment(visit.id)).body.rating).toEqual(rate)
})

test('an item asks about one’s own situation and says what a missing paper means', async () => {
  const { body } = await ask<Item>(base, { path: '/items/estate-transfer' })
  expect(body.questions?.map(({ id }) => id)).toEqual(['married', 'who'])
  expect(body.monthlyLimit).toBe(2)
  expect(body.rules).toBe('每人每月限预约 2 次。')
  const optionsOf = new Map(body.questions?.map(({ id, options }) => [id, options.map((option) => option.id)]))
  for (const { when = [] } of body.materials) {
    for (const { questionId, optionIds } of when) {
      expect(optionsOf.get(questionId)).toEqual(expect.arrayContaining(optionIds))
    }
  }
  expect(body.materials.find(({ id }) => id === 'mt-proxy')?.ifMissing).toContain('不能代办')
})
