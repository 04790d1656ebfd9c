import type { CityId, ReceiptId } from '@/domain/ids'
import type { Receipt } from '@/domain/receipt'
import { totalAddsUp } from '@/domain/sums'
import { vReceipt } from '../../contract/wire/valibot.gen'
import { branded } from './branded'
import { call, pathOf } from './call'
import { type Cached, type Client, mapCached } from './client'

/** Proof of payment (票据). */
export interface Receipts {
  get(city: CityId, receipt: ReceiptId): Promise<Receipt>
  /** As it was: a receipt opens without network. */
  kept(city: CityId, receipt: ReceiptId): Cached<Receipt> | null
}

const one = (city: CityId, receipt: ReceiptId) =>
  call({
    city,
    method: 'GET',
    path: pathOf('receipts', receipt),
    response: vReceipt,
    echo: { id: receipt },
    check: (wire) => (totalAddsUp(wire) ? null : 'bills and fee are not the amount'),
    keep: 'own',
  })

/** The calls, made of a client's. */
export const receiptsOf = (client: Client): Receipts => ({
  get: async (city, receipt) => branded<Receipt>(await client.request(one(city, receipt))),
  kept: (city, receipt) => mapCached(client.cached(one(city, receipt)), (wire) => branded<Receipt>(wire)),
})
