import type { CityId, HallId, IdempotencyKey, TicketId } from '@/domain/ids'
import type { Ticket, TicketLine } from '@/domain/ticket'
import { vTicket, vTicketLine, vTicketList } from '../../contract/wire/validators/tickets.gen'
import { branded } from './branded'
import { call, pathOf } from './call'
import { type Cached, type Client, mapCached } from './client'

/** Numbers of today's queues, taken from home (在线取号). Only with the feature `tickets`. */
export interface Tickets {
  /** A hall's queue now; without a session. 404 where the hall gives no numbers. */
  line(city: CityId, hall: HallId): Promise<TicketLine>
  /** Newest first, thirty at most. */
  list(city: CityId): Promise<readonly Ticket[]>
  /** As it was last read. */
  cachedList(city: CityId): Cached<readonly Ticket[]> | null
  get(city: CityId, ticket: TicketId): Promise<Ticket>
  /** As it was last read: the number can be read out in a basement without network. */
  cached(city: CityId, ticket: TicketId): Cached<Ticket> | null
  /**
   * Who has an open ticket of the hall gets that one, however often. Refused with `level-needed`, `tickets-not-given` (with `tickets`).
   */
  take(city: CityId, request: { hallId: HallId; messages: boolean }, key: IdempotencyKey): Promise<Ticket>
  /** Twice is fine; one that has ended otherwise comes as it ended. */
  giveBack(city: CityId, ticket: TicketId, key: IdempotencyKey): Promise<Ticket>
}

const list = (city: CityId) => call({ city, method: 'GET', path: '/tickets', response: vTicketList, cache: 'own' })
const one = (city: CityId, id: TicketId) =>
  call({ city, method: 'GET', path: pathOf('tickets', id), response: vTicket, echo: { id }, cache: 'own' })

/** Tickets over a client. */
export const ticketsOf = (client: Client): Tickets => ({
  line: async (city, hall) =>
    branded<TicketLine>(
      await client.request({
        city,
        method: 'GET',
        path: pathOf('halls', hall, 'tickets'),
        response: vTicketLine,
        echo: { hallId: hall },
      }),
    ),
  list: async (city) => branded<readonly Ticket[]>((await client.request(list(city))).items),
  cachedList: (city) => mapCached(client.cached(list(city)), ({ items }) => branded<readonly Ticket[]>(items)),
  get: async (city, id) => branded<Ticket>(await client.request(one(city, id))),
  cached: (city, id) => mapCached(client.cached(one(city, id)), (wire) => branded<Ticket>(wire)),
  take: async (city, body, key) =>
    branded<Ticket>(
      await client.request({
        city,
        method: 'POST',
        path: '/tickets',
        body,
        key,
        response: vTicket,
        echo: { 'hall.id': body.hallId },
      }),
    ),
  giveBack: async (city, id, key) =>
    branded<Ticket>(
      await client.request({
        city,
        method: 'POST',
        path: pathOf('tickets', id, 'return'),
        key,
        response: vTicket,
        echo: { id },
        cacheAs: one(city, id),
      }),
    ),
})
