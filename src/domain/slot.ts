import type { HallId, SlotId } from './ids'
import { addDays, type Day, type Instant, isDay, isPast, msOf, readInstant, shanghaiMinutes, weekdayOf } from './time'
import type { Unlisted } from './unlisted'

/** A time at a hall with a number of places (号源). */
export type Slot = {
  id: SlotId
  hallId: HallId
  day: Day
  startsAt: Instant
  endsAt: Instant
  /** Places left when they were counted; a person takes one. */
  free: number
  capacity: number
}

/**
 * A day's places. `not-released`: they come out at `releasesAt`; `closed`: holiday or maintenance, `reason` in the hall's
 * words. With any other status the reason is why the hall is open, or has other hours than usual (调休上班).
 */
export type SlotDay = {
  day: Day
  status: 'free' | 'full' | 'closed' | 'not-released' | Unlisted
  free: number
  reason?: string | undefined
  releasesAt?: Instant | undefined
}

/** Why a day is open or has other hours than usual; null on a usual day and on a closed one. */
export const openBecause = (day: SlotDay): string | null => (day.status === 'closed' ? null : day.reason || null)

/** A Saturday or Sunday that is worked (调休). */
export const isWorkedWeekend = (day: SlotDay): boolean => openBecause(day) !== null && weekdayOf(day.day) % 6 === 0

export type PartOfDay = 'morning' | 'afternoon'

/** Before noon in Shanghai, or not. */
export const partOfDay = (startsAt: Instant): PartOfDay =>
  shanghaiMinutes(msOf(startsAt)) < 12 * 60 ? 'morning' : 'afternoon'

/** When an appointment or a hold ends; one of several items takes several slots, and `slot` is the first of them. */
export const endOf = ({ slot, endsAt }: { slot: Slot; endsAt?: Instant | undefined }): Instant => endsAt ?? slot.endsAt

const byStart = (a: Slot, b: Slot): number => msOf(a.startsAt) - msOf(b.startsAt) || (a.id < b.id ? -1 : 1)

/** A day's slots by part of day, each in the order of time. */
export const groupByPartOfDay = (slots: readonly Slot[]): Record<PartOfDay, Slot[]> => {
  const sorted = [...slots].sort(byStart)
  return {
    morning: sorted.filter((slot) => partOfDay(slot.startsAt) === 'morning'),
    afternoon: sorted.filter((slot) => partOfDay(slot.startsAt) === 'afternoon'),
  }
}

/** Whether it may be tapped: not begun, and a place left for each of the `persons` who come together. */
export const isBookable = (slot: Slot, serverNowMs: number, persons = 1): boolean =>
  slot.free >= persons && !isPast(slot.startsAt, serverNowMs)

/** One that has begun is past although it has places; `few`: some are left, but not one for each of the `persons`. */
export const slotStatus = (slot: Slot, serverNowMs: number, persons = 1): 'free' | 'few' | 'full' | 'past' => {
  if (slot.free <= 0) return 'full'
  if (isPast(slot.startsAt, serverNowMs)) return 'past'
  return slot.free >= persons ? 'free' : 'few'
}

/**
 * What to offer when somebody else was faster: the nearest bookable slots in time, the earlier of two equally near ones
 * first. The lost one is left out.
 */
export const nearestSlots = (
  slots: readonly Slot[],
  lost: Slot,
  serverNowMs: number,
  { persons = 1, count = 3 }: { persons?: number; count?: number } = {},
): Slot[] => {
  const away = (slot: Slot): number => Math.abs(msOf(slot.startsAt) - msOf(lost.startsAt))
  return slots
    .filter((slot) => slot.id !== lost.id && isBookable(slot, serverNowMs, persons))
    .sort((a, b) => away(a) - away(b) || byStart(a, b))
    .slice(0, count)
}

const isFree = (day: SlotDay): boolean => day.status === 'free' && day.free > 0

/** The first free day after `after`, or of all when none is given; null when there is none. */
export const nextFreeDay = (days: readonly SlotDay[], after?: Day): Day | null => {
  const free = days.filter((day) => isFree(day) && (after === undefined || day.day > after)).map((day) => day.day)
  return free.sort()[0] ?? null
}

/** Where to go from a day without places: the first free one after it; after the last one the nearest free one before. */
const otherFreeDay = (days: readonly SlotDay[], day: Day): Day | null => {
  const before = days.filter((other) => isFree(other) && other.day < day).map((other) => other.day)
  return nextFreeDay(days, day) ?? before.sort().reverse()[0] ?? null
}

/** The days of a count that are still to come: a page stays open past midnight. */
export const daysFrom = (days: readonly SlotDay[], today: Day): SlotDay[] => days.filter(({ day }) => day >= today)

/**
 * The day to show: the chosen one as long as it is among them, then `own` (the day of the appointment that is moved), then the
 * first with places.
 */
export const dayToShow = (days: readonly SlotDay[], chosen: Day | null, own: Day | null): Day | null => {
  const has = (day: Day | null) => days.some((other) => other.day === day)
  if (has(chosen)) return chosen
  return has(own) ? own : (nextFreeDay(days) ?? days[0]?.day ?? null)
}

export type DayExplanation =
  | { kind: 'free'; free: number }
  | { kind: 'full'; nextFree: Day | null }
  | { kind: 'closed'; reason: string | null; nextFree: Day | null }
  | { kind: 'not-released'; releasesAt: Instant | null; nextFree: Day | null }
  /** `reason` is the hall's own text, if there is one. */
  | { kind: Unlisted; reason: string | null; nextFree: Day | null }

/**
 * Why a day is as it is, and where to go instead: the next free day after it, or else the nearest free one before. A day
 * that counts as free without places is full: the count wins over the status.
 */
export const explainDay = (day: SlotDay, days: readonly SlotDay[]): DayExplanation => {
  if (isFree(day)) return { kind: 'free', free: day.free }
  const nextFree = otherFreeDay(days, day.day)
  if (day.status === 'closed') return { kind: 'closed', reason: day.reason ?? null, nextFree }
  if (day.status === 'not-released') return { kind: 'not-released', releasesAt: day.releasesAt ?? null, nextFree }
  if (day.status === 'unlisted') return { kind: 'unlisted', reason: day.reason ?? null, nextFree }
  return { kind: 'full', nextFree }
}

/**
 * Whether a count (places left, people waiting) may still be shown. Old, unreadable, or from the future by more than the
 * same margin: hide it.
 */
export const isFresh = (countedAt: Instant | undefined, serverNowMs: number, maxAgeMs: number): boolean => {
  const ms = readInstant(countedAt)
  return ms !== null && Math.abs(serverNowMs - ms) <= maxAgeMs
}

/** A square of a month's grid; `slotDay` is null outside of the booking window. */
export type MonthSquare = { day: Day; slotDay: SlotDay | null }

/** A month as a calendar shows it: weeks from Monday to Sunday, null where the week belongs to another month. */
export type Month = { month: string; weeks: readonly (readonly (MonthSquare | null)[])[] }

/** The months (`YYYY-MM`) that the booking window touches, in order. */
export const monthsOf = (days: readonly SlotDay[]): string[] =>
  days
    .map(({ day }) => day.slice(0, 7))
    .filter((month, index, all) => all.indexOf(month) === index)
    .sort()

/** The grid of a month, of the window's first one when none is named; null when there is nothing to show. */
export const monthOf = (days: readonly SlotDay[], month = monthsOf(days)[0]): Month | null => {
  const first = `${month}-01`
  if (month === undefined || !isDay(first)) return null
  const squares: (MonthSquare | null)[] = []
  for (let before = (weekdayOf(first) || 7) - 1; before > 0; before -= 1) squares.push(null)
  for (let day = first; day.slice(0, 7) === month; day = addDays(day, 1)) {
    squares.push({ day, slotDay: days.find((other) => other.day === day) ?? null })
  }
  while (squares.length % 7 > 0) squares.push(null)
  const weeks: (MonthSquare | null)[][] = []
  for (let start = 0; start < squares.length; start += 7) weeks.push(squares.slice(start, start + 7))
  return { month, weeks }
}

/**
 * Why a day is as it is once its own times are read: they are newer than its count, so a day without a bookable one is full.
 * The city's own next day counts only when the count of days does not know better.
 */
export const explainTimes = (
  day: SlotDay,
  days: readonly SlotDay[],
  times: { slots: readonly Slot[]; nextFreeDay: Day | null },
  serverNowMs: number,
  persons = 1,
): DayExplanation => {
  const why = explainDay(day, days)
  if (why.kind !== 'free' || times.slots.some((slot) => isBookable(slot, serverNowMs, persons))) return why
  const { nextFreeDay: next } = times
  const isTrue = next !== null && next > day.day && days.some((other) => other.day === next && isFree(other))
  return { kind: 'full', nextFree: isTrue ? next : otherFreeDay(days, day.day) }
}
