import type { CityId, HallId, ItemId } from '@/domain/ids'
import type { Item } from '@/domain/item'
import { vItem, vItemPage } from '../../contract/wire/validators/items.gen'
import { branded } from './branded'
import { call, pathOf } from './call'
import { type Cached, type Client, mapCached } from './client'
import { type Page, pageOf } from './page'

/** What one can come for (事项), with its materials. */
export interface Items {
  /** All of them, or those of a hall. */
  list(city: CityId, hall?: HallId | null, cursor?: string | null): Promise<Page<Item>>
  /** The first page for the same hall, as it was. */
  cachedList(city: CityId, hall?: HallId | null): Cached<Page<Item>> | null
  get(city: CityId, item: ItemId): Promise<Item>
}

const list = (city: CityId, hall?: HallId | null, cursor?: string | null) =>
  call({
    city,
    method: 'GET',
    path: '/items',
    query: { hallId: hall, cursor },
    response: vItemPage,
    echo: { hallId: hall ?? undefined },
    cache: cursor ? undefined : 'city',
  })

/** Items over a client. */
export const itemsOf = (client: Client): Items => ({
  list: async (city, hall, cursor) => pageOf<Item>(await client.request(list(city, hall, cursor))),
  cachedList: (city, hall) => mapCached(client.cached(list(city, hall)), (wire) => pageOf<Item>(wire)),
  get: async (city, item) =>
    branded<Item>(
      await client.request({
        city,
        method: 'GET',
        path: pathOf('items', item),
        response: vItem,
        echo: { id: item },
      }),
    ),
})
