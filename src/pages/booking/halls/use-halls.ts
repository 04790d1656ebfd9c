import { type Hall, hallDay, isHallOpen } from '@/domain/hall'
import type { CityId, ItemId } from '@/domain/ids'
import { isFresh } from '@/domain/slot'
import { dayOf, formatAge } from '@/domain/time'
import { readAll } from '@/pages/booking/read-all'
import { type Load, useLoad } from '@/pages/use-load'
import { services } from '@/services'
import type { Language } from '@/text'
import type { booking } from '@/text/booking'

/** Older than this, a number of people waiting says nothing about now. */
const queueFreshMs = 15 * 60_000

/** The city's halls, or those that serve an item. */
export function useHalls(city: CityId, item: ItemId | undefined): [Load<readonly Hall[]>, () => Promise<void>] {
  return useLoad(
    `${city} ${item ?? ''}`,
    () => readAll((cursor) => services.halls.list(city, item, cursor)),
    () => {
      const kept = services.halls.keptList(city, item)
      return kept && { asOf: kept.asOf, value: kept.value.items }
    },
  )
}

/** A hall as it is just now, in words. */
export interface HallNow {
  readonly isOpen: boolean
  /** Today's hours, or why it is closed. */
  readonly today: string
  /** People waiting and how old the count is; absent when it is old or nobody counts. */
  readonly queue?: string | undefined
}

export function hallNow(hall: Hall, words: (typeof booking)['zh-CN'], language: Language): HallNow {
  const now = services.serverNow(hall.cityId)
  const day = hallDay(hall, dayOf(now))
  const { queue } = hall
  const isQueueShown = queue !== undefined && isFresh(queue.countedAt, now, queueFreshMs)
  const today =
    day.kind === 'open'
      ? words.openHours(day.hours.map(({ from, to }) => `${from}–${to}`).join(language === 'en' ? ', ' : '、'))
      : day.reason === null
        ? words.closedToday
        : words.closedBecause(day.reason)
  return {
    isOpen: isHallOpen(hall, now),
    today,
    queue: isQueueShown ? words.waiting(queue.waiting, formatAge(queue.countedAt, now, language)) : undefined,
  }
}
