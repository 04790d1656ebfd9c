import { type Hall, hallDay, hallDaysAhead, isHallOpen, minutesOf, queueNow, travelMinutes } from '@/domain/hall'
import { asId, type CityId, type HallId } from '@/domain/ids'
import { msOf } from '@/domain/time'

const hall: Hall = {
  id: asId<HallId>('9007199254740995'),
  cityId: asId<CityId>('330100'),
  name: '市民中心',
  district: '上城区',
  address: '解放东路18号',
  phone: '12345',
  latitude: 30.2,
  longitude: 120.2,
  hours: [
    { weekdays: [1, 2, 3, 4, 5], from: '13:30', to: '17:00' },
    { weekdays: [1, 2, 3, 4, 5, 7], from: '09:00', to: '12:00' },
  ],
  closedDays: [{ day: '2026-11-24', reason: '系统升级' }],
}

test('a day has its hours in order, and Sunday is the seventh day', () => {
  expect(hallDay(hall, '2026-11-23')).toEqual({
    kind: 'open',
    hours: [
      { from: '09:00', to: '12:00' },
      { from: '13:30', to: '17:00' },
    ],
  })
  expect(hallDay(hall, '2026-11-22')).toEqual({ kind: 'open', hours: [{ from: '09:00', to: '12:00' }] })
})

test('a closed day wins over its weekday, and a day without hours is closed', () => {
  expect(hallDay(hall, '2026-11-24')).toEqual({ kind: 'closed', reason: '系统升级' })
  expect(hallDay(hall, '2026-11-21')).toEqual({ kind: 'closed', reason: null })
})

const worked: Hall = {
  ...hall,
  openDays: [
    {
      day: '2026-02-14',
      hours: [
        { from: '13:30', to: '17:00' },
        { from: '09:00', to: '12:00' },
      ],
      reason: '调休上班',
    },
    { day: '2026-12-31', hours: [{ from: '09:00', to: '12:00' }], reason: '年终结账' },
    { day: '2026-11-24', hours: [{ from: '09:00', to: '12:00' }] },
    { day: '2026-11-21', hours: [] },
  ],
}

test('S12: a Saturday worked in exchange for a holiday has its hours and its reason', () => {
  expect(hallDay(worked, '2026-02-14')).toEqual({
    kind: 'open',
    hours: [
      { from: '09:00', to: '12:00' },
      { from: '13:30', to: '17:00' },
    ],
    reason: '调休上班',
  })
  expect(hallDay(worked, '2026-02-21')).toEqual({ kind: 'closed', reason: null })
  const at = (time: string) => isHallOpen(worked, msOf(`2026-02-14T${time}:00+08:00`))
  expect(['08:59', '09:00', '12:30', '13:30', '17:00'].map(at)).toEqual([false, true, false, true, false])
  expect(isHallOpen(worked, msOf('2026-02-13T16:30:00Z'))).toBe(false)
  expect(isHallOpen(worked, msOf('2026-02-14T01:30:00Z'))).toBe(true)
})

test('S12: hours of one day win over its weekday, and a closed day wins over them', () => {
  expect(hallDay(worked, '2026-12-31')).toEqual({
    kind: 'open',
    hours: [{ from: '09:00', to: '12:00' }],
    reason: '年终结账',
  })
  expect(isHallOpen(worked, msOf('2026-12-31T14:00:00+08:00'))).toBe(false)
  expect(hallDay(worked, '2026-11-24')).toEqual({ kind: 'closed', reason: '系统升级' })
  expect(hallDay(worked, '2026-11-21')).toEqual({ kind: 'closed', reason: null })
})

test('the doors are open from the first minute to the last', () => {
  const at = (time: string) => isHallOpen(hall, msOf(`2026-11-23T${time}:00+08:00`))
  expect(['08:59', '09:00', '11:59', '12:00', '13:29', '13:30', '17:00'].map(at)).toEqual([
    false,
    true,
    true,
    false,
    false,
    true,
    false,
  ])
  expect(isHallOpen(hall, msOf('2026-11-24T10:00:00+08:00'))).toBe(false)
  expect(isHallOpen(hall, msOf('2026-11-23T02:00:00Z'))).toBe(true)
})

test('a clock time that is none opens nothing', () => {
  expect(minutesOf('09:30')).toBe(570)
  expect(minutesOf('9:30')).toBeNaN()
  const broken = { ...hall, hours: [{ weekdays: [1], from: 'nine', to: '17:00' }] }
  expect(isHallOpen(broken, msOf('2026-11-23T10:00:00+08:00'))).toBe(false)
})

test('the way takes ten minutes and more with each kilometre, in steps of five', () => {
  expect(travelMinutes(0)).toBe(10)
  expect(travelMinutes(1)).toBe(15)
  expect(travelMinutes(11.1)).toBe(60)
  expect(travelMinutes(20)).toBe(100)
})

test('S9: a number of people waiting is shown while it is fresh, and never invented', () => {
  const countedAt = '2026-11-23T10:00:00+08:00'
  const queue = { waiting: 7, countedAt }
  expect(queueNow({ ...hall, queue }, msOf(countedAt) + 15 * 60_000)).toBe(queue)
  expect(queueNow({ ...hall, queue }, msOf(countedAt) + 15 * 60_000 + 1)).toBeNull()
  expect(queueNow(hall, msOf(countedAt))).toBeNull()
})

test('S12: after the next seven days only exceptions are listed, and an open day that is closed is closed', () => {
  const { week, open, closed } = hallDaysAhead(worked, '2026-11-16')
  expect([week[0], week[6], week.length]).toEqual(['2026-11-16', '2026-11-22', 7])
  expect(open).toEqual(['2026-12-31'])
  expect(closed.map(({ day }) => day)).toEqual(['2026-11-24'])
  expect(hallDaysAhead(worked, '2026-11-18').closed).toEqual([])
  expect(hallDaysAhead(worked, '2026-10-01').open).toEqual([])
})
