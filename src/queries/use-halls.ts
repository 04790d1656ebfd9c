import type { CityId, ItemId } from '@/domain/ids'
import { services } from '@/services'
import { hallsOf } from '@/services/halls'
import { readAll } from './read-all'
import { useLoad } from './use-load'

/** All halls of a city, or those that serve an item. Null: not to be read. */
export const useHalls = (city: CityId | null, item?: ItemId) =>
  useLoad(
    city && ([city, item] as const),
    (city, item) => readAll((cursor) => services.of(hallsOf).list(city, item, cursor)),
    services.of(hallsOf).cachedList,
  )
