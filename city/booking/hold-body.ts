import type { Selectable } from 'kysely'
import type { Hold } from '../../contract/wire/types.gen'
import type { Db } from '../database/database'
import type { Tables } from '../database/tables'
import type { Context } from '../http/operation'
import { problem } from '../http/problem'
import { instant, say } from '../words'
import { holdsNow, placesOf } from './locks'
import { freeAt, slotBody } from './slots'
import type { FreeSlot } from './tables'
import { namesOf } from './visit-plan'

export type HoldRow = Selectable<Tables['holds']>

/** What a hold is by the clock, whether or not anybody has swept it. */
export const holdStateAt = (hold: HoldRow, now: Date): Hold['state'] =>
  hold.state === 'held' && hold.expires_at <= now ? 'expired' : hold.state

export async function findHold(db: Db, cityId: string, citizenId: string, holdId: string): Promise<HoldRow> {
  const hold = await db
    .selectFrom('holds')
    .selectAll()
    .where('id', '=', holdId)
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .executeTakeFirst()
  if (!hold) throw problem('not-found')
  return hold
}

/** All items of a hold or a visit, the first one first. */
export const itemsOf = (visit: { item_id: string; more_item_ids: readonly string[] }): string[] => [
  visit.item_id,
  ...visit.more_item_ids,
]

/** The contract's shape of a hold whose surroundings are known. `free`: of its first slot, for the whole visit. */
export function holdBodyWith(
  context: Pick<Context, 'now' | 'city'>,
  hold: HoldRow,
  around: { slot: FreeSlot; free: number; hallName: string; itemName: string },
): Hold {
  const appointmentId = hold.appointment_id ?? hold.moves_id
  return {
    id: hold.id,
    cityId: hold.city_id,
    state: holdStateAt(hold, holdsNow(context.city, context.now())),
    slot: slotBody(around.slot, around.free),
    hallName: around.hallName,
    itemId: hold.item_id,
    itemName: around.itemName,
    ...(hold.more_item_ids.length > 0 && { moreItemIds: hold.more_item_ids }),
    ...(hold.more_slot_ids.length > 0 && { endsAt: instant(hold.ends_at) }),
    ...(hold.persons > 1 && { persons: hold.persons }),
    ...(appointmentId !== null && { appointmentId }),
    expiresAt: instant(hold.expires_at),
    serverTime: instant(context.now()),
  }
}

/** The contract's shape of a hold, read anew. */
export async function holdBody(db: Db, context: Context, hold: HoldRow): Promise<Hold> {
  const slots = await db
    .selectFrom('slots')
    .innerJoin('halls', (join) =>
      join.onRef('halls.city_id', '=', 'slots.city_id').onRef('halls.id', '=', 'slots.hall_id'),
    )
    .selectAll('slots')
    .select(['halls.name as hallName', freeAt(holdsNow(context.city, context.now())).as('free')])
    .where('slots.city_id', '=', hold.city_id)
    .where('slots.id', 'in', placesOf(hold))
    .execute()
  const items = await db
    .selectFrom('items')
    .select(['id', 'name'])
    .where('city_id', '=', hold.city_id)
    .where('id', 'in', itemsOf(hold))
    .execute()
  const slot = slots.find(({ id }) => id === hold.slot_id)
  if (!slot) throw problem('internal')
  const named = itemsOf(hold).flatMap((itemId) => items.filter(({ id }) => id === itemId))
  return holdBodyWith(context, hold, {
    slot,
    free: Math.min(...slots.map(({ free }) => free)),
    hallName: say(slot.hallName, context.language),
    itemName: namesOf(
      named.map(({ name }) => ({ name: say(name, context.language) })),
      context,
    ),
  })
}
