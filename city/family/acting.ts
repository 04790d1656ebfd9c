import type { Act, GrantThing } from '../../contract/wire/types.gen'
import { both } from '../booking/both'
import { recordDataUses } from '../citizens/data-uses'
import type { Db } from '../database/database'
import type { Context } from '../http/operation'
import { problem } from '../http/problem'
import { newId } from '../ids'
import { dayOf, maskName, say, type Words } from '../words'
import { type GrantRow, inForce, MOST, peopleOf, standingOf } from './rows'

/** A grant in force, with both of its people. */
export type ActiveGrant = GrantRow & { giver_id: string; actor_id: string }

const ended = both('这项家人代办已结束，或者不包括这件事。', 'This permission has ended, or it is not for this.')

/**
 * The one place where acting for somebody is allowed: the grant by which the citizen may do this now. In a transaction its row is locked, so
 * that one that is being ended waits, and one that has ended allows nothing.
 *
 * @throws ProblemError `grant-ended` for one that has ended, is not for this, or is not the citizen's
 */
export async function grantFor(
  db: Db,
  context: Pick<Context, 'cityId' | 'citizenId' | 'now' | 'language'>,
  which: { grantId: string } | { giverId: string },
  thing: GrantThing,
): Promise<ActiveGrant> {
  let rows = inForce(db, context, 'actor', context.citizenId, thing).selectAll()
  rows = 'grantId' in which ? rows.where('id', '=', which.grantId) : rows.where('giver_id', '=', which.giverId)
  const row = await (db.isTransaction ? rows.forUpdate() : rows).executeTakeFirst()
  // Who waited for the lock reads the row as it was left.
  if (row && standingOf(row, context.now()).state === 'active' && row.giver_id !== null && row.actor_id !== null)
    return { ...row, giver_id: row.giver_id, actor_id: row.actor_id }
  throw problem('grant-ended', { detail: say(ended, context.language) })
}

/** The context of the giver, to answer as it would be for them; the citizen's own without a grant. */
export async function readAs(
  context: Context,
  grantId: string | undefined,
  thing: GrantThing,
  look: keyof typeof looks,
): Promise<Context> {
  if (grantId === undefined) return context
  const grant = await grantFor(context.db, context, { grantId }, thing)
  await noteAct(context.db, context, grant, { kind: look, text: looks[look], isDaily: true })
  return asGiver(context, grant)
}

/** All of the context but the citizen; what they call their homes is theirs. */
export const asGiver = (context: Context, { giver_id }: ActiveGrant): Context => ({
  ...context,
  citizenId: giver_id,
  isActing: true,
})

/** How many people let the citizen see or book so; nothing in a city without it, and nothing for nobody. */
export async function familyOf(context: Context, thing: GrantThing): Promise<{ family?: number }> {
  if (!context.city.features.includes('family')) return {}
  const { people } = await inForce(context.db, context, 'actor', context.citizenId, thing)
    .select(({ fn }) => fn.countAll<number>().as('people'))
    .executeTakeFirstOrThrow()
  return people > 0 ? { family: Math.min(people, MOST) } : {}
}

const looks = {
  'see-bills': both('查看账单', 'Looked at bills'),
  'see-history': both('查看用量和费用记录', 'Looked at usage and costs'),
  'see-visits': both('查看预约', 'Looked at visits'),
} as const

type Noted = { kind: Act['kind']; text: Words; by?: 'giver' | 'actor' | 'counter'; isDaily?: boolean }

/** Writes an act into the log of its grant, and what the actor did also into the giver's list of uses. What is only looked at, once a day. */
export async function noteAct(
  db: Db,
  context: Pick<Context, 'cityId' | 'now'>,
  { id, giver_id, actor_id }: Pick<ActiveGrant, 'id' | 'giver_id' | 'actor_id'>,
  { kind, text, by = 'actor', isDaily = false }: Noted,
): Promise<void> {
  const { cityId } = context
  const now = context.now()
  const noted = await db
    .insertInto('family_acts')
    .values({
      ...{ city_id: cityId, grant_id: id, id: isDaily ? `${kind}-${dayOf(now)}` : newId('fa') },
      ...{ kind, giver_id, actor_id, by_whom: by, at: now, text: JSON.stringify(text) },
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (!noted.numInsertedOrUpdatedRows || by !== 'actor') return
  const name = maskName((await peopleOf(db, cityId, [actor_id])).get(actor_id)?.name ?? '')
  const whom = both(`${name}（代您办理）`, `${name} (for you)`)
  await recordDataUses(db, context, [{ citizenId: giver_id, by: whom, purpose: 'acting', text }])
}
