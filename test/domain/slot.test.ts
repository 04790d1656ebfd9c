import fc from 'fast-check'
import { asId, type HallId, type SlotId } from '@/domain/ids'
import {
  daysFrom,
  dayToShow,
  endOf,
  explainDay,
  explainTimes,
  groupByPartOfDay,
  isBookable,
  isFresh,
  isWorkedWeekend,
  monthOf,
  monthsOf,
  nearestSlots,
  nextFreeDay,
  openBecause,
  partOfDay,
  type Slot,
  type SlotDay,
  slotStatus,
} from '@/domain/slot'
import { instantOf, msOf } from '@/domain/time'

const slot = (id: string, time: string, free = 1, day = '2026-11-25'): Slot => ({
  id: asId<SlotId>(id),
  hallId: asId<HallId>('hall-1'),
  day,
  startsAt: `${day}T${time}:00+08:00`,
  endsAt: instantOf(msOf(`${day}T${time}:00+08:00`) + 1_800_000),
  free,
  capacity: 6,
})

const day = (name: string, status: SlotDay['status'], free = status === 'free' ? 5 : 0): SlotDay => ({
  day: name,
  status,
  free,
})

const ids = (slots: readonly Slot[]) => slots.map(({ id }) => id)
const early = msOf('2026-11-24T00:00:00+08:00')

test('noon in Shanghai parts the day, in whatever zone the time is written', () => {
  expect(partOfDay('2026-11-25T11:59:00+08:00')).toBe('morning')
  expect(partOfDay('2026-11-25T12:00:00+08:00')).toBe('afternoon')
  expect(partOfDay('2026-11-25T03:59:00Z')).toBe('morning')
  expect(partOfDay('2026-11-25T04:00:00Z')).toBe('afternoon')
  expect(partOfDay('2026-11-24T23:00:00Z')).toBe('morning')
})

test('both parts of the day are in the order of time', () => {
  const { morning, afternoon } = groupByPartOfDay([
    slot('d', '15:00'),
    slot('b', '11:30'),
    slot('c', '12:00'),
    slot('a', '09:00'),
  ])
  expect([ids(morning), ids(afternoon)]).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ])
})

test('a time can be booked while it has places and has not begun', () => {
  expect(isBookable(slot('a', '09:00'), msOf('2026-11-25T08:59:59+08:00'))).toBe(true)
  expect(isBookable(slot('a', '09:00'), msOf('2026-11-25T09:00:00+08:00'))).toBe(false)
  expect(isBookable(slot('a', '09:00', 0), early)).toBe(false)
  const begun = msOf('2026-11-25T09:00:00+08:00')
  expect(slotStatus(slot('a', '09:00'), begun - 1)).toBe('free')
  expect(slotStatus(slot('a', '09:00'), begun)).toBe('past')
  expect(slotStatus(slot('a', '09:00', 0), begun)).toBe('full')
})

test('people who come together need a place each: a time with fewer is neither free nor full', () => {
  const two = slot('a', '09:00', 2)
  expect([1, 2, 3].map((persons) => isBookable(two, early, persons))).toEqual([true, true, false])
  expect([2, 3].map((persons) => slotStatus(two, early, persons))).toEqual(['free', 'few'])
  expect(slotStatus(two, msOf('2026-11-25T09:00:00+08:00'), 3)).toBe('past')
  expect(slotStatus(slot('a', '09:00', 0), early, 3)).toBe('full')
  const slots = [slot('near', '09:30', 1), slot('far', '11:00', 3)]
  expect(ids(nearestSlots(slots, slot('lost', '10:00'), early, { persons: 3 }))).toEqual(['far'])
  const day = { day: '2026-11-25', status: 'free' as const, free: 2 }
  const times = { slots: [two], nextFreeDay: null }
  expect(explainTimes(day, [day], times, early, 2).kind).toBe('free')
  expect(explainTimes(day, [day], times, early, 3)).toEqual({ kind: 'full', nextFree: null })
})

test('the nearest three are offered, earlier before later, without full and past ones', () => {
  const lost = slot('lost', '10:00')
  const slots = [
    slot('far', '16:00'),
    slot('full', '10:30', 0),
    slot('later', '11:00'),
    slot('earlier', '09:00'),
    lost,
    slot('next-day', '10:00', 1, '2026-11-26'),
    slot('near', '09:30'),
  ]
  expect(ids(nearestSlots(slots, lost, early))).toEqual(['near', 'earlier', 'later'])
  expect(ids(nearestSlots(slots, lost, msOf('2026-11-25T09:15:00+08:00')))).toEqual(['near', 'later', 'far'])
  expect(nearestSlots([lost], lost, early)).toEqual([])
})

test('nothing left out is nearer than what is offered', () => {
  const times = fc.uniqueArray(fc.integer({ min: 0, max: 47 }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(times, fc.integer({ min: 0, max: 47 }), (halves, lostHalf) => {
      const at = (half: number) => `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 ? '30' : '00'}`
      const slots = halves.map((half) => slot(`s${half}`, at(half), half % 3))
      const offered = ids(nearestSlots(slots, slot('lost', at(lostHalf)), early)).map((id) => Number(id.slice(1)))
      const away = (half: number) => Math.abs(half - lostHalf)
      const others = halves.filter((half) => half % 3 > 0 && !offered.includes(half))
      expect(offered.length).toBe(Math.min(3, halves.filter((half) => half % 3 > 0).length))
      for (const other of others) for (const half of offered) expect(away(half)).toBeLessThanOrEqual(away(other))
    }),
  )
})

test('the next free day is the first with places, whatever the order', () => {
  const days = [
    day('2026-11-28', 'free'),
    day('2026-11-25', 'full'),
    day('2026-11-26', 'free', 0),
    day('2026-11-27', 'free'),
  ]
  expect(nextFreeDay(days)).toBe('2026-11-27')
  expect(nextFreeDay(days, '2026-11-27')).toBe('2026-11-28')
  expect(nextFreeDay(days, '2026-11-28')).toBeNull()
  expect(nextFreeDay([])).toBeNull()
})

test('each day explains itself and shows a way on', () => {
  const days = [
    day('2026-11-24', 'free'),
    day('2026-11-25', 'full'),
    { ...day('2026-11-26', 'closed'), reason: '周六休息' },
    { ...day('2026-11-27', 'not-released'), releasesAt: '2026-11-25T08:00:00+08:00' },
    day('2026-11-28', 'free', 3),
    day('2026-11-29', 'free', 0),
  ]
  expect(days.map((one) => explainDay(one, days))).toEqual([
    { kind: 'free', free: 5 },
    { kind: 'full', nextFree: '2026-11-28' },
    { kind: 'closed', reason: '周六休息', nextFree: '2026-11-28' },
    { kind: 'not-released', releasesAt: '2026-11-25T08:00:00+08:00', nextFree: '2026-11-28' },
    { kind: 'free', free: 3 },
    { kind: 'full', nextFree: '2026-11-28' },
  ])
  expect(explainDay(day('2026-11-25', 'closed'), [])).toEqual({ kind: 'closed', reason: null, nextFree: null })
})

test('an old, unreadable or impossible count is hidden', () => {
  const countedAt = '2026-11-25T10:00:00+08:00'
  const ms = msOf(countedAt)
  expect(isFresh(countedAt, ms + 60_000, 60_000)).toBe(true)
  expect(isFresh(countedAt, ms + 60_001, 60_000)).toBe(false)
  expect(isFresh(countedAt, ms - 60_001, 60_000)).toBe(false)
  expect(isFresh(undefined, ms, 60_000)).toBe(false)
  expect(isFresh('today', ms, 60_000)).toBe(false)
})

test('a month is weeks from Monday, and days outside of the window are empty squares', () => {
  const days = [day('2026-11-30', 'free'), day('2026-12-01', 'full')]
  expect(monthsOf(days)).toEqual(['2026-11', '2026-12'])
  const november = monthOf(days)
  expect(november?.month).toBe('2026-11')
  expect(november?.weeks).toHaveLength(6)
  expect(november?.weeks[0]?.slice(5)).toEqual([null, { day: '2026-11-01', slotDay: null }])
  expect(november?.weeks[5]).toEqual([{ day: '2026-11-30', slotDay: days[0] }, null, null, null, null, null, null])
  const december = monthOf(days, '2026-12')
  expect(december?.weeks[0]?.[0]).toBeNull()
  expect(december?.weeks[0]?.[1]).toEqual({ day: '2026-12-01', slotDay: days[1] })
  expect(monthOf(days, '2027-02')?.weeks.map((week) => week.length)).toEqual([7, 7, 7, 7])
  expect(monthOf([])).toBeNull()
  expect(monthOf(days, 'soon')).toBeNull()
})

test('an appointment of several slots ends with the last of them', () => {
  const first = slot('a', '09:00')
  expect(endOf({ slot: first })).toBe(first.endsAt)
  expect(endOf({ slot: first, endsAt: '2026-11-25T10:00:00+08:00' })).toBe('2026-11-25T10:00:00+08:00')
})

test('times that begin together keep one order, however they come', () => {
  const [a, b] = [slot('a', '09:00'), slot('b', '09:00')]
  expect(ids(groupByPartOfDay([b, a]).morning)).toEqual(['a', 'b'])
  expect(ids(groupByPartOfDay([a, b]).morning)).toEqual(['a', 'b'])
})

test.each([
  ['a Saturday that is worked', '2026-11-28', 'free', '调休上班', '调休上班', true],
  ['a full Sunday that is worked', '2026-11-29', 'full', '调休上班', '调休上班', true],
  ['a Friday with other hours', '2026-11-27', 'free', '15:00 闭馆', '15:00 闭馆', false],
  ['a Saturday that is open as always', '2026-11-28', 'free', undefined, null, false],
  ['a reason without words', '2026-11-28', 'free', '', null, false],
  ['a Saturday that is closed', '2026-11-28', 'closed', '周六休息', null, false],
] as const)('S12: a hall says why it is open: %s', (_, name, status, reason, because, isWorked) => {
  const one = { ...day(name, status), reason }
  expect([openBecause(one), isWorkedWeekend(one)]).toEqual([because, isWorked])
})

test('a page that stays open past midnight no longer shows yesterday', () => {
  const days = [day('2026-11-24', 'free'), day('2026-11-25', 'full'), day('2026-11-26', 'free')]
  expect(daysFrom(days, '2026-11-25')).toEqual(days.slice(1))
})

test.each([
  ['the chosen one', '2026-11-25', '2026-11-27', '2026-11-25'],
  ['the day of the appointment that is moved, once the chosen one is gone', '2026-11-20', '2026-11-27', '2026-11-27'],
  ['the first with places, where both are gone', '2026-11-20', '2026-11-21', '2026-11-26'],
  ['the first with places, where nothing is chosen', null, null, '2026-11-26'],
])('the day shown is %s', (_, chosen, own, shown) => {
  const days = [day('2026-11-25', 'full'), day('2026-11-26', 'free'), day('2026-11-27', 'full')]
  expect(dayToShow(days, chosen, own)).toBe(shown)
})

test('without any places the first day is shown, without days none', () => {
  expect(dayToShow([day('2026-11-25', 'full'), day('2026-11-26', 'closed')], null, null)).toBe('2026-11-25')
  expect(dayToShow([], '2026-11-25', null)).toBeNull()
})

test('S5: after the last free day the way leads back to the nearest one before', () => {
  const last = day('2026-11-29', 'full')
  const days = [day('2026-11-27', 'free'), day('2026-11-24', 'free'), day('2026-11-28', 'full'), last]
  expect(explainDay(last, days)).toEqual({ kind: 'full', nextFree: '2026-11-27' })
})

test('S5: a closed day is no way out, whatever its count', () => {
  const closed = day('2026-11-26', 'closed', 3)
  expect(explainDay(closed, [closed])).toEqual({ kind: 'closed', reason: null, nextFree: null })
})

test('N11: a day whose status this version does not know gives the words of its hall', () => {
  const one = day('2026-11-25', 'unlisted')
  expect(explainDay({ ...one, reason: '设备检修' }, [])).toEqual({
    kind: 'unlisted',
    reason: '设备检修',
    nextFree: null,
  })
  expect(explainDay(one, [])).toEqual({ kind: 'unlisted', reason: null, nextFree: null })
})

const counted = [day('2026-11-24', 'free'), day('2026-11-25', 'free'), day('2026-11-26', 'full')]
const ahead = [...counted, day('2026-11-27', 'free'), day('2026-11-28', 'free')]

test.each([
  ['names no other day', null, '2026-11-27'],
  ['names a later day with places', '2026-11-28', '2026-11-28'],
  ['names a day that is full', '2026-11-26', '2026-11-27'],
  ['names a day before', '2026-11-24', '2026-11-27'],
  ['names the very same day', '2026-11-25', '2026-11-27'],
  ['names a day beyond the count', '2026-12-24', '2026-11-27'],
])('S5: shown free, found full: the city %s', (_, named, nextFree) => {
  const [, free = day('2026-11-25', 'free')] = ahead
  const times = { slots: [slot('a', '09:00', 0), slot('b', '10:00', 0)], nextFreeDay: named }
  expect(explainTimes(free, ahead, times, early)).toEqual({ kind: 'full', nextFree })
})

test('S5: the last day, found full, does not send anybody to itself', () => {
  const last = day('2026-11-25', 'free')
  expect(explainTimes(last, counted.slice(0, 2), { slots: [], nextFreeDay: null }, early)).toEqual({
    kind: 'full',
    nextFree: '2026-11-24',
  })
})

test('a day is free while one of its times can be booked', () => {
  const free = day('2026-11-25', 'free')
  const times = { slots: [slot('a', '09:00', 0), slot('b', '10:00')], nextFreeDay: null }
  expect(explainTimes(free, ahead, times, early)).toEqual({ kind: 'free', free: 5 })
  expect(explainTimes(free, ahead, times, msOf('2026-11-25T10:00:00+08:00')).kind).toBe('full')
})

test('times do not open a closed day', () => {
  const closed = day('2026-11-25', 'closed')
  const times = { slots: [], nextFreeDay: '2026-11-28' }
  expect(explainTimes(closed, ahead, times, early)).toEqual({ kind: 'closed', reason: null, nextFree: '2026-11-27' })
})

test('each month is named once, the earlier first', () => {
  const days = [day('2026-12-02', 'free'), day('2026-11-30', 'free'), day('2026-12-01', 'free')]
  expect(monthsOf(days)).toEqual(['2026-11', '2026-12'])
})
