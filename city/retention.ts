import { type Kysely, sql } from 'kysely'
import { forgetFindings } from './billing/found-bills'
import type { Database } from './database/database'
import type { Tables } from './database/tables'
import { noteFailure, type Service } from './service'
import { dayOf, secondsAfter } from './words'

/** A kind of row that is kept for a time only. `time` is the column that it is found by; `where` belongs to its index. */
type Kept = {
  table: keyof Tables
  time: string
  /** A column of days as text, in place of instants. */
  isDay?: true
  where?: readonly [column: string, is: 'is' | 'is not']
  days: number
  why: string
}

/**
 * What is deleted, and when. Not here and so kept: payments, their bills, papers, refunds, receipts and the ledger (books are kept for years by
 * law), bills, visits, reports with what was said about them, and the citizens with their accounts, consents and favourites, who erase them by themselves.
 */
export const kept: readonly Kept[] = [
  { table: 'call_counts', time: 'until', days: 1, why: 'no limit looks back for longer than a day' },
  { table: 'account_questions', time: 'day', isDay: true, days: 31, why: 'who tries numbers is slowed down for a day' },
  { table: 'account_matches', time: 'expires_at', days: 1, why: 'a match is good for ten minutes' },
  { table: 'sessions', time: 'expires_at', days: 30, why: 'a phone that comes back hears that its session is over' },
  {
    table: 'idempotency_keys',
    time: 'created_at',
    where: ['payment_id', 'is'],
    days: 7,
    why: 'no phone repeats a call for longer; answers are about people',
  },
  {
    table: 'idempotency_keys',
    time: 'created_at',
    where: ['payment_id', 'is not'],
    days: 180,
    why: 'a phone finds a payment that it left by the key, whenever it is opened next',
  },
  { table: 'verifications', time: 'begun_at', days: 400, why: 'none holds for longer than half a year' },
  { table: 'vendor_notifications', time: 'received_at', days: 30, why: 'vendors repeat one for a day or two' },
  { table: 'family_grants', time: 'ends_on', isDay: true, days: 3 * 366, why: 'as long as what was done under it' },
  { table: 'family_acts', time: 'at', days: 3 * 366, why: 'who acted for one is shown as long as who read one’s data' },
  { table: 'saved_visitors', time: 'used_at', days: 2 * 366, why: 'nobody was booked for them in two years' },
  { table: 'tickets', time: 'day', isDay: true, days: 60, why: 'the day is over; people look at what became of it' },
  { table: 'ticket_lines', time: 'day', isDay: true, days: 61, why: 'as the numbers given in it' },
  { table: 'paper_titles', time: 'used_at', days: 2 * 366, why: 'no invoice was asked for in two years' },
  { table: 'waitlist', time: 'day', isDay: true, days: 60, why: 'the day is over; people look at what became of it' },
  {
    table: 'no_shows',
    time: 'counted_at',
    days: 400,
    why: 'they count within a month, and block for less than a year',
  },
  { table: 'late_moves', time: 'counted_at', days: 400, why: 'as missed visits' },
  { table: 'messages', time: 'ended_at', days: 90, why: 'what was told is past; one that was sent is not sent again' },
  { table: 'outages', time: 'ended_at', days: 2, why: 'holds look back one day' },
  { table: 'data_uses', time: 'at', days: 3 * 366, why: 'who read one’s data is shown for three years' },
]

/** Holds that became no visit, or that a later one of the same visit replaced; then times nobody had a visit at. */
const HOLD_DAYS = 40
const SLOT_DAYS = 60
/** Those that visits need are passed over, so that none is looked at for ever. */
const SEARCH_DAYS = 60

/** A statement deletes about so many, so that nobody waits for it. */
const BATCH = 500
/** Of what takes several statements for each. */
const FEW = 50

/** Deletes what has had its time, in every city, each kind on its own. Instances that do it at once find less to do. */
export async function forgetOld(service: Service, signal?: AbortSignal): Promise<void> {
  const now = service.clock.now()
  for (const { id } of service.cities) {
    for (const { what, some } of steps(service.database, id, now)) {
      const work = async () => {
        while (!signal?.aborted && (await some()) >= BATCH);
      }
      await work().catch((error: unknown) => noteFailure(service, 'retention', error, { city: id, what }))
    }
  }
}

type Step = { what: string; some(): Promise<number> }

const steps = (database: Database, cityId: string, now: Date): Step[] => [
  ...kept.map((each) => ({ what: each.table, some: () => deleteAged(database.db, cityId, each, now) })),
  { what: 'findings', some: () => deleteFindings(database, cityId, now) },
  { what: 'holds', some: () => deleteHolds(database.db, cityId, now) },
  { what: 'slots', some: () => deleteSlots(database.db, cityId, now) },
]

const daysBefore = (now: Date, days: number): Date => secondsAfter(now, -days * 86_400)

/** About a batch of the oldest. Of several with one time, all. */
async function deleteAged(db: Kysely<Tables>, cityId: string, kind: Kept, now: Date): Promise<number> {
  const aged = db as unknown as Kysely<Record<string, Record<string, unknown>>>
  const before = daysBefore(now, kind.days)
  const end = kind.isDay ? dayOf(before) : before
  const time = sql.ref<string | Date>(kind.time)
  let oldest = aged.selectFrom(kind.table).select(time.as('at')).where('city_id', '=', cityId).where(time, '<', end)
  let rows = aged.deleteFrom(kind.table).where('city_id', '=', cityId).where(time, '<', end)
  if (kind.where) {
    oldest = oldest.where(kind.where[0], kind.where[1], null)
    rows = rows.where(kind.where[0], kind.where[1], null)
  }
  const last = await oldest
    .orderBy(time)
    .offset(BATCH - 1)
    .limit(1)
    .executeTakeFirst()
  // The driver's instants are whole milliseconds, cut off.
  if (last) rows = rows.where(time, '<=', last.at instanceof Date ? new Date(last.at.getTime() + 1) : last.at)
  const { numDeletedRows } = await rows.executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

/** What was found and not kept, with the copy of bills that nobody needs any more. */
const deleteFindings = (database: Database, cityId: string, now: Date): Promise<number> =>
  database.transaction(async (trx) => {
    const rows = await trx
      .selectFrom('findings')
      .select(['id', 'biller_id', 'number'])
      .where('city_id', '=', cityId)
      .where('expires_at', '<=', now)
      .orderBy('expires_at')
      .limit(FEW)
      .forUpdate()
      .skipLocked()
      .execute()
    await forgetFindings(trx, cityId, rows)
    return rows.length === FEW ? BATCH : rows.length
  })

async function deleteHolds(db: Kysely<Tables>, cityId: string, now: Date): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('holds')
    .where('city_id', '=', cityId)
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('holds as old')
        .select('old.id')
        .where('old.city_id', '=', cityId)
        .where('old.state', '<>', 'held')
        .where('old.ended_at', '<', daysBefore(now, HOLD_DAYS))
        .where('old.ended_at', '>=', daysBefore(now, HOLD_DAYS + SEARCH_DAYS))
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('appointments')
                .select('appointments.id')
                .whereRef('appointments.city_id', '=', 'old.city_id')
                .whereRef('appointments.hold_id', '=', 'old.id'),
            ),
          ),
        )
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('waitlist')
                .select('waitlist.id')
                .whereRef('waitlist.city_id', '=', 'old.city_id')
                .whereRef('waitlist.hold_id', '=', 'old.id'),
            ),
          ),
        )
        .orderBy('old.ended_at')
        .limit(BATCH),
    )
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}

async function deleteSlots(db: Kysely<Tables>, cityId: string, now: Date): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('slots')
    .where('city_id', '=', cityId)
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('slots as old')
        .select('old.id')
        .where('old.city_id', '=', cityId)
        .where('old.ends_at', '<', daysBefore(now, SLOT_DAYS))
        .where('old.ends_at', '>=', daysBefore(now, SLOT_DAYS + SEARCH_DAYS))
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('holds')
                .select('holds.id')
                .whereRef('holds.city_id', '=', 'old.city_id')
                .whereRef('holds.slot_id', '=', 'old.id'),
            ),
          ),
        )
        // A visit of several slots names those that follow its first in a list.
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('appointments as visit')
                .select('visit.id')
                .whereRef('visit.city_id', '=', 'old.city_id')
                .whereRef('visit.hall_id', '=', 'old.hall_id')
                .whereRef('visit.day', '=', 'old.day')
                .where(sql<boolean>`old.id = visit.slot_id or old.id = any(visit.more_slot_ids)`),
            ),
          ),
        )
        .orderBy('old.ends_at')
        .limit(BATCH),
    )
    .executeTakeFirstOrThrow()
  return Number(numDeletedRows)
}
