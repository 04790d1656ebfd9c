import { useReachBottom } from '@tarojs/taro'
import { useCallback, useMemo, useState } from 'react'
import type { CityId, HallId } from '@/domain/ids'
import type { Item } from '@/domain/item'
import { searchFor } from '@/domain/typed'
import { useItems } from '@/queries/use-items'
import { type Load, valueOf } from '@/queries/use-load'
import type { Page } from '@/services'

const step = 20

export interface ItemsPage {
  readonly load: Load<Page<Item>>
  readonly reload: () => Promise<void>
  readonly typed: string
  readonly type: (typed: string) => void
  /** Those that match, as many as have been scrolled to. */
  readonly shown: readonly Item[]
}

/** Items of the city or of one hall, searched on the phone by name and department. */
export function useItemsPage(city: CityId, hall: HallId | undefined): ItemsPage {
  const [load, reload] = useItems(city, hall)
  const [typed, setTyped] = useState('')
  const [most, setMost] = useState(step)
  const type = useCallback((text: string) => {
    setTyped(text)
    setMost(step)
  }, [])
  const items = valueOf(load)?.items
  const found = useMemo(() => search(items ?? [], typed), [items, typed])
  useReachBottom(() => setMost((before) => (before < found.length ? before + step : before)))
  return { load, reload, typed, type, shown: found.slice(0, most) }
}

function search(items: readonly Item[], typed: string): readonly Item[] {
  const has = searchFor(typed)
  return items.filter((item) => has(item.name, item.department))
}
