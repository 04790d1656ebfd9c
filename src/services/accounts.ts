import type { Account, AccountMatch, AccountRelation } from '@/domain/account'
import type { AccountId, BillerId, CityId, IdempotencyKey, MatchId } from '@/domain/ids'
import type { Instant } from '@/domain/time'
import { vAccount, vAccountMatch, vAccountPage, vAccountRemoval } from '../../contract/wire/valibot.gen'
import { branded } from './branded'
import { call, pathOf } from './call'
import { type Cached, type Client, mapCached } from './client'
import { type Page, pageOf } from './page'

/** Bound bill accounts (户号). */
export interface Accounts {
  /** Looks for a number before binding it; binds nothing. `biller-closed` and `not-answering` are outcomes, not errors. */
  match(city: CityId, billerId: BillerId, number: string): Promise<AccountMatch>
  /** Refused with `match-expired` when the citizen took too long to confirm. */
  bind(city: CityId, binding: AccountBinding, key: IdempotencyKey): Promise<Account>
  list(city: CityId, cursor?: string | null): Promise<Page<Account>>
  /** The first page, as it was. */
  keptList(city: CityId): Cached<Page<Account>> | null
  get(city: CityId, account: AccountId): Promise<Account>
  /** What is left out stays as it is. */
  change(city: CityId, account: AccountId, change: AccountChange): Promise<Account>
  /** Can be undone with `restore` until `undoUntil`. */
  unbind(city: CityId, account: AccountId): Promise<{ undoUntil: Instant }>
  /** Refused with `undo-expired` when it is too late. */
  restore(city: CityId, account: AccountId, key: IdempotencyKey): Promise<Account>
  /** Messages about its bills: `templates` are those that the citizen accepted at the host; none revokes. */
  remind(city: CityId, account: AccountId, templates: readonly string[]): Promise<Account>
}

export interface AccountBinding {
  readonly matchId: MatchId
  readonly relation: AccountRelation
  readonly nickname?: string | undefined
}

export interface AccountChange {
  readonly relation?: AccountRelation | undefined
  readonly nickname?: string | undefined
}

const list = (city: CityId, cursor?: string | null) =>
  call({
    city,
    method: 'GET',
    path: '/accounts',
    query: { cursor },
    response: vAccountPage,
    keep: cursor ? undefined : 'own',
  })

/** The calls, made of a client's. */
export const accountsOf = (client: Client): Accounts => ({
  match: async (city, billerId, number) =>
    branded<AccountMatch>(
      await client.request({
        city,
        method: 'POST',
        path: '/account-matches',
        body: { billerId, number },
        response: vAccountMatch,
        echo: { billerId },
      }),
    ),
  bind: async (city, binding, key) =>
    branded<Account>(
      await client.request({ city, method: 'POST', path: '/accounts', body: binding, key, response: vAccount }),
    ),
  list: async (city, cursor) => pageOf<Account>(await client.request(list(city, cursor))),
  keptList: (city) => mapCached(client.cached(list(city)), (wire) => pageOf<Account>(wire)),
  get: async (city, account) =>
    branded<Account>(
      await client.request({
        city,
        method: 'GET',
        path: pathOf('accounts', account),
        response: vAccount,
        echo: { id: account },
      }),
    ),
  change: async (city, account, change) =>
    branded<Account>(
      await client.request({
        city,
        method: 'PUT',
        path: pathOf('accounts', account),
        body: change,
        response: vAccount,
        echo: { id: account },
      }),
    ),
  unbind: async (city, account) => {
    const { undoUntil } = await client.request({
      city,
      method: 'DELETE',
      path: pathOf('accounts', account),
      response: vAccountRemoval,
      echo: { accountId: account },
    })
    return { undoUntil }
  },
  remind: async (city, account, templates) =>
    branded<Account>(
      await client.request({
        city,
        method: 'PUT',
        path: pathOf('accounts', account, 'reminder'),
        body: { given: templates.length > 0, templates },
        response: vAccount,
        echo: { id: account },
      }),
    ),
  restore: async (city, account, key) =>
    branded<Account>(
      await client.request({
        city,
        method: 'POST',
        path: pathOf('accounts', account, 'restoration'),
        key,
        response: vAccount,
        echo: { id: account },
      }),
    ),
})
