import { refuseWithout } from '../booking/rules'
import { cityOf, type Service } from '../service'
import { accept } from './accepting'
import { endGrantOf } from './ending'
import type { GrantRow } from './rows'

/**
 * For who has no phone: a counter has checked the papers of a citizen, who reads out the code of somebody who wants to act for them.
 * The caller is the counter's own system.
 *
 * @throws ProblemError `invitation-not-open`, `family-limit`
 */
export async function acceptAtCounter(
  service: Service,
  { cityId, citizenId, code }: { cityId: string; citizenId: string; code: string },
): Promise<GrantRow> {
  const city = cityOf(service, cityId)
  refuseWithout('family', { city })
  const here = { cityId, service, language: 'zh-CN', now: service.clock.now } as const
  return service.database.transaction((trx) => accept(trx, here, { code, citizenId, atCounter: true }))
}

/** Either of the two is at the counter and wants it to end. */
export const endAtCounter = (
  service: Pick<Service, 'database' | 'clock'>,
  { cityId, grantId }: { cityId: string; grantId: string },
): Promise<GrantRow> =>
  service.database.transaction((trx) => endGrantOf(trx, { cityId, now: service.clock.now }, grantId, 'counter'))
