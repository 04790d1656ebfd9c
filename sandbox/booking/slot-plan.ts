import { createHash } from 'node:crypto'
import type { BookingRules, OpeningHours } from '../wire/types.gen'
import { addDays, momentOf, type Words, weekdayOf } from '../words'
import { both } from './both'
import { holidayOn } from './holidays'

/** What decides when a counter has places. */
export type Schedule = {
  cityId: string
  hallId: string
  counterId: string
  slotMinutes: number
  capacity: number
  hours: OpeningHours[]
  maintenance: Words | null
}

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

/** Why a hall is closed on a day, or null when it is open. */
export function closedOn(day: string, hall: Pick<Schedule, 'hours' | 'maintenance'>): Words | null {
  const holiday = holidayOn(day)
  if (holiday) return holiday
  if (hall.maintenance && isLastFriday(day)) return hall.maintenance
  const weekday = weekdayOf(day)
  if (hall.hours.some((range) => range.weekdays.includes(weekday))) return null
  const name = weekdayNames[weekday - 1] ?? both('今日', 'this day')
  return both(`${name.zh}休息`, `Closed on ${name.en}`)
}

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
  if (closedOn(day, schedule)) return []
  const weekday = weekdayOf(day)
  const slots: PlannedSlot[] = []
  for (const range of schedule.hours) {
    if (!range.weekdays.includes(weekday)) continue
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
