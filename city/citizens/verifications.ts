import type { Selectable } from 'kysely'
import type {
  BeginVerificationData,
  BeginVerificationResponses,
  GetVerificationData,
  GetVerificationResponses,
  Verification,
} from '../../contract/wire/types.gen'
import { both } from '../booking/both'
import { documentProblem } from '../booking/documents'
import { lockCitizen } from '../booking/locks'
import { documentKeyOf } from '../booking/overlap'
import { refuseWithout } from '../booking/rules'
import { isNoAnswer, VendorRefused } from '../cashiers/errors'
import type { Db } from '../database/database'
import type { CoreTables } from '../database/tables'
import { type Context, operation } from '../http/operation'
import { problem } from '../http/problem'
import { newId } from '../ids'
import { sealed, unsealed } from '../keys'
import type { VerificationOutcome } from '../ports'
import { dayOf, instant, say, secondsAfter } from '../words'
import { needConsent, noteConsent } from './consents'
import { holdsSeconds } from './verification-levels'

type Row = Selectable<CoreTables['verifications']>

const purpose = 'verifications'
const notHere = both(
  '这里不能在线核验，请到窗口办理或致电咨询。',
  'You cannot be verified online here. Please go to a counter or call.',
)

/** Begins outside of any transaction; nothing is kept when the host does not begin. */
export const beginVerification = operation<BeginVerificationData, BeginVerificationResponses>(
  async ({ body }, context) => {
    refuseWithout('verification', context)
    const { cityId, citizenId, service, language } = context
    const { level, name, idNumber } = body
    const wrong = documentProblem('id-card', idNumber, dayOf(context.now()))
    if (wrong) throw problem('invalid-fields', { fields: [{ field: 'idNumber', problem: say(wrong, language) }] })
    await needConsents(context.db, context, level)
    const { subject } = await context.db
      .selectFrom('citizens')
      .select('subject')
      .where('city_id', '=', cityId)
      .where('id', '=', citizenId)
      .executeTakeFirstOrThrow()
    const id = newId('ve')
    const reference = referenceOf(id)
    const begun = await asked(context, () =>
      service.identity.beginVerification({ cityId, subject, level, reference, name, idNumber }),
    )
    if (begun === null) throw problem('forbidden', { detail: say(notHere, language) })
    const key = service.keys.ofCity(cityId)
    const now = context.now()
    const row = {
      ...{ city_id: cityId, id, citizen_id: citizenId, level, name },
      document_key: documentKeyOf(key, { kind: 'id-card', number: idNumber }) ?? '',
      vendor_number: begun.vendorNumber,
      sealed: begun.secret === '' ? null : sealed(key, purpose, begun.secret),
      begun_at: now,
      expires_at: secondsAfter(now, begun.seconds),
    }
    await context.database.transaction(async (trx) => {
      // Withdrawn while the host was asked: nothing is kept.
      await lockCitizen(trx, cityId, citizenId)
      await needConsents(trx, context, level)
      await trx
        .updateTable('verifications')
        .set({ state: 'cancelled', ended_at: now, name: null, sealed: null })
        .where('city_id', '=', cityId)
        .where('citizen_id', '=', citizenId)
        .where('state', '=', 'open')
        .execute()
      await trx
        .insertInto('verifications')
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    })
    const { expires_at } = row
    const shown = bodyOf({ id, level, state: 'open', expires_at, ended_at: null }, context)
    return { status: 201, body: { ...shown, invocation: begun.invocation } }
  },
)

/** A name and a number are one purpose, a face is another. */
async function needConsents(db: Db, context: Context, level: Row['level']): Promise<void> {
  await needConsent(db, context, 'beginVerification', 'identity')
  if (level === 'face') await needConsent(db, context, 'beginVerification', 'face')
}

/** Whoever asks hears what the host says now; what is over stays as it is. */
export const getVerification = operation<GetVerificationData, GetVerificationResponses>(async ({ path }, context) => {
  const row = await read(context.db, context, path.verificationId)
  if (row.state !== 'open') return { status: 200, body: bodyOf(row, context) }
  const outcome = await outcomeOf(row, context)
  if (outcome !== 'open') await context.database.transaction((trx) => end(trx, context, row, outcome))
  return { status: 200, body: bodyOf(await read(context.db, context, row.id), context) }
})

const referenceOf = (id: string): string => id.replace('-', '')

async function read(db: Db, { cityId, citizenId }: Context, id: string): Promise<Row> {
  const row = await db
    .selectFrom('verifications')
    .selectAll()
    .where('city_id', '=', cityId)
    .where('id', '=', id)
    .where('citizen_id', '=', citizenId)
    .executeTakeFirst()
  if (!row) throw problem('not-found')
  return row
}

async function outcomeOf(row: Row, context: Context): Promise<VerificationOutcome> {
  const { service, cityId, citizenId } = context
  const { subject } = await context.db
    .selectFrom('citizens')
    .select('subject')
    .where('city_id', '=', cityId)
    .where('id', '=', citizenId)
    .executeTakeFirstOrThrow()
  const { level, vendor_number: vendorNumber } = row
  const secret = row.sealed === null ? '' : unsealed(service.keys.ofCity(cityId), purpose, row.sealed)
  const known = { cityId, subject, level, reference: referenceOf(row.id), vendorNumber, secret }
  const isLate = row.expires_at <= context.now()
  const outcome = await asked(context, async () => {
    try {
      return await service.identity.queryVerification(known)
    } catch (error) {
      // Hosts forget what is over: one that knows nothing of it any more will not say how it ended.
      if (isLate && error instanceof VendorRefused && error.reason === 'other') return 'open'
      throw error
    }
  })
  return outcome === 'open' && isLate ? 'timed-out' : outcome
}

/** Ends it once. One account of a host is one person: another one than before is somebody else, whatever the host says. */
async function end(trx: Db, context: Context, row: Row, outcome: VerificationOutcome): Promise<void> {
  const { cityId, citizenId } = context
  const now = context.now()
  const before = await trx
    .selectFrom('verifications')
    .select('document_key')
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .where('state', '=', 'verified')
    .orderBy('ended_at', 'desc')
    .limit(1)
    .executeTakeFirst()
  const isOther = outcome === 'verified' && before !== undefined && before.document_key !== row.document_key
  const state = isOther ? 'other-person' : outcome
  const ended = await trx
    .updateTable('verifications')
    .set({ state, ended_at: now, name: null, sealed: null })
    .where('city_id', '=', cityId)
    .where('id', '=', row.id)
    .where('state', '=', 'open')
    .executeTakeFirst()
  if (!ended.numUpdatedRows || state !== 'verified' || row.name === null) return
  const learned = await trx
    .updateTable('citizens')
    .set({ name: row.name })
    .where('city_id', '=', cityId)
    .where('id', '=', citizenId)
    .where('name', '=', '')
    .executeTakeFirst()
  if (learned.numUpdatedRows) await noteConsent(trx, { cityId, citizenId, consent: 'real-name', given: true, now })
}

/** @throws ProblemError `verifier-not-answering` when the host does not say. */
async function asked<T>({ service, cityId }: Context, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (!isNoAnswer(error)) throw error
    service.log.warn({ city: cityId, err: error }, 'a host does not verify')
    throw problem('verifier-not-answering')
  }
}

type Shown = Pick<Row, 'id' | 'level' | 'state' | 'expires_at' | 'ended_at'>

const bodyOf = ({ id, level, state, expires_at, ended_at }: Shown, context: Context): Verification => ({
  id,
  level,
  state,
  expiresAt: instant(expires_at),
  ...(state === 'verified' && ended_at && { verifiedUntil: instant(secondsAfter(ended_at, holdsSeconds[level])) }),
  serverTime: instant(context.now()),
})
