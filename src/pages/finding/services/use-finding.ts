import { useReachBottom } from '@tarojs/taro'
import { useCallback, useMemo, useState } from 'react'
import type { Favourite } from '@/domain/favourite'
import type { Hall } from '@/domain/hall'
import type { CityId } from '@/domain/ids'
import type { Item } from '@/domain/item'
import { eventsOf, type LifeEvent, mostUsedFirst } from '@/domain/life-event'
import { hasFeature, type Manifest } from '@/domain/manifest'
import { searchFor } from '@/domain/typed'
import type { Listed } from '@/domain/unlisted'
import { useWhileVisible } from '@/lifecycle/use-visible'
import { useFavourites } from '@/queries/use-favourites'
import { useHalls } from '@/queries/use-halls'
import { useItems } from '@/queries/use-items'
import { type Load, valueOf } from '@/queries/use-load'
import { useManifest } from '@/queries/use-manifest'
import type { Page } from '@/services'
import { stores } from '@/stores'
import { nameIn } from '@/stores/session'
import { searches } from './searches'

const step = 20
const mostFound = 20

export interface Finding {
  readonly manifest: Load<Manifest>
  /** All items of the city; null where it takes no appointments. */
  readonly load: Load<Page<Item>> | null
  readonly reload: () => Promise<void>
  readonly typed: string
  readonly type: (typed: string) => void
  /** What the search found, and the loads that it looked into. */
  readonly found: {
    readonly items: readonly Item[]
    readonly halls: readonly Hall[]
    readonly loads: readonly Load<unknown>[]
  }
  /** Those of the event, or all, what most come for first; as many as have been scrolled to. */
  readonly items: readonly Item[]
  readonly events: readonly Listed<LifeEvent>[]
  /** Null where the city keeps none. */
  readonly favourites: readonly Favourite[] | null
  readonly history: History
}

export interface History {
  readonly kept: readonly string[]
  readonly isOff: boolean
  /** A result was opened: only then a search is kept. */
  readonly keep: () => void
  readonly clear: () => void
  readonly setOff: (isOff: boolean) => void
}

/** Items of the city by search, by event in life, and by how many come for them; searched on the phone. */
export function useFinding(city: CityId, event: Listed<LifeEvent> | undefined): Finding {
  const [manifest, reloadManifest] = useManifest(city)
  const offered = valueOf(manifest)
  const hasItems = offered !== null && hasFeature(offered, 'appointments')
  const [typed, setTyped] = useState('')
  const [load, reloadItems] = useItems(hasItems ? city : null)
  const [halls, reloadHalls] = useHalls(hasItems && typed !== '' ? city : null)
  // Looking around signs nobody in: they are read where somebody has been signed in before.
  const isKnown = useWhileVisible(stores.session, (session) => nameIn(session, city) !== null)
  const hasFavourites = offered !== null && hasFeature(offered, 'favourites')
  const [saved] = useFavourites(hasFavourites && isKnown && !event ? city : null)
  const [most, setMost] = useState(step)
  const read = valueOf(load)?.items
  const items = useMemo(() => {
    const all = mostUsedFirst(read ?? [])
    return event ? all.filter(({ lifeEvents }) => lifeEvents?.includes(event)) : all
  }, [read, event])
  const readHalls = valueOf(halls)?.items
  const found = useMemo(() => {
    const has = searchFor(typed)
    return {
      items: items.filter((item) => has(item.name, item.department)).slice(0, mostFound),
      halls: (readHalls ?? []).filter((hall) => has(hall.name, hall.district, hall.address)).slice(0, mostFound),
    }
  }, [items, readHalls, typed])
  useReachBottom(() => setMost((before) => (before < items.length ? before + step : before)))
  const reload = useCallback(async () => {
    await Promise.all([reloadManifest(), hasItems && reloadItems(), hasItems && typed !== '' && reloadHalls()])
  }, [reloadManifest, reloadItems, reloadHalls, hasItems, typed])
  return {
    manifest,
    load: hasItems ? load : null,
    reload,
    typed,
    type: useCallback((text: string) => setTyped(text), []),
    found: { ...found, loads: hasItems ? [load, halls] : [] },
    items: items.slice(0, most),
    events: useMemo(() => eventsOf(read ?? []), [read]),
    favourites: hasFavourites ? (valueOf(saved) ?? []) : null,
    history: useHistory(city, typed),
  }
}

function useHistory(city: CityId, typed: string): History {
  const [, setChanged] = useState(0)
  const act = (change: () => void) => {
    change()
    setChanged((times) => times + 1)
  }
  return {
    kept: searches.of(city),
    isOff: searches.isOff(),
    keep: () => searches.keep(city, typed),
    clear: () => act(() => searches.clear(city)),
    setOff: (isOff) => act(() => searches.setOff(isOff)),
  }
}
