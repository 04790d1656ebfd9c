import { sql, type Transaction } from 'kysely'
import type { AppointmentState } from '../../contract/wire/types.gen'
import type { Tables } from '../database/tables'
import { givePlacesBack } from './locks'
import type { AppointmentRow } from './tables'

/** Ends that give the place to others; the rest keep theirs, because somebody came or should have come. */
const freeing: readonly AppointmentState[] = ['cancelled-by-citizen', 'cancelled-by-hall', 'excused']

const isOpen = (state: AppointmentState): boolean => state === 'confirmed' || state === 'checked-in'

/** Slot and citizen are locked. */
export async function changeVisit(
  trx: Transaction<Tables>,
  visit: AppointmentRow,
  state: AppointmentState,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('appointments')
    .set((set) => ({ state, version: set('version', '+', 1), ended_at: isOpen(state) ? null : now }))
    .where('city_id', '=', visit.city_id)
    .where('id', '=', visit.id)
    .execute()
  if (freeing.includes(state) && !freeing.includes(visit.state)) await givePlacesBack(trx, visit.city_id, visit)
}

export async function countNoShow(
  trx: Transaction<Tables>,
  visit: AppointmentRow,
  reason: 'absent' | 'late-cancellation',
  countedAt: Date,
): Promise<void> {
  await trx
    .insertInto('no_shows')
    .values({
      appointment_id: visit.id,
      city_id: visit.city_id,
      citizen_id: visit.citizen_id,
      reason,
      counted_at: countedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** A visit was moved too late, to this hold: it counts as a missed one, whatever becomes of it then. */
export async function countLateMove(
  trx: Transaction<Tables>,
  visit: Pick<AppointmentRow, 'id' | 'city_id' | 'citizen_id'>,
  holdId: string,
  countedAt: Date,
): Promise<void> {
  const { id, city_id, citizen_id } = visit
  await trx
    .insertInto('late_moves')
    .values({ city_id, id: holdId, citizen_id, appointment_id: id, counted_at: countedAt })
    .execute()
}

/** The hall forgives: what was counted no longer counts. */
export async function excuseNoShow(
  trx: Transaction<Tables>,
  cityId: string,
  visitId: string,
  now: Date,
): Promise<void> {
  await trx
    .updateTable('late_moves')
    .set({ excused_at: sql`coalesce(excused_at, ${now})` })
    .where('city_id', '=', cityId)
    .where('appointment_id', '=', visitId)
    .execute()
  await trx
    .updateTable('no_shows')
    .set({ excused_at: sql`coalesce(excused_at, ${now})` })
    .where('city_id', '=', cityId)
    .where('appointment_id', '=', visitId)
    .execute()
}
