import { createPublicKey } from 'node:crypto'
import {
  type Appointment,
  type AppointmentOutcome,
  appointmentActions,
  bookingBar,
  cancelConsequence,
  isOutcome,
} from '@/domain/appointment'
import { type Hold, isHeld } from '@/domain/hold'
import { type AppointmentId, asId, type HallId, type ItemId } from '@/domain/ids'
import { explainDay, isFresh, type Slot } from '@/domain/slot'
import { msOf } from '@/domain/time'
import type { Services } from '@/services/create-services'
import { isServiceError } from '@/services/errors'
import { hallsOf } from '@/services/halls'
import { holdsOf } from '@/services/holds'
import { slotsOf } from '@/services/slots'
import { isSignedByCity } from '../../sandbox/city-keys'
import { brokenRows, hall, item } from '../support/booking'
import { failureOf, hangzhou } from '../support/city'
import { createPhone, memoryStorage, noNetwork, type PhoneOptions } from '../support/phone'
import { openRows } from '../support/rows'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'

const hallId = asId<HallId>(hall)
const itemId = asId<ItemId>(item)
const visitor = { name: '李小明', phone: '13800000001' }
const begin = '2026-11-24T08:00:00+08:00'
const day = '2026-11-26'
const fresh = 10 * 60_000

jest.setTimeout(60_000)

let sandbox: TestSandbox
let rows: Awaited<ReturnType<typeof openRows>>

beforeAll(async () => {
  sandbox = await startTestSandbox()
  rows = await openRows(sandbox)
}, 100_000)
beforeEach(() => sandbox.control('POST', '/reset', { set: begin }), 30_000)
afterEach(async () => expect(await brokenRows(rows.db)).toEqual([]), 30_000)
afterAll(async () => {
  await rows.close()
  await sandbox.close()
}, 30_000)

const phoneOf = (who: string, more: Partial<PhoneOptions> = {}) =>
  createPhone({
    host: 'preview',
    addresses: { 330100: sandbox.city('330100') },
    login: async () => ({ host: 'preview', code: `preview-${who}` }),
    ...more,
  })
const fault = (name: string, more: object = {}) => sandbox.control('PUT', '/faults', { name, ...more })
const later = (minutes: number) => sandbox.control('POST', '/clock', { advanceSeconds: minutes * 60 })
const at = (moment: string) => sandbox.control('POST', '/clock', { set: moment })
const byHall = (appointment: Appointment, state: string) =>
  sandbox.control('POST', '/visit', { appointmentId: appointment.id, state })

const timesOf = async (services: Services, on = day): Promise<Slot[]> => {
  const { slots } = await services.of(slotsOf).list(hangzhou, hallId, [itemId], on)
  return [...slots]
}
/** A time of the day with exactly so many places. */
const slotWith = async (services: Services, free: number, on = day, index = 2): Promise<Slot> => {
  const slot = (await timesOf(services, on))[index]
  if (!slot) throw new Error('no slot')
  await sandbox.control('POST', '/fill-slot', { slotId: slot.id, free })
  return slot
}
const take = (services: Services, slot: Slot, appointmentId?: AppointmentId): Promise<Hold> =>
  services.of(holdsOf).create(hangzhou, { slotId: slot.id, itemId, appointmentId }, services.newIdempotencyKey())
const confirm = (services: Services, hold: Hold, key = services.newIdempotencyKey()): Promise<Appointment> =>
  services.appointments.confirm(hangzhou, hold.id, visitor, key)
const book = async (services: Services, slot: Slot): Promise<Appointment> =>
  confirm(services, await take(services, slot))
const freeOf = async (services: Services, slot: Slot) =>
  (await timesOf(services, slot.day)).find(({ id }) => id === slot.id)?.free

test('S1: two want the last place at once: one holds it, the other keeps what they hold and is offered the nearest three', async () => {
  const [one, two] = [phoneOf('s1-one').services, phoneOf('s1-two').services]
  const slot = await slotWith(one, 1)
  const other = await slotWith(one, 5, day, 6)
  const kept = await take(two, other)
  const outcomes = await Promise.allSettled([take(one, slot), take(two, slot)])
  const held = outcomes.filter(({ status }) => status === 'fulfilled')
  expect(held).toHaveLength(1)
  const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []))
  expect(lost[0]).toMatchObject({ kind: 'refused', code: 'slot-taken', retry: 'never' })
  if (!isServiceError(lost[0])) throw lost[0]
  expect(lost[0].alternatives).toHaveLength(3)
  for (const near of lost[0].alternatives ?? []) expect([near.free > 0, near.day]).toEqual([true, day])
  if (outcomes[1]?.status === 'rejected') expect((await two.of(holdsOf).get(hangzhou, kept.id)).state).toBe('held')
})

test('S1: the fault slot-taken gives the place to somebody else for everybody to see', async () => {
  const { services } = phoneOf('s1-fault')
  const slot = await slotWith(services, 4)
  await fault('slot-taken', { times: 1 })
  const error = await failureOf(take(services, slot))
  expect([error.code, error.alternatives?.length]).toEqual(['slot-taken', 3])
  expect(await freeOf(services, slot)).toBe(0)
  const [near] = error.alternatives ?? []
  if (!near) throw new Error('nothing near')
  expect((await take(services, near)).state).toBe('held')
})

test('S2: a hold counts down by the city’s clock on a phone that is a year wrong, and one tap takes it again', async () => {
  const phone = phoneOf('s2', { wrongByMs: 365 * 86_400_000 })
  const { services } = phone
  const slot = await slotWith(services, 1)
  await fault('hold-expires-at-once', { times: 1 })
  const short = await take(services, slot)
  const left = msOf(short.expiresAt) - services.serverNow(hangzhou)
  expect(left).toBeGreaterThan(1_000)
  expect(left).toBeLessThanOrEqual(3_100)
  expect(isHeld(short, services.serverNow(hangzhou))).toBe(true)
  await later(1)
  expect((await failureOf(confirm(services, short))).code).toBe('hold-expired')
  const again = await take(services, slot)
  expect(isHeld(again, services.serverNow(hangzhou))).toBe(true)
  expect(msOf(again.expiresAt) - services.serverNow(hangzhou)).toBeGreaterThan(290_000)
  expect((await confirm(services, again)).state).toBe('confirmed')
})

test('S3: when every answer to the confirmation is lost, asking again by its key finds the one appointment', async () => {
  const { services } = phoneOf('s3')
  const slot = await slotWith(services, 2)
  const hold = await take(services, slot)
  const key = services.newIdempotencyKey()
  await fault('confirmation-lost', { times: 3 })
  expect((await failureOf(confirm(services, hold, key))).kind).toBe('offline')
  const appointment = await confirm(services, hold, key)
  expect((await confirm(services, hold)).id).toBe(appointment.id)
  const { items } = await services.appointments.list(hangzhou)
  expect(items.map(({ id }) => id)).toEqual([appointment.id])
  expect((await services.of(holdsOf).get(hangzhou, hold.id)).appointmentId).toBe(appointment.id)
  expect(await freeOf(services, slot)).toBe(1)
})

test('S3: a hold whose answer was lost and whose app was killed ends at its deadline', async () => {
  const phone = phoneOf('s3-orphan')
  const slot = await slotWith(phone.services, 1)
  await fault('lost-answer', { operationId: 'createHold', times: 3 })
  expect((await failureOf(take(phone.services, slot))).kind).toBe('offline')
  await sandbox.control('DELETE', '/faults')
  const other = phoneOf('s3-next').services
  expect((await failureOf(take(other, slot))).code).toBe('slot-taken')
  await later(6)
  expect((await take(other, slot)).state).toBe('held')
})

test('S4: moving an appointment takes the new place before it gives back the old one, or changes nothing', async () => {
  const { services } = phoneOf('s4')
  const from = await slotWith(services, 2)
  const to = await slotWith(services, 2, '2026-11-27')
  const appointment = await book(services, from)
  await fault('hold-expires-at-once', { times: 1 })
  const late = await take(services, to, appointment.id)
  await later(1)
  const key = services.newIdempotencyKey()
  expect((await failureOf(services.appointments.swap(hangzhou, appointment.id, late.id, key))).code).toBe(
    'hold-expired',
  )
  expect(await services.appointments.get(hangzhou, appointment.id)).toMatchObject({
    state: 'confirmed',
    slot: { id: from.id },
  })
  await fault('hold-gone', { times: 1 })
  const gone = await take(services, to, appointment.id)
  const refused = services.appointments.swap(hangzhou, appointment.id, gone.id, services.newIdempotencyKey())
  expect((await failureOf(refused)).code).toBe('hold-expired')
  expect((await services.appointments.get(hangzhou, appointment.id)).slot.id).toBe(from.id)
  const hold = await take(services, to, appointment.id)
  expect([await freeOf(services, from), await freeOf(services, to)]).toEqual([1, 1])
  await fault('lost-answer', { operationId: 'swapAppointment', times: 3 })
  const swapKey = services.newIdempotencyKey()
  expect((await failureOf(services.appointments.swap(hangzhou, appointment.id, hold.id, swapKey))).kind).toBe('offline')
  const moved = await services.appointments.swap(hangzhou, appointment.id, hold.id, swapKey)
  expect(moved).toMatchObject({
    id: appointment.id,
    state: 'confirmed',
    slot: { id: to.id },
    version: appointment.version + 1,
  })
  expect([await freeOf(services, from), await freeOf(services, to)]).toEqual([2, 1])
})

test('S5: a day that was shown with places and is full says so, with the next free one and the age of the count', async () => {
  const { services } = phoneOf('s5')
  const { days, countedAt } = await services.of(slotsOf).days(hangzhou, hallId, [itemId])
  const shown = days.find(({ status }) => status === 'free')
  if (!shown) throw new Error('no free day')
  expect(isFresh(countedAt, services.serverNow(hangzhou), fresh)).toBe(true)
  await fault('day-found-full')
  const found = await services.of(slotsOf).list(hangzhou, hallId, [itemId], shown.day)
  expect(found.slots.length).toBeGreaterThan(0)
  expect(found.slots.every(({ free }) => free === 0)).toBe(true)
  expect(found.nextFreeDay).not.toBeNull()
  expect(found.nextFreeDay).not.toBe(shown.day)
  expect(isFresh(found.countedAt, services.serverNow(hangzhou), fresh)).toBe(true)
  expect(explainDay({ ...shown, status: 'full', free: 0 }, days)).toMatchObject({
    kind: 'full',
    nextFree: expect.any(String),
  })
})

test('S6: what cancelling costs and why booking is closed is known before the act, and is what then happens', async () => {
  const { services } = phoneOf('s6')
  const { booking } = await services.manifest.get(hangzhou)
  if (!booking) throw new Error('no rules')
  const costOf = async (appointment: Appointment) =>
    cancelConsequence(
      appointment,
      (await services.citizen.get(hangzhou)).counters,
      booking,
      services.serverNow(hangzhou),
    )
  const cancel = (appointment: Appointment) =>
    services.appointments.cancel(hangzhou, appointment.id, services.newIdempotencyKey())
  const counters = async () => (await services.citizen.get(hangzhou)).counters

  const early = await book(services, await slotWith(services, 2))
  expect(await costOf(early)).toEqual({ kind: 'free', until: early.cancelUntil })
  await cancel(early)
  expect((await counters()).noShowsThisMonth).toBe(0)

  const late = await book(services, await slotWith(services, 2, '2026-11-25', 4))
  await at(late.cancelUntil)
  expect(await costOf(late)).toEqual({ kind: 'counts', after: 1, limit: booking.noShowLimit, blocks: false })
  await cancel(late)
  expect((await counters()).noShowsThisMonth).toBe(1)

  const missed = await book(services, await slotWith(services, 2, '2026-11-25', 10))
  await at(missed.slot.endsAt)
  expect((await services.appointments.get(hangzhou, missed.id)).state).toBe('no-show')
  const now = await counters()
  const bar = bookingBar(now, booking, services.serverNow(hangzhou))
  expect(bar).toEqual({ kind: 'blocked', until: now.blockedUntil })
  const refused = await failureOf(take(services, await slotWith(services, 2, '2026-11-27')))
  expect([refused.code, refused.unblocksAt]).toEqual(['booking-blocked', now.blockedUntil])
})

test('S7: the six ends of an appointment are six states, each with its own name', async () => {
  const ends: Record<AppointmentOutcome, (services: Services, appointment: Appointment) => Promise<unknown>> = {
    served: (_, appointment) => byHall(appointment, 'served'),
    'cancelled-by-citizen': (services, appointment) =>
      services.appointments.cancel(hangzhou, appointment.id, services.newIdempotencyKey()),
    'cancelled-by-hall': (_, appointment) => byHall(appointment, 'cancelled-by-hall'),
    'no-show': (_, appointment) => byHall(appointment, 'no-show'),
    excused: (_, appointment) => byHall(appointment, 'excused'),
    expired: (_, appointment) => byHall(appointment, 'expired'),
  }
  const counted: string[] = []
  for (const [state, end] of Object.entries(ends)) {
    const { services } = phoneOf(`s7-${state}`)
    const appointment = await book(services, await slotWith(services, 2))
    await end(services, appointment)
    const after = await services.appointments.get(hangzhou, appointment.id)
    expect([after.state, isOutcome(after.state), after.checkIn]).toEqual([state, true, undefined])
    expect(after.version).toBeGreaterThan(appointment.version)
    expect(appointmentActions(after, services.serverNow(hangzhou))).not.toContain('cancel')
    if ((await services.citizen.get(hangzhou)).counters.noShowsThisMonth > 0) counted.push(state)
  }
  expect(counted).toEqual(['no-show'])
})

test('S8: in a basement without network the signed code, the address and the checklist are there, with their age', async () => {
  const storage = memoryStorage()
  const { services } = phoneOf('s8', { storage })
  const appointment = await book(services, await slotWith(services, 2))
  await services.appointments.get(hangzhou, appointment.id)
  // The app was closed; it opens again where there is no network.
  const basement = phoneOf('s8', { storage, request: noNetwork }).services
  expect((await failureOf(basement.appointments.get(hangzhou, appointment.id))).kind).toBe('offline')
  const cached = basement.appointments.cached(hangzhou, appointment.id)
  expect(cached?.value.checkIn?.code).toBe(appointment.checkIn?.code)
  const { cityKeys } = (await sandbox.control('GET', '/state')) as { cityKeys: Record<string, string> }
  // The counter has the public key only.
  const counter = { ofCity: (id: string) => createPublicKey(cityKeys[id] ?? '') }
  expect(isSignedByCity(counter, hangzhou, cached?.value.checkIn?.qrText ?? '')).toBe(true)
  expect(cached?.value.hall.address).toBe(appointment.hall.address)
  expect(cached?.value.materials.length).toBeGreaterThan(0)
  expect(cached?.asOf).toMatch(/^2026-11-24T08:0\d/)
})

test('S8: a dropped connection in the hall is survived by cancelling and by reading', async () => {
  const { services } = phoneOf('s8-weak')
  const appointment = await book(services, await slotWith(services, 2))
  await fault('dropped-connection', { operationId: 'getAppointment', times: 2 })
  expect((await services.appointments.get(hangzhou, appointment.id)).state).toBe('confirmed')
  await fault('dropped-connection', { operationId: 'cancelAppointment', times: 2 })
  const key = services.newIdempotencyKey()
  expect((await services.appointments.cancel(hangzhou, appointment.id, key)).state).toBe('cancelled-by-citizen')
})

test('S9: the place in the queue and the people waiting carry their age; what is stale is known as such, what is missing stays away', async () => {
  const { services } = phoneOf('s9')
  const appointment = await book(services, await slotWith(services, 2, '2026-11-25', 2))
  await at('2026-11-25T09:50:00+08:00')
  await byHall(appointment, 'checked-in')
  const place = async () => (await services.appointments.get(hangzhou, appointment.id)).queue
  const waiting = async () => (await services.of(hallsOf).get(hangzhou, hallId)).queue
  const isShown = (countedAt: string | undefined) => isFresh(countedAt, services.serverNow(hangzhou), fresh)
  expect([isShown((await place())?.countedAt), isShown((await waiting())?.countedAt)]).toEqual([true, true])
  const before = (await place())?.ahead ?? 0
  await later(2)
  expect((await place())?.ahead).toBe(before - 1)
  await fault('queue-stale')
  expect([isShown((await place())?.countedAt), isShown((await waiting())?.countedAt)]).toEqual([false, false])
  await fault('queue-missing')
  expect([await place(), await waiting()]).toEqual([undefined, undefined])
})
