import type { AccountId, CityId } from '@/domain/ids'
import { services } from '@/services'
import { readAll } from './read-all'
import { useLoad } from './use-load'

/** All accounts of a city. */
export const readAccounts = (city: CityId) => readAll((cursor) => services.accounts.list(city, cursor))

export const useAccounts = (city: CityId | null) => useLoad(city && [city], readAccounts, services.accounts.cachedList)

/** Null `account`: it is not known yet which one. */
export const useAccount = (city: CityId, account: AccountId | null) =>
  useLoad(account && [city, account], services.accounts.get)
