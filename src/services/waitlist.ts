import type { CityId, HallId, IdempotencyKey, ItemId, WaitlistId } from '@/domain/ids'
import type { PartOfDay } from '@/domain/slot'
import type { Day } from '@/domain/time'
import type { WaitlistEntry } from '@/domain/waitlist'
import { vWaitlistEntry, vWaitlistPage } from '../../contract/wire/validators/waitlist.gen'
import { branded } from './branded'
import { pathOf } from './call'
import type { Client } from './client'

/** Waiting for a place (候补). */
export interface Waitlist {
  list(city: CityId): Promise<readonly WaitlistEntry[]>
  /** Refused with `waitlist-limit`. */
  join(city: CityId, request: WaitlistRequest, key: IdempotencyKey): Promise<WaitlistEntry>
  /** Twice is fine. */
  leave(city: CityId, entry: WaitlistId): Promise<void>
}

export interface WaitlistRequest {
  readonly hallId: HallId
  readonly itemId: ItemId
  readonly day: Day
  readonly part: PartOfDay | 'any'
  /** How many want to come together, 1 without it. Who waits already then waits for so many. */
  readonly persons?: number | undefined
}

/** The waitlist over a client. */
export const waitlistOf = (client: Client): Waitlist => ({
  list: async (city) => {
    const { items } = await client.request({ city, method: 'GET', path: '/waitlist', response: vWaitlistPage })
    return branded<readonly WaitlistEntry[]>(items)
  },
  join: async (city, request, key) =>
    branded<WaitlistEntry>(
      await client.request({
        city,
        method: 'POST',
        path: '/waitlist',
        body: request,
        key,
        response: vWaitlistEntry,
        echo: { hallId: request.hallId, itemId: request.itemId, day: request.day, part: request.part },
      }),
    ),
  leave: (city, entry) => client.send({ city, method: 'DELETE', path: pathOf('waitlist', entry), response: null }),
})
