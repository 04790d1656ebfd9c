import { creating, type Handler, refuseWhenReadOnly } from '../core'
import { problem } from '../problem'
import type { SwapAppointmentData, SwapAppointmentResponses } from '../wire/types.gen'
import { appointmentBody, findAppointment } from './appointment-body'
import { cancelUntilOf } from './confirmation'
import { findHold, holdStateAt } from './holds'
import { refuseOverLimit } from './limits'
import { givePlaceBack, lockCitizen, lockSlots } from './locks'
import { bookingRules } from './rules'
import { offerFreePlaces } from './waitlist-offers'

/** The new place is the citizen's before the old one is given back, both or neither; slots are locked by id, whoever comes from where. */
const swap = creating<SwapAppointmentData, SwapAppointmentResponses>(
  'swapAppointment',
  async ({ path, body }, context, trx) => {
    refuseWhenReadOnly(context)
    const { cityId, citizenId } = context
    await lockCitizen(trx, cityId, citizenId)
    const from = await findAppointment(trx, cityId, citizenId, path.appointmentId)
    const to = await findHold(trx, cityId, citizenId, body.holdId)
    const slots = await lockSlots(trx, [from.slot_id, to.slot_id], context.now())
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
    if (forOther || hold.item_id !== visit.item_id) throw problem('hold-used')
    await refuseOverLimit(trx, context, {
      citizenId,
      itemId: visit.item_id,
      day: newSlot.day,
      movesId: visit.id,
    })
    await trx
      .updateTable('holds')
      .set({ state: 'confirmed', appointment_id: visit.id, ended_at: now })
      .where('id', '=', hold.id)
      .execute()
    await trx
      .updateTable('appointments')
      .set((set) => ({
        hold_id: hold.id,
        slot_id: newSlot.id,
        hall_id: newSlot.hall_id,
        day: newSlot.day,
        cancel_until: cancelUntilOf(newSlot, bookingRules(context)),
        version: set('version', '+', 1),
      }))
      .where('id', '=', visit.id)
      .execute()
    await givePlaceBack(trx, oldSlot.id)
    await trx.updateTable('waitlist').set({ state: 'taken' }).where('hold_id', '=', hold.id).execute()
    return { status: 200, body: await appointmentBody(trx, context, visit.id) }
  },
)

export const swapAppointment: Handler = async (call, context) => {
  const answer = await swap(call, context)
  await offerFreePlaces(context)
  return answer
}
