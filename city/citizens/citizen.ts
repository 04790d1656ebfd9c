import type {
  ConsentKind,
  GetCitizenData,
  GetCitizenResponses,
  SetConsentData,
  SetConsentResponses,
} from '../../contract/wire/types.gen'
import { bookingCounters, grantBodies } from '../booking'
import type { Db } from '../database/database'
import { type Context, operation } from '../http/operation'
import { newId } from '../ids'
import { withdrawMessages } from '../messages/outbox'
import { instant, maskName, maskPhone, say, type Words } from '../words'
import { endVerifications } from './verification-levels'

export const getCitizen = operation<GetCitizenData, GetCitizenResponses>(async (_call, context) => {
  const { db, cityId, citizenId, language } = context
  const citizen = await db
    .selectFrom('citizens')
    .selectAll()
    .where('city_id', '=', cityId)
    .where('id', '=', citizenId)
    .executeTakeFirstOrThrow()
  const consents = await db
    .selectFrom('consents')
    .selectAll()
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .orderBy('consent')
    .execute()
  const uses = await db
    .selectFrom('data_uses')
    .selectAll()
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .orderBy('at', 'desc')
    .limit(100)
    .execute()
  return {
    status: 200,
    body: {
      id: citizen.id,
      maskedName: maskName(citizen.name),
      ...(citizen.phone && { maskedPhone: maskPhone(citizen.phone) }),
      counters: await bookingCounters(context),
      grants: await grantBodies(context),
      consents: consents.map((row) => ({ consent: row.consent, given: row.given, changedAt: instant(row.changed_at) })),
      dataUse: uses.map((use) => ({
        at: instant(use.at),
        by: say(use.by_whom, language),
        purpose: say(use.purpose, language),
      })),
      serverTime: instant(context.now()),
    },
  }
})

/** A consent that is withdrawn acts at once: messages on their way stop, the real name goes. */
export const setConsent = operation<SetConsentData, SetConsentResponses>(async ({ path, body }, context) => {
  const { cityId, citizenId } = context
  await context.database.transaction(async (trx) => {
    await noteConsent(trx, { cityId, citizenId, consent: path.consent, given: body.given, now: context.now() })
    if (body.given) return
    if (path.consent === 'messages') await withdrawMessages(trx, { cityId, citizenId }, context.now())
    if (path.consent === 'real-name') {
      await trx
        .updateTable('citizens')
        .set({ name: '', phone: '' })
        .where('city_id', '=', cityId)
        .where('id', '=', citizenId)
        .execute()
      await endVerifications(trx, { cityId, citizenId })
    }
  })
  return { status: 204 }
})

type Consent = { cityId: string; citizenId: string; consent: ConsentKind; given: boolean; now: Date }

export async function noteConsent(db: Db, { cityId, citizenId, consent, given, now }: Consent): Promise<void> {
  const change = { given, changed_at: now }
  await db
    .insertInto('consents')
    .values({ city_id: cityId, citizen_id: citizenId, consent, ...change })
    .onConflict((conflict) => conflict.columns(['city_id', 'citizen_id', 'consent']).doUpdateSet(change))
    .execute()
}

/** Null where the citizen never said. */
export async function consentOf(
  db: Db,
  { cityId, citizenId, consent }: Pick<Consent, 'cityId' | 'citizenId' | 'consent'>,
): Promise<boolean | null> {
  const row = await db
    .selectFrom('consents')
    .select('given')
    .where('city_id', '=', cityId)
    .where('citizen_id', '=', citizenId)
    .where('consent', '=', consent)
    .executeTakeFirst()
  return row?.given ?? null
}

/** Notes for the citizen that somebody read their data. */
export async function recordDataUse(context: Context, by: Words, purpose: Words): Promise<void> {
  await context.db
    .insertInto('data_uses')
    .values({
      id: newId('u'),
      city_id: context.cityId,
      citizen_id: context.citizenId,
      at: context.now(),
      by_whom: JSON.stringify(by),
      purpose: JSON.stringify(purpose),
    })
    .execute()
}
