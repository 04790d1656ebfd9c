import { sql } from 'kysely'
import type {
  AcceptInvitationData,
  AcceptInvitationResponses,
  CheckInvitationData,
  CheckInvitationResponses,
  EndGrantData,
  EndGrantResponses,
  GetGrantData,
  GetGrantResponses,
  Grant,
  InviteFamilyData,
  InviteFamilyResponses,
  ListActsData,
  ListActsResponses,
  ListGrantsData,
  ListGrantsResponses,
} from '../../contract/wire/types.gen'
import { allowCode } from '../billing/question-limits'
import { both } from '../booking/both'
import { lockCitizen } from '../booking/locks'
import { refuseWithout } from '../booking/rules'
import type { Db } from '../database/database'
import { type Context, creating, type Handler, operation, refuseWhenReadOnly } from '../http/operation'
import { microsOf, readPage } from '../http/pages'
import { problem } from '../http/problem'
import { newId } from '../ids'
import { addDays, dayOf, instant, maskName, maskPhone, say, secondsAfter } from '../words'
import { accept, openInvitation, refuseTooMany } from './accepting'
import { CODE_SECONDS, codeKeyOf, codeOf } from './codes'
import { endGrantOf } from './ending'
import { type GrantRow, grantBodies, MOST, peopleOf, roleIn } from './rows'

const LONGEST_DAYS = 730
/** Those in force are few; of the others the newest. */
const MOST_LISTED = 100

const endsOnWords = both(
  `请选择今天到 ${LONGEST_DAYS} 天以内的日期`,
  `Choose a day from today up to ${LONGEST_DAYS} days ahead`,
)

const grantsOf = (db: Db, { cityId, citizenId }: Pick<Context, 'cityId' | 'citizenId'>) =>
  db
    .selectFrom('family_grants')
    .selectAll()
    .where('city_id', '=', cityId)
    .where(({ or, eb }) => or([eb('giver_id', '=', citizenId), eb('actor_id', '=', citizenId)]))

const rank = { active: 0, open: 0, ended: 1 } as const

export const listGrants = operation<ListGrantsData, ListGrantsResponses>(async (_call, context) => {
  refuseWithout('family', context)
  const rows = await grantsOf(context.db, context)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(MOST_LISTED)
    .execute()
  const items = await grantBodies(context.db, context, rows)
  return {
    status: 200,
    body: {
      items: items.sort((a, b) => rank[a.state] - rank[b.state]),
      most: MOST,
      longestDays: LONGEST_DAYS,
      serverTime: instant(context.now()),
    },
  }
})

const bodyOf = async (db: Db, context: Context, row: GrantRow): Promise<Grant> => {
  const [body] = await grantBodies(db, context, [row])
  if (!body) throw problem('internal')
  return body
}

/** A grant of the citizen's, on either side; anybody else's is not found. */
async function ownGrant(db: Db, context: Context, grantId: string): Promise<GrantRow> {
  const row = await grantsOf(db, context).where('id', '=', grantId).executeTakeFirst()
  if (!row) throw problem('not-found')
  return row
}

const create = creating<InviteFamilyData, InviteFamilyResponses>('inviteFamily', async ({ body }, context, trx) => {
  const { cityId, citizenId, service } = context
  const now = context.now()
  const today = dayOf(now)
  if (body.endsOn < today || body.endsOn > addDays(today, LONGEST_DAYS))
    throw problem('invalid-fields', { fields: [{ field: 'endsOn', problem: say(endsOnWords, context.language) }] })
  await lockCitizen(trx, cityId, citizenId)
  await refuseTooMany(trx, context, body.role, citizenId)
  const id = newId('fg')
  const whose = { keys: service.keys, cityId }
  const row = await trx
    .insertInto('family_grants')
    .values({
      ...{ city_id: cityId, id, invited_as: body.role, things: body.things, ends_on: body.endsOn, created_at: now },
      ...(body.role === 'giver' ? { giver_id: citizenId } : { actor_id: citizenId }),
      code_key: codeKeyOf(whose, codeOf(whose, id)),
      code_until: secondsAfter(now, CODE_SECONDS),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  // The answer is kept for who asks again; the code is not.
  const { code: _, ...grant } = await bodyOf(trx, context, row)
  return { status: 201, body: grant }
})

export const inviteFamily: Handler = async (call, context) => {
  refuseWithout('family', context)
  refuseWhenReadOnly(context)
  const { status, body } = await create(call, context)
  const row = await ownGrant(context.db, context, (body as Grant).id)
  return { status, body: await bodyOf(context.db, context, row) }
}

export const checkInvitation = operation<CheckInvitationData, CheckInvitationResponses>(async ({ body }, context) => {
  refuseWithout('family', context)
  await allowCode(context)
  const { row, inviterId } = await openInvitation(context.db, context, body.code, context.citizenId)
  const inviter = (await peopleOf(context.db, context.cityId, [inviterId])).get(inviterId)
  return {
    status: 200,
    body: {
      role: row.invited_as === 'giver' ? 'actor' : 'giver',
      maskedName: maskName(inviter?.name ?? ''),
      ...(inviter?.phone && { maskedPhone: maskPhone(inviter.phone) }),
      things: row.things,
      endsOn: row.ends_on,
      codeUntil: instant(row.code_until ?? context.now()),
      serverTime: instant(context.now()),
    },
  }
})

const acceptOnce = creating<AcceptInvitationData, AcceptInvitationResponses>(
  'acceptInvitation',
  async ({ body }, context, trx) => {
    const row = await accept(trx, context, { code: body.code, citizenId: context.citizenId })
    return { status: 201, body: await bodyOf(trx, context, row) }
  },
)

export const acceptInvitation: Handler = async (call, context) => {
  refuseWithout('family', context)
  refuseWhenReadOnly(context)
  await allowCode(context)
  return acceptOnce(call, context)
}

export const getGrant = operation<GetGrantData, GetGrantResponses>(async ({ path }, context) => {
  refuseWithout('family', context)
  const row = await ownGrant(context.db, context, path.grantId)
  return { status: 200, body: await bodyOf(context.db, context, row) }
})

export const endGrant = operation<EndGrantData, EndGrantResponses>(async ({ path }, context) => {
  refuseWithout('family', context)
  const own = await ownGrant(context.db, context, path.grantId)
  const by = roleIn(own, context.citizenId) ?? 'giver'
  const row = await context.database.transaction((trx) => endGrantOf(trx, context, own.id, by))
  return { status: 200, body: await bodyOf(context.db, context, row) }
})

export const listActs = operation<ListActsData, ListActsResponses>(async ({ path, query }, context) => {
  refuseWithout('family', context)
  const { db, cityId, language } = context
  const grant = await ownGrant(db, context, path.grantId)
  const rows = db.selectFrom('family_acts').selectAll().where('city_id', '=', cityId).where('grant_id', '=', grant.id)
  const newestFirst = [
    { by: microsOf(sql`at`), type: 'number', isDescending: true },
    { by: sql`id`, type: 'text' },
  ] as const
  const page = await readPage(rows, newestFirst, query.cursor)
  const people = await peopleOf(
    db,
    cityId,
    [grant.giver_id, grant.actor_id].flatMap((id) => id ?? []),
  )
  const nameOf = (id: string) => maskName(people.get(id)?.name ?? '')
  const counter = say(both('办事窗口', 'A counter'), language)
  return {
    status: 200,
    body: {
      grantId: grant.id,
      items: page.rows.map((act) => ({
        id: act.id,
        kind: act.kind,
        at: instant(act.at),
        actor: act.by_whom === 'counter' ? counter : nameOf(act.by_whom === 'giver' ? act.giver_id : act.actor_id),
        giver: nameOf(act.giver_id),
        text: say(act.text, language),
      })),
      ...(page.next ? { next: page.next } : {}),
      serverTime: instant(context.now()),
    },
  }
})
