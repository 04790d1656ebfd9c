import type { Bill } from '@/domain/bill'
import type { CityId } from '@/domain/ids'
import { type Page, services } from '@/services'
import { readAll } from './read-all'

/** All open bills of a city: a part of them would be a wrong total, and could hide the one that is overdue. */
export const readDue = (city: CityId): Promise<Page<Bill>> =>
  readAll((cursor) => services.bills.list(city, { due: true }, cursor))
