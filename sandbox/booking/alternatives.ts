import { sql } from 'kysely'
import type { Context } from '../core'
import type { Slot } from '../wire/types.gen'
import { type FreeSlot, freeAt, slotBody, slotsAhead, windowDays } from './slots'
import { isSingle, runsOf, type VisitPlan } from './visit-plan'

type Lost = Pick<FreeSlot, 'id' | 'city_id' | 'hall_id' | 'counter_id' | 'day' | 'starts_at'>

/** The nearest three starts with room for somebody who lost one: the same day first, then the days after, then before. */
export function alternativesTo(context: Context, plan: VisitPlan, lost: Lost): Promise<Slot[]> {
  if (!isSingle(plan)) return forLongVisit(context, plan, lost)
  // A crowd that loses the same slot at the same time asks once.
  const questions = asked.get(context.database) ?? new Map<string, Promise<Slot[]>>()
  asked.set(context.database, questions)
  const running = questions.get(lost.id)
  if (running) return running
  const question = forOneSlot(context, lost).finally(() => questions.delete(lost.id))
  questions.set(lost.id, question)
  return question
}
const asked = new WeakMap<object, Map<string, Promise<Slot[]>>>()

async function forOneSlot(context: Context, lost: Lost): Promise<Slot[]> {
  const near = await context.db
    .selectFrom('slots')
    .selectAll('slots')
    .select(freeAt(context.now()).as('free'))
    .where('city_id', '=', lost.city_id)
    .where('hall_id', '=', lost.hall_id)
    .where('counter_id', '=', lost.counter_id)
    .where('day', 'in', windowDays(context))
    .where('id', '<>', lost.id)
    .where('starts_at', '>', context.now())
    .where(freeAt(context.now()), '>', 0)
    .orderBy(sql`case when day = ${lost.day} then 0 when day > ${lost.day} then 1 else 2 end`)
    .orderBy(sql`abs(extract(epoch from starts_at - ${lost.starts_at}))`)
    .orderBy('starts_at')
    .limit(3)
    .execute()
  return near.map((slot) => slotBody(slot, slot.free))
}

async function forLongVisit(context: Context, plan: VisitPlan, lost: Lost): Promise<Slot[]> {
  const runs = runsOf(plan, await slotsAhead(context.db, context, plan))
  const rank = (day: string) => (day === lost.day ? 0 : day > lost.day ? 1 : 2)
  const away = (slot: FreeSlot) => Math.abs(slot.starts_at.getTime() - lost.starts_at.getTime())
  return runs
    .filter(({ free, slots }) => free > 0 && slots[0].id !== lost.id)
    .sort(({ slots: [a] }, { slots: [b] }) => rank(a.day) - rank(b.day) || away(a) - away(b))
    .slice(0, 3)
    .map(({ slots, free }) => slotBody(slots[0], free))
}
