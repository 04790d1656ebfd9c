import type { CityId } from '@/domain/ids'
import { services } from '@/services'
import { favouritesOf } from '@/services/favourites'
import { useLoad } from './use-load'

/** Halls and items that the citizen saved. Null: not to be read. */
export const useFavourites = (city: CityId | null) => {
  const { list, cachedList } = services.of(favouritesOf)
  return useLoad(city && [city], list, cachedList, true)
}
