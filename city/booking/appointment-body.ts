import type { Appointment } from '../../contract/wire/types.gen'
import type { Db } from '../database/database'
import type { Context } from '../http/operation'
import { problem } from '../http/problem'
import { instant, maskName, say } from '../words'
import { materialsBody } from './catalogue'
import { checkInOf } from './check-in'
import { itemsOf } from './hold-body'
import { holdsNow } from './locks'
import type { MaterialSeed } from './materials'
import { queueOf } from './queue'
import { freeAt, slotBody } from './slots'
import type { AppointmentRow } from './tables'
import { namesOf } from './visit-plan'

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

type Surroundings = Pick<Context, 'city' | 'cityId' | 'language' | 'now' | 'service'>

/** The materials of all items, each once, required where one item demands it. */
function materialsOf(items: readonly { materials: MaterialSeed[] }[]): MaterialSeed[] {
  const byId = new Map<string, MaterialSeed>()
  for (const material of items.flatMap(({ materials }) => materials)) {
    const known = byId.get(material.id)
    if (!known || (material.required && !known.required)) byId.set(material.id, material)
  }
  return [...byId.values()]
}

/** The contract's shape of appointments, in the order given. */
export async function appointmentBodies(
  db: Db,
  context: Surroundings,
  rows: readonly AppointmentRow[],
): Promise<Appointment[]> {
  if (rows.length === 0) return []
  const { cityId, language } = context
  const now = context.now()
  const idsOf = (pick: (row: AppointmentRow) => string) => [...new Set(rows.map(pick))]
  const slots = await db
    .selectFrom('slots')
    .selectAll('slots')
    .where('city_id', '=', cityId)
    .select(freeAt(holdsNow(context.city, now)).as('free'))
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
    .where('id', 'in', [...new Set(rows.flatMap(itemsOf))])
    .execute()
  return rows.map((row) => {
    const slot = slots.find(({ id }) => id === row.slot_id)
    const hall = halls.find(({ id }) => id === row.hall_id)
    const named = itemsOf(row).flatMap((itemId) => items.filter(({ id }) => id === itemId))
    if (!slot || !hall || named.length === 0) throw problem('internal')
    const queue = queueOf(context, row)
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
      holdId: row.hold_id,
      itemId: row.item_id,
      itemName: namesOf(
        named.map(({ name }) => ({ name: say(name, language) })),
        context,
      ),
      ...(row.more_item_ids.length > 0 && { moreItemIds: row.more_item_ids }),
      slot: slotBody(slot, slot.free),
      ...(row.more_slot_ids.length > 0 && { endsAt: instant(row.ends_at) }),
      ...(row.persons > 1 && { persons: row.persons }),
      ...(queue && { queue }),
      ...(row.stars !== null && {
        rating: { stars: row.stars, ...(row.rating_text !== null && { text: row.rating_text }) },
      }),
      materials: materialsBody(materialsOf(named), context),
      visitorName: maskName(row.visitor.name ?? ''),
      ...(open && {
        checkIn: checkInOf(
          {
            cityId,
            appointmentId: row.id,
            code: row.code,
            startsAt: slot.starts_at,
            endsAt: row.ends_at,
          },
          context.service.keys.ofCity(cityId),
        ),
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
  context: Surroundings & Pick<Context, 'citizenId'>,
  appointmentId: string,
): Promise<Appointment> {
  const row = await findAppointment(db, context.cityId, context.citizenId, appointmentId)
  const [body] = await appointmentBodies(db, context, [row])
  if (!body) throw problem('internal')
  return body
}
