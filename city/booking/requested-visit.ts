import { sql } from 'kysely'
import type { HoldRequest } from '../../contract/wire/types.gen'
import type { Db } from '../database/database'
import type { Context } from '../http/operation'
import { problem } from '../http/problem'
import type { Words } from '../words'
import { freeAt } from './slots'
import type { FreeSlot } from './tables'
import { endOf, isSingle, refusePersons, runFrom, type VisitPlan, visitPlanOf } from './visit-plan'

/** What somebody wants to hold, as it looks before anything is locked. */
export type RequestedVisit = {
  plan: VisitPlan
  hallName: Words
  /** The first slot; null free when the visit does not fit in before the hall closes. */
  slot: FreeSlot
  slotIds: [string, ...string[]]
  endsAt: Date
  /** How many come; each takes a place. */
  persons: number
  /** Places left for the whole visit. */
  free: number
  /** The citizen holds one of these places, or has asked with this key before: only the locks can tell. */
  known: boolean
}

/** Not found when the slot is not there or its hall does not serve the items. */
export async function requestedVisit(
  db: Db,
  context: Context,
  body: HoldRequest,
  key: string,
): Promise<RequestedVisit> {
  const { cityId, citizenId } = context
  const now = context.now()
  const slot = await db
    .selectFrom('slots')
    .innerJoin('halls', (join) =>
      join.onRef('halls.city_id', '=', 'slots.city_id').onRef('halls.id', '=', 'slots.hall_id'),
    )
    .selectAll('slots')
    .select(['halls.name as hallName', freeAt(now).as('free')])
    .select((eb) =>
      eb
        .or([
          eb.exists(
            eb
              .selectFrom('holds')
              .select('holds.id')
              .where('holds.city_id', '=', cityId)
              .where('holds.citizen_id', '=', citizenId)
              .where('holds.state', '=', 'held')
              .where(sql<boolean>`(holds.slot_id = slots.id or slots.id = any(holds.more_slot_ids))`),
          ),
          eb.exists(
            eb
              .selectFrom('idempotency_keys as used')
              .select('used.key')
              .where('used.city_id', '=', cityId)
              .where('used.citizen_id', '=', citizenId)
              .where('used.key', '=', key),
          ),
        ])
        .$castTo<boolean>()
        .as('known'),
    )
    .select((eb) =>
      eb
        .selectFrom('appointments as moved')
        .select('moved.persons')
        .where('moved.city_id', '=', cityId)
        .where('moved.id', '=', body.appointmentId ?? null)
        .where('moved.citizen_id', '=', citizenId)
        .as('movedPersons'),
    )
    .where('slots.id', '=', body.slotId)
    .where('slots.city_id', '=', cityId)
    .executeTakeFirst()
  if (!slot) throw problem('not-found')
  const plan = await visitPlanOf(db, context, slot.hall_id, [body.itemId, ...(body.moreItemIds ?? [])])
  // Of a visit that is moved as many as it has, which an app need not know.
  const persons = body.persons ?? slot.movedPersons ?? 1
  refusePersons(plan, persons, context)
  const { hallName, known, movedPersons: _, ...first } = slot
  if (plan.legs[0]?.schedule.counterId !== slot.counter_id) throw problem('not-found')
  if (isSingle(plan)) {
    return { plan, hallName, known, persons, slot: first, slotIds: [slot.id], endsAt: slot.ends_at, free: slot.free }
  }
  const ofDay = await db
    .selectFrom('slots')
    .selectAll('slots')
    .select(freeAt(now).as('free'))
    .where('city_id', '=', cityId)
    .where('hall_id', '=', slot.hall_id)
    .where(
      'counter_id',
      'in',
      plan.legs.map(({ schedule }) => schedule.counterId),
    )
    .where('day', '=', slot.day)
    .orderBy('starts_at')
    .execute()
  const run = runFrom(plan, ofDay, first)
  // The last hours of a day have no room for a long visit: for it they are full.
  if (!run) return { plan, hallName, known, persons, slot: first, slotIds: [slot.id], endsAt: slot.ends_at, free: 0 }
  const [, ...more] = run.slots.map(({ id }) => id)
  return {
    plan,
    hallName,
    known,
    persons,
    slot: first,
    slotIds: [slot.id, ...more],
    endsAt: endOf(run),
    free: run.free,
  }
}
