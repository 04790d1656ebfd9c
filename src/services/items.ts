import type { Item } from '@/domain/hall'
import type { CityId, HallId, ItemId } from '@/domain/ids'
import { vItem, vItemPage } from '../../contract/wire/valibot.gen'
import { branded } from './branded'
import { call, pathOf } from './call'
import { type Client, type Kept, keptAs } from './client'
import { type Page, pageOf } from './page'

/** What one can come for (事项), with its materials. */
export interface Items {
  /** All of them, or those of a hall. */
  list(city: CityId, hall?: HallId | null, cursor?: string | null): Promise<Page<Item>>
  /** The first page for the same hall, as it was. */
  keptList(city: CityId, hall?: HallId | null): Kept<Page<Item>> | null
  get(city: CityId, item: ItemId): Promise<Item>
}

const list = (city: CityId, hall?: HallId | null, cursor?: string | null) =>
  call({
    city,
    method: 'GET',
    path: '/items',
    query: { hallId: hall, cursor },
    answer: vItemPage,
    echo: { hallId: hall ?? undefined },
    open: true,
    keep: cursor ? undefined : 'city',
  })

/** The calls, made of a client's. */
export const itemsOf = (client: Client): Items => ({
  list: async (city, hall, cursor) => pageOf<Item>(await client.ask(list(city, hall, cursor))),
  keptList: (city, hall) => keptAs(client.kept(list(city, hall)), (wire) => pageOf<Item>(wire)),
  get: async (city, item) =>
    branded<Item>(
      await client.ask({
        city,
        method: 'GET',
        path: pathOf('items', item),
        answer: vItem,
        open: true,
        echo: { id: item },
      }),
    ),
})
