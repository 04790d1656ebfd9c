import { sql } from 'kysely'
import type {
  CancelAppointmentData,
  CancelAppointmentResponses,
  GetAppointmentData,
  GetAppointmentResponses,
  ListAppointmentsData,
  ListAppointmentsResponses,
  RateAppointmentData,
  RateAppointmentResponses,
} from '../../contract/wire/types.gen'
import { familyOf, readAs } from '../family/acting'
import { creating, type Handler, operation, refuseWhenReadOnly } from '../http/operation'
import { microsOf, readPage } from '../http/pages'
import { problem } from '../http/problem'
import { instant } from '../words'
import { appointmentBodies, appointmentBody, findAppointment } from './appointment-body'
import { lockCitizen, lockSlots, placesOf } from './locks'
import { settleByClock } from './no-shows'
import { refuseWithout } from './rules'
import { changeVisit, countNoShow } from './visit-end'
import { offerFreePlaces } from './waitlist-offers'

export const listAppointments = operation<ListAppointmentsData, ListAppointmentsResponses>(
  async ({ query }, caller) => {
    const context = await readAs(caller, query.grantId, 'book', 'see-visits')
    const { db, cityId, citizenId } = context
    await settleByClock(db, context.city, citizenId, context.now())
    const ahead = sql<boolean>`appointments.state in ('confirmed', 'checked-in')`
    let rows = db
      .selectFrom('appointments')
      .innerJoin('slots', (join) =>
        join.onRef('slots.city_id', '=', 'appointments.city_id').onRef('slots.id', '=', 'appointments.slot_id'),
      )
      .selectAll('appointments')
      .where('appointments.city_id', '=', cityId)
      .where('citizen_id', '=', citizenId)
    if (query.upcoming) rows = rows.where(ahead)
    const startsAt = microsOf(sql`slots.starts_at`)
    const page = await readPage(
      rows,
      [
        { by: sql`case when ${ahead} then 0 else 1 end`, type: 'number' },
        { by: sql`case when ${ahead} then ${startsAt} else -${startsAt} end`, type: 'number' },
        { by: sql`appointments.id`, type: 'text' },
      ],
      query.cursor,
    )
    return {
      status: 200,
      body: {
        items: await appointmentBodies(db, context, page.rows),
        ...(page.next !== undefined && { next: page.next }),
        ...(query.grantId === undefined && (await familyOf(caller, 'book'))),
        serverTime: instant(context.now()),
      },
    }
  },
)

export const getAppointment = operation<GetAppointmentData, GetAppointmentResponses>(async ({ path }, context) => {
  await settleByClock(context.db, context.city, context.citizenId, context.now())
  return { status: 200, body: await appointmentBody(context.db, context, path.appointmentId) }
})

const cancel = creating<CancelAppointmentData, CancelAppointmentResponses>(
  'cancelAppointment',
  async ({ path }, context, trx) => {
    refuseWhenReadOnly(context)
    const { cityId, citizenId } = context
    await lockCitizen(trx, cityId, citizenId)
    const found = await findAppointment(trx, cityId, citizenId, path.appointmentId)
    const slot = (await lockSlots(trx, cityId, placesOf(found), context.now())).get(found.slot_id)
    const now = context.now()
    const visit = await findAppointment(trx, cityId, citizenId, path.appointmentId)
    if (visit.state !== 'cancelled-by-citizen') {
      // Once the visit's time has begun there is nothing to cancel; the clock decides what it becomes.
      if (visit.state !== 'confirmed' || !slot || slot.starts_at <= now) throw problem('appointment-not-open')
      await changeVisit(trx, visit, 'cancelled-by-citizen', now)
      if (now > visit.cancel_until) await countNoShow(trx, visit, 'late-cancellation', now)
    }
    return { status: 200, body: await appointmentBody(trx, context, visit.id) }
  },
)

export const cancelAppointment: Handler = async (call, context) => {
  const answer = await cancel(call, context)
  await offerFreePlaces(context)
  return answer
}

export const rateAppointment = operation<RateAppointmentData, RateAppointmentResponses>(
  async ({ path, body }, context) => {
    refuseWhenReadOnly(context)
    refuseWithout('ratings', context)
    const visit = await findAppointment(context.db, context.cityId, context.citizenId, path.appointmentId)
    if (visit.state !== 'served') throw problem('appointment-not-open')
    await context.db
      .updateTable('appointments')
      .set({ stars: body.stars, rating_text: body.text ?? null })
      .where('city_id', '=', visit.city_id)
      .where('id', '=', visit.id)
      .execute()
    return { status: 204 }
  },
)
