import type { Selectable } from 'kysely'
import type { Context, Db } from '../core'
import { problem } from '../problem'
import type { Tables } from '../tables'
import type { Appointment } from '../wire/types.gen'
import { instant, maskName, say } from '../words'
import { materialsBody } from './catalogue'
import { checkInOf } from './check-in'
import { freeAt, slotBody } from './slots'

export type AppointmentRow = Selectable<Tables['appointments']>

export async function findAppointment(
  db: Db,
  cityId: string,
  citizenId: string,
  appointmentId: string,
): Promise<AppointmentRow> {
  const row = await db
    .selectFrom('appointments')
    .selectAll()
    .where('id', '=', appointmentId)
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .executeTakeFirst()
  if (!row) throw problem('not-found')
  return row
}

/** The contract's shape of appointments, in the order given. */
export async function appointmentBodies(
  db: Db,
  context: Pick<Context, 'cityId' | 'language' | 'now'>,
  rows: readonly AppointmentRow[],
): Promise<Appointment[]> {
  if (rows.length === 0) return []
  const { cityId, language } = context
  const now = context.now()
  const idsOf = (pick: (row: AppointmentRow) => string) => [...new Set(rows.map(pick))]
  const slots = await db
    .selectFrom('slots')
    .selectAll('slots')
    .select(freeAt(now).as('free'))
    .where(
      'id',
      'in',
      idsOf((row) => row.slot_id),
    )
    .execute()
  const halls = await db
    .selectFrom('halls')
    .selectAll()
    .where('city_id', '=', cityId)
    .where(
      'id',
      'in',
      idsOf((row) => row.hall_id),
    )
    .execute()
  const items = await db
    .selectFrom('items')
    .selectAll()
    .where('city_id', '=', cityId)
    .where(
      'id',
      'in',
      idsOf((row) => row.item_id),
    )
    .execute()
  return rows.map((row) => {
    const slot = slots.find(({ id }) => id === row.slot_id)
    const hall = halls.find(({ id }) => id === row.hall_id)
    const item = items.find(({ id }) => id === row.item_id)
    if (!slot || !hall || !item) throw problem('internal')
    const open = row.state === 'confirmed' || row.state === 'checked-in'
    return {
      id: row.id,
      cityId,
      state: row.state,
      version: row.version,
      hall: {
        id: hall.id,
        name: say(hall.name, language),
        address: say(hall.address, language),
        phone: hall.phone,
        latitude: hall.latitude,
        longitude: hall.longitude,
      },
      itemId: item.id,
      itemName: say(item.name, language),
      slot: slotBody(slot, slot.free),
      materials: materialsBody(item.materials, context),
      visitorName: maskName(row.visitor.name ?? ''),
      ...(open && {
        checkIn: checkInOf({
          cityId,
          appointmentId: row.id,
          code: row.code,
          startsAt: slot.starts_at,
          endsAt: slot.ends_at,
        }),
      }),
      cancelUntil: instant(row.cancel_until),
      ...(row.ended_at && { endedAt: instant(row.ended_at) }),
      createdAt: instant(row.created_at),
      serverTime: instant(now),
    }
  })
}

export async function appointmentBody(
  db: Db,
  context: Pick<Context, 'cityId' | 'citizenId' | 'language' | 'now'>,
  appointmentId: string,
): Promise<Appointment> {
  const row = await findAppointment(db, context.cityId, context.citizenId, appointmentId)
  const [body] = await appointmentBodies(db, context, [row])
  if (!body) throw problem('internal')
  return body
}
