import type { CityId, IdempotencyKey } from '@/domain/ids'
import type { MessageGrants } from '@/domain/message'
import type { SubscribeResult } from '@/platform/types'
import { vMessageGrantList } from '../../contract/wire/validators/messages.gen'
import { branded } from './branded'
import type { Client } from './client'

/** What the citizen lets the host show (订阅消息), as far as the city was told. */
export interface MessageGrantService {
  list(city: CityId): Promise<MessageGrants>
  /** Tells what the citizen answered at the host; gives what is granted now. A call that is repeated counts once. */
  note(city: CityId, answers: readonly GrantAnswer[], key: IdempotencyKey): Promise<MessageGrants>
}

export type GrantAnswer = { readonly template: string; readonly granted: boolean }

/** Of what the host said, the citizen's answers: a host that could not ask has none. */
export const answersIn = (results: Readonly<Record<string, SubscribeResult>>): GrantAnswer[] =>
  Object.keys(results)
    .filter((template) => results[template] !== 'unavailable')
    .map((template) => ({ template, granted: results[template] === 'granted' }))

const path = '/message-grants'

/** Grants over a client. */
export const messageGrantsOf = (client: Client): MessageGrantService => ({
  list: (city) =>
    client.request({ city, method: 'GET', path, response: vMessageGrantList }).then(branded<MessageGrants>),
  note: (city, answers, key) =>
    client
      .request({ city, method: 'POST', path, body: { answers }, key, response: vMessageGrantList })
      .then(branded<MessageGrants>),
})
