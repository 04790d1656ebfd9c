import type { Transaction } from 'kysely'
import type { GrantRole } from '../../contract/wire/types.gen'
import { both } from '../booking/both'
import { lockCitizens } from '../booking/locks'
import type { Db } from '../database/database'
import type { Tables } from '../database/tables'
import type { Context } from '../http/operation'
import { problem } from '../http/problem'
import { say } from '../words'
import { noteAct } from './acting'
import { codeKeyOf } from './codes'
import { change, type GrantRow, inForce, MOST, standingOf } from './rows'

type Here = Pick<Context, 'cityId' | 'now' | 'language' | 'service'>

const notOpen = both(
  '邀请码不对、已用过或已过期。请对方重新邀请，并核对邀请码。',
  'This code is not known, was used or has run out. Ask for a new invitation and check the code.',
)
const tooMany = both(
  `每人最多为 ${MOST} 位家人代办，也最多由 ${MOST} 位家人代办。请先结束一项。`,
  `You can act for up to ${MOST} people, and up to ${MOST} can act for you. End one first.`,
)
const began = both('家人代办开始', 'The permission began')
const beganAtCounter = both(
  '窗口核对授权人身份后，家人代办开始',
  'A counter checked who gives it, and the permission began',
)

/** Those in force and open invitations count. The citizen is locked. @throws ProblemError `family-limit` */
export async function refuseTooMany(db: Db, here: Here, side: GrantRole, citizenId: string): Promise<void> {
  const { count } = await inForce(db, here, side, citizenId)
    .clearWhere()
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('city_id', '=', here.cityId)
    .where(side === 'giver' ? 'giver_id' : 'actor_id', '=', citizenId)
    .where((eb) =>
      eb.or([eb('state', '=', 'active'), eb.and([eb('state', '=', 'open'), eb('code_until', '>', here.now())])]),
    )
    .executeTakeFirstOrThrow()
  if (count >= MOST) throw problem('family-limit', { detail: say(tooMany, here.language) })
}

/** The open invitation of a code, for somebody else than who invited. @throws ProblemError `invitation-not-open` */
export async function openInvitation(
  db: Db,
  here: Here,
  code: string,
  citizenId: string,
): Promise<{ row: GrantRow; inviterId: string }> {
  const { cityId, service } = here
  const row = await db
    .selectFrom('family_grants')
    .selectAll()
    .where('city_id', '=', cityId)
    .where('code_key', '=', codeKeyOf({ keys: service.keys, cityId }, code))
    .executeTakeFirst()
  const inviterId = row?.invited_as === 'giver' ? row.giver_id : row?.actor_id
  const isOpen = row !== undefined && standingOf(row, here.now()).state === 'open'
  if (!isOpen || !inviterId || inviterId === citizenId)
    throw problem('invitation-not-open', { detail: say(notOpen, here.language) })
  return { row, inviterId }
}

/** Puts an invitation in force for the citizen who accepts it, or for whom a counter does. One between the same two ends. */
export async function accept(
  trx: Transaction<Tables>,
  here: Here,
  { code, citizenId, atCounter = false }: { code: string; citizenId: string; atCounter?: boolean },
): Promise<GrantRow> {
  const { cityId } = here
  const found = await openInvitation(trx, here, code, citizenId)
  await lockCitizens(trx, cityId, [found.inviterId, citizenId])
  // Of two who accept at once, and of who ends it meanwhile, one is first.
  const { row, inviterId } = await openInvitation(trx, here, code, citizenId)
  const isFromGiver = row.invited_as === 'giver'
  if (atCounter && isFromGiver) throw problem('invitation-not-open', { detail: say(notOpen, here.language) })
  const [giverId, actorId] = isFromGiver ? [inviterId, citizenId] : [citizenId, inviterId]
  const now = here.now()
  const earlier = await inForce(trx, here, 'giver', giverId)
    .selectAll()
    .where('actor_id', '=', actorId)
    .forUpdate()
    .execute()
  for (const one of earlier) await change(trx, one, { state: 'ended', ended_at: now, end_reason: 'replaced' })
  await refuseTooManyBoth(trx, here, giverId, actorId, isFromGiver)
  const active = await change(trx, row, {
    ...{ giver_id: giverId, actor_id: actorId, state: 'active', began_at: now, at_counter: atCounter },
    ...{ code_key: null, code_until: null },
  })
  await noteAct(
    trx,
    here,
    { id: row.id, giver_id: giverId, actor_id: actorId },
    {
      kind: 'begin',
      by: atCounter ? 'counter' : isFromGiver ? 'actor' : 'giver',
      text: atCounter ? beganAtCounter : began,
    },
  )
  return active
}

/** The invitation has counted for who invited since it was made. */
const refuseTooManyBoth = (db: Db, here: Here, giverId: string, actorId: string, isFromGiver: boolean) =>
  isFromGiver ? refuseTooMany(db, here, 'actor', actorId) : refuseTooMany(db, here, 'giver', giverId)
