import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc'
import type { Language } from './language'

dayjs.extend(utc)

/** ISO 8601 with an offset, as on the wire: `2026-11-23T09:30:00+08:00`. */
export type Instant = string
/** A calendar day in Shanghai: `2026-11-23`. */
export type Day = string

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(?:Z|([+-])(\d\d):(\d\d))$/
const DAY_TEXT = /^(\d{4})-(\d\d)-(\d\d)$/

/**
 * Shanghai's wall clock, as `2026-11-23T09:30:00.000`; '' for NaN. Shanghai is UTC+8 all year, so this formats a shifted UTC time
 * and the phone's zone plays no part. Not `utcOffset(8)`: it goes through local time and is an hour off inside New York's spring
 * gap. Not `.tz()`: it needs Intl, which Android WeChat lacks.
 */
const shanghai = (ms: number): string => {
  const clock = dayjs.utc(ms + 8 * HOUR)
  return clock.isValid() ? clock.format('YYYY-MM-DDTHH:mm:ss.SSS') : ''
}

/** Midnight UTC of a day that exists, else null: 30 February becomes another day, month 13 another year. */
const utcDay = (year: number, month: number, day: number): number | null => {
  const ms = Date.UTC(year, month - 1, day)
  const date = new Date(ms)
  const exists = date.getUTCFullYear() === year && date.getUTCDate() === day
  return exists ? ms : null
}

/**
 * Milliseconds since 1970 of an instant, or null when the text is not one. Parsed by hand: engines
 * differ over `new Date(text)`, and a text without an offset would be read in the phone's time zone.
 */
export const readInstant = (text: unknown): number | null => {
  const match = typeof text === 'string' ? INSTANT.exec(text) : null
  if (!match) return null
  const midnight = utcDay(Number(match[1]), Number(match[2]), Number(match[3]))
  const [hour, minute, second] = [Number(match[4]), Number(match[5]), Number(match[6] ?? 0)]
  const [offsetHour, offsetMinute] = [Number(match[9] ?? 0), Number(match[10] ?? 0)]
  if (midnight === null || hour > 23 || minute > 59 || second > 59 || offsetHour > 14 || offsetMinute > 59) return null
  const fraction = Number((match[7] ?? '').padEnd(3, '0').slice(0, 3))
  const offset = (offsetHour * HOUR + offsetMinute * MINUTE) * (match[8] === '-' ? -1 : 1)
  return midnight + hour * HOUR + minute * MINUTE + second * 1000 + fraction - offset
}

/** Milliseconds since 1970 of a validated instant; NaN when it is not one, which every formatter here turns into ''. */
export const msOf = (instant: Instant): number => readInstant(instant) ?? Number.NaN

/** Milliseconds since 1970 as an instant with Shanghai's offset. */
export const instantOf = (ms: number): Instant => `${shanghai(ms)}+08:00`

/** True for `YYYY-MM-DD` of a day that exists. */
export const isDay = (text: unknown): text is Day => {
  const match = typeof text === 'string' ? DAY_TEXT.exec(text) : null
  return match !== null && utcDay(Number(match[1]), Number(match[2]), Number(match[3])) !== null
}

/** Minutes since midnight in Shanghai. */
export const shanghaiMinutes = (ms: number): number =>
  Number(shanghai(ms).slice(11, 13)) * 60 + Number(shanghai(ms).slice(14, 16))

/** The day in Shanghai at `ms`; pass the server's now for "today". */
export const dayOf = (ms: number): Day => shanghai(ms).slice(0, 10)

const dayMs = (day: Day): number => (isDay(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN)

/** The day so many days later, or earlier when `count` is negative. An invalid day is returned unchanged. */
export const addDays = (day: Day, count: number): Day =>
  isDay(day) ? dayjs.utc(day).add(count, 'day').format('YYYY-MM-DD') : day

/** Whole days from one day to another; negative when `to` is earlier. */
export const daysBetween = (from: Day, to: Day): number => (dayMs(to) - dayMs(from)) / DAY

/** 0 is Sunday. */
export const weekdayOf = (day: Day): number => new Date(dayMs(day)).getUTCDay()

const WEEKDAYS: Record<Language, readonly string[]> = {
  'zh-CN': ['周日', '周一', '周二', '周三', '周四', '周五', '周六'],
  en: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
}
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

export const formatWeekday = (day: Day, language: Language): string => WEEKDAYS[language][weekdayOf(day)] ?? ''

/** `11月23日` or `23 Nov`; with the year when it is not `thisYear`'s. */
export const formatDate = (day: Day, language: Language, today?: Day): string => {
  if (!isDay(day)) return ''
  const [year, month, date] = [day.slice(0, 4), Number(day.slice(5, 7)), Number(day.slice(8))]
  const otherYear = today !== undefined && today.slice(0, 4) !== year
  if (language === 'en') return `${date} ${MONTHS[month - 1]}${otherYear ? ` ${year}` : ''}`
  return `${otherYear ? `${year}年` : ''}${month}月${date}日`
}

/** `2026年11月` or `Nov 2026` of a `YYYY-MM`. */
export const formatMonth = (month: string, language: Language): string => {
  if (!isDay(`${month}-01`)) return ''
  const [year, name] = [month.slice(0, 4), Number(month.slice(5))]
  return language === 'en' ? `${MONTHS[name - 1]} ${year}` : `${year}年${name}月`
}

/** `11月23日 周一` or `Mon 23 Nov`; with the year when it is not the year of `today`. */
export const formatDay = (day: Day, language: Language, today?: Day): string => {
  if (!isDay(day)) return ''
  const date = formatDate(day, language, today)
  return language === 'en' ? `${formatWeekday(day, language)} ${date}` : `${date} ${formatWeekday(day, language)}`
}

/** `HH:mm` in Shanghai. */
export const formatTime = (instant: Instant): string => {
  const ms = readInstant(instant)
  return ms === null ? '' : shanghai(ms).slice(11, 16)
}

/** `11月23日 09:30` or `23 Nov 09:30`, in Shanghai. */
export const formatMoment = (instant: Instant, language: Language, today?: Day): string => {
  const ms = readInstant(instant)
  return ms === null ? '' : `${formatDate(dayOf(ms), language, today)} ${formatTime(instant)}`
}

/** `09:30–10:00`; when it ends on another day, that day is named. */
export const formatTimeRange = (from: Instant, to: Instant, language: Language): string => {
  const [fromMs, toMs] = [readInstant(from), readInstant(to)]
  if (fromMs === null || toMs === null) return ''
  const end = dayOf(fromMs) === dayOf(toMs) ? formatTime(to) : formatMoment(to, language)
  return `${formatTime(from)}–${end}`
}

/** `11月23日 周一 09:30–10:00`, or `Mon 23 Nov 09:30–10:00`. */
export const formatDayAndRange = (from: Instant, to: Instant, language: Language, today?: Day): string => {
  const ms = readInstant(from)
  return ms === null ? '' : `${formatDay(dayOf(ms), language, today)} ${formatTimeRange(from, to, language)}`
}

/**
 * How old something shown is, for "as of …": `刚刚`, `5 分钟前`, `今天 09:30`, `昨天 09:30`, `11月20日 09:30`.
 * An instant in the future (the clock is not set yet) counts as just now.
 */
export const formatAge = (instant: Instant, nowMs: number, language: Language): string => {
  const ms = readInstant(instant)
  if (ms === null) return ''
  const english = language === 'en'
  const minutes = Math.floor((nowMs - ms) / MINUTE)
  if (minutes < 1) return english ? 'just now' : '刚刚'
  if (minutes < 60) return english ? `${minutes} min ago` : `${minutes} 分钟前`
  const days = daysBetween(dayOf(ms), dayOf(nowMs))
  if (days === 0) return `${english ? 'today' : '今天'} ${formatTime(instant)}`
  if (days === 1) return `${english ? 'yesterday' : '昨天'} ${formatTime(instant)}`
  return formatMoment(instant, language, dayOf(nowMs))
}

/** True from the deadline on. An invalid deadline has passed: nothing is promised on it. */
export const isPast = (deadline: Instant, nowMs: number): boolean => {
  const ms = readInstant(deadline)
  return ms === null || nowMs >= ms
}

export type Countdown = {
  minutes: number
  seconds: number
  /** `mm:ss`; minutes may exceed 59. */
  text: string
  over: boolean
}

/** The time left until a deadline. Seconds are rounded up, so that only 00:00 means over. */
export const countdownTo = (deadline: Instant, nowMs: number): Countdown => {
  const ms = readInstant(deadline)
  const left = ms === null ? 0 : Math.max(0, Math.ceil((ms - nowMs) / 1000))
  const [minutes, seconds] = [Math.floor(left / 60), left % 60]
  const text = `${String(minutes).padStart(2, '0')}:${String(seconds).padStart(2, '0')}`
  return { minutes, seconds, text, over: left === 0 }
}

/** How far the server's clock is ahead of the phone's, and the uncertainty of that. */
export type ServerClock = { offsetMs: number; uncertaintyMs: number }

/** Before the first response: the phone's clock, with no certainty. */
export const UNSET_CLOCK: ServerClock = { offsetMs: 0, uncertaintyMs: Number.POSITIVE_INFINITY }

export type ClockReading = {
  /** The server's time, in ms. */
  serverMs: number
  /** The phone's clock when the call was sent and when the response came. */
  sentAtMs: number
  receivedAtMs: number
  /** Resolution of the server's time: 1000 for a `Date` header, 1 for an instant with milliseconds. */
  stepMs?: number
}

/**
 * Adds a reading. While both can be true the more certain one stays; otherwise a clock was changed, and the new reading wins. A
 * reading during which the phone's clock went back is dropped.
 */
export const setClock = (clock: ServerClock, reading: ClockReading): ServerClock => {
  const { serverMs, sentAtMs, receivedAtMs, stepMs = 1 } = reading
  const tripMs = receivedAtMs - sentAtMs
  if (!(tripMs >= 0) || !Number.isFinite(serverMs)) return clock
  const next = {
    offsetMs: Math.round(serverMs + (stepMs - 1) / 2 - (sentAtMs + tripMs / 2)),
    uncertaintyMs: tripMs / 2 + stepMs / 2,
  }
  const bothTrue = Math.abs(next.offsetMs - clock.offsetMs) <= next.uncertaintyMs + clock.uncertaintyMs
  return bothTrue && clock.uncertaintyMs <= next.uncertaintyMs ? clock : next
}

/** The server's now, computed from the phone's. */
export const serverNow = (clock: ServerClock, localMs: number): number => localMs + clock.offsetMs
