import type { Transaction } from 'kysely'
import type {
  CreateHoldData,
  CreateHoldResponses,
  GetHoldData,
  GetHoldResponses,
  HoldRequest,
  ReleaseHoldData,
  ReleaseHoldResponses,
} from '../../contract/wire/types.gen'
import { lost } from '../database/errors'
import type { Tables } from '../database/tables'
import { type Context, creating, type Handler, operation, type RawAnswer, refuseWhenReadOnly } from '../http/operation'
import { isProblem, problem } from '../http/problem'
import { newId } from '../ids'
import { say } from '../words'
import { alternativesTo } from './alternatives'
import { findHold, type HoldRow, holdBody, holdBodyWith, holdStateAt, itemsOf } from './hold-body'
import { hasGrants, refuseOverLimit } from './limits'
import { givePlacesBack, holdsNow, lockCitizen, lockSlots, placesOf, takePlaces } from './locks'
import { type RequestedVisit, requestedVisit } from './requested-visit'
import { bookingRules } from './rules'
import { refuseUnusedHolds } from './unused-holds'
import { namesOf } from './visit-plan'
import { offerFreePlaces } from './waitlist-offers'

/** The slots and the citizen are locked; the places must still be counted. */
async function releaseLocked(trx: Transaction<Tables>, hold: HoldRow, now: Date): Promise<void> {
  await trx
    .updateTable('holds')
    .set({ state: 'released', ended_at: now })
    .where('city_id', '=', hold.city_id)
    .where('id', '=', hold.id)
    .where('state', '=', 'held')
    .returning('id')
    .executeTakeFirstOrThrow(lost)
  await givePlacesBack(trx, hold.city_id, hold)
}

const sameItems = (visit: { item_id: string; more_item_ids: string[] }, body: HoldRequest): boolean =>
  itemsOf(visit).join() === [body.itemId, ...(body.moreItemIds ?? [])].join()

/** A hold that is to move a visit must be for a visit of the same items and as many people that can still be moved. Gives who comes. */
async function movedPerson(
  trx: Transaction<Tables>,
  context: Context,
  body: HoldRequest,
  persons: number,
): Promise<string | null> {
  if (body.appointmentId === undefined) return null
  const visit = await trx
    .selectFrom('appointments')
    .selectAll()
    .where('id', '=', body.appointmentId)
    .where('city_id', '=', context.cityId)
    .where('citizen_id', '=', context.citizenId)
    .executeTakeFirst()
  if (!visit) throw problem('not-found')
  if (visit.state !== 'confirmed' || !sameItems(visit, body) || visit.persons !== persons)
    throw problem('appointment-not-open')
  return visit.person_id
}

/**
 * Takes a place for each person under the slot's lock and says how many are left, or null when there are too few; the lock is
 * held from here to the end of the transaction, so this comes last.
 */
async function takeAtOnce(trx: Transaction<Tables>, { slot, persons }: RequestedVisit): Promise<number | null> {
  const taken = await trx
    .updateTable('slots')
    .set((set) => ({ taken: set('taken', '+', persons) }))
    .where('city_id', '=', slot.city_id)
    .where('id', '=', slot.id)
    .where((where) => where(where('taken', '+', persons), '<=', where.ref('capacity')))
    .returning(['capacity', 'taken'])
    .executeTakeFirst()
  return taken ? taken.capacity - taken.taken : null
}

/** Locks everything that changes, gives the citizen's earlier place back and takes the new ones, or throws. */
async function takeAll(
  trx: Transaction<Tables>,
  requested: RequestedVisit,
  before: HoldRow | null,
  now: Date,
): Promise<number> {
  const slots = await lockSlots(
    trx,
    requested.slot.city_id,
    [...requested.slotIds, ...(before ? placesOf(before) : [])],
    now,
  )
  // An overdue one has been ended by the lock.
  const old = before && holdStateAt(before, now) === 'held' ? before : null
  if (old) await releaseLocked(trx, old, now)
  const own = old ? placesOf(old) : []
  const left = requested.slotIds.map((id) => {
    const slot = slots.get(id)
    if (!slot) throw problem('not-found')
    return slot.capacity - slot.taken + (own.includes(id) ? (old?.persons ?? 0) : 0)
  })
  // A problem rolls back, so who finds no place here keeps the one held before.
  if (Math.min(...left) < requested.persons) throw problem('slot-taken')
  await takePlaces(trx, requested.slot.city_id, requested.slotIds, requested.persons)
  return Math.min(...left) - requested.persons
}

/** The whole of holding, in one transaction. `released` tells whether an earlier place became free. */
const hold = (requested: RequestedVisit, note: { released: boolean }): Handler =>
  creating<CreateHoldData, CreateHoldResponses>('createHold', async ({ body }, context, trx) => {
    const { cityId, citizenId } = context
    await lockCitizen(trx, cityId, citizenId)
    const personId = await movedPerson(trx, context, body, requested.persons)
    await refuseOverLimit(trx, context, {
      citizenId,
      // Whoever may act for others says only when confirming who comes.
      personId: personId ?? ((await hasGrants(trx, context)) ? null : citizenId),
      items: requested.plan.items,
      day: requested.slot.day,
      times: { startsAt: requested.slot.starts_at, endsAt: requested.endsAt },
      movesId: body.appointmentId ?? null,
    })
    await refuseUnusedHolds(trx, context, requested.slotIds)
    const before = await trx
      .selectFrom('holds')
      .selectAll()
      .where('city_id', '=', cityId)
      .where('citizen_id', '=', citizenId)
      .where('state', '=', 'held')
      .where('offered', '=', false)
      .executeTakeFirst()
    note.released = before !== undefined
    const now = context.now()
    if (requested.slot.starts_at <= now) throw problem('slot-past')
    const atOnce = before || requested.slotIds.length > 1 ? null : await takeAtOnce(trx, requested)
    const left = atOnce ?? (await takeAll(trx, requested, before ?? null, now))
    // The lock may have been waited for: the citizen gets the whole time.
    const heldAt = context.now()
    const seconds = bookingRules(context).holdSeconds
    const [, ...more] = requested.slotIds
    const made = await trx
      .insertInto('holds')
      .values({
        id: newId('h'),
        city_id: cityId,
        citizen_id: citizenId,
        slot_id: body.slotId,
        more_slot_ids: more,
        item_id: body.itemId,
        more_item_ids: body.moreItemIds ?? [],
        persons: requested.persons,
        ends_at: requested.endsAt,
        state: 'held',
        moves_id: body.appointmentId ?? null,
        expires_at: new Date(Math.min(heldAt.getTime() + seconds * 1000, requested.slot.starts_at.getTime())),
        created_at: heldAt,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    const answer = holdBodyWith(context, made, {
      slot: requested.slot,
      free: left,
      hallName: say(requested.hallName, context.language),
      itemName: namesOf(requested.plan.items, context),
    })
    return { status: 201, body: answer }
  })

/**
 * Looks first, without any lock: most who come too late are told so without waiting in the line for the slot. Whether there
 * is a place is decided under the lock all the same. Alternatives are looked for when the transaction is over, so that a slot
 * that a whole city wants is not locked meanwhile.
 */
export const createHold: Handler = async (call, context): Promise<RawAnswer> => {
  refuseWhenReadOnly(context)
  const body = call.body as HoldRequest
  const requested = await requestedVisit(context.db, context, body, call.key)
  const note = { released: false }
  try {
    if (requested.slot.starts_at <= context.now() && !requested.known) throw problem('slot-past')
    if (requested.free < requested.persons && !requested.known) throw problem('slot-taken')
    const answer = await hold(requested, note)(call, context)
    if (note.released) await offerFreePlaces(context)
    return answer
  } catch (error) {
    if (!isProblem(error) || error.code !== 'slot-taken') throw error
    const alternatives = await alternativesTo(context, requested, body.appointmentId ?? null)
    throw problem('slot-taken', { alternatives })
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
    const now = context.now()
    const held = await findHold(trx, cityId, citizenId, path.holdId)
    await lockSlots(trx, context.cityId, placesOf(held), holdsNow(context.city, now))
    const found = await findHold(trx, cityId, citizenId, path.holdId)
    if (found.state === 'confirmed') throw problem('hold-used')
    if (found.state === 'held') await releaseLocked(trx, found, now)
  })
  await offerFreePlaces(context)
  return { status: 204 }
})
