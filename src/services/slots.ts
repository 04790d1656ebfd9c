import type { CityId, HallId, ItemId } from '@/domain/ids'
import type { Slot, SlotDay } from '@/domain/slot'
import type { Day, Instant } from '@/domain/time'
import { vSlotDays, vSlotList } from '../../contract/wire/valibot.gen'
import { branded } from './branded'
import type { Client } from './client'

/** Places by time (号源). Never kept: an old count sends people to a full hall. */
export interface Slots {
  /** Every day from today to the end of the booking window, with room for a visit of all these items. */
  days(city: CityId, hall: HallId, items: VisitItems): Promise<SlotDays>
  /** The times of one day. */
  list(city: CityId, hall: HallId, items: VisitItems, day: Day): Promise<SlotList>
}

/** What one comes for, at least one item. */
export type VisitItems = readonly [ItemId, ...ItemId[]]

const itemsQuery = ([itemId, ...more]: VisitItems) => ({
  itemId,
  moreItemIds: more.length > 0 ? more.join(',') : undefined,
})

const itemsEcho = ([itemId, ...moreItemIds]: VisitItems) => ({ itemId, moreItemIds })

export interface SlotDays {
  readonly days: readonly SlotDay[]
  readonly countedAt: Instant
}

export interface SlotList {
  readonly day: Day
  readonly slots: readonly Slot[]
  readonly nextFreeDay: Day | null
  readonly countedAt: Instant
}

/** The calls, made of a client's. */
export const slotsOf = (client: Client): Slots => ({
  days: async (city, hallId, items) => {
    const { days, countedAt } = await client.request({
      city,
      method: 'GET',
      path: '/slot-days',
      query: { hallId, ...itemsQuery(items) },
      response: vSlotDays,
      echo: { hallId, ...itemsEcho(items) },
      open: true,
    })
    return { days, countedAt }
  },
  list: async (city, hallId, items, day) => {
    const wire = await client.request({
      city,
      method: 'GET',
      path: '/slots',
      query: { hallId, ...itemsQuery(items), day },
      response: vSlotList,
      echo: { day, hallId, ...itemsEcho(items), 'slots.*.hallId': hallId, 'slots.*.day': day },
      open: true,
    })
    const { slots, countedAt, nextFreeDay = null } = wire
    return { day: wire.day, slots: branded<readonly Slot[]>(slots), nextFreeDay, countedAt }
  },
})
