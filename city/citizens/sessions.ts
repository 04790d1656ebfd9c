import { randomBytes } from 'node:crypto'
import type {
  CreateSessionData,
  CreateSessionResponses,
  EndSessionData,
  EndSessionResponses,
  SessionRequest,
} from '../../contract/wire/types.gen'
import { isNoAnswer, VendorUnavailable } from '../cashiers/errors'
import type { Db } from '../database/database'
import { type Context, operation } from '../http/operation'
import { problem } from '../http/problem'
import { newNumber, sha256 } from '../ids'
import type { Person } from '../ports'
import { instant, maskName, secondsAfter } from '../words'
import { consentOf, noteConsent } from './consents'

const SESSION_SECONDS = 30 * 60

export const createSession = operation<CreateSessionData, CreateSessionResponses>(async ({ body }, context) => {
  const now = context.now()
  const token = `v1.${randomBytes(24).toString('base64url')}`
  const expiresAt = secondsAfter(now, SESSION_SECONDS)
  // Once only, outside of what may be tried again: a code works once.
  const person = await signIn(context, body)
  if (person === null) throw problem('sign-in-failed')
  const citizen = await context.database.transaction(async (trx) => {
    const found = await citizenOf(trx, person, context)
    await trx
      .insertInto('sessions')
      .values({ token_hash: sha256(token), city_id: context.cityId, citizen_id: found.id, expires_at: expiresAt })
      // The commit before was done although it failed.
      .onConflict((conflict) => conflict.doNothing())
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

/** @throws ProblemError `unavailable` when the host does not say who it is. */
async function signIn({ service, cityId }: Context, request: SessionRequest): Promise<Person | null> {
  try {
    return await service.identity.signIn({ ...request, cityId })
  } catch (error) {
    if (!isNoAnswer(error)) throw error
    service.log.warn({ city: cityId, host: request.host, err: error }, 'a host does not say who signs in')
    const waitMs = error instanceof VendorUnavailable ? error.retryAfterMs : null
    throw problem('unavailable', waitMs === null ? {} : { retryAfterSeconds: Math.ceil(waitMs / 1000) })
  }
}

export const endSession = operation<EndSessionData, EndSessionResponses>(async (_call, context) => {
  await context.db
    .updateTable('sessions')
    .set({ ended: true })
    .where('city_id', '=', context.cityId)
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
 * The citizen with this subject, created at the first sign-in under a random id. Two sign-ins at once create one. The real name is what the
 * person let the host tell, until they withdraw that here; once they give it again it is taken with the next sign-in.
 */
async function citizenOf(db: Db, person: Person, context: Context): Promise<{ id: string; name: string }> {
  const { cityId, city, service } = context
  const row = { id: newNumber(), city_id: cityId, ...person, created_at: context.now() }
  const created = await db
    .insertInto('citizens')
    .values(row)
    .onConflict((conflict) => conflict.columns(['city_id', 'subject']).doNothing())
    .executeTakeFirst()
  if (created.numInsertedOrUpdatedRows) {
    if (person.name !== '')
      await noteConsent(db, { cityId, citizenId: row.id, consent: 'real-name', given: true, now: row.created_at })
    await service.identity.welcome(db, city, row.id)
    return row
  }
  const known = await db
    .selectFrom('citizens')
    .select(['id', 'name'])
    .where('city_id', '=', cityId)
    .where('subject', '=', person.subject)
    .executeTakeFirstOrThrow()
  if (known.name !== '' || !(await consentOf(db, { cityId, citizenId: known.id, consent: 'real-name' }))) return known
  await db
    .updateTable('citizens')
    .set({ name: person.name, phone: person.phone })
    .where('city_id', '=', cityId)
    .where('id', '=', known.id)
    .execute()
  return { id: known.id, name: person.name }
}
