import { type Selectable, sql, type Updateable } from 'kysely'
import type { Grant, GrantRole, GrantThing } from '../../contract/wire/types.gen'
import type { Db } from '../database/database'
import { lost } from '../database/errors'
import type { CoreTables } from '../database/tables'
import type { Context } from '../http/operation'
import { dayOf, instant, maskName, maskPhone } from '../words'
import { codeOf } from './codes'

/** How many one may have on each side. */
export const MOST = 5

export type GrantRow = Selectable<CoreTables['family_grants']>
type Here = Pick<Context, 'cityId' | 'now' | 'service'>

/** How the grant of a row stands now: days and codes run out by themselves. */
export function standingOf(row: GrantRow, now: Date): Pick<Grant, 'state' | 'endReason'> {
  if (row.state === 'ended') return { state: 'ended', ...(row.end_reason && { endReason: row.end_reason }) }
  if (row.ends_on < dayOf(now)) return { state: 'ended', endReason: row.state === 'open' ? 'not-accepted' : 'over' }
  if (row.state === 'open' && (row.code_until === null || row.code_until <= now))
    return { state: 'ended', endReason: 'not-accepted' }
  return { state: row.state }
}

/** The part that a citizen has in a grant; null for everybody else. */
export const roleIn = ({ giver_id, actor_id }: GrantRow, citizenId: string): GrantRole | null =>
  giver_id === citizenId ? 'giver' : actor_id === citizenId ? 'actor' : null

export type Person = { name: string; phone: string }

/** Citizens by their ids; where the host told the city no name, the one that was verified. */
export async function peopleOf(db: Db, cityId: string, ids: readonly string[]): Promise<ReadonlyMap<string, Person>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('citizens')
    .select(['id', 'name', 'phone'])
    .select((eb) =>
      eb
        .selectFrom('verifications as v')
        .select('v.name')
        .whereRef('v.city_id', '=', 'citizens.city_id')
        .whereRef('v.citizen_id', '=', 'citizens.id')
        .where('v.state', '=', 'verified')
        .where('v.name', 'is not', null)
        .orderBy('v.ended_at', 'desc')
        .limit(1)
        .as('verified'),
    )
    .where('city_id', '=', cityId)
    .where('id', 'in', [...new Set(ids)])
    .execute()
  return new Map(rows.map(({ id, name, phone, verified }) => [id, { name: name || (verified ?? ''), phone }]))
}

/** The contract's shape of grants as one of the two sees them, in the order given. */
export async function grantBodies(
  db: Db,
  context: Here & Pick<Context, 'citizenId'>,
  rows: readonly GrantRow[],
): Promise<Grant[]> {
  const { cityId, citizenId, service } = context
  const others = rows.flatMap(({ giver_id, actor_id }) => [giver_id, actor_id].filter((id) => id !== citizenId))
  const people = await peopleOf(
    db,
    cityId,
    others.flatMap((id) => id ?? []),
  )
  return rows.map((row) => {
    const role = roleIn(row, citizenId) ?? 'giver'
    const standing = standingOf(row, context.now())
    const other = people.get((role === 'giver' ? row.actor_id : row.giver_id) ?? '')
    return {
      id: row.id,
      role,
      ...standing,
      version: row.version,
      ...(other && { maskedName: maskName(other.name), ...(other.phone && { maskedPhone: maskPhone(other.phone) }) }),
      things: row.things,
      endsOn: row.ends_on,
      ...(standing.state === 'open' &&
        row.code_until && {
          code: codeOf({ keys: service.keys, cityId }, row.id),
          codeUntil: instant(row.code_until),
        }),
      ...(row.at_counter && { atCounter: true }),
      createdAt: instant(row.created_at),
      ...(row.began_at && { beganAt: instant(row.began_at) }),
      ...(row.ended_at && { endedAt: instant(row.ended_at) }),
    }
  })
}

export async function change(db: Db, row: GrantRow, patch: Updateable<CoreTables['family_grants']>): Promise<GrantRow> {
  return db
    .updateTable('family_grants')
    .set({ ...patch, version: row.version + 1 })
    .where('city_id', '=', row.city_id)
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .returningAll()
    .executeTakeFirstOrThrow(lost)
}

/** Those in force on this side of a citizen; with a thing, those for it. */
export function inForce(
  db: Db,
  { cityId, now }: Pick<Context, 'cityId' | 'now'>,
  side: GrantRole,
  citizenId: string,
  thing?: GrantThing,
) {
  const rows = db
    .selectFrom('family_grants')
    .where('city_id', '=', cityId)
    .where(side === 'giver' ? 'giver_id' : 'actor_id', '=', citizenId)
    .where('state', '=', 'active')
    .where('ends_on', '>=', dayOf(now()))
  return thing === undefined ? rows : rows.where(sql<boolean>`${thing} = any(things)`)
}
