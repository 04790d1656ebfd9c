import type { Selectable, Transaction } from 'kysely'
import type { Context } from '../core'
import { newId } from '../ids'
import { isProblem } from '../problem'
import type { Tables } from '../tables'
import type { DayPart } from '../wire/types.gen'
import { dayOf, secondsAfter, timeOf } from '../words'
import { refuseOverLimit } from './limits'
import { lockCitizen, lockSlots, takePlace } from './locks'
import { freeAt, scheduleOf } from './slots'

export type EntryRow = Selectable<Tables['waitlist']>

/** How long an offered place is kept, and how close to its time nobody is asked any more. */
const offerSeconds = 30 * 60
const lastNoticeSeconds = 2 * 3600
const mostNotices = 3

export type Surroundings = Pick<Context, 'database' | 'db' | 'city' | 'cityId' | 'language' | 'now'>

const isInPart = (startsAt: Date, part: DayPart): boolean =>
  part === 'any' || timeOf(startsAt) < '12:00' === (part === 'morning')

/** Ends holds past their deadline, slot by slot in the order of ids, so that what was held is free for the next in turn. */
export async function endOverdueHolds(context: Surroundings): Promise<void> {
  const now = context.now()
  const overdue = await context.db
    .selectFrom('holds')
    .select('slot_id')
    .distinct()
    .where('city_id', '=', context.cityId)
    .where('state', '=', 'held')
    .where('expires_at', '<=', now)
    .execute()
  if (overdue.length === 0) return
  const slotIds = overdue.map((row) => row.slot_id)
  await context.database.transaction((trx) => lockSlots(trx, slotIds, now))
}

/** Offers that were let go wait again, up to three notices; days gone by are over. */
async function settleEntries(context: Surroundings): Promise<void> {
  await context.db
    .updateTable('waitlist')
    .set((set) => ({
      state: set
        .case()
        .when('notices_sent', '>=', mostNotices)
        .then('passed' as const)
        .else('waiting' as const)
        .end(),
      hold_id: null,
    }))
    .where('city_id', '=', context.cityId)
    .where('state', '=', 'offered')
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('holds')
          .select('holds.id')
          .whereRef('holds.id', '=', 'waitlist.hold_id')
          .where('holds.state', 'in', ['expired', 'released']),
      ),
    )
    .execute()
  await context.db
    .updateTable('waitlist')
    .set({ state: 'passed' })
    .where('city_id', '=', context.cityId)
    .where('state', '=', 'waiting')
    .where('day', '<', dayOf(context.now()))
    .execute()
}

async function freeSlotFor(trx: Transaction<Tables>, context: Surroundings, entry: EntryRow): Promise<string | null> {
  const schedule = await scheduleOf(trx, entry.city_id, entry.hall_id, entry.item_id)
  const candidates = await trx
    .selectFrom('slots')
    .select(['id', 'starts_at'])
    .select(freeAt(context.now()).as('free'))
    .where('city_id', '=', entry.city_id)
    .where('hall_id', '=', entry.hall_id)
    .where('counter_id', '=', schedule.counterId)
    .where('day', '=', entry.day)
    .where('starts_at', '>', secondsAfter(context.now(), lastNoticeSeconds))
    .orderBy('starts_at')
    .execute()
  return candidates.find((slot) => slot.free > 0 && isInPart(slot.starts_at, entry.part))?.id ?? null
}

/** Makes a hold for somebody who waits. Locks as every other booking does: the citizen, then the slot. */
async function offerTo(context: Surroundings, waiting: EntryRow): Promise<void> {
  await context.database.transaction(async (trx) => {
    await lockCitizen(trx, waiting.city_id, waiting.citizen_id)
    const entry = await trx.selectFrom('waitlist').selectAll().where('id', '=', waiting.id).executeTakeFirst()
    if (entry?.state !== 'waiting') return
    const other = await trx
      .selectFrom('holds')
      .select('id')
      .where('city_id', '=', entry.city_id)
      .where('citizen_id', '=', entry.citizen_id)
      .where('state', '=', 'held')
      .where('offered', '=', true)
      .executeTakeFirst()
    if (other) return
    const wish = { citizenId: entry.citizen_id, itemId: entry.item_id, day: entry.day }
    const allowed = await refuseOverLimit(trx, context, wish).then(
      () => true,
      (error) => {
        if (isProblem(error)) return false
        throw error
      },
    )
    if (!allowed) return
    const slotId = await freeSlotFor(trx, context, entry)
    if (slotId === null) return
    const slot = (await lockSlots(trx, [slotId], context.now())).get(slotId)
    if (!slot || slot.taken >= slot.capacity) return
    await takePlace(trx, slot.id)
    const now = context.now()
    const holdId = newId('h')
    await trx
      .insertInto('holds')
      .values({
        id: holdId,
        city_id: entry.city_id,
        citizen_id: entry.citizen_id,
        slot_id: slot.id,
        item_id: entry.item_id,
        state: 'held',
        offered: true,
        expires_at: secondsAfter(now, offerSeconds),
        created_at: now,
      })
      .execute()
    await trx
      .updateTable('waitlist')
      .set((set) => ({
        state: 'offered',
        hold_id: holdId,
        notices_sent: set('notices_sent', '+', 1),
        last_notice_day: dayOf(now),
      }))
      .where('id', '=', entry.id)
      .execute()
  })
}

/**
 * Offers what is free to those who wait, in turn; called after a place may have become free, outside of that transaction.
 * One notice a day at most, three in all, none in the last hours before a time.
 */
export async function offerFreePlaces(context: Surroundings): Promise<void> {
  const anybody = await context.db
    .selectFrom('waitlist')
    .select('id')
    .where('city_id', '=', context.cityId)
    .where('state', 'in', ['waiting', 'offered'])
    .limit(1)
    .executeTakeFirst()
  if (!anybody) return
  await endOverdueHolds(context)
  await settleEntries(context)
  const today = dayOf(context.now())
  const waiting = await context.db
    .selectFrom('waitlist')
    .selectAll()
    .where('city_id', '=', context.cityId)
    .where('state', '=', 'waiting')
    .where((row) => row.or([row('last_notice_day', 'is', null), row('last_notice_day', '<>', today)]))
    .orderBy('turn')
    .limit(50)
    .execute()
  for (const entry of waiting) await offerTo(context, entry)
}
