import type {
  JoinWaitlistData,
  JoinWaitlistResponses,
  LeaveWaitlistData,
  LeaveWaitlistResponses,
  ListWaitlistData,
  ListWaitlistResponses,
  WaitlistEntry,
} from '../../contract/wire/types.gen'
import type { Db } from '../database/database'
import { type Context, creating, operation, refuseWhenReadOnly } from '../http/operation'
import { problem } from '../http/problem'
import { newId } from '../ids'
import { instant, say } from '../words'
import { both } from './both'
import { givePlacesBack, holdsNow, lockCitizen, lockSlots, placesOf } from './locks'
import { refuseWithout } from './rules'
import { windowDays } from './slots'
import { refusePersons, visitPlanOf } from './visit-plan'
import { type EntryRow, offerFreePlaces } from './waitlist-offers'

const mostEntries = 3
const outsideWindow = both('不在可预约日期内', 'This day cannot be booked')

const lastOfferOf = ({ offer_starts_at, offer_until, offer_end }: EntryRow): Pick<WaitlistEntry, 'lastOffer'> =>
  offer_starts_at && offer_until && offer_end
    ? { lastOffer: { startsAt: instant(offer_starts_at), heldUntil: instant(offer_until), end: offer_end } }
    : {}

/** The contract's shape of entries, in the order given. */
async function entryBodies(db: Db, context: Context, entries: readonly EntryRow[]): Promise<WaitlistEntry[]> {
  if (entries.length === 0) return []
  const { cityId, language } = context
  const halls = await db.selectFrom('halls').select(['id', 'name']).where('city_id', '=', cityId).execute()
  const items = await db.selectFrom('items').select(['id', 'name']).where('city_id', '=', cityId).execute()
  const holdIds = entries.flatMap(({ hold_id }) => hold_id ?? [])
  const holds = holdIds.length
    ? await db
        .selectFrom('holds')
        .select(['id', 'expires_at'])
        .where('city_id', '=', cityId)
        .where('id', 'in', holdIds)
        .execute()
    : []
  return entries.map((entry) => {
    const hall = halls.find(({ id }) => id === entry.hall_id)
    const item = items.find(({ id }) => id === entry.item_id)
    const offer = entry.state === 'offered' ? holds.find(({ id }) => id === entry.hold_id) : undefined
    return {
      id: entry.id,
      hallId: entry.hall_id,
      itemId: entry.item_id,
      day: entry.day,
      part: entry.part,
      ...(entry.persons > 1 && { persons: entry.persons }),
      state: entry.state,
      ...(offer && { holdId: offer.id, offerUntil: instant(offer.expires_at) }),
      ...(hall && { hallName: say(hall.name, language) }),
      ...(item && { itemName: say(item.name, language) }),
      ...lastOfferOf(entry),
      noticesSent: entry.notices_sent,
      createdAt: instant(entry.created_at),
    }
  })
}

async function findEntry(db: Db, cityId: string, citizenId: string, entryId: string): Promise<EntryRow> {
  const entry = await db
    .selectFrom('waitlist')
    .selectAll()
    .where('id', '=', entryId)
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .executeTakeFirst()
  if (!entry) throw problem('not-found')
  return entry
}

async function entryBody(db: Db, context: Context, entry: EntryRow): Promise<WaitlistEntry> {
  const [body] = await entryBodies(db, context, [entry])
  if (!body) throw problem('internal')
  return body
}

export const listWaitlist = operation<ListWaitlistData, ListWaitlistResponses>(async (_, context) => {
  await offerFreePlaces(context)
  const rows = await context.db
    .selectFrom('waitlist')
    .selectAll()
    .where('city_id', '=', context.cityId)
    .where('citizen_id', '=', context.citizenId)
    .where('state', '<>', 'left')
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
  const items = await entryBodies(context.db, context, rows)
  return { status: 200, body: { items, serverTime: instant(context.now()) } }
})

export const joinWaitlist = creating<JoinWaitlistData, JoinWaitlistResponses>(
  'joinWaitlist',
  async ({ body }, context, trx) => {
    refuseWhenReadOnly(context)
    refuseWithout('waitlist', context)
    const { cityId, citizenId } = context
    const { persons = 1 } = body
    refusePersons(await visitPlanOf(trx, context, body.hallId, [body.itemId]), persons, context)
    if (!windowDays(context).includes(body.day)) {
      throw problem('invalid-fields', { fields: [{ field: 'day', problem: say(outsideWindow, context.language) }] })
    }
    await lockCitizen(trx, cityId, citizenId)
    const waiting = await trx
      .selectFrom('waitlist')
      .selectAll()
      .where('city_id', '=', cityId)
      .where('citizen_id', '=', citizenId)
      .where('state', 'in', ['waiting', 'offered'])
      .execute()
    const same = waiting.find(
      (entry) => entry.hall_id === body.hallId && entry.item_id === body.itemId && entry.day === body.day,
    )
    if (same) {
      if (same.state === 'waiting' && same.persons !== persons)
        await trx
          .updateTable('waitlist')
          .set({ persons })
          .where('city_id', '=', cityId)
          .where('id', '=', same.id)
          .where('state', '=', 'waiting')
          .execute()
      return { status: 201, body: await entryBody(trx, context, await findEntry(trx, cityId, citizenId, same.id)) }
    }
    if (waiting.length >= mostEntries) throw problem('waitlist-limit')
    const entry = await trx
      .insertInto('waitlist')
      .values({
        id: newId('w'),
        city_id: cityId,
        citizen_id: citizenId,
        hall_id: body.hallId,
        item_id: body.itemId,
        day: body.day,
        part: body.part,
        persons,
        state: 'waiting',
        created_at: context.now(),
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    return { status: 201, body: await entryBody(trx, context, entry) }
  },
)

export const leaveWaitlist = operation<LeaveWaitlistData, LeaveWaitlistResponses>(async ({ path }, context) => {
  const { cityId, citizenId } = context
  await context.database.transaction(async (trx) => {
    await lockCitizen(trx, cityId, citizenId)
    const entry = await findEntry(trx, cityId, citizenId, path.entryId)
    if (entry.state === 'taken' || entry.state === 'left') return
    if (entry.hold_id !== null) {
      const now = context.now()
      const offered = await trx
        .selectFrom('holds')
        .select(['slot_id', 'more_slot_ids', 'persons'])
        .where('city_id', '=', cityId)
        .where('id', '=', entry.hold_id)
        .executeTakeFirstOrThrow()
      await lockSlots(trx, cityId, placesOf(offered), holdsNow(context.city, now))
      const released = await trx
        .updateTable('holds')
        .set({ state: 'released', ended_at: now })
        .where('city_id', '=', cityId)
        .where('id', '=', entry.hold_id)
        .where('state', '=', 'held')
        .returning('slot_id')
        .execute()
      if (released.length > 0) await givePlacesBack(trx, cityId, offered)
    }
    await trx
      .updateTable('waitlist')
      .set({ state: 'left' })
      .where('city_id', '=', cityId)
      .where('id', '=', entry.id)
      .execute()
  })
  await offerFreePlaces(context)
  return { status: 204 }
})
