import { sql } from 'kysely'
import { codeOf } from '../../city/database/errors'
import type { Sandbox } from '../../sandbox/start'
import {
  type BookingCitizen,
  brokenInvariants,
  citizenOf,
  freeDays,
  leave,
  newKey,
  type Reply,
  slotsOf,
  startBooking,
} from '../support/booking'

let sandbox: Sandbox
let base: string
let close: () => Promise<void>

beforeAll(async () => {
  ;({ sandbox, base, close } = await startBooking(new Date('2026-11-23T10:00:00+08:00')))
}, 60_000)
afterAll(() => close(), 30_000)

const citizens = async (count: number, prefix: string): Promise<BookingCitizen[]> => {
  const all: BookingCitizen[] = []
  while (all.length < count) {
    const some = Array.from({ length: Math.min(20, count - all.length) }, (_, i) => `${prefix}-${all.length + i}`)
    all.push(...(await Promise.all(some.map((who) => citizenOf(base, who)))))
  }
  return all
}

const summary = (times: number[]): string => {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0)
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`
}

const codesOf = (replies: Reply<unknown>[]): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const { status, problem } of replies) {
    const name = problem?.code ?? String(status)
    counts[name] = (counts[name] ?? 0) + 1
  }
  return counts
}

const slot = async (day: number, index: number, free: number) => {
  const days = await freeDays(base)
  const slots = await slotsOf(base, days[day] ?? '')
  const found = slots[index]
  if (!found) throw new Error('no slot')
  await leave(sandbox, [found], free)
  return found
}

test('of 200 citizens racing for 20 places exactly 20 hold one, and 180 are offered others', async () => {
  const contested = await slot(1, 2, 20)
  const racers = await citizens(200, 'racer')
  const times: number[] = []
  const replies = await Promise.all(
    racers.map(async (citizen) => {
      const began = performance.now()
      const reply = await citizen.hold(contested.id)
      times.push(performance.now() - began)
      return reply
    }),
  )
  process.stdout.write(`200 for 20: ${summary(times)}, ${JSON.stringify(codesOf(replies))}\n`)
  expect(codesOf(replies)).toEqual({ 201: 20, 'slot-taken': 180 })
  for (const { problem } of replies) {
    if (!problem) continue
    expect(problem.alternatives?.length).toBeGreaterThan(0)
    expect(problem.alternatives?.length).toBeLessThanOrEqual(3)
    for (const other of problem.alternatives ?? []) {
      expect(other.free).toBeGreaterThan(0)
      expect(other.id).not.toBe(contested.id)
    }
  }
  const held = replies.flatMap(({ problem, body }) => (problem ? [] : [body.id]))
  expect(new Set(held).size).toBe(20)
  expect(await brokenInvariants(sandbox)).toEqual([])

  // Nobody confirms: by the city's clock all twenty are free again.
  sandbox.world.clock.advance(301)
  const again = await Promise.all(racers.slice(100, 140).map((citizen) => citizen.hold(contested.id)))
  expect(codesOf(again)).toEqual({ 201: 20, 'slot-taken': 20 })
  expect(await brokenInvariants(sandbox)).toEqual([])
}, 60_000)

test('one citizen tapping many times at once ends with one hold, and no place is lost', async () => {
  const days = await freeDays(base)
  const slots = (await slotsOf(base, days[2] ?? '')).slice(0, 8)
  await leave(sandbox, slots, 3)
  const citizen = await citizenOf(base, 'tapper')
  const replies = await Promise.all([...slots, ...slots].map(({ id }) => citizen.hold(id)))
  expect(codesOf(replies)).toEqual({ 201: 16 })
  const { rows } = await sql<{ slot_id: string }>`
    select slot_id from holds where citizen_id = ${citizen.id} and state = 'held'`.execute(sandbox.world.database.db)
  expect(rows).toHaveLength(1)
  const left = (await slotsOf(base, days[2] ?? '')).slice(0, 8).map(({ free }) => free)
  expect(left.reduce((sum, free) => sum + free, 0)).toBe(8 * 3 - 1)
  expect(await brokenInvariants(sandbox)).toEqual([])
}, 30_000)

test('confirming many times at once, with one key and with many, makes one visit', async () => {
  const contested = await slot(3, 1, 5)
  const citizen = await citizenOf(base, 'confirmer')
  const { body: hold } = await citizen.hold(contested.id)
  const key = newKey()
  const replies = await Promise.all(
    Array.from({ length: 12 }, (_, i) => citizen.confirm(hold.id, i % 2 ? key : newKey())),
  )
  expect(codesOf(replies)).toEqual({ 201: 12 })
  expect(new Set(replies.map(({ body }) => body.id)).size).toBe(1)
  expect((await citizen.appointments()).body.items).toHaveLength(1)
  expect(await brokenInvariants(sandbox)).toEqual([])
}, 30_000)

test('swaps that cross each other neither deadlock nor lose a visit', async () => {
  // The database ends a deadlock by failing one of the transactions, which is then tried again: count those.
  let deadlocks = 0
  const { database } = sandbox.world
  const { transaction } = database
  database.transaction = (work) =>
    transaction(async (trx) => {
      try {
        return await work(trx)
      } catch (error) {
        if (codeOf(error) === '40P01') deadlocks += 1
        throw error
      }
    })
  const days = await freeDays(base)
  const [one, two] = await slotsOf(base, days[4] ?? '')
  if (!one || !two) throw new Error('no slots')
  // Each pair: one moves from the first slot to the second, the other the opposite way, at the same time.
  const pairs = 8
  await leave(sandbox, [one, two], 2 * pairs)
  const all = await citizens(2 * pairs, 'swapper')
  const places = all.map((_, i) => (i % 2 ? { from: one, to: two } : { from: two, to: one }))
  const visits = await Promise.all(
    all.map(async (citizen, i) => {
      const hold = await citizen.hold(places[i]?.from.id ?? '')
      return (await citizen.confirm(hold.body.id)).body
    }),
  )
  for (let round = 0; round < 3; round += 1) {
    const holds = await Promise.all(
      all.map((citizen, i) => {
        const to = round % 2 ? places[i]?.from.id : places[i]?.to.id
        return citizen.hold(to ?? '', { appointmentId: visits[i]?.id ?? '' })
      }),
    )
    expect(codesOf(holds)).toEqual({ 201: 2 * pairs })
    const moved = await Promise.all(all.map((citizen, i) => citizen.swap(visits[i]?.id ?? '', holds[i]?.body.id ?? '')))
    expect(codesOf(moved)).toEqual({ 200: 2 * pairs })
    expect(moved.map(({ body }) => body.slot.id)).toEqual(places.map(({ from, to }) => (round % 2 ? from.id : to.id)))
    expect(moved.every(({ body }) => body.version === round + 2)).toBe(true)
    expect(await brokenInvariants(sandbox)).toEqual([])
  }
  database.transaction = transaction
  expect(deadlocks).toBe(0)
}, 60_000)
