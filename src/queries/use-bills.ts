import type { Bill } from '@/domain/bill'
import type { AccountId, BillId, CityId } from '@/domain/ids'
import { services } from '@/services'
import { readAll } from './read-all'
import { useLoad } from './use-load'

/** All open bills of a city: a part of them would be a wrong total, and could hide the one that is overdue. */
export const readDueBills = (city: CityId) => readAll((cursor) => services.bills.list(city, { due: true }, cursor))

export const keptDueBills = (city: CityId) => services.bills.keptList(city, { due: true })

export const useDueBills = (city: CityId | null) => useLoad(city && [city], readDueBills, keptDueBills)

/** As the biller has it now, or as kept. */
export const useBill = (city: CityId, bill: BillId) =>
  useLoad([city, bill], (...args): Promise<Bill> => services.bills.get(...args), services.bills.kept)

/** What the biller answers now: an error never means that nothing is due. */
export const useLookup = (city: CityId, account: AccountId) => useLoad([city, account], services.bills.lookUp)

/** The newest bills of an account. */
export const useAccountBills = (city: CityId, account: AccountId) =>
  useLoad(
    [city, account],
    (city, account) => services.bills.list(city, { account }),
    (city, account) => services.bills.keptList(city, { account }),
  )

/** The last 24 months of an account. */
export const useHistory = (city: CityId, account: AccountId) =>
  useLoad([city, account], services.bills.history, services.bills.keptHistory)
