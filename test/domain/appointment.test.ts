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
  moveCost,
  newerOf,
  queueStatusOf,
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

test('S14: what a late move costs is known before the button, where the city counts it', () => {
  const counting = { ...rules, lateMovesCount: true }
  const cost = (nowMs: number, noShowsThisMonth = 0, by: typeof rules | typeof counting = counting) =>
    moveCost(appointment(), { noShowsThisMonth }, by, nowMs)
  expect(cost(msOf(cancelUntil) - 1)).toBeNull()
  expect(cost(msOf(cancelUntil))).toEqual({ kind: 'counts', after: 1, limit: 2, blocks: false })
  expect(cost(msOf(cancelUntil), 1)).toEqual({ kind: 'counts', after: 2, limit: 2, blocks: true })
  expect(cost(msOf(startsAt))).toBeNull()
  expect(cost(msOf(cancelUntil), 1, rules)).toBeNull()
  expect(moveCost(appointment(), null, counting, msOf(cancelUntil))).toEqual({ kind: 'unknown-count', limit: 2 })
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

test('each state offers its own actions, the main one first', () => {
  const offered = Object.fromEntries(states.map((state) => [state, appointmentRule[state].actions.join(' ')]))
  expect(offered).toEqual({
    confirmed: 'show-code checklist calendar reschedule cancel',
    'checked-in': 'see-queue show-code report',
    served: 'rate report',
    expired: 'book-again report',
    'cancelled-by-citizen': 'book-again',
    'cancelled-by-hall': 'book-again report',
    'no-show': 'book-again report',
    excused: 'book-again',
    unlisted: 'show-code checklist report',
  })
})

test('in maintenance nothing is offered that the city would refuse', () => {
  expect(appointmentActions(appointment(), before, true)).toEqual(['show-code', 'checklist', 'calendar'])
  expect(appointmentActions(appointment({ state: 'served' }), before, true)).toEqual(['report'])
  expect(appointmentActions(appointment({ state: 'expired' }), before, true)).toEqual(['report'])
})

test('a code that the city has not given is not offered, and what has begun goes into no calendar', () => {
  expect(appointmentActions(appointment({ checkIn: undefined }), before)).not.toContain('show-code')
  const begun = appointmentActions(appointment(), msOf(startsAt) + 1)
  expect(begun).toEqual(['show-code', 'checklist'])
})

test('an appointment of another city, or another one, replaces nothing', () => {
  const current = appointment()
  const newer = (change: Partial<Appointment>) => newerOf(current, appointment({ version: 2, ...change }))
  expect(newer({}).version).toBe(2)
  expect(newer({ cityId: asId<CityId>('510100') })).toBe(current)
  expect(newer({ id: asId<AppointmentId>('ap-2') })).toBe(current)
})

test('S9: who is called or waiting is known for three minutes after the count', () => {
  const countedAt = '2026-11-25T09:00:00+08:00'
  const at = (minutes: number) => msOf(countedAt) + minutes * 60_000
  const queue = { number: 'A12', ahead: 4, countedAt }
  expect(queueStatusOf(undefined, at(0))).toEqual({ kind: 'waiting-unknown' })
  expect(queueStatusOf(queue, at(2.9))).toEqual({ kind: 'waiting', ahead: 4 })
  expect(queueStatusOf(queue, at(3.1))).toEqual({ kind: 'waiting-unknown' })
  expect(queueStatusOf({ ...queue, counter: '3号窗' }, at(2.9))).toEqual({ kind: 'called', counter: '3号窗' })
  expect(queueStatusOf({ ...queue, counter: '3号窗' }, at(3.1))).toEqual({ kind: 'called-before', counter: '3号窗' })
})
