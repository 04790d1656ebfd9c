import type { CityId, HallId, ItemId } from '@/domain/ids'
import type { Slot, SlotDay } from '@/domain/slot'
import type { Day, Instant } from '@/domain/time'
import { branded } from './branded'
import type { Client } from './client'
import { vSlotDays, vSlotList } from './wire/valibot.gen'

/** Places by time (号源). Never kept: an old count sends people to a full hall. */
export interface Slots {
  /** Every day from today to the end of the booking window. */
  days(city: CityId, hall: HallId, item: ItemId): Promise<SlotDays>
  /** The times of one day. */
  list(city: CityId, hall: HallId, item: ItemId, day: Day): Promise<SlotList>
}

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
  days: async (city, hallId, itemId) => {
    const { days, countedAt } = await client.ask({
      city,
      method: 'GET',
      path: '/slot-days',
      query: { hallId, itemId },
      answer: vSlotDays,
      open: true,
    })
    return { days, countedAt }
  },
  list: async (city, hallId, itemId, day) => {
    const wire = await client.ask({
      city,
      method: 'GET',
      path: '/slots',
      query: { hallId, itemId, day },
      answer: vSlotList,
      open: true,
    })
    const { slots, countedAt, nextFreeDay = null } = wire
    return { day: wire.day, slots: branded<readonly Slot[]>(slots), nextFreeDay, countedAt }
  },
})
