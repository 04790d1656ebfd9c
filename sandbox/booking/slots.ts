import { type Selectable, sql } from 'kysely'
import type { Context, Db } from '../core'
import { problem } from '../problem'
import type { Tables } from '../tables'
import type { Slot } from '../wire/types.gen'
import { addDays, dayOf, instant } from '../words'
import { bookingRules } from './rules'
import { closedOn, planDay, releaseOf, type Schedule } from './slot-plan'

export type SlotRow = Selectable<Tables['slots']>
export type FreeSlot = SlotRow & { free: number }

export const slotBody = (slot: SlotRow, free: number): Slot => ({
  id: slot.id,
  hallId: slot.hall_id,
  day: slot.day,
  startsAt: instant(slot.starts_at),
  endsAt: instant(slot.ends_at),
  free: Math.max(0, free),
  capacity: slot.capacity,
})

/** The counter of a hall that serves an item. */
export async function scheduleOf(db: Db, cityId: string, hallId: string, itemId: string): Promise<Schedule> {
  const row = await db
    .selectFrom('hall_items as served')
    .innerJoin('halls', (join) =>
      join.onRef('halls.city_id', '=', 'served.city_id').onRef('halls.id', '=', 'served.hall_id'),
    )
    .innerJoin('counters', (join) =>
      join
        .onRef('counters.city_id', '=', 'served.city_id')
        .onRef('counters.hall_id', '=', 'served.hall_id')
        .onRef('counters.id', '=', 'served.counter_id'),
    )
    .select(['served.counter_id', 'counters.slot_minutes', 'counters.capacity', 'halls.hours', 'halls.maintenance'])
    .where('served.city_id', '=', cityId)
    .where('served.hall_id', '=', hallId)
    .where('served.item_id', '=', itemId)
    .executeTakeFirst()
  if (!row) throw problem('not-found')
  return {
    cityId,
    hallId,
    counterId: row.counter_id,
    slotMinutes: row.slot_minutes,
    capacity: row.capacity,
    hours: row.hours,
    maintenance: row.maintenance,
  }
}

/** Whose booking window, by which clock. */
type Window = Pick<Context, 'city' | 'now'>

/** Today and the days of the booking window, by the city's clock. */
export function windowDays(context: Window): string[] {
  const today = dayOf(context.now())
  return Array.from({ length: bookingRules(context).daysAhead + 1 }, (_, ahead) => addDays(today, ahead))
}

/** Days of the window whose places are out and on which the hall is open. */
const bookableDays = (context: Window, schedule: Schedule): string[] =>
  windowDays(context).filter(
    (day) => !closedOn(day, schedule) && releaseOf(day, bookingRules(context)) <= context.now(),
  )

/** Makes the places of released days that nobody has looked at yet, so that a moved clock finds its days. */
async function ensureSlots(db: Db, context: Window, schedule: Schedule): Promise<void> {
  const days = bookableDays(context, schedule)
  if (days.length === 0) return
  const made = await db
    .selectFrom('slots')
    .select('day')
    .distinct()
    .where('city_id', '=', schedule.cityId)
    .where('hall_id', '=', schedule.hallId)
    .where('counter_id', '=', schedule.counterId)
    .where('day', 'in', days)
    .execute()
  const known = new Set(made.map((row) => row.day))
  const planned = days
    .filter((day) => !known.has(day))
    .flatMap((day) => planDay(schedule, day).map((slot) => ({ day, slot })))
  if (planned.length === 0) return
  await db
    .insertInto('slots')
    .values(
      planned.map(({ day, slot }) => ({
        id: slot.id,
        city_id: schedule.cityId,
        hall_id: schedule.hallId,
        counter_id: schedule.counterId,
        day,
        starts_at: slot.startsAt,
        ends_at: slot.endsAt,
        capacity: slot.capacity,
        elsewhere: slot.elsewhere,
        taken: slot.elsewhere,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Places left, counting those of holds whose deadline has passed although nobody has swept them yet. */
export const freeAt = (now: Date) =>
  sql<number>`slots.capacity - slots.taken + (select count(*) from holds
    where holds.slot_id = slots.id and holds.state = 'held' and holds.expires_at <= ${now})`

/** The places of a counter still ahead, in the order of time. */
export async function slotsAhead(db: Db, context: Window, schedule: Schedule): Promise<FreeSlot[]> {
  await ensureSlots(db, context, schedule)
  const days = bookableDays(context, schedule)
  if (days.length === 0) return []
  const now = context.now()
  return db
    .selectFrom('slots')
    .selectAll('slots')
    .select(freeAt(now).as('free'))
    .where('city_id', '=', schedule.cityId)
    .where('hall_id', '=', schedule.hallId)
    .where('counter_id', '=', schedule.counterId)
    .where('day', 'in', days)
    .where('starts_at', '>', now)
    .orderBy('starts_at')
    .execute()
}

/** The nearest three free places for somebody who lost one: the same day first, then the days after. */
export async function alternativesTo(context: Context, slotId: string): Promise<Slot[]> {
  const now = context.now()
  const near = await context.db
    .selectFrom('slots')
    .innerJoin('slots as lost', (join) =>
      join
        .onRef('lost.city_id', '=', 'slots.city_id')
        .onRef('lost.hall_id', '=', 'slots.hall_id')
        .onRef('lost.counter_id', '=', 'slots.counter_id'),
    )
    .selectAll('slots')
    .select(freeAt(now).as('free'))
    .where('lost.id', '=', slotId)
    .where('lost.city_id', '=', context.cityId)
    .where('slots.id', '<>', slotId)
    .where('slots.starts_at', '>', now)
    .where('slots.day', 'in', windowDays(context))
    .where(freeAt(now), '>', 0)
    .orderBy(sql`case when slots.day = lost.day then 0 when slots.day > lost.day then 1 else 2 end`)
    .orderBy(sql`abs(extract(epoch from slots.starts_at - lost.starts_at))`)
    .orderBy('slots.starts_at')
    .limit(3)
    .execute()
  return near.map((slot) => slotBody(slot, slot.free))
}
