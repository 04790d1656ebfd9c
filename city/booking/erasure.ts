import type { Transaction } from 'kysely'
import type { Tables } from '../database/tables'
import { givePlacesBack, lockSlots, placesOf } from './locks'

/**
 * Takes a citizen out of the books of the halls. No visit of theirs is ahead, and their row is locked. A place that somebody took stays
 * taken, by nobody in particular; one that is held is free. In visits that others booked for them the name goes.
 */
export async function eraseVisits(trx: Transaction<Tables>, cityId: string, citizenId: string): Promise<void> {
  const mine = { city_id: cityId, citizen_id: citizenId }
  const held = await trx
    .selectFrom('holds')
    .select(['slot_id', 'more_slot_ids', 'persons'])
    .where((hold) => hold.and({ ...mine, state: 'held' }))
    .execute()
  const kept = await trx
    .selectFrom('appointments')
    .select(['slot_id', 'more_slot_ids', 'persons'])
    .where((visit) => visit.and(mine))
    .where('state', 'not in', ['cancelled-by-citizen', 'cancelled-by-hall', 'excused'])
    .execute()
  await lockSlots(trx, cityId, [...held, ...kept].flatMap(placesOf), new Date(0))
  for (const hold of held) await givePlacesBack(trx, cityId, hold)
  for (const visit of kept)
    await trx
      .updateTable('slots')
      .set((set) => ({ elsewhere: set('elsewhere', '+', visit.persons) }))
      .where('city_id', '=', cityId)
      .where('id', 'in', placesOf(visit))
      .execute()
  await trx
    .updateTable('appointments')
    .set({ person_id: 'erased', document_key: null, visitor: '{}' })
    .where('city_id', '=', cityId)
    .where('person_id', '=', citizenId)
    .where('citizen_id', '<>', citizenId)
    .execute()
  for (const table of ['waitlist', 'no_shows', 'late_moves'] as const)
    await trx.deleteFrom(table).where('city_id', '=', cityId).where('citizen_id', '=', citizenId).execute()
  // In one statement: visits and holds point at each other.
  await trx
    .with('visits', (cte) => cte.deleteFrom('appointments').where((visit) => visit.and(mine)))
    .deleteFrom('holds')
    .where((hold) => hold.and(mine))
    .execute()
}
