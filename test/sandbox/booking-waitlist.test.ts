import { offerFreePlaces } from '../../city/booking/waitlist-offers'
import type { Sandbox } from '../../sandbox/start'
import { brokenInvariants, citizenOf, hall, item, leave, slotsOf, startBooking } from '../support/booking'

const monday = new Date('2026-11-23T10:00:00+08:00')
let sandbox: Sandbox
let base: string
let close: () => Promise<void>

beforeAll(async () => {
  ;({ sandbox, base, close } = await startBooking(monday))
}, 60_000)
beforeEach(() => sandbox.world.clock.set(monday))
afterEach(async () => {
  expect(await brokenInvariants(sandbox)).toEqual([])
})
afterAll(() => close(), 30_000)

/** A day without places but one, which somebody has booked. */
const fullDay = async (day: string, who: string) => {
  const slots = await slotsOf(base, day)
  const morning = slots[3]
  if (!morning) throw new Error('no slot')
  await leave(sandbox, slots, 0)
  await leave(sandbox, [morning], 1)
  const owner = await citizenOf(base, who)
  const visit = await owner.confirm((await owner.hold(morning.id)).body.id)
  return { owner, visit: visit.body, slot: morning }
}

test('a freed place is held for the first in turn whose part of the day it is, until a stated time', async () => {
  const { owner, visit, slot } = await fullDay('2026-11-25', 'owner-1')
  const [afternoon, first, second] = await Promise.all(['w-pm', 'w-1', 'w-2'].map((who) => citizenOf(base, who)))
  if (!afternoon || !first || !second) throw new Error('nobody waits')
  const request = { hallId: hall, itemId: item, day: slot.day }
  await afternoon.join({ ...request, part: 'afternoon' })
  await first.join({ ...request, part: 'morning' })
  await second.join({ ...request, part: 'any' })
  expect((await first.waitlist())[0]).toMatchObject({ state: 'waiting', noticesSent: 0 })

  await owner.cancel(visit.id)
  const [offered] = await first.waitlist()
  expect(offered).toMatchObject({ state: 'offered', noticesSent: 1 })
  expect((await afternoon.waitlist())[0]?.state).toBe('waiting')
  expect((await second.waitlist())[0]?.state).toBe('waiting')
  const stranger = await citizenOf(base, 'stranger')
  expect((await stranger.hold(slot.id)).problem?.code).toBe('slot-taken')
  const hold = (await first.getHold(offered?.holdId ?? '')).body
  expect(Date.parse(hold.expiresAt) - Date.parse(hold.serverTime)).toBeGreaterThan(29 * 60_000)
  expect(offered).toMatchObject({
    offerUntil: hold.expiresAt,
    hallName: '杭州市民中心办事大厅',
    itemName: '居民身份证换领',
  })

  const taken = await first.confirm(hold.id)
  expect(taken.body.slot.id).toBe(slot.id)
  expect((await first.waitlist())[0]?.state).toBe('taken')
}, 30_000)

test('an offer let go goes to the next, and nobody is asked twice on one day', async () => {
  const { owner, visit, slot } = await fullDay('2026-11-26', 'owner-2')
  const [first, second] = await Promise.all(['n-1', 'n-2'].map((who) => citizenOf(base, who)))
  if (!first || !second) throw new Error('nobody waits')
  const request = { hallId: hall, itemId: item, day: slot.day, part: 'any' as const }
  await first.join(request)
  await second.join(request)
  await owner.cancel(visit.id)
  expect((await first.waitlist())[0]?.state).toBe('offered')
  sandbox.world.clock.advance(30 * 60 + 1)
  const late = await citizenOf(base, 'n-2')
  expect((await late.waitlist())[0]).toMatchObject({ state: 'offered', noticesSent: 1 })
  const again = await citizenOf(base, 'n-1')
  // It says what became of the place: nobody answered, and it went on.
  const lastOffer = { startsAt: slot.startsAt, end: 'unanswered' }
  expect((await again.waitlist())[0]).toMatchObject({ state: 'waiting', noticesSent: 1, lastOffer })
  expect((await late.leave((await late.waitlist())[0]?.id ?? '')).status).toBe(204)
  expect(await late.waitlist()).toEqual([])
  expect((await again.waitlist())[0]).toMatchObject({ state: 'waiting', noticesSent: 1 })
}, 30_000)

test('waiting twice for the same day is once, and there are three at most', async () => {
  const citizen = await citizenOf(base, 'patient')
  const request = { hallId: hall, itemId: item, part: 'any' as const }
  await fullDay('2026-11-27', 'owner-3')
  const one = await citizen.join({ ...request, day: '2026-11-27' })
  expect((await citizen.join({ ...request, day: '2026-11-27' })).body.id).toBe(one.body.id)
  for (const day of ['2026-11-28', '2026-11-29']) expect((await citizen.join({ ...request, day })).status).toBe(201)
  expect((await citizen.join({ ...request, day: '2026-11-30' })).problem?.code).toBe('waitlist-limit')
  expect((await citizen.join({ ...request, day: '2027-01-30' })).problem?.code).toBe('invalid-fields')
}, 30_000)

test('somebody who lets three offers go is asked no more', async () => {
  const { owner, visit, slot } = await fullDay('2026-12-01', 'owner-4')
  const request = { hallId: hall, itemId: item, day: slot.day, part: 'any' as const }
  await (await citizenOf(base, 'undecided')).join(request)
  await owner.cancel(visit.id)
  const seen: unknown[] = []
  for (const day of ['2026-11-23', '2026-11-24', '2026-11-25', '2026-11-26']) {
    // The first offer was made when the place was given back, at ten.
    sandbox.world.clock.set(new Date(`${day}T10:05:00+08:00`))
    const entry = async () => (await (await citizenOf(base, 'undecided')).waitlist())[0]
    const first = await entry()
    sandbox.world.clock.advance(31 * 60)
    const after = await entry()
    seen.push([first?.state, first?.noticesSent, after?.state])
  }
  expect(seen).toEqual([
    ['offered', 1, 'waiting'],
    ['offered', 2, 'waiting'],
    ['offered', 3, 'passed'],
    ['passed', 3, 'passed'],
  ])
  const citizen = await citizenOf(base, 'undecided')
  const [passed] = await citizen.waitlist()
  expect(passed?.lastOffer).toMatchObject({ startsAt: slot.startsAt, end: 'unanswered' })
  expect(passed?.lastOffer?.heldUntil.slice(0, 16)).toBe('2026-11-25T10:35')
  // Once read, it may be taken off the list.
  expect((await citizen.leave(passed?.id ?? '')).status).toBe(204)
  expect(await citizen.waitlist()).toEqual([])
}, 60_000)

test('a place that is given back is told apart from one that nobody answered for', async () => {
  const { owner, visit, slot } = await fullDay('2026-12-04', 'owner-5')
  const citizen = await citizenOf(base, 'polite')
  await citizen.join({ hallId: hall, itemId: item, day: slot.day, part: 'any' })
  await owner.cancel(visit.id)
  await citizen.release((await citizen.waitlist())[0]?.holdId ?? '')
  const [entry] = await citizen.waitlist()
  expect(entry).toMatchObject({ state: 'waiting', lastOffer: { startsAt: slot.startsAt, end: 'given-up' } })
}, 30_000)

test('nobody is asked in the last two hours before a time', async () => {
  const day = '2026-11-24'
  const slots = await slotsOf(base, day)
  await leave(sandbox, slots, 0)
  const [soon, late] = ['10:00', '11:30'].map((time) => slots.find(({ startsAt }) => startsAt.includes(`T${time}`)))
  if (!soon || !late) throw new Error('no slots')
  sandbox.world.clock.set(new Date(`${day}T08:30:00+08:00`))
  const citizen = await citizenOf(base, 'commuter')
  await citizen.join({ hallId: hall, itemId: item, day, part: 'any' })
  await leave(sandbox, [soon], 1)
  expect((await citizen.waitlist())[0]?.state).toBe('waiting')
  await leave(sandbox, [late], 1)
  const [entry] = await citizen.waitlist()
  expect(entry?.state).toBe('offered')
  expect((await citizen.getHold(entry?.holdId ?? '')).body.slot.id).toBe(late.id)
}, 60_000)

test('a place given back while those who wait are gone through is not given past the first in turn', async () => {
  const { visit, slot } = await fullDay('2026-12-02', 'owner-5')
  const [first, second] = await Promise.all(['t-1', 't-2'].map((who) => citizenOf(base, who)))
  if (!first || !second) throw new Error('nobody waits')
  for (const one of [first, second]) await one.join({ hallId: hall, itemId: item, day: slot.day, part: 'morning' })
  // A place that is free, and of no use to them: they are gone through all the same.
  await leave(sandbox, (await slotsOf(base, slot.day)).slice(-1), 1)
  const { database, cities, clock } = sandbox.world
  const city = cities.find(({ id }) => id === '330100')
  if (!city) throw new Error('no city')
  const givenBack = async () => {
    const ended = { state: 'cancelled-by-citizen' as const }
    await database.db.updateTable('appointments').set(ended).where('id', '=', visit.id).execute()
    const less = await database.db
      .updateTable('slots')
      .set((set) => ({ taken: set('taken', '-', 1) }))
      .where('id', '=', slot.id)
      .executeTakeFirst()
    expect(less.numUpdatedRows).toBe(1n)
  }
  /** Goes through those who wait, `meanwhile` after so many of them; gives how many there were. */
  const goThrough = async (after: number, meanwhile: () => Promise<void>) => {
    let asked = 0
    const watched: typeof database = {
      ...database,
      async transaction(work) {
        const done = await database.transaction(work)
        asked += 1
        if (asked === after) await meanwhile()
        return done
      },
    }
    const here = { db: database.db, city, cityId: city.id, language: 'zh-CN', now: clock.now } as const
    await offerFreePlaces({ ...here, database: watched })
    return asked
  }
  const nothing = async () => undefined
  const all = await goThrough(0, nothing)
  // They are the last two: the first of them has just learnt that there is nothing.
  await goThrough(all - 1, givenBack)
  await goThrough(0, nothing)
  expect((await first.waitlist())[0]?.state).toBe('offered')
  expect((await second.waitlist())[0]?.state).toBe('waiting')
}, 30_000)

test('S11: fifty wait for a day that is full, and the one who waits for a day with a place is offered it', async () => {
  const [full, open] = ['2026-12-03', '2026-12-04']
  for (const day of [full, open]) await leave(sandbox, await slotsOf(base, day), 0)
  const crowd = await Promise.all(Array.from({ length: 50 }, (_, at) => citizenOf(base, `crowd-${at}`)))
  for (const citizen of crowd) await citizen.join({ hallId: hall, itemId: item, day: full, part: 'any' })
  const last = await citizenOf(base, 'crowd-last')
  await last.join({ hallId: hall, itemId: item, day: open, part: 'any' })
  await leave(sandbox, (await slotsOf(base, open)).slice(0, 1), 1)
  expect((await last.waitlist())[0]).toMatchObject({ state: 'offered', noticesSent: 1 })
}, 60_000)
