import type { CityId, HallId, IdempotencyKey, ItemId, WaitlistId } from '@/domain/ids'
import type { PartOfDay } from '@/domain/slot'
import type { Day } from '@/domain/time'
import type { WaitlistEntry } from '@/domain/waitlist'
import { vWaitlistEntry, vWaitlistPage } from '../../contract/wire/valibot.gen'
import { branded } from './branded'
import { pathOf } from './call'
import type { Client } from './client'

/** Waiting for a place (候补). */
export interface Waitlist {
  list(city: CityId): Promise<readonly WaitlistEntry[]>
  /** Refused with `waitlist-limit`. */
  join(city: CityId, wish: WaitlistRequest, key: IdempotencyKey): Promise<WaitlistEntry>
  /** Twice is fine. */
  leave(city: CityId, entry: WaitlistId): Promise<void>
}

export interface WaitlistRequest {
  readonly hallId: HallId
  readonly itemId: ItemId
  readonly day: Day
  readonly part: PartOfDay | 'any'
}

/** The calls, made of a client's. */
export const waitlistOf = (client: Client): Waitlist => ({
  list: async (city) => {
    const { items } = await client.request({ city, method: 'GET', path: '/waitlist', response: vWaitlistPage })
    return branded<readonly WaitlistEntry[]>(items)
  },
  join: async (city, wish, key) =>
    branded<WaitlistEntry>(
      await client.request({
        city,
        method: 'POST',
        path: '/waitlist',
        body: wish,
        key,
        response: vWaitlistEntry,
        echo: { hallId: wish.hallId, itemId: wish.itemId, day: wish.day, part: wish.part },
      }),
    ),
  leave: (city, entry) => client.send({ city, method: 'DELETE', path: pathOf('waitlist', entry), response: null }),
})
