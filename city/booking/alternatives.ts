import { sql } from 'kysely'
import type { Slot } from '../../contract/wire/types.gen'
import type { Context } from '../http/operation'
import { overlapping, type Times } from './overlap'
import type { RequestedVisit } from './requested-visit'
import { freeAt, slotBody, slotsAhead, windowDays } from './slots'
import type { FreeSlot } from './tables'
import { endOf, isSingle, runsOf } from './visit-plan'

/** As many are looked at, so that three are left when some of them overlap visits of their own. */
const looked = 12

/** The time that was lost, and how many wanted to come. */
type Lost = Pick<FreeSlot, 'id' | 'city_id' | 'hall_id' | 'counter_id' | 'day' | 'starts_at'> & { persons: number }

/**
 * The nearest three starts with room for somebody who lost one: the same day first, then the days after, then before. Times
 * at which they have a visit already, but for the one that is moved, are left out.
 */
export async function alternativesTo(
  context: Context,
  { plan, slot, persons }: RequestedVisit,
  movesId: string | null,
): Promise<Slot[]> {
  const lost = { ...slot, persons }
  const near = isSingle(plan) ? await nearOneSlot(context, lost) : await nearLongVisit(context, plan, lost)
  if (near.length === 0) return []
  const [starts, ends] = [
    near.map(({ times }) => times.startsAt.getTime()),
    near.map(({ times }) => times.endsAt.getTime()),
  ]
  const times = { startsAt: new Date(Math.min(...starts)), endsAt: new Date(Math.max(...ends)) }
  const self = { citizenId: context.citizenId, personId: context.citizenId, movesId }
  const own = await overlapping(context.db, context.cityId, { ...self, times })
  return near
    .filter(({ times }) => !own.some((visit) => visit.starts_at < times.endsAt && visit.ends_at > times.startsAt))
    .slice(0, 3)
    .map(({ slot }) => slot)
}

type Near = { slot: Slot; times: Times }

function nearOneSlot(context: Context, lost: Lost): Promise<Near[]> {
  // A crowd that loses the same slot at the same time asks once.
  const questions = underWay.get(context.database) ?? new Map<string, Promise<Near[]>>()
  underWay.set(context.database, questions)
  const key = `${lost.persons} ${lost.id}`
  const running = questions.get(key)
  if (running) return running
  const question = forOneSlot(context, lost).finally(() => questions.delete(key))
  questions.set(key, question)
  return question
}
const underWay = new WeakMap<object, Map<string, Promise<Near[]>>>()

async function forOneSlot(context: Context, lost: Lost): Promise<Near[]> {
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
    .where(freeAt(context.now()), '>=', lost.persons)
    .orderBy(sql`case when day = ${lost.day} then 0 when day > ${lost.day} then 1 else 2 end`)
    .orderBy(sql`abs(extract(epoch from starts_at - ${lost.starts_at}))`)
    .orderBy('starts_at')
    .limit(looked)
    .execute()
  return near.map((slot) => ({
    slot: slotBody(slot, slot.free),
    times: { startsAt: slot.starts_at, endsAt: slot.ends_at },
  }))
}

async function nearLongVisit(context: Context, plan: RequestedVisit['plan'], lost: Lost): Promise<Near[]> {
  const runs = runsOf(plan, await slotsAhead(context.db, context, plan))
  const rank = (day: string) => (day === lost.day ? 0 : day > lost.day ? 1 : 2)
  const away = (slot: FreeSlot) => Math.abs(slot.starts_at.getTime() - lost.starts_at.getTime())
  return runs
    .filter(({ free, slots }) => free >= lost.persons && slots[0].id !== lost.id)
    .sort(({ slots: [a] }, { slots: [b] }) => rank(a.day) - rank(b.day) || away(a) - away(b))
    .slice(0, looked)
    .map((run) => ({
      slot: slotBody(run.slots[0], run.free),
      times: { startsAt: run.slots[0].starts_at, endsAt: endOf(run) },
    }))
}
