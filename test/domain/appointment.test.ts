import {
  type Appointment,
  type AppointmentOutcome,
  type AppointmentState,
  appointmentActions,
  appointmentRule,
  bookingBar,
  cancelConsequence,
  freeUntil,
  isCodeValid,
  isCounted,
  isOutcome,
  newerOf,
} from '@/domain/appointment'
import { type AppointmentId, asId, type CityId, type HallId, type ItemId, type SlotId } from '@/domain/ids'
import type { BookingRules } from '@/domain/manifest'
import type { Slot } from '@/domain/slot'
import { msOf } from '@/domain/time'

const states = Object.keys(appointmentRule) as AppointmentState[]
const startsAt = '2026-11-25T09:00:00+08:00'
const cancelUntil = '2026-11-25T07:00:00+08:00'
const before = msOf('2026-11-24T09:00:00+08:00')

const slot: Slot = {
  id: asId<SlotId>('s-1'),
  hallId: asId<HallId>('hall-1'),
  day: '2026-11-25',
  startsAt,
  endsAt: '2026-11-25T09:30:00+08:00',
  free: 2,
  capacity: 6,
}

const appointment = (change: Partial<Appointment> = {}): Appointment => ({
  id: asId<AppointmentId>('ap-1'),
  cityId: asId<CityId>('330100'),
  state: 'confirmed',
  version: 1,
  hall: { id: slot.hallId, name: '市民中心', address: '解放东路18号', phone: '12345', latitude: 30, longitude: 120 },
  itemId: asId<ItemId>('i-1'),
  itemName: '居民身份证换领',
  slot,
  materials: [],
  visitorName: '李*明',
  checkIn: { code: 'A123', qrText: 'x', validFrom: '2026-11-25T08:30:00+08:00', validUntil: startsAt },
  cancelUntil,
  createdAt: '2026-11-23T10:00:00+08:00',
  ...change,
})

const rules: BookingRules = {
  holdSeconds: 300,
  daysAhead: 14,
  cancelUntilMinutes: 120,
  noShowLimit: 2,
  noShowBlockDays: 30,
  activeLimit: 3,
  visitor: ['name', 'phone'],
}

test('there are six outcomes, apart from the two states on the way', () => {
  const texts: Record<AppointmentOutcome, true> = {
    served: true,
    expired: true,
    'cancelled-by-citizen': true,
    'cancelled-by-hall': true,
    'no-show': true,
    excused: true,
  }
  expect(states.filter(isOutcome).sort()).toEqual(Object.keys(texts).sort())
  expect(states.filter((state) => !isOutcome(state)).sort()).toEqual(['checked-in', 'confirmed', 'unlisted'])
})

test('N11: a visit whose state this version does not know has neither ended nor can it be moved or cancelled', () => {
  expect(appointmentRule.unlisted.actions).toEqual(['show-code', 'checklist', 'report'])
  expect([appointmentRule.unlisted.final, appointmentRule.unlisted.counts]).toEqual([false, 'never'])
})

test('only a visit still ahead can be moved or cancelled', () => {
  for (const state of states) {
    const { actions } = appointmentRule[state]
    expect([state, actions.includes('cancel')]).toEqual([state, state === 'confirmed'])
    expect([state, actions.includes('reschedule')]).toEqual([state, state === 'confirmed'])
    expect([state, actions.includes('rate')]).toEqual([state, state === 'served'])
    expect([state, actions.includes('book-again') && !isOutcome(state)]).toEqual([state, false])
  }
})

test('what the citizen did not cause never counts, and a cancellation counts only when it is late', () => {
  const late = states.filter((state) => isCounted(appointment({ state, endedAt: cancelUntil })))
  expect(late.sort()).toEqual(['cancelled-by-citizen', 'no-show'])
  const inTime = states.filter((state) => isCounted(appointment({ state, endedAt: '2026-11-25T06:59:59+08:00' })))
  expect(inTime).toEqual(['no-show'])
  expect(isCounted(appointment({ state: 'cancelled-by-citizen' }))).toBe(false)
})

test('once it has begun it can be neither moved nor cancelled', () => {
  const begun = msOf(startsAt)
  expect(appointmentActions(appointment(), begun - 1)).toEqual([
    'show-code',
    'checklist',
    'calendar',
    'reschedule',
    'cancel',
  ])
  expect(appointmentActions(appointment(), begun)).toEqual(['show-code', 'checklist'])
})

test('a code is offered when there is one and valid in its time', () => {
  expect(appointmentActions(appointment({ checkIn: undefined }), before)).not.toContain('show-code')
  const code = { code: 'A123', qrText: 'x', validFrom: '2026-11-25T08:30:00+08:00', validUntil: startsAt }
  expect(isCodeValid(code, msOf(code.validFrom) - 1)).toBe(false)
  expect(isCodeValid(code, msOf(code.validFrom))).toBe(true)
  expect(isCodeValid(code, msOf(code.validUntil) - 1)).toBe(true)
  expect(isCodeValid(code, msOf(code.validUntil))).toBe(false)
})

test('the cost of cancelling is known before the button', () => {
  const cost = (nowMs: number, noShowsThisMonth = 0) =>
    cancelConsequence(appointment(), { noShowsThisMonth }, rules, nowMs)
  expect(cost(msOf(cancelUntil) - 1)).toEqual({ kind: 'free', until: cancelUntil })
  expect(cost(msOf(cancelUntil))).toEqual({ kind: 'counts', after: 1, limit: 2, blocks: false })
  expect(cost(msOf(cancelUntil), 1)).toEqual({ kind: 'counts', after: 2, limit: 2, blocks: true })
  expect(cost(msOf(startsAt))).toEqual({ kind: 'too-late' })
  expect(cancelConsequence(appointment(), { noShowsThisMonth: 9 }, null, msOf(cancelUntil))).toEqual({
    kind: 'free',
    until: null,
  })
  const served = appointment({ state: 'served' })
  expect(cancelConsequence(served, { noShowsThisMonth: 0 }, rules, before)).toEqual({ kind: 'too-late' })
})

test('a late cancellation counts though the counter is not known; an early one needs no counter', () => {
  const cost = (nowMs: number) => cancelConsequence(appointment(), null, rules, nowMs)
  expect(cost(msOf(cancelUntil) - 1)).toEqual({ kind: 'free', until: cancelUntil })
  expect(cost(msOf(cancelUntil))).toEqual({ kind: 'unknown-count', limit: 2 })
  expect(cost(msOf(startsAt))).toEqual({ kind: 'too-late' })
  expect(msOf(freeUntil(slot, rules))).toBe(msOf(cancelUntil))
})

test('limits are shown before a time is chosen', () => {
  const until = '2026-12-01T00:00:00+08:00'
  const bar = (activeAppointments: number, blockedUntil?: string, nowMs = before) =>
    bookingBar({ noShowsThisMonth: 0, activeAppointments, blockedUntil }, rules, nowMs)
  expect(bar(2)).toBeNull()
  expect(bar(3)).toEqual({ kind: 'too-many', active: 3, limit: 3 })
  expect(bar(3, until)).toEqual({ kind: 'blocked', until })
  expect(bar(0, until, msOf(until))).toBeNull()
})

test('an older read never takes the place of a newer one', () => {
  const kept = appointment({ version: 3, state: 'cancelled-by-citizen' })
  expect(newerOf(kept, appointment({ version: 2 }))).toBe(kept)
  expect(newerOf(kept, appointment({ version: 3 }))).toBe(kept)
  expect(newerOf(kept, appointment({ version: 9, id: asId<AppointmentId>('ap-2') }))).toBe(kept)
  expect(newerOf(kept, appointment({ version: 9, cityId: asId<CityId>('510100') }))).toBe(kept)
  const newer = appointment({ version: 4 })
  expect(newerOf(kept, newer)).toBe(newer)
  expect(newerOf(null, newer)).toBe(newer)
})
