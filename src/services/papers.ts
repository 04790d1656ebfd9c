import type { BillerId, CityId, IdempotencyKey, PaymentId } from '@/domain/ids'
import type { PaperList, PaperTitle } from '@/domain/paper'
import { vPaperList } from '../../contract/wire/validators/papers.gen'
import { branded } from './branded'
import { pathOf } from './call'
import type { Client } from './client'

export interface PaperRequest {
  readonly billerId: BillerId
  /** Where the paper needs one. */
  readonly title?: PaperTitle | undefined
  /** Whether the city keeps it for the next one. */
  readonly keepTitle?: boolean | undefined
}

/** What the law gives for a payment (电子发票、财政电子票据、完税证明). Never cached: addresses of files are in it. */
export interface Papers {
  /** One for each biller of a payment that was paid. Only with the feature `papers`. */
  list(city: CityId, payment: PaymentId): Promise<PaperList>
  /**
   * Asked twice it is one paper. Refused with `paper-not-available` where there is none to ask for, `invalid-fields` for a title that is
   * none.
   */
  request(city: CityId, payment: PaymentId, request: PaperRequest, key: IdempotencyKey): Promise<PaperList>
  /** Has the city keep the title no longer; twice is fine. */
  forgetTitle(city: CityId): Promise<void>
}

/** Papers over a client. */
export const papersOf = (client: Client): Papers => ({
  list: async (city, payment) =>
    branded<PaperList>(
      await client.request({
        city,
        method: 'GET',
        path: pathOf('payments', payment, 'papers'),
        response: vPaperList,
        echo: { paymentId: payment },
      }),
    ),
  request: async (city, payment, request, key) =>
    branded<PaperList>(
      await client.request({
        city,
        method: 'POST',
        path: pathOf('payments', payment, 'papers'),
        body: request,
        key,
        response: vPaperList,
        echo: { paymentId: payment },
      }),
    ),
  forgetTitle: (city) => client.send({ city, method: 'DELETE', path: '/paper-title', response: null }),
})
