import { createHash } from 'node:crypto'
import type { BookingRules, DailyWindow, OpeningHours } from '../../contract/wire/types.gen'
import { addDays, momentOf, type Words, weekdayOf } from '../words'
import { both } from './both'
import { holidayOn, workedOn } from './holidays'

/** What decides when a counter has places. */
export type Schedule = {
  cityId: string
  hallId: string
  counterId: string
  slotMinutes: number
  capacity: number
  hours: OpeningHours[]
  maintenance: Words | null
  ownDays: OwnDay[]
}

/** A hall's own hours on the same date of each year (`MM-DD`), or on one day. */
export type OwnDay = { on: string; hours: DailyWindow[]; reason: Words }

/** What decides when a hall is open. */
export type HallCalendar = Pick<Schedule, 'hours' | 'maintenance' | 'ownDays'>

export type PlannedSlot = { id: string; startsAt: Date; endsAt: Date; capacity: number; elsewhere: number }

const weekdayNames = [
  both('周一', 'Mondays'),
  both('周二', 'Tuesdays'),
  both('周三', 'Wednesdays'),
  both('周四', 'Thursdays'),
  both('周五', 'Fridays'),
  both('周六', 'Saturdays'),
  both('周日', 'Sundays'),
]

const isLastFriday = (day: string): boolean => weekdayOf(day) === 5 && addDays(day, 7).slice(0, 7) !== day.slice(0, 7)

/** What a day is like at a hall: closed, and why; or its hours, and why they are not its weekday's. */
export type HallDay =
  | { closed: Words; isWeekly: boolean }
  | { closed: null; hours: DailyWindow[]; reason: Words | null }

const hoursOn = (weekday: number, { hours }: Pick<Schedule, 'hours'>): DailyWindow[] =>
  hours.filter(({ weekdays }) => weekdays.includes(weekday)).map(({ from, to }) => ({ from, to }))

/** The hall's own day first, then the nation's calendar, then the hall's maintenance, then the weekday. */
export function hallDayOn(day: string, hall: HallCalendar): HallDay {
  const own = hall.ownDays.find(({ on }) => day.endsWith(on))
  if (own) return { closed: null, hours: own.hours, reason: own.reason }
  const holiday = holidayOn(day)
  if (holiday) return { closed: holiday, isWeekly: false }
  const worked = workedOn(day)
  const hours = hoursOn(worked ? 1 : weekdayOf(day), hall)
  if (worked && hours.length > 0) return { closed: null, hours, reason: worked }
  if (hall.maintenance && isLastFriday(day)) return { closed: hall.maintenance, isWeekly: false }
  if (hours.length > 0) return { closed: null, hours, reason: null }
  const name = weekdayNames[weekdayOf(day) - 1] ?? both('今日', 'this day')
  return { closed: both(`${name.zh}休息`, `Closed on ${name.en}`), isWeekly: true }
}

/** Why a hall is closed on a day, or null when it is open. */
export const closedOn = (day: string, hall: HallCalendar): Words | null => hallDayOn(day, hall).closed

/** A day's places come out at eight in the morning, some days before it; the last two days of the window wait for theirs. */
export const releaseOf = (day: string, rules: Pick<BookingRules, 'daysAhead'>): Date =>
  momentOf(addDays(day, -Math.max(0, rules.daysAhead - 2)), '08:00')

/** A number in 0..1 that is the same for the same text on every run. */
const chance = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32

/** How many places of a slot are gone through walk-ins, telephone and the counter: some days are full, some nearly. */
function takenElsewhere(schedule: Schedule, day: string, time: string): number {
  const place = `${schedule.cityId}/${schedule.hallId}/${schedule.counterId}/${day}`
  const mood = chance(place)
  if (mood < 0.12) return schedule.capacity
  const [least, most] = mood < 0.3 ? [0.8, 1.05] : mood < 0.6 ? [0.45, 0.95] : [0.1, 0.7]
  const morning = time < '11:00' ? 0.1 : 0
  const share = least + (most - least) * chance(`${place}/${time}`) + morning
  return Math.min(schedule.capacity, Math.round(schedule.capacity * share))
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
const timeAt = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** The places of one counter on one day; the same on every run, none on closed days. */
export function planDay(schedule: Schedule, day: string): PlannedSlot[] {
  const today = hallDayOn(day, schedule)
  if (today.closed) return []
  const slots: PlannedSlot[] = []
  for (const range of today.hours) {
    const last = minutesOf(range.to) - schedule.slotMinutes
    for (let minutes = minutesOf(range.from); minutes <= last; minutes += schedule.slotMinutes) {
      const time = timeAt(minutes)
      slots.push({
        id: `s-${schedule.hallId}-${schedule.counterId}-${day.split('-').join('')}-${time.replace(':', '')}`,
        startsAt: momentOf(day, time),
        endsAt: momentOf(day, timeAt(minutes + schedule.slotMinutes)),
        capacity: schedule.capacity,
        elsewhere: takenElsewhere(schedule, day, time),
      })
    }
  }
  return slots
}
