import type { GetCitizenData, GetCitizenResponses } from '../../contract/wire/types.gen'
import { bookingCounters, grantBodies } from '../booking'
import { operation } from '../http/operation'
import { unreadMessages } from '../messages/inbox'
import { instant, maskName, maskPhone, say } from '../words'

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
      ...(await unreadMessages(context)),
      serverTime: instant(context.now()),
    },
  }
})
