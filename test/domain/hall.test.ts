import { type Hall, hallDay, isHallOpen, minutesOf } from '@/domain/hall'
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
