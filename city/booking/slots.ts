import { expressionBuilder, sql } from 'kysely'
import type { Slot } from '../../contract/wire/types.gen'
import type { Db } from '../database/database'
import type { Tables } from '../database/tables'
import type { Context } from '../http/operation'
import { addDays, dayOf, instant } from '../words'
import { holdsNow } from './locks'
import { bookingRules } from './rules'
import { closedOn, planDay, releaseOf, type Schedule } from './slot-plan'
import type { FreeSlot, SlotRow } from './tables'
import type { VisitPlan } from './visit-plan'
export const slotBody = (slot: SlotRow, free: number): Slot => ({
  id: slot.id,
  hallId: slot.hall_id,
  day: slot.day,
  startsAt: instant(slot.starts_at),
  endsAt: instant(slot.ends_at),
  free: Math.max(0, free),
  capacity: slot.capacity,
})

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
export function freeAt(now: Date) {
  const overdue = expressionBuilder<Tables, 'slots'>()
    .selectFrom('holds')
    .select(sql<number>`coalesce(sum(holds.persons), 0)`.as('places'))
    .whereRef('holds.city_id', '=', 'slots.city_id')
    .where('holds.state', '=', 'held')
    .where('holds.expires_at', '<=', now)
    .where(sql<boolean>`(holds.slot_id = slots.id or slots.id = any(holds.more_slot_ids))`)
  return sql<number>`slots.capacity - slots.taken + ${overdue}`
}

/** The places of a visit's counters still ahead, in the order of time. */
export async function slotsAhead(db: Db, context: Window, plan: VisitPlan): Promise<FreeSlot[]> {
  const schedules = [...new Map(plan.legs.map(({ schedule }) => [schedule.counterId, schedule])).values()]
  for (const schedule of schedules) await ensureSlots(db, context, schedule)
  const [first] = schedules
  const days = first ? bookableDays(context, first) : []
  if (!first || days.length === 0) return []
  const now = context.now()
  return db
    .selectFrom('slots')
    .selectAll('slots')
    .select(freeAt(holdsNow(context.city, now)).as('free'))
    .where('city_id', '=', first.cityId)
    .where('hall_id', '=', first.hallId)
    .where(
      'counter_id',
      'in',
      schedules.map(({ counterId }) => counterId),
    )
    .where('day', 'in', days)
    .where('starts_at', '>', now)
    .orderBy('starts_at')
    .orderBy('id')
    .execute()
}
