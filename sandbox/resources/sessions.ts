import { randomBytes } from 'node:crypto'
import type {
  CreateSessionData,
  CreateSessionResponses,
  EndSessionData,
  EndSessionResponses,
  SessionRequest,
} from '../../contract/wire/types.gen'
import { seedBookingDemo } from '../booking'
import { type Context, operation } from '../core'
import type { Db } from '../database'
import { bigIdOf, sha256 } from '../ids'
import { problem } from '../problem'
import { nameOf, phoneOf } from '../seed/people'
import { instant, maskName, secondsAfter } from '../words'
import { bindDemoAccounts } from './accounts'

const SESSION_SECONDS = 30 * 60

export const createSession = operation<CreateSessionData, CreateSessionResponses>(async ({ body }, context) => {
  const now = context.now()
  const token = `v1.${randomBytes(24).toString('base64url')}`
  const expiresAt = secondsAfter(now, SESSION_SECONDS)
  const citizen = await context.database.transaction(async (trx) => {
    const subject = await subjectOf(trx, body, context)
    const found = await citizenOf(trx, subject, context)
    await trx
      .insertInto('sessions')
      .values({ token_hash: sha256(token), city_id: context.cityId, citizen_id: found.id, expires_at: expiresAt })
      .execute()
    return found
  })
  return {
    status: 201,
    body: {
      token,
      citizenId: citizen.id,
      maskedName: maskName(citizen.name),
      expiresAt: instant(expiresAt),
      serverTime: instant(now),
    },
  }
})

export const endSession = operation<EndSessionData, EndSessionResponses>(async (_call, context) => {
  await context.db
    .updateTable('sessions')
    .set({ ended: true })
    .where('token_hash', '=', sha256(context.token))
    .execute()
  return { status: 204 }
})

/** The citizen a token stands for in this city. */
export async function citizenOfToken(db: Db, cityId: string, token: string, now: Date): Promise<string> {
  const session = await db
    .selectFrom('sessions')
    .select(['citizen_id', 'expires_at', 'ended'])
    .where('token_hash', '=', sha256(token))
    .where('city_id', '=', cityId)
    .executeTakeFirst()
  if (session === undefined || session.ended) throw problem('unauthenticated')
  if (session.expires_at <= now) throw problem('token-expired')
  return session.citizen_id
}

/**
 * Whom a code stands for.
 * - preview: `preview-<who>`, the same citizen each time
 * - wechat, alipay: `wx-<who>-<nonce>`, `ali-<who>-<nonce>`, single use as the vendors' codes are
 * - any other code of WeChat or Alipay, as the vendors' devtools make them: one developer for each host
 * - a code that begins with `bad` is refused everywhere
 */
async function subjectOf(db: Db, { host, code }: SessionRequest, context: Context): Promise<string> {
  if (code.startsWith('bad')) throw problem('sign-in-failed')
  if (host === 'preview') {
    const who = /^preview-(.+)$/.exec(code)?.[1]
    if (who === undefined) throw problem('sign-in-failed')
    return `preview/${who}`
  }
  const who = (host === 'wechat' ? /^wx-(.+)-[^-]+$/ : /^ali-(.+)-[^-]+$/).exec(code)?.[1]
  if (who === undefined) return `${host}/developer`
  const used = await db
    .insertInto('used_codes')
    .values({ city_id: context.cityId, code })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (!used.numInsertedOrUpdatedRows) throw problem('sign-in-failed')
  return `${host}/${who}`
}

async function citizenOf(db: Db, subject: string, context: Context): Promise<{ id: string; name: string }> {
  const { cityId } = context
  const id = bigIdOf(`${cityId}/${subject}`)
  const row = {
    id,
    city_id: cityId,
    subject,
    name: nameOf(subject),
    phone: phoneOf(subject),
    created_at: context.now(),
  }
  const created = await db
    .insertInto('citizens')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (created.numInsertedOrUpdatedRows && context.world.demo) {
    await bindDemoAccounts(db, context.city, id, context.now())
    await seedBookingDemo(db, context.city, id, context.now())
  }
  return row
}
