import type { Hall } from '@/domain/hall'
import type { CityId, HallId, ItemId } from '@/domain/ids'
import { vHall, vHallPage } from '../../contract/wire/validators/halls.gen'
import { branded } from './branded'
import { call, pathOf } from './call'
import { type Cached, type Client, mapCached } from './client'
import { type Page, pageOf } from './page'

/** Service halls (办事大厅). */
export interface Halls {
  /** All of them, or those that serve an item. */
  list(city: CityId, item?: ItemId | null, cursor?: string | null): Promise<Page<Hall>>
  /** The first page for the same item, as it was. */
  cachedList(city: CityId, item?: ItemId | null): Cached<Page<Hall>> | null
  get(city: CityId, hall: HallId): Promise<Hall>
}

const list = (city: CityId, item?: ItemId | null, cursor?: string | null) =>
  call({
    city,
    method: 'GET',
    path: '/halls',
    query: { itemId: item, cursor },
    response: vHallPage,
    echo: { itemId: item ?? undefined },
    cache: cursor ? undefined : 'city',
  })

/** Halls over a client. */
export const hallsOf = (client: Client): Halls => ({
  list: async (city, item, cursor) => pageOf<Hall>(await client.request(list(city, item, cursor))),
  cachedList: (city, item) => mapCached(client.cached(list(city, item)), (wire) => pageOf<Hall>(wire)),
  get: async (city, hall) =>
    branded<Hall>(
      await client.request({
        city,
        method: 'GET',
        path: pathOf('halls', hall),
        response: vHall,
        echo: { id: hall },
      }),
    ),
})
