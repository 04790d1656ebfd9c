import type { Favourite } from '@/domain/favourite'
import type { CityId, HallId, ItemId } from '@/domain/ids'
import { vFavouriteList } from '../../contract/wire/validators/favourites.gen'
import { branded } from './branded'
import { call, pathOf } from './call'
import { type Cached, type Client, mapCached } from './client'

/**
 * Halls and items that the citizen saved (收藏), the newest first. The city keeps them, so that they are there on the next phone too.
 * Only with the feature `favourites`.
 */
export interface Favourites {
  list(city: CityId): Promise<readonly Favourite[]>
  /** As they were. */
  cachedList(city: CityId): Cached<readonly Favourite[]> | null
  /** Twice is fine. Refused with `not-found` when the city does not have it (any longer). */
  save(city: CityId, kind: 'hall' | 'item', id: HallId | ItemId): Promise<void>
  /** Twice is fine. */
  remove(city: CityId, kind: 'hall' | 'item', id: HallId | ItemId): Promise<void>
}

const list = (city: CityId) =>
  call({ city, method: 'GET', path: '/favourites', response: vFavouriteList, cache: 'own' })

/** Favourites over a client. */
export const favouritesOf = (client: Client): Favourites => ({
  list: async (city) => branded<readonly Favourite[]>((await client.request(list(city))).items),
  cachedList: (city) => mapCached(client.cached(list(city)), ({ items }) => branded<readonly Favourite[]>(items)),
  save: (city, kind, id) => client.send({ city, method: 'PUT', path: pathOf('favourites', kind, id), response: null }),
  remove: (city, kind, id) =>
    client.send({ city, method: 'DELETE', path: pathOf('favourites', kind, id), response: null }),
})
