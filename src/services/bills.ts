import type { Bill, Lookup } from '@/domain/bill'
import { type Eventual, eventual, type Strong, strong } from '@/domain/consistency'
import type { AccountId, BillId, CityId } from '@/domain/ids'
import { branded } from './branded'
import { type Client, call, type Kept, keptAs, pathOf } from './client'
import { type Page, pageOf } from './page'
import { vBill, vBillPage, vLookup } from './wire/valibot.gen'

/** Bills (账单). */
export interface Bills {
  /** Asks the biller now. Five outcomes; an error is never one of them, and never means that nothing is due. */
  lookUp(city: CityId, account: AccountId): Promise<Lookup>
  /** Newest first, and maybe old. */
  list(city: CityId, filter?: BillFilter, cursor?: string | null): Promise<Eventual<Page<Bill>>>
  /** The first page for the same filter, as it was. */
  keptList(city: CityId, filter?: BillFilter): Kept<Eventual<Page<Bill>>> | null
  /** As the biller has it now: pay what this says. */
  get(city: CityId, bill: BillId): Promise<Strong<Bill>>
  /** As it was, for reading without network; nothing can be paid from it. */
  kept(city: CityId, bill: BillId): Kept<Eventual<Bill>> | null
}

export interface BillFilter {
  readonly account?: AccountId | undefined
  /** Only bills that are not settled. */
  readonly due?: boolean | undefined
}

const list = (city: CityId, filter: BillFilter = {}, cursor?: string | null) =>
  call({
    city,
    method: 'GET',
    path: '/bills',
    query: { accountId: filter.account, due: filter.due, cursor },
    answer: vBillPage,
    keep: cursor ? undefined : 'own',
  })

const one = (city: CityId, bill: BillId) =>
  call({ city, method: 'GET', path: pathOf('bills', bill), answer: vBill, id: bill, keep: 'own' })

/** The calls, made of a client's. */
export const billsOf = (client: Client): Bills => ({
  lookUp: async (city, account) =>
    branded<Lookup>(
      await client.ask({ city, method: 'GET', path: pathOf('accounts', account, 'lookup'), answer: vLookup }),
    ),
  list: async (city, filter, cursor) => eventual(pageOf<Bill>(await client.ask(list(city, filter, cursor)))),
  keptList: (city, filter) => keptAs(client.kept(list(city, filter)), (wire) => eventual(pageOf<Bill>(wire))),
  // The contract has `getBill` ask the biller itself; a kept copy goes through `kept` and is never strong.
  get: async (city, bill) => strong(branded<Bill>(await client.ask(one(city, bill))), 'strong'),
  kept: (city, bill) => keptAs(client.kept(one(city, bill)), (wire) => eventual(branded<Bill>(wire))),
})
