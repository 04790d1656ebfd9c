import type { Selectable, Transaction } from 'kysely'
import { type Context, creating, type Db, type Handler, operation, refuseWhenReadOnly } from '../core'
import { newId } from '../ids'
import { isProblem, problem } from '../problem'
import type { Tables } from '../tables'
import type {
  CreateHoldData,
  CreateHoldResponses,
  GetHoldData,
  GetHoldResponses,
  Hold,
  HoldRequest,
  ReleaseHoldData,
  ReleaseHoldResponses,
} from '../wire/types.gen'
import { instant, say } from '../words'
import { refuseOverLimit } from './limits'
import { givePlaceBack, lockCitizen, lockSlots, takePlace } from './locks'
import { bookingRules } from './rules'
import { alternativesTo, freeAt, slotBody } from './slots'
import { offerFreePlaces } from './waitlist-offers'
import { fillSlot } from './walk-ins'

export type HoldRow = Selectable<Tables['holds']>

/** What a hold is by the clock, whether or not anybody has swept it. */
export const holdStateAt = (hold: HoldRow, now: Date): Hold['state'] =>
  hold.state === 'held' && hold.expires_at <= now ? 'expired' : hold.state

export async function findHold(db: Db, cityId: string, citizenId: string, holdId: string): Promise<HoldRow> {
  const hold = await db
    .selectFrom('holds')
    .selectAll()
    .where('id', '=', holdId)
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .executeTakeFirst()
  if (!hold) throw problem('not-found')
  return hold
}

async function holdBody(db: Db, context: Context, hold: HoldRow): Promise<Hold> {
  const now = context.now()
  const slot = await db
    .selectFrom('slots')
    .innerJoin('halls', (join) =>
      join.onRef('halls.city_id', '=', 'slots.city_id').onRef('halls.id', '=', 'slots.hall_id'),
    )
    .innerJoin('items', 'items.city_id', 'slots.city_id')
    .selectAll('slots')
    .select(['halls.name as hallName', 'items.name as itemName', freeAt(now).as('free')])
    .where('slots.id', '=', hold.slot_id)
    .where('items.id', '=', hold.item_id)
    .executeTakeFirstOrThrow()
  const appointmentId = hold.appointment_id ?? hold.moves_id
  return {
    id: hold.id,
    cityId: hold.city_id,
    state: holdStateAt(hold, now),
    slot: slotBody(slot, slot.free),
    hallName: say(slot.hallName, context.language),
    itemId: hold.item_id,
    itemName: say(slot.itemName, context.language),
    ...(appointmentId !== null && { appointmentId }),
    expiresAt: instant(hold.expires_at),
    serverTime: instant(now),
  }
}

/** The slot and citizen are locked; the place must still be counted. */
async function releaseLocked(trx: Transaction<Tables>, hold: HoldRow, now: Date): Promise<void> {
  await trx.updateTable('holds').set({ state: 'released', ended_at: now }).where('id', '=', hold.id).execute()
  await givePlaceBack(trx, hold.slot_id)
}

async function refuseMoving(trx: Transaction<Tables>, context: Context, body: HoldRequest): Promise<void> {
  if (body.appointmentId === undefined) return
  const appointment = await trx
    .selectFrom('appointments')
    .selectAll()
    .where('id', '=', body.appointmentId)
    .where('city_id', '=', context.cityId)
    .where('citizen_id', '=', context.citizenId)
    .executeTakeFirst()
  if (!appointment) throw problem('not-found')
  if (appointment.state !== 'confirmed' || appointment.item_id !== body.itemId) throw problem('appointment-not-open')
}

/** The slot as it looks before it is locked; not found when it does not serve the item. */
async function wantedSlot(trx: Transaction<Tables>, context: Context, body: HoldRequest) {
  const slot = await trx
    .selectFrom('slots')
    .innerJoin('hall_items as served', (join) =>
      join
        .onRef('served.city_id', '=', 'slots.city_id')
        .onRef('served.hall_id', '=', 'slots.hall_id')
        .onRef('served.counter_id', '=', 'slots.counter_id'),
    )
    .select(['slots.day', 'slots.starts_at', freeAt(context.now()).as('free')])
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('holds')
          .select('holds.id')
          .whereRef('holds.slot_id', '=', 'slots.id')
          .where('holds.citizen_id', '=', context.citizenId)
          .where('holds.state', '=', 'held'),
      ).as('mine'),
    )
    .where('slots.id', '=', body.slotId)
    .where('slots.city_id', '=', context.cityId)
    .where('served.item_id', '=', body.itemId)
    .executeTakeFirst()
  if (!slot) throw problem('not-found')
  return slot
}

const hold = creating<CreateHoldData, CreateHoldResponses>('createHold', async ({ body }, context, trx) => {
  refuseWhenReadOnly(context)
  const { cityId, citizenId } = context
  const wanted = await wantedSlot(trx, context, body)
  if (wanted.starts_at <= context.now()) throw problem('slot-past')
  // Most who come too late are told so without waiting in the line for the slot.
  if (wanted.free <= 0 && !wanted.mine) throw problem('slot-taken')
  await lockCitizen(trx, cityId, citizenId)
  await refuseMoving(trx, context, body)
  await refuseOverLimit(trx, context, {
    citizenId,
    itemId: body.itemId,
    day: wanted.day,
    movesId: body.appointmentId ?? null,
  })
  const before = await trx
    .selectFrom('holds')
    .selectAll()
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .where('state', '=', 'held')
    .where('offered', '=', false)
    .executeTakeFirst()
  const now = context.now()
  const slots = await lockSlots(trx, before ? [body.slotId, before.slot_id] : [body.slotId], now)
  // An overdue one has been ended by the lock.
  const old = before && holdStateAt(before, now) === 'held' ? before : null
  if (old) await releaseLocked(trx, old, now)
  const slot = slots.get(body.slotId)
  if (!slot) throw problem('not-found')
  if (slot.starts_at <= now) throw problem('slot-past')
  const taken = slot.taken - (old?.slot_id === slot.id ? 1 : 0)
  // A problem rolls back, so who finds no place here keeps the one held before.
  if (taken >= slot.capacity) throw problem('slot-taken')
  await takePlace(trx, slot.id)
  // The lock may have been waited for: the citizen gets the whole time.
  const heldAt = context.now()
  const deadline = heldAt.getTime() + bookingRules(context).holdSeconds * 1000
  const made = await trx
    .insertInto('holds')
    .values({
      id: newId('h'),
      city_id: cityId,
      citizen_id: citizenId,
      slot_id: slot.id,
      item_id: body.itemId,
      state: 'held',
      moves_id: body.appointmentId ?? null,
      expires_at: new Date(Math.min(deadline, slot.starts_at.getTime())),
      created_at: heldAt,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return { status: 201, body: await holdBody(trx, context, made) }
})

/**
 * Alternatives are looked for after the transaction has ended: a slot that a whole city wants is not locked meanwhile.
 */
export const createHold: Handler = async (call, context) => {
  const body = call.body as HoldRequest
  if (context.fault('slot-taken')) await fillSlot(context.database, context.cityId, body.slotId)
  try {
    const answer = await hold(call, context)
    await offerFreePlaces(context)
    return answer
  } catch (error) {
    if (!isProblem(error) || error.code !== 'slot-taken') throw error
    throw problem('slot-taken', { alternatives: await alternativesTo(context, body.slotId) })
  }
}

export const getHold = operation<GetHoldData, GetHoldResponses>(async ({ path }, context) => {
  const found = await findHold(context.db, context.cityId, context.citizenId, path.holdId)
  return { status: 200, body: await holdBody(context.db, context, found) }
})

export const releaseHold = operation<ReleaseHoldData, ReleaseHoldResponses>(async ({ path }, context) => {
  const { cityId, citizenId } = context
  await context.database.transaction(async (trx) => {
    await lockCitizen(trx, cityId, citizenId)
    const { slot_id } = await findHold(trx, cityId, citizenId, path.holdId)
    const now = context.now()
    await lockSlots(trx, [slot_id], now)
    const found = await findHold(trx, cityId, citizenId, path.holdId)
    if (found.state === 'confirmed') throw problem('hold-used')
    if (found.state === 'held') await releaseLocked(trx, found, now)
  })
  await offerFreePlaces(context)
  return { status: 204 }
})
