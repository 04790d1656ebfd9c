import type { Account, AccountMatch, AccountRelation } from '@/domain/account'
import type { AccountId, BillerId, CityId, IdempotencyKey, MatchId } from '@/domain/ids'
import type { Instant } from '@/domain/time'
import { vAccountMatch, vAccountPage, vAccountRemoval } from '../../contract/wire/validators/accounts.gen'
import { vAccount } from '../../contract/wire/validators/shared.gen'
import { branded, type Plain } from './branded'
import { type Call, call, pathOf } from './call'
import { type Cached, type Client, mapCached } from './client'
import { type Page, pageOf } from './page'

export interface AccountBinding {
  readonly matchId: MatchId
  readonly relation: AccountRelation
  readonly nickname?: string | undefined
}

export interface AccountChange {
  readonly relation?: AccountRelation | undefined
  readonly nickname?: string | undefined
}

const listCall = (city: CityId, cursor?: string | null) =>
  call({
    city,
    method: 'GET',
    path: '/accounts',
    query: { cursor },
    response: vAccountPage,
    cache: cursor ? undefined : 'own',
  })

/** Bound bill accounts (户号). */
export type Accounts = ReturnType<typeof accountsOf>

export function accountsOf(client: Client) {
  /** A call about one account, whose response is that account. */
  const requestAccount = async (
    city: CityId,
    account: AccountId,
    call: Pick<Call<Plain<Account>>, 'method' | 'path' | 'body' | 'key'>,
  ): Promise<Account> =>
    branded<Account>(await client.request({ city, ...call, response: vAccount, echo: { id: account } }))

  return {
    /** Looks for a number before binding it; binds nothing. `biller-closed` and `not-answering` are outcomes, not errors. */
    match: async (city: CityId, billerId: BillerId, number: string): Promise<AccountMatch> =>
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

    /** Refused with `match-expired` when the citizen took too long to confirm. */
    bind: async (city: CityId, binding: AccountBinding, key: IdempotencyKey): Promise<Account> =>
      branded<Account>(
        await client.request({ city, method: 'POST', path: '/accounts', body: binding, key, response: vAccount }),
      ),

    list: async (city: CityId, cursor?: string | null): Promise<Page<Account>> =>
      pageOf<Account>(await client.request(listCall(city, cursor))),

    /** The first page, as it was. */
    cachedList: (city: CityId): Cached<Page<Account>> | null =>
      mapCached(client.cached(listCall(city)), (wire) => pageOf<Account>(wire)),

    get: (city: CityId, account: AccountId) =>
      requestAccount(city, account, { method: 'GET', path: pathOf('accounts', account) }),

    /** What is left out stays as it is. */
    change: (city: CityId, account: AccountId, change: AccountChange) =>
      requestAccount(city, account, { method: 'PUT', path: pathOf('accounts', account), body: change }),

    /** Can be undone with `restore` until `undoUntil`. */
    async unbind(city: CityId, account: AccountId): Promise<{ undoUntil: Instant }> {
      const { undoUntil } = await client.request({
        city,
        method: 'DELETE',
        path: pathOf('accounts', account),
        response: vAccountRemoval,
        echo: { accountId: account },
      })
      return { undoUntil }
    },

    /** Refused with `undo-expired` when it is too late. */
    restore: (city: CityId, account: AccountId, key: IdempotencyKey) =>
      requestAccount(city, account, { method: 'POST', path: pathOf('accounts', account, 'restoration'), key }),

    /** Messages about its bills: `templates` are those that the citizen accepted at the host; none revokes. */
    remind: (city: CityId, account: AccountId, templates: readonly string[]) =>
      requestAccount(city, account, {
        method: 'PUT',
        path: pathOf('accounts', account, 'reminder'),
        body: { given: templates.length > 0, templates },
      }),
  }
}
