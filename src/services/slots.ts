import type { CityId, HallId, ItemId } from '@/domain/ids'
import type { Slot, SlotDay } from '@/domain/slot'
import type { Day, Instant } from '@/domain/time'
import { vSlotDays, vSlotList } from '../../contract/wire/validators/slots.gen'
import { branded } from './branded'
import type { Client } from './client'

/** Places by time (号源). Never cached: an old count sends people to a full hall. */
export interface Slots {
  /** Every day from today to the end of the booking window, with room for all these items and `persons` (1 without it). */
  days(city: CityId, hall: HallId, items: AppointmentItems, persons?: number): Promise<SlotDays>
  /** The times of one day; those without room for so many are among them. */
  list(city: CityId, hall: HallId, items: AppointmentItems, day: Day, persons?: number): Promise<SlotList>
}

/** What an appointment is for, at least one item. */
export type AppointmentItems = readonly [ItemId, ...ItemId[]]

const itemsQuery = ([itemId, ...more]: AppointmentItems) => ({
  itemId,
  moreItemIds: more.length > 0 ? more.join(',') : undefined,
})

/** Cities that know nothing of it are asked for one person, without a word. */
const personsQuery = (persons: number) => ({ persons: persons > 1 ? String(persons) : undefined })

const itemsEcho = ([itemId, ...moreItemIds]: AppointmentItems) => ({ itemId, moreItemIds })

export interface SlotDays {
  readonly days: readonly SlotDay[]
  /** How many may come in one appointment here; 1 where the city does not say. */
  readonly personsPerVisit: number
  readonly countedAt: Instant
}

export interface SlotList {
  readonly day: Day
  readonly slots: readonly Slot[]
  readonly nextFreeDay: Day | null
  readonly countedAt: Instant
}

/** Slots over a client. */
export const slotsOf = (client: Client): Slots => ({
  days: async (city, hallId, items, persons = 1) => {
    const {
      days,
      countedAt,
      personsPerVisit = 1,
    } = await client.request({
      city,
      method: 'GET',
      path: '/slot-days',
      query: { hallId, ...itemsQuery(items), ...personsQuery(persons) },
      response: vSlotDays,
      echo: { hallId, ...itemsEcho(items), ...personsQuery(persons) },
    })
    return { days, personsPerVisit, countedAt }
  },
  list: async (city, hallId, items, day, persons = 1) => {
    const wire = await client.request({
      city,
      method: 'GET',
      path: '/slots',
      query: { hallId, ...itemsQuery(items), ...personsQuery(persons), day },
      response: vSlotList,
      echo: {
        day,
        hallId,
        ...itemsEcho(items),
        ...personsQuery(persons),
        'slots.*.hallId': hallId,
        'slots.*.day': day,
      },
    })
    const { slots, countedAt, nextFreeDay = null } = wire
    return { day: wire.day, slots: branded<readonly Slot[]>(slots), nextFreeDay, countedAt }
  },
})
