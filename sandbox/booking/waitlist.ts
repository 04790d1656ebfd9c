import { creating, operation, refuseWhenReadOnly } from '../core'
import { newId } from '../ids'
import { problem } from '../problem'
import type {
  JoinWaitlistData,
  JoinWaitlistResponses,
  LeaveWaitlistData,
  LeaveWaitlistResponses,
  ListWaitlistData,
  ListWaitlistResponses,
  WaitlistEntry,
} from '../wire/types.gen'
import { instant, say } from '../words'
import { both } from './both'
import { givePlaceBack, lockCitizen, lockSlots } from './locks'
import { refuseWithout } from './rules'
import { scheduleOf, windowDays } from './slots'
import { type EntryRow, offerFreePlaces } from './waitlist-offers'

const mostEntries = 3
const outsideWindow = both('不在可预约日期内', 'This day can not be booked')

const entryBody = (entry: EntryRow): WaitlistEntry => ({
  id: entry.id,
  hallId: entry.hall_id,
  itemId: entry.item_id,
  day: entry.day,
  part: entry.part,
  state: entry.state,
  ...(entry.state === 'offered' && entry.hold_id !== null && { holdId: entry.hold_id }),
  noticesSent: entry.notices_sent,
  createdAt: instant(entry.created_at),
})

export const listWaitlist = operation<ListWaitlistData, ListWaitlistResponses>(async (_, context) => {
  await offerFreePlaces(context)
  const rows = await context.db
    .selectFrom('waitlist')
    .selectAll()
    .where('city_id', '=', context.cityId)
    .where('citizen_id', '=', context.citizenId)
    .where('state', '<>', 'left')
    .orderBy('turn', 'desc')
    .limit(100)
    .execute()
  return { status: 200, body: { items: rows.map(entryBody), serverTime: instant(context.now()) } }
})

export const joinWaitlist = creating<JoinWaitlistData, JoinWaitlistResponses>(
  'joinWaitlist',
  async ({ body }, context, trx) => {
    refuseWhenReadOnly(context)
    refuseWithout('waitlist', context)
    const { cityId, citizenId } = context
    await scheduleOf(trx, cityId, body.hallId, body.itemId)
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
    if (same) return { status: 201, body: entryBody(same) }
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
        state: 'waiting',
        created_at: context.now(),
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    return { status: 201, body: entryBody(entry) }
  },
)

export const leaveWaitlist = operation<LeaveWaitlistData, LeaveWaitlistResponses>(async ({ path }, context) => {
  const { cityId, citizenId } = context
  await context.database.transaction(async (trx) => {
    await lockCitizen(trx, cityId, citizenId)
    const entry = await trx
      .selectFrom('waitlist')
      .selectAll()
      .where('id', '=', path.entryId)
      .where('city_id', '=', cityId)
      .where('citizen_id', '=', citizenId)
      .executeTakeFirst()
    if (!entry) throw problem('not-found')
    if (entry.state !== 'waiting' && entry.state !== 'offered') return
    if (entry.hold_id !== null) {
      const now = context.now()
      const { slot_id } = await trx
        .selectFrom('holds')
        .select('slot_id')
        .where('id', '=', entry.hold_id)
        .executeTakeFirstOrThrow()
      await lockSlots(trx, [slot_id], now)
      const released = await trx
        .updateTable('holds')
        .set({ state: 'released', ended_at: now })
        .where('id', '=', entry.hold_id)
        .where('state', '=', 'held')
        .returning('slot_id')
        .execute()
      if (released.length > 0) await givePlaceBack(trx, slot_id)
    }
    await trx.updateTable('waitlist').set({ state: 'left' }).where('id', '=', entry.id).execute()
  })
  await offerFreePlaces(context)
  return { status: 204 }
})
