import { sql } from 'kysely'
import { changeVisitByHall } from '../../city/booking'
import type { Slot } from '../../contract/wire/types.gen'
import type { Sandbox } from '../../sandbox/start'
import {
  type BookingCitizen,
  brokenInvariants,
  citizenOf,
  hall,
  leave,
  newKey,
  type Reply,
  slotsOf,
  startBooking,
} from '../support/booking'

const seed = Number(process.env.BOOKING_SEED ?? Date.now() % 1_000_000)
const bursts = Number(process.env.BOOKING_BURSTS ?? 40)
const itemIds = ['id-card-renewal', 'household-transfer', 'newborn-registration']

let sandbox: Sandbox
let base: string
let close: () => Promise<void>

beforeAll(async () => {
  ;({ sandbox, base, close } = await startBooking(new Date('2026-11-23T09:10:00+08:00')))
}, 60_000)
afterAll(() => close(), 30_000)

/** Mulberry32: the same numbers for the same seed. */
const randomOf = (start: number) => {
  let state = start
  return (below: number): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

type Booker = { who: string; self: BookingCitizen; holdId: string; visitIds: string[] }
type Outcome = { name: string; reply: Reply<unknown> }

/** What one citizen does next; every answer, also a refusal, must be one that the contract knows. */
async function act(booker: Booker, slots: Slot[], random: (below: number) => number): Promise<Outcome> {
  const pick = <T>(all: readonly T[]): T | undefined => all[random(all.length)]
  const { self } = booker
  const slotId = pick(slots)?.id ?? ''
  const visitId = pick(booker.visitIds) ?? 'ap-none'
  const keep = <T extends Reply<{ id: string }>>(reply: T): T => {
    if (!reply.problem) booker.holdId = reply.body.id
    return reply
  }
  const dice = random(20)
  if (dice < 6) return { name: 'hold', reply: keep(await self.hold(slotId, { itemId: pick(itemIds) ?? '' })) }
  if (dice < 8) return { name: 'hold to move', reply: keep(await self.hold(slotId, { appointmentId: visitId })) }
  if (dice < 13) {
    const key = newKey()
    if (dice === 12) sandbox.world.faults.set({ name: 'lost-answer', operationId: 'confirmHold', times: 1 }, true)
    const reply = await self.confirm(booker.holdId, key).catch(() => self.confirm(booker.holdId, key))
    if (!reply.problem && !booker.visitIds.includes(reply.body.id)) booker.visitIds.push(reply.body.id)
    return { name: 'confirm', reply }
  }
  if (dice < 16) return { name: 'swap', reply: await self.swap(visitId, booker.holdId) }
  if (dice < 18) return { name: 'cancel', reply: await self.cancel(visitId) }
  if (dice === 18) return { name: 'release', reply: await self.release(booker.holdId) }
  const request = { hallId: hall, itemId: pick(itemIds) ?? '', day: pick(slots)?.day ?? '', part: 'any' as const }
  return { name: 'wait', reply: await self.join(request) }
}

test('whatever citizens do at the same time, places, visits and counters agree', async () => {
  process.stdout.write(`BOOKING_SEED=${seed}\n`)
  const random = randomOf(seed)
  const days = ['2026-11-23', '2026-11-25', '2026-11-26']
  const slots = (await Promise.all(days.map((day) => slotsOf(base, day)))).flatMap((day) => day.slice(0, 4))
  await leave(sandbox, slots, 3)
  const bookers: Booker[] = []
  for (let index = 0; index < 12; index += 1) {
    const who = `random-${index}`
    bookers.push({ who, self: await citizenOf(base, who), holdId: 'h-none', visitIds: [] })
  }
  const counts: Record<string, number> = {}
  let sessionAge = 0
  for (let burst = 0; burst < bursts; burst += 1) {
    // Each citizen may act twice at once, as with two phones.
    const acting = Array.from({ length: 8 }, () => bookers[random(bookers.length)]).filter((each) => each !== undefined)
    const outcomes = await Promise.all(acting.map((booker) => act(booker, slots, random)))
    for (const { name, reply } of outcomes) {
      const outcome = `${name} ${reply.problem?.code ?? reply.status}`
      counts[outcome] = (counts[outcome] ?? 0) + 1
      expect([outcome, reply.problem?.detail, reply.status < 500]).toEqual([outcome, reply.problem?.detail, true])
    }
    expect({ burst, broken: await brokenInvariants(sandbox) }).toEqual({ burst, broken: [] })
    const pause = random(10) === 0 ? 1200 : random(120)
    sandbox.world.clock.advance(pause)
    sessionAge += pause
    // Tokens live for half an hour of the city's clock.
    if (sessionAge > 1200) {
      sessionAge = 0
      for (const booker of bookers) booker.self = await citizenOf(base, booker.who)
    }
    const [someone] = acting
    const visitId = someone?.visitIds[0]
    if (visitId && random(6) === 0) {
      const state = (['checked-in', 'cancelled-by-hall', 'no-show', 'excused'] as const)[random(4)] ?? 'excused'
      await changeVisitByHall(sandbox.world, visitId, state).catch((error: Error) =>
        expect(error.message).toBe('appointment-not-open'),
      )
    }
  }
  process.stdout.write(`${JSON.stringify(counts)}\n`)

  for (const { who } of bookers) {
    const self = await citizenOf(base, who)
    const visits = (await self.appointments()).body.items
    const late = visits.filter(
      ({ state, endedAt, cancelUntil }) =>
        state === 'no-show' || (state === 'cancelled-by-citizen' && (endedAt ?? '') > cancelUntil),
    )
    const open = visits.filter(({ state }) => state === 'confirmed' || state === 'checked-in')
    expect(open.length).toBeLessThanOrEqual(3)
    const lateMoves = await sandbox.world.database.db
      .selectFrom('late_moves')
      .select('id')
      .where('citizen_id', '=', self.id)
      .where('excused_at', 'is', null)
      .execute()
    const counted = late.length + lateMoves.length
    expect(await self.counters()).toMatchObject({ activeAppointments: open.length, noShowsThisMonth: counted })
    const places = open.map(({ itemId, slot }) => `${itemId} ${slot.day}`)
    expect(new Set(places).size).toBe(places.length)
  }

  // Whatever the phones do now, nothing stays held.
  sandbox.world.clock.advance(3600)
  await new Promise((resolve) => setTimeout(resolve, 1500))
  const { rows } =
    await sql`select id from holds where state = 'held' and expires_at <= ${sandbox.world.clock.now()}`.execute(
      sandbox.world.database.db,
    )
  expect(rows).toEqual([])
  expect(await brokenInvariants(sandbox)).toEqual([])
}, 120_000)
