import { sql } from 'kysely'
import type { BookingRules, Citizen } from '../../contract/wire/types.gen'
import type { BookingSeed, City } from '../catalogue'
import type { Db } from '../database/database'
import type { Context } from '../http/operation'
import { addDays, dayOf, instant, momentOf } from '../words'
import { bookingRules } from './rules'

/** When booking is possible again, or null when it is now. Reaching the limit within one month blocks, each further one anew. */
export function blockedUntil(
  countedAt: readonly Date[],
  rules: Pick<BookingRules, 'noShowLimit' | 'noShowBlockDays'>,
  now: Date,
): Date | null {
  const inMonth = new Map<string, number>()
  let until: Date | null = null
  for (const at of [...countedAt].sort((a, b) => a.getTime() - b.getTime())) {
    const month = dayOf(at).slice(0, 7)
    const count = (inMonth.get(month) ?? 0) + 1
    inMonth.set(month, count)
    if (count >= rules.noShowLimit) until = new Date(at.getTime() + rules.noShowBlockDays * 86_400_000)
  }
  return until !== null && until > now ? until : null
}

/**
 * Marks what the clock has decided: a visit nobody came to is a no-show once its time is over, one that was checked in and
 * never served expires at the end of its day. In maintenance, and for one that maintenance got in the way of, nothing counts:
 * it expires. One statement each, so that two readers mark once. Without a citizen, the whole city's.
 */
export async function settleByClock(
  db: Db,
  { id: cityId, mode }: Pick<City, 'id' | 'mode'>,
  citizenId: string | null,
  now: Date,
): Promise<void> {
  const isPaused = mode === 'read-only'
  const ofWhom = citizenId === null ? {} : { citizen_id: citizenId }
  await db
    .with('missed', (cte) =>
      cte
        .updateTable('appointments')
        .set((set) => ({
          state: sql<'expired' | 'no-show'>`case when forgiven or ${isPaused} then 'expired' else 'no-show' end`,
          version: set('version', '+', 1),
          ended_at: set.ref('ends_at'),
        }))
        .where((eb) => eb.and({ city_id: cityId, ...ofWhom, state: 'confirmed' }))
        .where('ends_at', '<=', now)
        .returning(['id', 'city_id', 'citizen_id', 'ends_at', 'state']),
    )
    .insertInto('no_shows')
    .columns(['appointment_id', 'city_id', 'citizen_id', 'reason', 'counted_at'])
    .expression((eb) =>
      eb
        .selectFrom('missed')
        .select(['id', 'city_id', 'citizen_id', eb.val('absent').as('reason'), 'ends_at'])
        .where('state', '=', 'no-show'),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const midnight = momentOf(dayOf(now))
  await db
    .updateTable('appointments')
    .set((set) => ({ state: 'expired', version: set('version', '+', 1), ended_at: midnight }))
    .where((eb) => eb.and({ city_id: cityId, ...ofWhom, state: 'checked-in' }))
    .where('ends_at', '<=', midnight)
    .execute()
}

/** A visit still ahead or under way. */
type OpenVisit = { id: string; ends_at: Date }

export type History = { open: OpenVisit[]; noShowsThisMonth: number; blockedUntil: Date | null }

async function openVisits(db: Db, cityId: string, citizenId: string) {
  return db
    .selectFrom('appointments')
    .select(['id', 'ends_at'])
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .where('state', 'in', ['confirmed', 'checked-in'])
    .execute()
}

/** What the citizen's history says now, after the clock has decided about visits gone by. */
export async function historyOf(
  db: Db,
  city: Pick<City, 'id' | 'mode'>,
  citizenId: string,
  rules: BookingSeed,
  now: Date,
): Promise<History> {
  const cityId = city.id
  let open = await openVisits(db, cityId, citizenId)
  if (open.some((visit) => visit.ends_at <= now)) {
    await settleByClock(db, city, citizenId, now)
    open = await openVisits(db, cityId, citizenId)
  }
  // What blocks now came at most the block's length ago, and counts with others of its month.
  const since = momentOf(addDays(dayOf(now), -rules.noShowBlockDays - 32))
  const missed = await db
    .selectFrom('no_shows')
    .select('counted_at')
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .where('excused_at', 'is', null)
    .where('counted_at', '>=', since)
    .unionAll(
      db
        .selectFrom('late_moves')
        .select('counted_at')
        .where('city_id', '=', cityId)
        .where('citizen_id', '=', citizenId)
        .where('excused_at', 'is', null)
        .where('counted_at', '>=', since),
    )
    .execute()
  const month = dayOf(now).slice(0, 7)
  const times = missed.map((row) => row.counted_at)
  return {
    open,
    noShowsThisMonth: times.filter((at) => dayOf(at).slice(0, 7) === month).length,
    blockedUntil: blockedUntil(times, rules, now),
  }
}

/** The booking part of the citizen's counters. */
export async function bookingCounters(context: Context): Promise<Citizen['counters']> {
  if (!context.city.booking) return { noShowsThisMonth: 0, activeAppointments: 0 }
  const rules = bookingRules(context)
  const history = await historyOf(context.db, context.city, context.citizenId, rules, context.now())
  return {
    noShowsThisMonth: history.noShowsThisMonth,
    activeAppointments: history.open.length,
    ...(history.blockedUntil && { blockedUntil: instant(history.blockedUntil) }),
  }
}
