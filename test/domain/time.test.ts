import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import {
  addDays,
  countdownTo,
  dayOf,
  daysBetween,
  formatAge,
  formatDate,
  formatDay,
  formatDayAndRange,
  formatMoment,
  formatMonth,
  formatTime,
  formatTimeRange,
  formatWeekday,
  instantOf,
  isDay,
  isPast,
  msOf,
  readInstant,
  serverNow,
  setClock,
  shanghaiMinutes,
  UNSET_CLOCK,
  weekdayOf,
} from '@/domain/time'

const moment = '2026-11-23T09:30:00+08:00'
const anyMs = fc.integer({ min: Date.UTC(1990, 0, 1), max: Date.UTC(2100, 0, 1) })

test('instants are read with any offset and to the millisecond', () => {
  expect(readInstant('2026-11-23T09:30:00+08:00')).toBe(Date.UTC(2026, 10, 23, 1, 30))
  expect(readInstant('2026-11-22T20:30:00-05:00')).toBe(Date.UTC(2026, 10, 23, 1, 30))
  expect(readInstant('2026-11-23T01:30:00Z')).toBe(Date.UTC(2026, 10, 23, 1, 30))
  expect(readInstant('2026-11-23T01:30Z')).toBe(Date.UTC(2026, 10, 23, 1, 30))
  expect(readInstant('2026-11-23T01:30:00.5Z')).toBe(Date.UTC(2026, 10, 23, 1, 30, 0, 500))
  expect(readInstant('2026-11-23T01:30:00.123456789Z')).toBe(Date.UTC(2026, 10, 23, 1, 30, 0, 123))
})

test('what is no instant is not guessed at', () => {
  const wrong = ['', '2026-11-23', '2026-11-23T09:30:00', '2026-02-30T09:30:00Z', '2026-13-01T00:00:00Z', 'now']
  for (const text of [...wrong, '2026-11-23T24:00:00Z', '2026-11-23T09:60:00Z', '2026-11-23T09:30:00+8', 5, null]) {
    expect([text, readInstant(text)]).toEqual([text, null])
  }
  expect(msOf('soon')).toBeNaN()
  expect([formatTime('soon'), formatMoment('soon', 'en'), formatAge('soon', 0, 'en')]).toEqual(['', '', ''])
  expect([formatTimeRange(moment, 'soon', 'en'), formatDayAndRange('soon', moment, 'en')]).toEqual(['', ''])
  expect(formatDay('2026-02-30', 'zh-CN')).toBe('')
})

test('a moment survives being written and read', () => {
  fc.assert(fc.property(anyMs, (ms) => readInstant(instantOf(ms)) === ms))
  expect(instantOf(Date.UTC(2026, 10, 23, 1, 30))).toBe('2026-11-23T09:30:00.000+08:00')
})

test('the day changes at midnight in Shanghai', () => {
  expect(dayOf(Date.UTC(2026, 10, 22, 15, 59, 59, 999))).toBe('2026-11-22')
  expect(dayOf(Date.UTC(2026, 10, 22, 16))).toBe('2026-11-23')
  expect(shanghaiMinutes(Date.UTC(2026, 10, 22, 16, 5))).toBe(5)
})

test('days are counted on the calendar', () => {
  expect(addDays('2026-12-31', 1)).toBe('2027-01-01')
  expect(addDays('2028-03-01', -1)).toBe('2028-02-29')
  expect(addDays('someday', 1)).toBe('someday')
  expect(daysBetween('2026-11-23', '2026-12-01')).toBe(8)
  expect(daysBetween('2026-11-23', '2026-11-22')).toBe(-1)
  expect(weekdayOf('2026-11-22')).toBe(0)
  expect(isDay('2026-02-29')).toBe(false)
  expect(isDay('2028-02-29')).toBe(true)
  fc.assert(
    fc.property(anyMs, fc.integer({ min: -4000, max: 4000 }), (ms, count) => {
      const day = dayOf(ms)
      return daysBetween(day, addDays(day, count)) === count
    }),
  )
})

test('days and times read as people write them', () => {
  expect(formatDay('2026-11-23', 'zh-CN')).toBe('11月23日 周一')
  expect(formatDay('2026-11-23', 'en')).toBe('Mon 23 Nov')
  expect(formatDay('2027-01-02', 'zh-CN', '2026-11-23')).toBe('2027年1月2日 周六')
  expect(formatDay('2027-01-02', 'en', '2026-11-23')).toBe('Sat 2 Jan 2027')
  expect(formatDay('2026-01-02', 'en', '2026-11-23')).toBe('Fri 2 Jan')
  expect(formatWeekday('2026-11-22', 'zh-CN')).toBe('周日')
  expect(formatTime('2026-11-23T01:05:59Z')).toBe('09:05')
  expect(formatMoment(moment, 'zh-CN')).toBe('11月23日 09:30')
  expect(formatTimeRange(moment, '2026-11-23T10:00:00+08:00', 'en')).toBe('09:30–10:00')
  expect(formatTimeRange('2026-11-23T23:30:00+08:00', '2026-11-24T06:00:00+08:00', 'zh-CN')).toBe(
    '23:30–11月24日 06:00',
  )
  expect(formatDayAndRange(moment, '2026-11-23T10:00:00+08:00', 'zh-CN')).toBe('11月23日 周一 09:30–10:00')
})

test('the age of a figure is said in the words for its distance', () => {
  const now = msOf(moment)
  const ago = (minutes: number) => instantOf(now - minutes * 60_000)
  expect(formatAge(ago(0.9), now, 'zh-CN')).toBe('刚刚')
  expect(formatAge(ago(-30), now, 'en')).toBe('just now')
  expect(formatAge(ago(1), now, 'zh-CN')).toBe('1 分钟前')
  expect(formatAge(ago(59), now, 'en')).toBe('59 min ago')
  expect(formatAge(ago(60), now, 'zh-CN')).toBe('今天 08:30')
  expect(formatAge(ago(10 * 60), now, 'en')).toBe('yesterday 23:30')
  expect(formatAge('2026-11-20T09:30:00+08:00', now, 'zh-CN')).toBe('11月20日 09:30')
  expect(formatAge('2025-11-20T09:30:00+08:00', now, 'en')).toBe('20 Nov 2025 09:30')
})

test('a deadline has passed from its very moment on', () => {
  const ms = msOf(moment)
  expect(isPast(moment, ms - 1)).toBe(false)
  expect(isPast(moment, ms)).toBe(true)
  expect(isPast('never', ms)).toBe(true)
})

test('a countdown shows 00:00 only when it is over', () => {
  const ms = msOf(moment)
  expect(countdownTo(moment, ms - 300_000)).toEqual({ minutes: 5, seconds: 0, text: '05:00', over: false })
  expect(countdownTo(moment, ms - 1)).toEqual({ minutes: 0, seconds: 1, text: '00:01', over: false })
  expect(countdownTo(moment, ms)).toEqual({ minutes: 0, seconds: 0, text: '00:00', over: true })
  expect(countdownTo(moment, ms + 9_000).over).toBe(true)
  expect(countdownTo(moment, ms - 7_200_000).text).toBe('120:00')
  expect(countdownTo('never', ms).over).toBe(true)
  fc.assert(
    fc.property(fc.integer({ min: -10_000_000, max: 10_000_000 }), (left) => {
      const { over, text } = countdownTo(moment, ms - left)
      return over === left <= 0 && over === (text === '00:00')
    }),
  )
})

test('the server clock is found however wrong the phone is', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -400 * 86_400_000, max: 400 * 86_400_000 }),
      fc.integer({ min: 0, max: 10_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (wrongBy, tripMs, share) => {
        const trueSent = msOf(moment)
        const serverMs = Math.round(trueSent + tripMs * share)
        const sentAtMs = trueSent + wrongBy
        const clock = setClock(UNSET_CLOCK, { serverMs, sentAtMs, receivedAtMs: sentAtMs + tripMs })
        expect(Math.abs(serverNow(clock, sentAtMs) - trueSent)).toBeLessThanOrEqual(tripMs / 2 + 1)
      },
    ),
  )
})

test('a surer reading of the clock is kept and a vaguer one is not taken', () => {
  const slow = setClock(UNSET_CLOCK, { serverMs: 101_000, sentAtMs: 0, receivedAtMs: 2000 })
  const quick = setClock(slow, { serverMs: 100_900, sentAtMs: 800, receivedAtMs: 1000 })
  expect(quick).toEqual({ offsetMs: 100_000, uncertaintyMs: 100.5 })
  expect(setClock(quick, { serverMs: 101_500, sentAtMs: 0, receivedAtMs: 2000 })).toBe(quick)
})

test('a moved phone clock is noticed by the next reading', () => {
  const before = setClock(UNSET_CLOCK, { serverMs: 1_000_000, sentAtMs: 1_000_000, receivedAtMs: 1_000_100 })
  const after = setClock(before, { serverMs: 1_060_000, sentAtMs: 1_600_000, receivedAtMs: 1_603_000 })
  expect(serverNow(after, 1_603_000)).toBe(1_061_500)
})

test('a reading across a clock that went back is dropped', () => {
  expect(setClock(UNSET_CLOCK, { serverMs: 5, sentAtMs: 1000, receivedAtMs: 10 })).toBe(UNSET_CLOCK)
  expect(setClock(UNSET_CLOCK, { serverMs: Number.NaN, sentAtMs: 0, receivedAtMs: 10 })).toBe(UNSET_CLOCK)
})

test('the second of a Date header is read as its middle', () => {
  const clock = setClock(UNSET_CLOCK, { serverMs: 50_000, sentAtMs: 0, receivedAtMs: 0, stepMs: 1000 })
  expect(clock).toEqual({ offsetMs: 50_500, uncertaintyMs: 500 })
})

test('nothing shown depends on the time zone of the phone', () => {
  const script = `
    const time = require('./src/domain/time.ts')
    const at = '2026-03-08T02:30:00+08:00'
    const ms = time.msOf(at)
    console.log(JSON.stringify([ms, time.dayOf(ms), time.instantOf(ms), time.formatMoment(at, 'zh-CN'),
      time.formatDay('2026-03-08', 'en'), time.addDays('2026-03-07', 1), time.addDays('2026-10-31', 2),
      time.daysBetween('2026-03-07', '2026-03-09'), time.weekdayOf('2026-03-08'), time.shanghaiMinutes(ms),
      time.formatAge(at, ms + 7200000, 'en')]))`
  const seenIn = (zone: string) =>
    execFileSync('node', ['--import', 'tsx', '-e', script], { env: { ...process.env, TZ: zone }, encoding: 'utf8' })
  const expected = [1772908200000, '2026-03-08', '2026-03-08T02:30:00.000+08:00', '3月8日 02:30', 'Sun 8 Mar']
  const rest = ['2026-03-08', '2026-11-02', 2, 0, 150, 'today 02:30']
  for (const zone of ['America/New_York', 'Asia/Shanghai', 'Pacific/Kiritimati', 'Asia/Kathmandu']) {
    expect([zone, ...JSON.parse(seenIn(zone))]).toEqual([zone, ...expected, ...rest])
  }
}, 60_000)

test('each day of the week and each month has its name', () => {
  const week = [0, 1, 2, 3, 4, 5, 6].map((count) => addDays('2026-11-22', count))
  expect(week.map((day) => formatWeekday(day, 'zh-CN')).join('')).toBe('周日周一周二周三周四周五周六')
  expect(week.map((day) => formatWeekday(day, 'en')).join(' ')).toBe('Sun Mon Tue Wed Thu Fri Sat')
  const months = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12']
  expect(months.map((month) => formatDate(`2026-${month}-05`, 'en')).join(', ')).toBe(
    '5 Jan, 5 Feb, 5 Mar, 5 Apr, 5 May, 5 Jun, 5 Jul, 5 Aug, 5 Sep, 5 Oct, 5 Nov, 5 Dec',
  )
  expect([formatMonth('2026-11', 'zh-CN'), formatMonth('2026-11', 'en')]).toEqual(['2026年11月', 'Nov 2026'])
  expect([formatMonth('2026-13', 'en'), formatDate('2026-02-30', 'en')]).toEqual(['', ''])
})

test('half hours of an offset count, east and west', () => {
  const at = Date.UTC(2026, 10, 23, 1, 30)
  for (const text of ['2026-11-23T07:00:00+05:30', '2026-11-22T22:00:00-03:30', '2026-11-23T15:30:00+14:00'])
    expect([text, readInstant(text)]).toEqual([text, at])
  expect(readInstant('2026-11-23T02:29:00+00:59')).toBe(at)
})

test.each([
  'x2026-11-23T09:30:00Z',
  '2026-11-23T09:30:00Zx',
  '2026-11-23T09:30:60Z',
  '2026-11-23T09:30:00+15:00',
  '2026-11-23T09:30:00+08:60',
])('%s is no instant', (text) => {
  expect(readInstant(text)).toBeNull()
})

test.each(['x2026-11-23', '2026-11-23x', '0026-11-23', '2026-00-10', '2026-13-10', '2026-11-31', '2026-02-59'])(
  '%s is no day',
  (text) => {
    expect(isDay(text)).toBe(false)
  },
)

test('minutes of the day are counted from midnight', () => {
  expect(shanghaiMinutes(msOf('2026-11-23T09:05:00+08:00'))).toBe(545)
})
