import type { CityId, HallId } from './ids'
import { isFresh } from './slot'
import { addDays, type Day, dayOf, type Instant, shanghaiMinutes, weekdayOf } from './time'

/** Where an appointment takes place. */
export type HallLocation = {
  id: HallId
  name: string
  address: string
  phone: string
  latitude: number
  longitude: number
}

/** `HH:mm` on weekdays from 1 (Monday) to 7. */
export type OpeningHours = { weekdays: readonly number[]; from: string; to: string }

/** Hours of one day, `HH:mm`, and why they are not its weekday's. */
export type OpenDay = { day: Day; hours: readonly { from: string; to: string }[]; reason?: string | undefined }

/** A service hall (办事大厅). */
export type Hall = HallLocation & {
  cityId: CityId
  district: string
  hours: readonly OpeningHours[]
  closedDays: readonly { day: Day; reason: string }[]
  /** Days with hours of their own, whatever their weekday: a Saturday worked in exchange for a holiday (调休). */
  openDays?: readonly OpenDay[] | undefined
  /** People waiting, when the hall counts them; hide it when it is old. */
  queue?: { waiting: number; countedAt: Instant } | undefined
  /** Present where a number of its queue can be taken from home. */
  tickets?: object | undefined
}

export type HallDay =
  /** `reason` for hours that are not its weekday's. */
  | { kind: 'open'; hours: readonly { from: string; to: string }[]; reason?: string | undefined }
  /** `reason` for a holiday; null on a weekday without hours. */
  | { kind: 'closed'; reason: string | null }

const inOrder = (hours: readonly { from: string; to: string }[]): { from: string; to: string }[] =>
  hours.map(({ from, to }) => ({ from, to })).sort((a, b) => (a.from < b.from ? -1 : 1))

/**
 * A hall's hours on a day, in the order of time. A closed day wins over hours of its own: better a call before than a closed
 * door. Those win over the weekday.
 */
export const hallDay = (hall: Hall, day: Day): HallDay => {
  const closed = hall.closedDays.find((other) => other.day === day)
  if (closed) return { kind: 'closed', reason: closed.reason }
  const own = hall.openDays?.find((other) => other.day === day)
  if (own && own.hours.length > 0) return { kind: 'open', hours: inOrder(own.hours), reason: own.reason }
  const weekday = weekdayOf(day) || 7
  const hours = inOrder(hall.hours.filter((entry) => entry.weekdays.includes(weekday)))
  return hours.length > 0 ? { kind: 'open', hours } : { kind: 'closed', reason: null }
}

/**
 * Minutes to allow for a way of so many kilometres as the crow flies, in steps of five: ten to walk and wait, and the rest by
 * bus through a city (18 km/h, roads a third longer than the line). A rule of thumb: call it one wherever it is shown.
 */
export const travelMinutes = (km: number): number => Math.ceil((10 + km * 4.5) / 5) * 5

/** Minutes since midnight of `HH:mm`; NaN for anything else. */
export const minutesOf = (clock: string): number => {
  const match = /^(\d\d):(\d\d)$/.exec(clock)
  return match ? Number(match[1]) * 60 + Number(match[2]) : Number.NaN
}

/** Whether the doors are open at the server's now. */
export const isHallOpen = (hall: Hall, serverNowMs: number): boolean => {
  const today = hallDay(hall, dayOf(serverNowMs))
  const now = shanghaiMinutes(serverNowMs)
  return today.kind === 'open' && today.hours.some(({ from, to }) => minutesOf(from) <= now && now < minutesOf(to))
}

/** Older than this, a number of people waiting says nothing about now. */
const queueFreshMs = 15 * 60_000

/** People waiting in the hall; null when nobody counts, or the count is old. */
export const queueNow = ({ queue }: Hall, serverNowMs: number): NonNullable<Hall['queue']> | null =>
  queue !== undefined && isFresh(queue.countedAt, serverNowMs, queueFreshMs) ? queue : null

/** How far ahead exceptions are listed. */
const daysAhead = 60

/** The next seven days, and days after them that are not as their weekday: open ones (调休) and closed ones. */
export const hallDaysAhead = (hall: Hall, today: Day): { week: Day[]; open: Day[]; closed: Hall['closedDays'] } => {
  const week = [0, 1, 2, 3, 4, 5, 6].map((ahead) => addDays(today, ahead))
  const isAhead = ({ day }: { day: Day }) => day > addDays(today, 6) && day <= addDays(today, daysAhead)
  const open = (hall.openDays ?? []).filter((one) => isAhead(one) && hallDay(hall, one.day).kind === 'open')
  return { week, open: open.map(({ day }) => day), closed: hall.closedDays.filter(isAhead) }
}
