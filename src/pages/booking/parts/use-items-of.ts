import type { CityId, ItemId } from '@/domain/ids'
import type { Item } from '@/domain/item'
import { type Load, useLoad, valueOf } from '@/queries/use-load'
import { services } from '@/services'

/** What a visit is for, in full: from the kept lists without network. They inform; without them one can go on. */
export function useItemsOf(city: CityId, items: readonly ItemId[]): readonly Item[] {
  return valueOf(useItemsLoad(city, items)) ?? []
}

/** The same, and whether it could be read. */
export function useItemsLoad(city: CityId, items: readonly ItemId[]): Load<readonly Item[]> {
  const [load] = useLoad(
    items.length > 0 ? [city, ...items].join(' ') : null,
    () => Promise.all(items.map((item) => services.items.get(city, item))),
    () => {
      const list = services.items.keptList(city)
      const found = list?.value.items.filter((item) => items.includes(item.id)) ?? []
      return list && found.length === items.length ? { asOf: list.asOf, value: found } : null
    },
  )
  return load
}
