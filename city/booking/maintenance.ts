import { sql } from 'kysely'
import type { City } from '../catalogue'
import { cityOf, type Service } from '../service'
import { settleByClock } from './no-shows'
import { endOverdueHolds, offerFreePlaces, surroundingsOf } from './waitlist-offers'

/** Maintenance begins: what was due before it counts as it did. Other instances know within seconds. */
export async function pauseBooking(service: Service, city: City): Promise<void> {
  const now = service.clock.now()
  if (city.booking) {
    await settleByClock(service.database.db, city, null, now)
    await endOverdueHolds(surroundingsOf(service, city))
  }
  await service.database.db
    .updateTable('cities')
    .set({ mode: 'read-only', paused_at: now })
    .where('id', '=', city.id)
    .where('mode', '=', 'open')
    .execute()
  await service.catalogue.refresh()
}

/**
 * Maintenance is over. Nothing that fell into it counts: visits that ended meanwhile are over without a missed one, one under
 * way is forgiven, one that could not be cancelled in time may be cancelled free until it begins, and holds and offers get
 * back the time they had left and do not count when they run out.
 */
export async function resumeBooking(service: Service, city: City): Promise<void> {
  const now = service.clock.now()
  const since = city.pausedAt ?? new Date(0)
  await service.database.transaction(async (trx) => {
    const opened = await trx
      .updateTable('cities')
      .set({ mode: 'open', paused_at: null })
      .where('id', '=', city.id)
      .where('mode', '=', 'read-only')
      .executeTakeFirst()
    // Once, by whichever instance is first.
    if (!opened.numUpdatedRows || !city.booking) return
    await settleByClock(trx, city, null, now)
    const confirmed = trx
      .updateTable('appointments')
      .from('slots')
      .whereRef('slots.city_id', '=', 'appointments.city_id')
      .whereRef('slots.id', '=', 'appointments.slot_id')
      .where('appointments.city_id', '=', city.id)
      .where('appointments.state', '=', 'confirmed')
    await confirmed
      .set((set) => ({
        version: set('version', '+', 1),
        cancel_until: sql`greatest(cancel_until, slots.starts_at)`,
        forgiven: sql`forgiven or slots.starts_at <= ${now}`,
      }))
      .where('cancel_until', '>', since)
      .where('cancel_until', '<=', now)
      .execute()
    // A visit under way could not be cancelled when maintenance began, but nobody could check in either.
    await confirmed
      .set((set) => ({ version: set('version', '+', 1), forgiven: true }))
      .where('forgiven', '=', false)
      .where('slots.starts_at', '<=', now)
      .execute()
    await trx
      .updateTable('holds')
      .from('slots')
      .set({
        expires_at: sql`least(expires_at + (${now}::timestamptz - ${since}::timestamptz), slots.starts_at)`,
        forgiven: true,
      })
      .whereRef('slots.city_id', '=', 'holds.city_id')
      .whereRef('slots.id', '=', 'holds.slot_id')
      .where('holds.city_id', '=', city.id)
      .where('holds.state', '=', 'held')
      .where('holds.expires_at', '>', since)
      .execute()
  })
  await service.catalogue.refresh()
  const open = cityOf(service, city.id)
  if (open.booking) await offerFreePlaces(surroundingsOf(service, open))
}
