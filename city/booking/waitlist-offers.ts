import type { Selectable, Transaction } from 'kysely'
import type { DayPart } from '../../contract/wire/types.gen'
import type { City } from '../catalogue'
import type { Tables } from '../database/tables'
import type { Context } from '../http/operation'
import { isProblem } from '../http/problem'
import { newId } from '../ids'
import { tellOfOffer } from '../messages/texts'
import type { Service } from '../service'
import { addDays, dayOf, momentOf, secondsAfter, timeOf } from '../words'
import { refuseOverLimit } from './limits'
import { lockCitizen, lockSlots, placesOf, takePlaces } from './locks'
import { overlapping } from './overlap'
import { bookingRules } from './rules'
import { slotsAhead } from './slots'
import { endOf, type Run, runsOf, type VisitPlan, visitPlanOf } from './visit-plan'

export type EntryRow = Selectable<Tables['waitlist']>

/** How long an offered place is kept where the city says nothing, and how close to its time nobody is asked any more. */
const usualOfferMinutes = 30
const lastNoticeSeconds = 2 * 3600
const mostNotices = 3

export type Surroundings = Pick<Context, 'database' | 'db' | 'city' | 'cityId' | 'language' | 'now'>

/** A city by itself, with nobody asking. */
export const surroundingsOf = ({ database, clock }: Pick<Service, 'database' | 'clock'>, city: City): Surroundings => ({
  database,
  db: database.db,
  city,
  cityId: city.id,
  language: 'zh-CN',
  now: clock.now,
})

const isInPart = (startsAt: Date, part: DayPart): boolean =>
  part === 'any' || timeOf(startsAt) < '12:00' === (part === 'morning')

/** Ends holds past their deadline, slot by slot in the order of ids, so that what was held is free for the next in turn. */
export async function endOverdueHolds(context: Surroundings): Promise<void> {
  const now = context.now()
  const overdue = await context.db
    .selectFrom('holds')
    .select(['slot_id', 'more_slot_ids'])
    .where('city_id', '=', context.cityId)
    .where('state', '=', 'held')
    .where('expires_at', '<=', now)
    .execute()
  if (overdue.length === 0) return
  const slotIds = [...new Set(overdue.flatMap(placesOf))]
  await context.database.transaction((trx) => lockSlots(trx, context.cityId, slotIds, now))
}

/** Offers that were let go wait again, up to three notices, and say what became of the place; days gone by are over. */
async function settleEntries(context: Surroundings): Promise<void> {
  await context.db
    .updateTable('waitlist')
    .from(['holds', 'slots'])
    .set((set) => ({
      state: set
        .case()
        .when('notices_sent', '>=', mostNotices)
        .then('passed' as const)
        .else('waiting' as const)
        .end(),
      hold_id: null,
      offer_starts_at: set.ref('slots.starts_at'),
      offer_until: set.ref('holds.expires_at'),
      offer_end: set
        .case()
        .when('holds.state', '=', 'released')
        .then('given-up' as const)
        .else('unanswered' as const)
        .end(),
    }))
    .where('waitlist.city_id', '=', context.cityId)
    .where('waitlist.state', '=', 'offered')
    .whereRef('holds.city_id', '=', 'waitlist.city_id')
    .whereRef('holds.id', '=', 'waitlist.hold_id')
    .where('holds.state', 'in', ['expired', 'released'])
    .whereRef('slots.city_id', '=', 'holds.city_id')
    .whereRef('slots.id', '=', 'holds.slot_id')
    .execute()
  await context.db
    .updateTable('waitlist')
    .set({ state: 'passed' })
    .where('city_id', '=', context.cityId)
    .where('state', '=', 'waiting')
    .where('day', '<', dayOf(context.now()))
    .execute()
}

const wholeDay = (day: string) => ({ startsAt: momentOf(day), endsAt: momentOf(addDays(day, 1)) })

/** The first of these places on the requested day and part of day, far enough ahead for the news to be of use. */
async function freeRunFor(
  trx: Transaction<Tables>,
  context: Surroundings,
  entry: EntryRow,
  plan: VisitPlan,
  places: ReadonlySet<string>,
): Promise<Run | null> {
  // A time at which they have a visit already is no use to them.
  const self = { citizenId: entry.citizen_id, personId: entry.citizen_id }
  const taken = await overlapping(trx, entry.city_id, { ...self, times: wholeDay(entry.day) })
  const notBefore = secondsAfter(context.now(), lastNoticeSeconds)
  const ofDay = (await slotsAhead(trx, context, plan)).filter(({ day }) => day === entry.day)
  const fits = ({ free, slots }: Run) =>
    free >= entry.persons &&
    slots[0].starts_at > notBefore &&
    isInPart(slots[0].starts_at, entry.part) &&
    slots.every(({ id }) => places.has(id))
  const isOwn = (run: Run) =>
    taken.some((visit) => visit.starts_at < endOf(run) && visit.ends_at > run.slots[0].starts_at)
  return runsOf(plan, ofDay).find((run) => fits(run) && !isOwn(run)) ?? null
}

/** Makes a hold for somebody who waits. Locks as every other booking does: the citizen, then the slot. */
async function offerTo(context: Surroundings, waiting: EntryRow, places: ReadonlySet<string>): Promise<void> {
  await context.database.transaction(async (trx) => {
    await lockCitizen(trx, waiting.city_id, waiting.citizen_id)
    const entry = await trx
      .selectFrom('waitlist')
      .selectAll()
      .where('city_id', '=', waiting.city_id)
      .where('id', '=', waiting.id)
      .executeTakeFirst()
    // Somebody else may have asked them since they were looked up.
    if (entry?.state !== 'waiting' || entry.last_notice_day === dayOf(context.now())) return
    const other = await trx
      .selectFrom('holds')
      .select('id')
      .where('city_id', '=', entry.city_id)
      .where('citizen_id', '=', entry.citizen_id)
      .where('state', '=', 'held')
      .where('offered', '=', true)
      .executeTakeFirst()
    if (other) return
    const plan = await visitPlanOf(trx, context, entry.hall_id, [entry.item_id])
    const self = entry.citizen_id
    const request = { citizenId: self, personId: self, items: plan.items, day: entry.day, times: null }
    const allowed = await refuseOverLimit(trx, context, request).then(
      () => true,
      (error) => {
        if (isProblem(error)) return false
        throw error
      },
    )
    if (!allowed) return
    const run = await freeRunFor(trx, context, entry, plan, places)
    if (run === null) return
    const [first, ...more] = run.slots.map(({ id }) => id)
    if (first === undefined) return
    const slots = await lockSlots(trx, entry.city_id, [first, ...more], context.now())
    const hasRoom = ({ taken, capacity }: { taken: number; capacity: number }) => taken + entry.persons <= capacity
    if (![first, ...more].every((id) => hasRoom(slots.get(id) ?? { taken: 0, capacity: 0 }))) return
    await takePlaces(trx, entry.city_id, [first, ...more], entry.persons)
    const now = context.now()
    const hold = {
      id: newId('h'),
      city_id: entry.city_id,
      citizen_id: entry.citizen_id,
      expires_at: secondsAfter(now, 60 * (bookingRules(context).waitlistOfferMinutes ?? usualOfferMinutes)),
    }
    await trx
      .insertInto('holds')
      .values({
        ...hold,
        slot_id: first,
        more_slot_ids: more,
        item_id: entry.item_id,
        persons: entry.persons,
        ends_at: endOf(run),
        state: 'held',
        offered: true,
        created_at: now,
      })
      .execute()
    await tellOfOffer(trx, hold, run.slots[0].starts_at, now)
    await trx
      .updateTable('waitlist')
      .set((set) => ({
        state: 'offered',
        hold_id: hold.id,
        notices_sent: set('notices_sent', '+', 1),
        last_notice_day: dayOf(now),
      }))
      .where('city_id', '=', entry.city_id)
      .where('id', '=', entry.id)
      .execute()
  })
}

/**
 * Offers what is free to those who wait, in turn; called after a place may have become free, outside of that transaction.
 * Who finds no room for all who come stays, and the next are asked. One notice a day at most, three in all, none in the last hours before a time. Only places that were free before anybody was
 * asked: one given back meanwhile would go to whoever comes next, past those before; it has its own turn after this one.
 */
export async function offerFreePlaces(context: Surroundings): Promise<void> {
  // In maintenance nobody could take it, and every offer counts as a notice.
  if (context.city.mode === 'read-only') return
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
  const requests = context.db
    .selectFrom('waitlist')
    .select(['hall_id', 'item_id', 'day'])
    .distinct()
    .where('city_id', '=', context.cityId)
    .where('state', '=', 'waiting')
    .where('day', '>=', today)
  const free = await context.db
    .selectFrom(requests.as('request'))
    .innerJoin('hall_items', (join) =>
      join
        .onRef('hall_items.hall_id', '=', 'request.hall_id')
        .onRef('hall_items.item_id', '=', 'request.item_id')
        .on('hall_items.city_id', '=', context.cityId),
    )
    .innerJoin('slots', (join) =>
      join
        .onRef('slots.hall_id', '=', 'request.hall_id')
        .onRef('slots.counter_id', '=', 'hall_items.counter_id')
        .onRef('slots.day', '=', 'request.day')
        .on('slots.city_id', '=', context.cityId),
    )
    .select(['slots.id', 'request.hall_id', 'request.item_id', 'request.day'])
    .whereRef('slots.taken', '<', 'slots.capacity')
    .where('slots.starts_at', '>', secondsAfter(context.now(), lastNoticeSeconds))
    .execute()
  // Whoever waits for a full day delays nobody.
  if (free.length === 0) return
  const places = new Set(free.map(({ id }) => id))
  const days = new Map(
    free.map(({ hall_id, item_id, day }) => [`${hall_id} ${item_id} ${day}`, { hall_id, item_id, day }]),
  )
  const waiting = await context.db
    .selectFrom('waitlist')
    .selectAll()
    .where('city_id', '=', context.cityId)
    .where('state', '=', 'waiting')
    .where((row) => row.or([row('last_notice_day', 'is', null), row('last_notice_day', '<>', today)]))
    .where((row) => row.or([...days.values()].map((request) => row.and(request))))
    .orderBy('created_at')
    .orderBy('id')
    .execute()
  for (const entry of waiting) await offerTo(context, entry, places)
}
