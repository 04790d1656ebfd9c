import type { Citizen } from '../../contract/wire/types.gen'
import type { Context } from '../core'
import type { Db } from '../database'
import { bigIdOf } from '../ids'
import { problem } from '../problem'
import { nameOf, phoneOf } from '../seed/people'
import { instant, maskName, secondsAfter } from '../words'

const halfYear = 180 * 86_400

const grantsOf = (db: Db, context: Pick<Context, 'cityId' | 'citizenId' | 'now'>) =>
  db
    .selectFrom('grants')
    .innerJoin('citizens', 'citizens.id', 'grants.person_id')
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

/** A relative for whom the citizen may book, as somebody has who once showed the papers at a counter. */
export async function seedGrant(db: Db, cityId: string, citizenId: string, now: Date): Promise<void> {
  const subject = `relative/${citizenId}`
  const id = bigIdOf(`${cityId}/${subject}`)
  await db
    .insertInto('citizens')
    .values({ id, city_id: cityId, subject, name: nameOf(subject), phone: phoneOf(subject), created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await db
    .insertInto('grants')
    .values({ city_id: cityId, citizen_id: citizenId, person_id: id, until: secondsAfter(now, halfYear) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
