import type { Context } from '../core'
import type { Slot } from '../wire/types.gen'
import { type FreeSlot, slotBody, slotsAhead } from './slots'
import { runsOf, type VisitPlan } from './visit-plan'

/** The nearest three starts with room for somebody who lost one: the same day first, then the days after. */
export async function alternativesTo(
  context: Context,
  plan: VisitPlan,
  lost: Pick<FreeSlot, 'id' | 'day' | 'starts_at'>,
): Promise<Slot[]> {
  const runs = runsOf(plan, await slotsAhead(context.db, context, plan))
  const dayRank = (day: string) => (day === lost.day ? 0 : day > lost.day ? 1 : 2)
  const away = (slot: FreeSlot) => Math.abs(slot.starts_at.getTime() - lost.starts_at.getTime())
  return runs
    .filter(({ free, slots }) => free > 0 && slots[0].id !== lost.id)
    .sort(({ slots: [a] }, { slots: [b] }) => dayRank(a.day) - dayRank(b.day) || away(a) - away(b))
    .slice(0, 3)
    .map(({ slots, free }) => slotBody(slots[0], free))
}
