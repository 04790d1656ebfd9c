import type { Citizen } from '../../contract/wire/types.gen'
import type { Db } from '../database/database'
import type { Context } from '../http/operation'
import { problem } from '../http/problem'
import { instant, maskName } from '../words'

const grantsOf = (db: Db, context: Pick<Context, 'cityId' | 'citizenId' | 'now'>) =>
  db
    .selectFrom('grants')
    .innerJoin('citizens', (join) =>
      join.onRef('citizens.city_id', '=', 'grants.city_id').onRef('citizens.id', '=', 'grants.person_id'),
    )
    .select(['citizens.id', 'citizens.name', 'citizens.phone', 'grants.until'])
    .where('grants.city_id', '=', context.cityId)
    .where('grants.citizen_id', '=', context.citizenId)
    .where('grants.until', '>', context.now())
    .orderBy('citizens.id')

/** For whom the citizen may act, as the contract shows it. */
export async function grantBodies(context: Context): Promise<Citizen['grants']> {
  const rows = await grantsOf(context.db, context).execute()
  return rows.map(({ id, name, until }) => ({ citizenId: id, maskedName: maskName(name), until: instant(until) }))
}

/** Somebody who lets the citizen act; refused for everybody else. */
export async function grantedPerson(
  db: Db,
  context: Context,
  personId: string,
): Promise<{ name: string; phone: string }> {
  const person = await grantsOf(db, context).where('citizens.id', '=', personId).executeTakeFirst()
  if (!person) throw problem('forbidden')
  return person
}
