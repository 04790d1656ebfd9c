import type { CityId, VisitorId } from '@/domain/ids'
import type { SavedVisitor } from '@/domain/visitor'
import { vVisitorList } from '../../contract/wire/validators/visitors.gen'
import { branded } from './branded'
import { pathOf } from './call'
import type { Client } from './client'

/** People whom the citizen books for (常用办事人), kept by the city. Never cached: nothing of it is on the phone. */
export interface Visitors {
  /** Who was booked for last comes first; ten at most. Only with the feature `visitors`. */
  list(city: CityId): Promise<readonly SavedVisitor[]>
  /** Twice is fine. Visits that are booked stay. */
  forget(city: CityId, visitor: VisitorId): Promise<void>
}

/** Saved visitors over a client. */
export const visitorsOf = (client: Client): Visitors => ({
  list: async (city) => {
    const { items } = await client.request({ city, method: 'GET', path: '/visitors', response: vVisitorList })
    return branded<readonly SavedVisitor[]>(items)
  },
  forget: (city, visitor) => client.send({ city, method: 'DELETE', path: pathOf('visitors', visitor), response: null }),
})
