import { sql } from 'kysely'
import type { Db } from '../database/database'
import { noteFailure, type Service } from '../service'
import { addDays, dayOf } from '../words'

const days = 30

/** Counts once a day, in every city, how many came for each item in the last days. */
export async function countVisits(service: Service, signal?: AbortSignal): Promise<void> {
  const today = dayOf(service.clock.now())
  for (const { id, booking } of service.cities) {
    if (!booking || signal?.aborted) continue
    await countIn(service.database.db, id, today).catch((error: unknown) =>
      noteFailure(service, 'most used', error, { city: id }),
    )
  }
}

/** Two instances that count at once write the same. */
async function countIn(db: Db, cityId: string, today: string): Promise<void> {
  const items = await db.selectFrom('items').select(['id', 'counted_on']).where('city_id', '=', cityId).execute()
  if (items.every(({ counted_on }) => counted_on === today)) return
  const halls = await db.selectFrom('halls').select('id').where('city_id', '=', cityId).execute()
  const counts = new Map<string, number>()
  // Hall by hall and by the day of the visit, which the index of codes has.
  for (const hall of halls) {
    const visits = await db
      .selectFrom('appointments')
      .select(['item_id', 'more_item_ids', sql<string>`count(*)`.as('visits')])
      .where('city_id', '=', cityId)
      .where('hall_id', '=', hall.id)
      .where('day', '>=', addDays(today, -days))
      .where('day', '<', today)
      .where('state', 'not in', ['cancelled-by-citizen', 'cancelled-by-hall'])
      .groupBy(['item_id', 'more_item_ids'])
      .execute()
    for (const visit of visits)
      for (const id of [visit.item_id, ...visit.more_item_ids])
        counts.set(id, (counts.get(id) ?? 0) + Number(visit.visits))
  }
  for (const { id } of items) {
    await db
      .updateTable('items')
      .set({ visits_counted: counts.get(id) ?? 0, counted_on: today })
      .where('city_id', '=', cityId)
      .where('id', '=', id)
      .execute()
  }
}
