import type { KeyObject } from 'node:crypto'
import { sql } from 'kysely'
import type { DocumentKind } from '../../contract/wire/types.gen'
import type { Db } from '../database/database'
import type { Context } from '../http/operation'
import { problem } from '../http/problem'
import { blinded } from '../keys'
import { instant, say } from '../words'
import { itemsOf } from './hold-body'
import { namesOf } from './visit-plan'

/** From when to when somebody is at a hall; the end does not belong to it. */
export type Times = { startsAt: Date; endsAt: Date }

type VisitRequest = {
  citizenId: string
  /** Who comes; null while that is open. */
  personId: string | null
  documentKey?: string | null
  times: Times | null
  movesId?: string | null
}

type Surroundings = Pick<Context, 'cityId' | 'language'>

/** The same for the same document, and says nothing about it to who has not the city's key. */
export const documentKeyOf = (
  key: KeyObject,
  shown: { kind: DocumentKind; number: string } | undefined,
): string | null => (shown === undefined ? null : blinded(key, 'documents', `${shown.kind} ${shown.number}`))

/** The open visits of who comes, by person or by document, that overlap these times; the earliest first. */
export async function overlapping(db: Db, cityId: string, request: VisitRequest) {
  const { times, personId, documentKey = null, movesId = null } = request
  if (times === null || (personId === null && documentKey === null)) return []
  return db
    .selectFrom('appointments')
    .innerJoin('slots', (join) =>
      join.onRef('slots.city_id', '=', 'appointments.city_id').onRef('slots.id', '=', 'appointments.slot_id'),
    )
    .innerJoin('halls', (join) =>
      join.onRef('halls.city_id', '=', 'appointments.city_id').onRef('halls.id', '=', 'appointments.hall_id'),
    )
    .select(['appointments.id', 'appointments.citizen_id', 'appointments.item_id', 'appointments.more_item_ids'])
    .select(['appointments.hall_id', 'halls.name as hallName', 'slots.starts_at', 'appointments.ends_at'])
    .where('appointments.city_id', '=', cityId)
    .where('appointments.state', 'in', ['confirmed', 'checked-in'])
    .where('slots.starts_at', '<', times.endsAt)
    .where('appointments.ends_at', '>', times.startsAt)
    .where(sql<boolean>`(appointments.person_id = ${personId} or appointments.document_key = ${documentKey})`)
    .where(sql<boolean>`appointments.id is distinct from ${movesId}`)
    .orderBy('slots.starts_at')
    .execute()
}

/**
 * Nobody is at two counters at the same time, whatever the halls. Times that touch do not overlap: how long somebody needs
 * from one hall to the next the city does not know. Who comes is locked, so that two bookings at once are decided in turn.
 */
export async function refuseOverlap(db: Db, context: Surroundings, request: VisitRequest): Promise<void> {
  const found = await overlapping(db, context.cityId, request)
  if (found.length === 0) return
  // What somebody else booked is theirs to tell.
  const own = found.find((visit) => visit.citizen_id === request.citizenId)
  if (!own) throw problem('overlapping-visit')
  const items = await db
    .selectFrom('items')
    .select(['id', 'name'])
    .where('city_id', '=', context.cityId)
    .where('id', 'in', itemsOf(own))
    .execute()
  const named = itemsOf(own).flatMap((itemId) => items.filter(({ id }) => id === itemId))
  throw problem('overlapping-visit', {
    overlaps: {
      appointmentId: own.id,
      hallId: own.hall_id,
      hallName: say(own.hallName, context.language),
      itemId: own.item_id,
      itemName: namesOf(
        named.map(({ name }) => ({ name: say(name, context.language) })),
        context,
      ),
      startsAt: instant(own.starts_at),
      endsAt: instant(own.ends_at),
    },
  })
}
