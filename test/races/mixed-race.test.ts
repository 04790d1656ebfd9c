import type { Kysely } from 'kysely'
import type { Appointment } from '@/domain/appointment'
import { asId, type HallId, type ItemId } from '@/domain/ids'
import type { Slot } from '@/domain/slot'
import type { Services } from '@/services/create-services'
import { holdsOf } from '@/services/holds'
import { slotsOf } from '@/services/slots'
import type { Tables } from '../../city/database/tables'
import { brokenRows, hall, item } from '../support/booking'
import { hangzhou } from '../support/city'
import { codesOf, createCrowd, figures, inTurns, type Outcome, timed } from '../support/crowd'
import { openRows } from '../support/rows'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'

const hallId = asId<HallId>(hall)
const itemId = asId<ItemId>(item)
const visitor = { name: '李小明', phone: '13800000001' }

let sandbox: TestSandbox
let db: Kysely<Tables>
let closeRows: () => Promise<void>
let crowd: ReturnType<typeof createCrowd>

beforeAll(async () => {
  sandbox = await startTestSandbox({ startAt: '2026-11-23T10:00:00+08:00' })
  ;({ db, close: closeRows } = await openRows(sandbox))
  crowd = createCrowd(sandbox.city('330100'), 60)
}, 100_000)
afterAll(async () => {
  crowd.close()
  await closeRows()
  await sandbox.close()
}, 30_000)

const signedIn = async (count: number, name: string): Promise<Services[]> => {
  const phones = Array.from({ length: count }, (_, at) => crowd.phoneOf(`${name}-${at}`))
  await inTurns(phones, 20, (phone) => phone.sessions.begin(hangzhou))
  return phones
}
const twoSlots = async (day: string, places: number): Promise<[Slot, Slot]> => {
  const { slots } = await crowd.phoneOf('looker').of(slotsOf).list(hangzhou, hallId, [itemId], day)
  const [one, two] = slots
  if (!one || !two) throw new Error('no slots')
  for (const { id } of slots) await sandbox.control('POST', '/fill-slot', { slotId: id, free: 0 })
  const room = { capacity: places, elsewhere: 0, taken: 0 }
  await db.updateTable('slots').set(room).where('id', 'in', [one.id, two.id]).execute()
  return [one, two]
}
const book = async (phone: Services, slot: Slot): Promise<Appointment> => {
  const hold = await phone.of(holdsOf).create(hangzhou, { slotId: slot.id, itemId }, phone.newIdempotencyKey())
  return phone.appointments.confirm(hangzhou, hold.id, visitor, phone.newIdempotencyKey())
}
const move = async (phone: Services, visit: Appointment, to: Slot): Promise<Appointment> => {
  const order = { slotId: to.id, itemId, appointmentId: visit.id }
  const hold = await phone.of(holdsOf).create(hangzhou, order, phone.newIdempotencyKey())
  return phone.appointments.swap(hangzhou, visit.id, hold.id, phone.newIdempotencyKey())
}
const openVisits = () =>
  db.selectFrom('appointments').select(['id', 'citizen_id', 'slot_id']).where('state', '=', 'confirmed').execute()

test('visits that cross each other all arrive, while walk-ins take what is left and citizens wait for a place', async () => {
  const movers = await signedIn(40, 'mover')
  // Each time has room for all movers at once and five besides: a swap holds its new place before the old one is free.
  const [one, two] = await twoSlots('2026-11-25', movers.length + 5)
  const from = (at: number) => (at % 2 ? one : two)
  const to = (at: number) => (at % 2 ? two : one)
  const visits = await inTurns(movers, 20, (phone, at) => book(phone, from(at)))
  const waiting = await signedIn(10, 'waiting')
  await inTurns(waiting, 10, (phone) =>
    phone.waitlist.join(hangzhou, { hallId, itemId, day: one.day, part: 'any' }, phone.newIdempotencyKey()),
  )
  const walkIns: Outcome<unknown>[] = []
  const walkIn = (slot: Slot) => timed(() => sandbox.control('POST', '/walk-in', { slotId: slot.id }))
  const swaps: Outcome<Appointment>[] = []
  let now = visits
  for (let round = 0; round < 3; round += 1) {
    const goal = round % 2 ? from : to
    const [moved] = await Promise.all([
      inTurns(movers, movers.length, (phone, at) => timed(() => move(phone, now[at] as Appointment, goal(at)))),
      inTurns([one, two, one, two], 4, async (slot) => walkIns.push(await walkIn(slot))),
      inTurns(waiting, 5, (phone) => phone.waitlist.list(hangzhou)),
    ])
    swaps.push(...moved)
    now = moved.map(({ value }, at) => value ?? (now[at] as Appointment))
    expect(await brokenRows(db)).toEqual([])
    expect(await openVisits()).toHaveLength(movers.length)
  }
  process.stdout.write(`crossing swaps: ${figures(swaps)}; walk-ins ${JSON.stringify(walkIns.length)}\n`)
  // A swap may find the other time full, and then nothing has changed; nothing else may happen to it.
  expect(Object.keys(codesOf(swaps)).filter((code) => code !== 'ok' && code !== 'slot-taken')).toEqual([])
  const stands = new Map((await openVisits()).map((visit) => [visit.id, visit.slot_id]))
  for (const visit of now) expect(stands.get(visit.id)).toBe(visit.slot.id)
}, 120_000)

test('a place given back in the middle of a rush goes to one person, who waits or who taps, never to two', async () => {
  const owners = await signedIn(6, 'owner')
  const [one] = await twoSlots('2026-11-26', owners.length)
  const rest = await db.selectFrom('slots').select('id').where('day', '=', one.day).where('id', '<>', one.id).execute()
  for (const { id } of rest) await sandbox.control('POST', '/fill-slot', { slotId: id, free: 0 })
  const visits = await inTurns(owners, 6, (phone) => book(phone, one))
  const waiting = await signedIn(4, 'patient')
  for (const phone of waiting) {
    const request = { hallId, itemId, day: one.day, part: 'morning' } as const
    await phone.waitlist.join(hangzhou, request, phone.newIdempotencyKey())
  }
  const rushing = await signedIn(60, 'rushing')
  const [taken] = await Promise.all([
    // They tap again and again, so that some taps fall between a cancellation and the offer that follows it.
    inTurns(rushing, 30, async (phone) => {
      const tap = () =>
        timed(() => phone.of(holdsOf).create(hangzhou, { slotId: one.id, itemId }, phone.newIdempotencyKey()))
      let outcome = await tap()
      for (let taps = 1; taps < 6 && outcome.code === 'slot-taken'; taps += 1) outcome = await tap()
      return outcome
    }),
    inTurns(owners, 6, (phone, at) =>
      phone.appointments.cancel(hangzhou, (visits[at] as Appointment).id, phone.newIdempotencyKey()),
    ),
    sandbox.control('POST', '/walk-in', { slotId: one.id }).catch(() => null),
  ])
  const entries = (await inTurns(waiting, 4, (phone) => phone.waitlist.list(hangzhou))).flat()
  const offers = entries.filter(({ state }) => state === 'offered')
  process.stdout.write(`six places given back in a rush of 60: ${figures(taken)}; ${offers.length} offers\n`)
  expect(await brokenRows(db)).toEqual([])
  const held = taken.filter(({ code }) => code === 'ok').length
  const { elsewhere, taken: standing } = await db
    .selectFrom('slots')
    .select(['elsewhere', 'taken'])
    .where('id', '=', one.id)
    .executeTakeFirstOrThrow()
  expect(standing).toBe(elsewhere + held + offers.length)
  expect(standing).toBeLessThanOrEqual(owners.length)
  expect(new Set(offers.map(({ holdId }) => holdId)).size).toBe(offers.length)
  for (const { noticesSent } of offers) expect(noticesSent).toBe(1)
}, 120_000)
