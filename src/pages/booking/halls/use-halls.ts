import { useCallback, useMemo, useState } from 'react'
import { type Hall, hallDay, isHallOpen } from '@/domain/hall'
import type { CityId, ItemId } from '@/domain/ids'
import { isFresh } from '@/domain/slot'
import { dayOf, formatAge } from '@/domain/time'
import { searchFor } from '@/domain/typed'
import { askForPlace, askInSettings, isPlace, kilometres, type NoPlace, type Point } from '@/pages/booking/parts/place'
import { platform } from '@/platform'
import { readAll } from '@/queries/read-all'
import { type Load, useLoad, valueOf } from '@/queries/use-load'
import { type Page, services } from '@/services'
import type { Language } from '@/text'
import type { booking } from '@/text/booking/booking'

/** Older than this, a number of people waiting says nothing about now. */
const queueFreshMs = 15 * 60_000

export interface HallsPage {
  readonly load: Load<Page<Hall>>
  readonly reload: () => Promise<void>
  readonly typed: string
  readonly type: (typed: string) => void
  /** Those that match, the nearest first once the place is known. */
  readonly shown: readonly { readonly hall: Hall; readonly km: number | null }[]
  /** Absent where the host has no such thing, and once the place is known. */
  readonly locate: (() => Promise<void>) | null
  /** Back to the order of the city, while halls are sorted by distance. */
  readonly unsort: (() => void) | null
  /** The place was asked for and could not be had. */
  readonly isPlaceless: boolean
  /** The way back from a refused permission. */
  readonly allow: (() => Promise<void>) | null
}

/** The city's halls, or those that serve an item. The citizen's place is asked for on a tap only, and kept nowhere. */
export function useHalls(city: CityId, item: ItemId | undefined): HallsPage {
  const [load, reload] = useLoad(
    `${city} ${item ?? ''}`,
    () => readAll((cursor) => services.halls.list(city, item, cursor)),
    () => services.halls.keptList(city, item),
  )
  const [typed, type] = useState('')
  const [isSorted, setSorted] = useState(false)
  const [place, setPlace] = useState<Point | NoPlace | null>(null)
  const halls = valueOf(load)?.items
  const shown = useMemo(() => {
    const found = search(halls ?? [], typed).map((hall) => ({
      hall,
      km: isPlace(place) ? kilometres(place, hall) : null,
    }))
    return isSorted ? [...found].sort((a, b) => (a.km ?? 0) - (b.km ?? 0)) : found
  }, [halls, typed, place, isSorted])
  const locate = useCallback(async () => {
    setPlace(await askForPlace())
    setSorted(true)
  }, [])
  const allow = useCallback(async () => {
    if (!askInSettings) return
    setPlace(await askInSettings())
    setSorted(true)
  }, [])
  const unsort = useCallback(() => setSorted(false), [])
  return {
    load,
    reload,
    typed,
    type,
    shown,
    locate: platform.locate && !(isPlace(place) && isSorted) ? locate : null,
    unsort: isPlace(place) && isSorted ? unsort : null,
    isPlaceless: place === 'none' || place === 'denied',
    allow: askInSettings && place === 'denied' ? allow : null,
  }
}

function search(halls: readonly Hall[], typed: string): readonly Hall[] {
  const has = searchFor(typed)
  return halls.filter((hall) => has(hall.name, hall.district, hall.address))
}

/** A hall as it is just now, in words. */
export interface HallNow {
  readonly isOpen: boolean
  /** Today's hours, or why it is closed. */
  readonly today: string
  /** People waiting and how old the count is; absent when it is old or nobody counts. */
  readonly queue?: string | undefined
}

type Words = (typeof booking)['zh-CN']

/** `09:00–12:00、13:30–17:00` */
export const hoursOf = (hours: readonly { from: string; to: string }[], between: string): string =>
  hours.map(({ from, to }) => `${from}–${to}`).join(between)

export function hallNow(hall: Hall, t: Words, language: Language): HallNow {
  const now = services.serverNow(hall.cityId)
  const day = hallDay(hall, dayOf(now))
  const { queue } = hall
  const isQueueShown = queue !== undefined && isFresh(queue.countedAt, now, queueFreshMs)
  const today =
    day.kind === 'open'
      ? t.openHours(hoursOf(day.hours, t.comma), day.reason)
      : day.reason === null
        ? t.closedToday
        : t.closedBecause(day.reason)
  return {
    isOpen: isHallOpen(hall, now),
    today,
    queue: isQueueShown ? t.waiting(queue.waiting, formatAge(queue.countedAt, now, language)) : undefined,
  }
}
