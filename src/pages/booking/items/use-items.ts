import { useReachBottom } from '@tarojs/taro'
import { useCallback, useMemo, useState } from 'react'
import type { CityId, HallId } from '@/domain/ids'
import type { Item } from '@/domain/item'
import { searchFor } from '@/domain/typed'
import { readAll } from '@/queries/read-all'
import { type Load, useLoad } from '@/queries/use-load'
import { type Page, services } from '@/services'

const step = 20

export interface ItemsPage {
  readonly load: Load<Page<Item>>
  readonly reload: () => Promise<void>
  readonly typed: string
  readonly type: (typed: string) => void
  /** Those that match, as many as have been scrolled to. */
  readonly shown: readonly Item[]
  readonly hasMore: boolean
}

/** Items of the city or of one hall, searched on the phone by name and department. */
export function useItems(city: CityId, hall: HallId | undefined): ItemsPage {
  const [load, reload] = useLoad(
    `${city} ${hall ?? ''}`,
    () => readAll((cursor) => services.items.list(city, hall, cursor)),
    () => services.items.keptList(city, hall),
  )
  const [typed, setTyped] = useState('')
  const [most, setMost] = useState(step)
  const type = useCallback((text: string) => {
    setTyped(text)
    setMost(step)
  }, [])
  const items = load.status === 'ready' ? load.value.items : null
  const found = useMemo(() => search(items ?? [], typed), [items, typed])
  useReachBottom(() => setMost((before) => (before < found.length ? before + step : before)))
  return { load, reload, typed, type, shown: found.slice(0, most), hasMore: found.length > most }
}

function search(items: readonly Item[], typed: string): readonly Item[] {
  const has = searchFor(typed)
  return items.filter((item) => has(item.name, item.department))
}
