import type { CityId } from '@/domain/ids'
import type { Message } from '@/domain/message'
import { vMessagePage } from '../../contract/wire/validators/messages.gen'
import type { Client } from './client'
import { type Page, pageOf } from './page'

/** What a city told the citizen (消息). Never cached: it names what people owe and where they go. */
export interface Messages {
  /** Newest first, of the last ninety days. */
  list(city: CityId, cursor?: string | null): Promise<Page<Message>>
  /** These have been seen, at most a hundred; on all phones of the citizen, and for good. */
  read(city: CityId, ids: readonly string[]): Promise<void>
}

/** Messages over a client. */
export const messagesOf = (client: Client): Messages => ({
  list: (city, cursor) =>
    client
      .request({ city, method: 'GET', path: '/messages', query: { cursor }, response: vMessagePage })
      .then(pageOf<Message>),
  read: (city, ids) => client.send({ city, method: 'PUT', path: '/messages/reading', body: { ids }, response: null }),
})
