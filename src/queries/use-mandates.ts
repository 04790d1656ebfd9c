import type { AccountId, CityId } from '@/domain/ids'
import { services } from '@/services'
import { mandatesOf } from '@/services/mandates'
import { useLoad } from './use-load'

/** Standing permissions of an account. */
export const useMandates = (city: CityId, account: AccountId) => useLoad([city, account], services.of(mandatesOf).list)
