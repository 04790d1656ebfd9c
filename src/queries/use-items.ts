import type { CityId, HallId, ItemId } from '@/domain/ids'
import { services } from '@/services'
import { readAll } from './read-all'
import { useLoad } from './use-load'

/** All items of a city, or those of a hall. */
export const useItems = (city: CityId | null, hall?: HallId) =>
  useLoad(
    city && ([city, hall] as const),
    (city, hall) => readAll((cursor) => services.items.list(city, hall, cursor)),
    services.items.cachedList,
  )

/** Some items in full; nothing is read for none. Without network they come from the cached list of the city. */
export const useItemsOf = (city: CityId, ids: readonly ItemId[]) =>
  useLoad(
    ids.length > 0 ? ([city, ids] as const) : null,
    (city, ids) => Promise.all(ids.map((id) => services.items.get(city, id))),
    (city, ids) => {
      const list = services.items.cachedList(city)
      const items = list?.value.items.filter(({ id }) => ids.includes(id)) ?? []
      return list && items.length === ids.length ? { asOf: list.asOf, value: items } : null
    },
  )
