import { checkInOf } from '../../city/booking/check-in'
import { holidayOn } from '../../city/booking/holidays'
import { blockedUntil } from '../../city/booking/no-shows'
import { closedOn, hallDayOn, planDay, releaseOf, type Schedule } from '../../city/booking/slot-plan'
import { addDays, instant, weekdayOf } from '../../city/words'
import { cityKeyName, createCityKeys, isSignedByCity, newCityKey } from '../../sandbox/city-keys'

const schedule: Schedule = {
  cityId: '330100',
  hallId: '9007199254740997',
  counterId: 'household',
  slotMinutes: 30,
  capacity: 8,
  hours: [
    { weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '12:00' },
    { weekdays: [1, 2, 3, 4, 5], from: '13:30', to: '17:00' },
  ],
  maintenance: { zh: '每月最后一个周五系统维护', en: 'Maintenance on the last Friday' },
  ownDays: [
    { on: '12-31', hours: [{ from: '09:00', to: '12:00' }], reason: { zh: '年终结账', en: 'End of the year' } },
    { on: '2026-10-02', hours: [{ from: '09:00', to: '11:00' }], reason: { zh: '节日值班', en: 'On duty' } },
  ],
}

test('a day is planned inside the opening hours, with a break at noon, and the same each time', () => {
  const slots = planDay(schedule, '2026-11-25')
  expect(slots.map((slot) => instant(slot.startsAt).slice(11, 16))).toEqual([
    ...['09:00', '09:30', '10:00', '10:30', '11:00', '11:30'],
    ...['13:30', '14:00', '14:30', '15:00', '15:30', '16:00', '16:30'],
  ])
  expect(planDay(schedule, '2026-11-25')).toEqual(slots)
  for (const slot of slots) {
    expect(slot.elsewhere).toBeGreaterThanOrEqual(0)
    expect(slot.elsewhere).toBeLessThanOrEqual(slot.capacity)
    expect(slot.id).toMatch(/^[A-Za-z0-9_.-]{1,64}$/)
  }
})

test('over a season some days are full and most have places', () => {
  const days = Array.from({ length: 120 }, (_, ahead) => planDay(schedule, addDays('2026-08-03', ahead)))
  const open = days.filter((slots) => slots.length > 0)
  const full = open.filter((slots) => slots.every((slot) => slot.elsewhere === slot.capacity))
  expect(full.length).toBeGreaterThan(0)
  expect(full.length).toBeLessThan(open.length / 3)
})

test('weekends, holidays and maintenance close a hall, each with its reason', () => {
  expect(closedOn('2026-11-28', schedule)).toEqual({ zh: '周六休息', en: 'Closed on Saturdays' })
  expect(closedOn('2026-10-01', schedule)?.zh).toBe('国庆节')
  expect(closedOn('2026-11-27', schedule)).toBe(schedule.maintenance)
  expect(closedOn('2026-11-20', schedule)).toBeNull()
  expect(planDay(schedule, '2026-10-01')).toEqual([])
})

test('S12: days worked in exchange have a workday’s hours, and the national calendar is as announced', () => {
  const exchanged = ['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10']
  for (const day of exchanged) {
    expect([day, weekdayOf(day) > 5, holidayOn(day)]).toEqual([day, true, null])
    expect(hallDayOn(day, schedule)).toEqual({
      closed: null,
      hours: [
        { from: '09:00', to: '12:00' },
        { from: '13:30', to: '17:00' },
      ],
      reason: { zh: '调休上班', en: 'Working day in exchange for a holiday' },
    })
    expect(planDay(schedule, day)).toHaveLength(13)
  }
  // The weekends around it are as ever, and holidays on a weekend stay holidays.
  expect(closedOn('2026-02-07', schedule)?.zh).toBe('周六休息')
  expect(closedOn('2026-02-15', schedule)?.zh).toBe('春节')
  expect(closedOn('2026-04-05', schedule)?.zh).toBe('清明节')
})

test('S12: a hall’s own hours of one day win over holidays and weekdays', () => {
  const times = (day: string) => planDay(schedule, day).map((slot) => instant(slot.startsAt).slice(11, 16))
  expect(times('2026-12-31')).toEqual(['09:00', '09:30', '10:00', '10:30', '11:00', '11:30'])
  expect(times('2027-12-31')).toHaveLength(6)
  expect(times('2026-10-02')).toEqual(['09:00', '09:30', '10:00', '10:30'])
  expect(times('2027-10-02')).toEqual([])
  expect(times('2027-01-01')).toEqual([])
})

test('the last two days of the window are released at eight in the morning', () => {
  expect(instant(releaseOf('2026-12-07', { daysAhead: 14 }))).toBe('2026-11-25T08:00:00.000+08:00')
})

test('no-shows block from the one that reaches the limit, within one month only', () => {
  const rules = { noShowLimit: 2, noShowBlockDays: 30 }
  const at = (text: string) => new Date(`${text}T10:00:00+08:00`)
  const now = at('2026-11-23')
  expect(blockedUntil([at('2026-11-03')], rules, now)).toBeNull()
  expect(blockedUntil([at('2026-10-31'), at('2026-11-01')], rules, now)).toBeNull()
  expect(blockedUntil([at('2026-11-10'), at('2026-11-03')], rules, now)).toEqual(at('2026-12-10'))
  expect(blockedUntil([at('2026-10-03'), at('2026-10-10')], rules, now)).toBeNull()
  expect(blockedUntil([at('2026-11-03'), at('2026-11-10'), at('2026-11-20')], rules, now)).toEqual(at('2026-12-20'))
})

test('a check-in code is signed by its city: a changed character or another city is found out', () => {
  const texts = new Map(['330100', '510100'].map((id) => [cityKeyName(id), newCityKey()]))
  const keys = createCityKeys({ get: (name) => texts.get(name) })
  const { qrText, validFrom } = checkInOf(
    {
      cityId: '330100',
      appointmentId: 'ap-1',
      code: 'A7K3M9',
      startsAt: new Date('2026-11-25T09:00:00+08:00'),
      endsAt: new Date('2026-11-25T09:30:00+08:00'),
    },
    keys.ofCity('330100'),
  )
  expect(validFrom).toBe('2026-11-25T08:30:00.000+08:00')
  expect(isSignedByCity(keys, '330100', qrText)).toBe(true)
  expect(isSignedByCity(keys, '330100', qrText.replace('A7K3M9', 'A7K3M7'))).toBe(false)
  expect(isSignedByCity(keys, '510100', qrText.replace('330100', '510100'))).toBe(false)
})
