import type {
  GetCitizenData,
  GetCitizenResponses,
  SetConsentData,
  SetConsentResponses,
} from '../../contract/wire/types.gen'
import { bookingCounters, grantBodies } from '../booking'
import { type Context, operation } from '../http/operation'
import { newId } from '../ids'
import { instant, maskName, maskPhone, say, type Words } from '../words'

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
      maskedPhone: maskPhone(citizen.phone),
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

export const setConsent = operation<SetConsentData, SetConsentResponses>(async ({ path, body }, context) => {
  const given = { given: body.given, changed_at: context.now() }
  await context.db
    .insertInto('consents')
    .values({ city_id: context.cityId, citizen_id: context.citizenId, consent: path.consent, ...given })
    .onConflict((conflict) => conflict.columns(['city_id', 'citizen_id', 'consent']).doUpdateSet(given))
    .execute()
  return { status: 204 }
})

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
