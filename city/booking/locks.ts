import { type Expression, type SqlBool, sql, type Transaction } from 'kysely'
import type { City } from '../catalogue'
import type { Tables } from '../database/tables'
import type { SlotRow } from './tables'

/** The time by which holds end: in maintenance it stands still, so that nobody loses a place they cannot confirm. */
export const holdsNow = ({ mode, pausedAt }: Pick<City, 'mode' | 'pausedAt'>, now: Date): Date =>
  mode === 'open' ? now : (pausedAt ?? new Date(0))

/** What stands in slots: a hold or a visit. */
type Standing = { slot_id: string; more_slot_ids: readonly string[] }

/** The same with how many people it keeps a place for in each of them. */
export type Placed = Standing & { persons: number }

/** All slots of a hold or a visit, in the order of time. */
export const placesOf = (placed: Standing): string[] => [placed.slot_id, ...placed.more_slot_ids]

/**
 * Everything that changes places locks in one order, so that nothing waits in a circle: first the citizens' own rows by id,
 * then slots by id, then holds and appointments, which belong to one citizen and some slots and so are covered by those.
 */
export async function lockCitizens(
  trx: Transaction<Tables>,
  cityId: string,
  citizenIds: readonly string[],
): Promise<void> {
  for (const citizenId of [...new Set(citizenIds)].sort()) {
    await trx
      .insertInto('bookers')
      .values({ city_id: cityId, citizen_id: citizenId })
      .onConflict((conflict) =>
        conflict.columns(['city_id', 'citizen_id']).doUpdateSet((set) => ({ city_id: set.ref('excluded.city_id') })),
      )
      .execute()
  }
}

/** A document is locked as its holder would be, along with the citizens: two who book for it at once are decided in turn. */
export const documentLock = (documentKey: string | null): string[] =>
  documentKey === null ? [] : [`document/${documentKey}`]

export const lockCitizen = (trx: Transaction<Tables>, cityId: string, citizenId: string): Promise<void> =>
  lockCitizens(trx, cityId, [citizenId])

const standsIn = (slotIds: readonly string[]): Expression<SqlBool> =>
  sql<SqlBool>`(slot_id = any(${slotIds}::text[]) or more_slot_ids && ${slotIds}::text[])`

/**
 * Locks slots in the order of their ids, ends their overdue holds by the city's clock, and reads them. An overdue hold may
 * stand in further slots: those are locked along, so that it ends in all of them or in none.
 */
export async function lockSlots(
  trx: Transaction<Tables>,
  cityId: string,
  slotIds: readonly string[],
  now: Date,
): Promise<Map<string, SlotRow>> {
  if (slotIds.length === 0) return new Map()
  const overdue = await trx
    .selectFrom('holds')
    .select(['id', 'slot_id', 'more_slot_ids'])
    .where('city_id', '=', cityId)
    .where('state', '=', 'held')
    .where('expires_at', '<=', now)
    .where(standsIn(slotIds))
    .execute()
  const lockIds = [...new Set([...slotIds, ...overdue.flatMap(placesOf)])]
  const read = () =>
    trx
      .selectFrom('slots')
      .selectAll()
      .where('city_id', '=', cityId)
      .where('id', 'in', lockIds)
      .orderBy('id')
      .forUpdate()
      .execute()
  let rows = await read()
  if (overdue.length > 0) {
    // Somebody else may have ended one while the locks were waited for.
    const ended = await trx
      .updateTable('holds')
      .set({ state: 'expired', ended_at: sql`expires_at` })
      .where('city_id', '=', cityId)
      .where(
        'id',
        'in',
        overdue.map(({ id }) => id),
      )
      .where('state', '=', 'held')
      .returning(['slot_id', 'more_slot_ids', 'persons'])
      .execute()
    for (const hold of ended) await givePlacesBack(trx, cityId, hold)
    if (ended.length > 0) rows = await read()
  }
  return new Map(rows.map((row) => [row.id, row]))
}

/** Takes a place for each person in all of these slots. The caller has locked them. */
export async function takePlaces(
  trx: Transaction<Tables>,
  cityId: string,
  slotIds: readonly string[],
  persons: number,
): Promise<void> {
  await trx
    .updateTable('slots')
    .set((set) => ({ taken: set('taken', '+', persons) }))
    .where('city_id', '=', cityId)
    .where('id', 'in', [...slotIds])
    .execute()
}

/** Gives back all places that a hold or a visit stands in. The caller has locked the slots. */
export async function givePlacesBack(trx: Transaction<Tables>, cityId: string, placed: Placed): Promise<void> {
  const { persons } = placed
  await trx
    .updateTable('slots')
    .set((set) => ({
      taken: set('taken', '-', persons),
      capacity: sql<number>`greatest(least(capacity, coalesce(planned, capacity)), taken - ${persons}::integer)`,
    }))
    .where('city_id', '=', cityId)
    .where('id', 'in', placesOf(placed))
    .execute()
}
