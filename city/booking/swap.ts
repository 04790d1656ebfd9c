import type { SwapAppointmentData, SwapAppointmentResponses } from '../../contract/wire/types.gen'
import { creating, type Handler, refuseWhenReadOnly } from '../http/operation'
import { problem } from '../http/problem'
import { tellOfVisit } from '../messages/texts'
import { appointmentBody, findAppointment } from './appointment-body'
import { cancelUntilOf } from './confirmation'
import { findHold, holdStateAt, itemsOf } from './hold-body'
import { refuseOverLimit } from './limits'
import { documentLock, givePlacesBack, lockCitizens, lockSlots, placesOf } from './locks'
import { bookingRules } from './rules'
import { countLateMove } from './visit-end'
import { visitPlanOf } from './visit-plan'
import { offerFreePlaces } from './waitlist-offers'

/** The new place is the citizen's before the old one is given back, both or neither; slots are locked by id, whoever comes from where. */
const swap = creating<SwapAppointmentData, SwapAppointmentResponses>(
  'swapAppointment',
  async ({ path, body }, context, trx) => {
    refuseWhenReadOnly(context)
    const { cityId, citizenId } = context
    const { person_id: personId, document_key: documentKey } = await findAppointment(
      trx,
      cityId,
      citizenId,
      path.appointmentId,
    )
    await lockCitizens(trx, cityId, [citizenId, personId, ...documentLock(documentKey)])
    const from = await findAppointment(trx, cityId, citizenId, path.appointmentId)
    const to = await findHold(trx, cityId, citizenId, body.holdId)
    const slots = await lockSlots(trx, context.cityId, [...placesOf(from), ...placesOf(to)], context.now())
    const now = context.now()
    const visit = await findAppointment(trx, cityId, citizenId, from.id)
    const hold = await findHold(trx, cityId, citizenId, to.id)
    if (hold.appointment_id !== null) {
      if (hold.appointment_id !== visit.id || visit.hold_id !== hold.id) throw problem('hold-used')
      return { status: 200, body: await appointmentBody(trx, context, visit.id) }
    }
    const oldSlot = slots.get(visit.slot_id)
    const newSlot = slots.get(hold.slot_id)
    if (visit.state !== 'confirmed' || !oldSlot || oldSlot.starts_at <= now) throw problem('appointment-not-open')
    if (!newSlot || holdStateAt(hold, now) !== 'held') throw problem('hold-expired')
    const forOther = hold.moves_id !== null && hold.moves_id !== visit.id
    if (forOther || itemsOf(hold).join() !== itemsOf(visit).join() || hold.persons !== visit.persons)
      throw problem('hold-used')
    const { items } = await visitPlanOf(trx, context, newSlot.hall_id, itemsOf(visit))
    await refuseOverLimit(trx, context, {
      citizenId,
      personId,
      documentKey,
      items,
      day: newSlot.day,
      times: { startsAt: newSlot.starts_at, endsAt: hold.ends_at },
      movesId: visit.id,
    })
    await trx
      .updateTable('holds')
      .set({ state: 'confirmed', appointment_id: visit.id, ended_at: now })
      .where('city_id', '=', hold.city_id)
      .where('id', '=', hold.id)
      .execute()
    await trx
      .updateTable('appointments')
      .set((set) => ({
        hold_id: hold.id,
        slot_id: newSlot.id,
        more_slot_ids: hold.more_slot_ids,
        hall_id: newSlot.hall_id,
        day: newSlot.day,
        ends_at: hold.ends_at,
        cancel_until: cancelUntilOf(newSlot, bookingRules(context)),
        version: set('version', '+', 1),
      }))
      .where('city_id', '=', visit.city_id)
      .where('id', '=', visit.id)
      .execute()
    await tellOfVisit(trx, visit, newSlot.starts_at, now)
    await givePlacesBack(trx, visit.city_id, visit)
    // Otherwise a late cancellation would be a move far ahead, cancelled in time.
    if (bookingRules(context).lateMovesCount && now > visit.cancel_until) await countLateMove(trx, visit, hold.id, now)
    await trx
      .updateTable('waitlist')
      .set({ state: 'taken' })
      .where('city_id', '=', hold.city_id)
      .where('hold_id', '=', hold.id)
      .execute()
    return { status: 200, body: await appointmentBody(trx, context, visit.id) }
  },
)

export const swapAppointment: Handler = async (call, context) => {
  const answer = await swap(call, context)
  await offerFreePlaces(context)
  return answer
}
