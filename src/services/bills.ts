import type { Bill, History, Lookup } from '@/domain/bill'
import type { BillKind } from '@/domain/bill-kind'
import { type Eventual, eventual, type Strong, strong } from '@/domain/consistency'
import type { AccountId, BillId, CityId, IdempotencyKey } from '@/domain/ids'
import { monthsAddUp, withoutWrongLines } from '@/domain/sums'
import { vBillPage, vHistory, vLookup } from '../../contract/wire/validators/bills.gen'
import { vBill } from '../../contract/wire/validators/shared.gen'
import { branded, type Plain } from './branded'
import { call, pathOf } from './call'
import { type Cached, type Client, mapCached } from './client'
import { type Page, pageOf, type WirePage } from './page'

export interface BillFilter {
  readonly account?: AccountId | undefined
  /** Only bills that are not settled. */
  readonly due?: boolean | undefined
  readonly kind?: BillKind | undefined
  /** Only bills whose title, biller or account nickname holds it. */
  readonly text?: string | undefined
}

/** The text of a decision is the citizen's alone: a phone keeps that there is one, not its text. */
const withoutText = <B extends { decision?: { text: string } | undefined }>(bill: B): B =>
  bill.decision ? { ...bill, decision: { ...bill.decision, text: '' } } : bill

const listCall = (city: CityId, filter: BillFilter = {}, cursor?: string | null) =>
  call({
    city,
    method: 'GET',
    path: '/bills',
    query: { accountId: filter.account, due: filter.due, kind: filter.kind, text: filter.text, cursor },
    response: vBillPage,
    echo: { accountId: filter.account, 'items.*.accountId': filter.account, 'items.*.kind': filter.kind },
    // Searches would push what matters out of the cache.
    cache: cursor || filter.text ? undefined : 'own',
    trim: (page) => ({ ...page, items: page.items.map(withoutText) }),
  })

const billCall = (city: CityId, bill: BillId) =>
  call({
    city,
    method: 'GET',
    path: pathOf('bills', bill),
    response: vBill,
    echo: { id: bill },
    cache: 'own',
    // Nothing of what was found without binding stays on the phone.
    keeps: ({ unbound }) => unbound !== true,
    trim: withoutText,
  })

const historyCall = (city: CityId, account: AccountId) =>
  call({
    city,
    method: 'GET',
    path: pathOf('accounts', account, 'history'),
    response: vHistory,
    echo: { accountId: account },
    check: ({ months }) => (monthsAddUp(months) ? null : 'a month stands twice'),
    cache: 'own',
  })

/** Lines that do not add up are not shown; the amount stands for itself. */
const asBill = (wire: Plain<Bill>): Bill => withoutWrongLines(branded<Bill>(wire))

const asPage = (wire: WirePage<Bill>): Eventual<Page<Bill>> => {
  const page = pageOf<Bill>(wire)
  return eventual({ ...page, items: page.items.map(withoutWrongLines) })
}

/** Bills (账单). */
export type Bills = ReturnType<typeof billsOf>

export const billsOf = (client: Client) => ({
  /** Asks the biller now. Five outcomes; an error is never one of them, and never means that nothing is due. */
  async lookUp(city: CityId, account: AccountId): Promise<Lookup> {
    const lookup = branded<Lookup>(
      await client.request({
        city,
        method: 'GET',
        path: pathOf('accounts', account, 'lookup'),
        response: vLookup,
        echo: { accountId: account, 'bills.*.accountId': account },
      }),
    )
    return lookup.outcome === 'bill' ? { ...lookup, bills: lookup.bills.map(withoutWrongLines) } : lookup
  },

  /** Newest first, and maybe old. */
  list: async (city: CityId, filter?: BillFilter, cursor?: string | null): Promise<Eventual<Page<Bill>>> =>
    asPage(await client.request(listCall(city, filter, cursor))),

  /** The first page for the same filter, as it was. */
  cachedList: (city: CityId, filter?: BillFilter): Cached<Eventual<Page<Bill>>> | null =>
    mapCached(client.cached(listCall(city, filter)), asPage),

  /** As the biller has it now: pay this amount. The contract has `getBill` ask the biller itself. */
  get: async (city: CityId, bill: BillId): Promise<Strong<Bill>> =>
    strong(asBill(await client.request(billCall(city, bill))), 'strong'),

  /** As it was, for reading without network; nothing can be paid from it. */
  cached: (city: CityId, bill: BillId): Cached<Eventual<Bill>> | null =>
    mapCached(client.cached(billCall(city, bill)), (wire) => eventual(asBill(wire))),

  /** The last 24 months of an account, maybe old. */
  history: async (city: CityId, account: AccountId): Promise<Eventual<History>> =>
    eventual(branded<History>(await client.request(historyCall(city, account)))),

  /** The same, as it was. */
  keptHistory: (city: CityId, account: AccountId): Cached<Eventual<History>> | null =>
    mapCached(client.cached(historyCall(city, account)), (wire) => eventual(branded<History>(wire))),

  /**
   * States that the decision behind a fine was read, in the `version` that was on the screen; gives the bill as it can be paid
   * now. Refused with `bill-changed` when it has changed.
   */
  async confirmDecision(city: CityId, bill: BillId, version: number, key: IdempotencyKey): Promise<Strong<Bill>> {
    const wire = await client.request({
      city,
      method: 'POST',
      path: pathOf('bills', bill, 'decision'),
      body: { version },
      key,
      response: vBill,
      echo: { id: bill },
      cacheAs: billCall(city, bill),
    })
    return strong(asBill(wire), 'strong')
  },
})
