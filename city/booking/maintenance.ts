import { sql } from 'kysely'
import type { City } from '../catalogue'
import type { Service } from '../service'
import { settleByClock } from './no-shows'
import { endOverdueHolds, offerFreePlaces, surroundingsOf } from './waitlist-offers'

/** Maintenance begins: what was due before it counts as it did. */
export async function pauseBooking(service: Service, city: City): Promise<void> {
  const now = service.clock.now()
  if (city.booking) {
    await settleByClock(service.database.db, city, null, now)
    await endOverdueHolds(surroundingsOf(service, city))
  }
  city.mode = 'read-only'
  city.pausedAt = now
}

/**
 * Maintenance is over. Nothing that fell into it counts: visits that ended meanwhile are over without a missed one, one under
 * way is forgiven, one that could not be cancelled in time may be cancelled free until it begins, and holds and offers get
 * back the time they had left.
 */
export async function resumeBooking(service: Service, city: City): Promise<void> {
  const now = service.clock.now()
  const since = city.pausedAt ?? new Date(0)
  if (city.booking) {
    await service.database.transaction(async (trx) => {
      await settleByClock(trx, city, null, now)
      await sql`
        update appointments set version = version + 1, cancel_until = greatest(cancel_until, slots.starts_at),
          forgiven = forgiven or slots.starts_at <= ${now}
        from slots where slots.id = appointments.slot_id and appointments.city_id = ${city.id}
          and appointments.state = 'confirmed' and cancel_until > ${since} and cancel_until <= ${now}`.execute(trx)
      // A visit under way could not be cancelled when maintenance began, but nobody could check in either.
      await sql`
        update appointments set version = version + 1, forgiven = true
        from slots where slots.id = appointments.slot_id and appointments.city_id = ${city.id}
          and appointments.state = 'confirmed' and not forgiven and slots.starts_at <= ${now}`.execute(trx)
      await sql`
        update holds set expires_at = least(expires_at + (${now}::timestamptz - ${since}::timestamptz), slots.starts_at)
        from slots where slots.id = holds.slot_id and holds.city_id = ${city.id} and holds.state = 'held'
          and holds.expires_at > ${since}`.execute(trx)
    })
  }
  city.mode = 'open'
  delete city.pausedAt
  if (city.booking) await offerFreePlaces(surroundingsOf(service, city))
}
