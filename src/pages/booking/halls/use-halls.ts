import { useCallback, useMemo, useState } from 'react'
import type { Hall } from '@/domain/hall'
import type { CityId, ItemId } from '@/domain/ids'
import { searchFor } from '@/domain/typed'
import {
  isPoint,
  kilometres,
  locateAfterSettings,
  locate as locateCitizen,
  type NoLocation,
  type Point,
} from '@/pages/booking/parts/location'
import { platform } from '@/platform'
import { useHalls } from '@/queries/use-halls'
import { type Load, valueOf } from '@/queries/use-load'
import type { Page } from '@/services'

export interface HallsPage {
  readonly load: Load<Page<Hall>>
  readonly reload: () => Promise<void>
  readonly typed: string
  readonly type: (typed: string) => void
  /** Those that match, the nearest first once the location is known. */
  readonly shown: readonly { readonly hall: Hall; readonly km: number | null }[]
  /** Null where the host cannot locate, and once halls are sorted by distance. */
  readonly locate: (() => Promise<void>) | null
  /** Back to the order of the city, while halls are sorted by distance. */
  readonly unsort: (() => void) | null
  /** The location was requested and not given. */
  readonly hasNoLocation: boolean
  /** The way back from a refused permission. */
  readonly allow: (() => Promise<void>) | null
}

/** The city's halls, or those that serve an item, searched on the phone; sorted by distance on a tap. */
export function useHallsPage(city: CityId, item: ItemId | undefined): HallsPage {
  const [load, reload] = useHalls(city, item)
  const [typed, type] = useState('')
  const [isSorted, setSorted] = useState(false)
  const [location, setLocation] = useState<Point | NoLocation | null>(null)
  const halls = valueOf(load)?.items
  const shown = useMemo(() => {
    const found = search(halls ?? [], typed).map((hall) => ({
      hall,
      km: isPoint(location) ? kilometres(location, hall) : null,
    }))
    return isSorted ? [...found].sort((a, b) => (a.km ?? 0) - (b.km ?? 0)) : found
  }, [halls, typed, location, isSorted])
  const locate = useCallback(async () => {
    setLocation(await locateCitizen())
    setSorted(true)
  }, [])
  const allow = useCallback(async () => {
    if (!locateAfterSettings) return
    setLocation(await locateAfterSettings())
    setSorted(true)
  }, [])
  const unsort = useCallback(() => setSorted(false), [])
  return {
    load,
    reload,
    typed,
    type,
    shown,
    locate: platform.locate && !(isPoint(location) && isSorted) ? locate : null,
    unsort: isPoint(location) && isSorted ? unsort : null,
    hasNoLocation: location === 'none' || location === 'denied',
    allow: locateAfterSettings && location === 'denied' ? allow : null,
  }
}

function search(halls: readonly Hall[], typed: string): readonly Hall[] {
  const has = searchFor(typed)
  return halls.filter((hall) => has(hall.name, hall.district, hall.address))
}
