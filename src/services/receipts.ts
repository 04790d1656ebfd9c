import type { CityId, ReceiptId } from '@/domain/ids'
import type { Receipt, ReceiptCheck } from '@/domain/receipt'
import { totalAddsUp } from '@/domain/sums'
import { vReceipt, vReceiptCheck } from '../../contract/wire/validators/receipts.gen'
import { branded } from './branded'
import { call, pathOf } from './call'
import { type Cached, type Client, mapCached } from './client'

const receiptCall = (city: CityId, receipt: ReceiptId) =>
  call({
    city,
    method: 'GET',
    path: pathOf('receipts', receipt),
    response: vReceipt,
    echo: { id: receipt },
    check: (wire) => (totalAddsUp(wire) ? null : 'bills and fee are not the amount'),
    cache: 'own',
  })

/** Proof of payment (票据). */
export type Receipts = ReturnType<typeof receiptsOf>

export const receiptsOf = (client: Client) => ({
  get: async (city: CityId, receipt: ReceiptId): Promise<Receipt> =>
    branded<Receipt>(await client.request(receiptCall(city, receipt))),

  /**
   * What became of the payment that a receipt's code is about, for whoever holds the code; without a session. Only where the manifest has
   * `receipt-checks`. Refused with `bad-request` for a text that is too long.
   */
  check: async (city: CityId, text: string): Promise<ReceiptCheck> =>
    branded<ReceiptCheck>(
      await client.request({
        city,
        method: 'POST',
        path: '/receipt-checks',
        body: { text },
        response: vReceiptCheck,
        check: ({ outcome, number }) =>
          outcome !== 'genuine' || number === text.split(':')[2] ? null : 'it is about another receipt',
      }),
    ),

  /** As it was: a receipt opens without network. */
  cached: (city: CityId, receipt: ReceiptId): Cached<Receipt> | null =>
    mapCached(client.cached(receiptCall(city, receipt)), (wire) => branded<Receipt>(wire)),
})
