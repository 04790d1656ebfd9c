import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables'
import type { SlotRow } from './slots'

/**
 * Everything that changes places locks in one order, so that nothing waits in a circle: first the citizen's own row, then
 * slots by id, then holds and appointments, which belong to one citizen and one slot and so are covered by those two.
 */
export async function lockCitizen(trx: Transaction<Tables>, cityId: string, citizenId: string): Promise<void> {
  await trx
    .insertInto('bookers')
    .values({ city_id: cityId, citizen_id: citizenId })
    .onConflict((conflict) =>
      conflict.columns(['city_id', 'citizen_id']).doUpdateSet((set) => ({ city_id: set.ref('excluded.city_id') })),
    )
    .execute()
}

/** Locks slots in the order of their ids, ends their overdue holds by the city's clock, and reads them. */
export async function lockSlots(
  trx: Transaction<Tables>,
  slotIds: readonly string[],
  now: Date,
): Promise<Map<string, SlotRow>> {
  if (slotIds.length === 0) return new Map()
  const read = () =>
    trx
      .selectFrom('slots')
      .selectAll()
      .where('id', 'in', [...slotIds])
      .orderBy('id')
      .forUpdate()
      .execute()
  let rows = await read()
  const ended = await trx
    .updateTable('holds')
    .set({ state: 'expired', ended_at: sql`expires_at` })
    .where('slot_id', 'in', [...slotIds])
    .where('state', '=', 'held')
    .where('expires_at', '<=', now)
    .returning('slot_id')
    .execute()
  for (const { slot_id } of ended) await givePlaceBack(trx, slot_id)
  if (ended.length > 0) rows = await read()
  return new Map(rows.map((row) => [row.id, row]))
}

/** The caller has locked the slot. */
export async function takePlace(trx: Transaction<Tables>, slotId: string): Promise<void> {
  await trx
    .updateTable('slots')
    .set((set) => ({ taken: set('taken', '+', 1) }))
    .where('id', '=', slotId)
    .execute()
}

/** The caller has locked the slot. */
export async function givePlaceBack(trx: Transaction<Tables>, slotId: string): Promise<void> {
  await trx
    .updateTable('slots')
    .set((set) => ({ taken: set('taken', '-', 1) }))
    .where('id', '=', slotId)
    .execute()
}
