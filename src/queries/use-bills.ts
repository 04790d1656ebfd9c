import type { Bill } from '@/domain/bill'
import type { AccountId, BillId, CityId } from '@/domain/ids'
import { services } from '@/services'
import { readAll } from './read-all'
import { useLoad } from './use-load'

/** All open bills of a city: a part of them would be a wrong total, and could hide the one that is overdue. */
export const readDueBills = (city: CityId) => readAll((cursor) => services.bills.list(city, { due: true }, cursor))

export const cachedDueBills = (city: CityId) => services.bills.cachedList(city, { due: true })

export const useDueBills = (city: CityId | null) => useLoad(city && [city], readDueBills, cachedDueBills)

/** As the biller has it now, or the cached copy. */
export const useBill = (city: CityId, bill: BillId) =>
  useLoad([city, bill], (...args): Promise<Bill> => services.bills.get(...args), services.bills.cached)

/** What the biller answers now: an error never means that nothing is due. */
export const useLookup = (city: CityId, account: AccountId) => useLoad([city, account], services.bills.lookUp)

/** The newest bills of an account. */
export const useAccountBills = (city: CityId, account: AccountId) =>
  useLoad(
    [city, account],
    (city, account) => services.bills.list(city, { account }),
    (city, account) => services.bills.cachedList(city, { account }),
  )

/** The last 24 months of an account. */
export const useHistory = (city: CityId, account: AccountId) =>
  useLoad([city, account], services.bills.history, services.bills.keptHistory)
