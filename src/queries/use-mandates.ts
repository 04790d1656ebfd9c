import type { AccountId, CityId } from '@/domain/ids'
import { services } from '@/services'
import { useLoad } from './use-load'

/** Standing permissions of an account. */
export const useMandates = (city: CityId, account: AccountId) => useLoad([city, account], services.mandates.list)
