import type { CityId, PaymentId } from '@/domain/ids'
import type { Fen } from '@/domain/money'
import type { Refund } from '@/domain/refund'
import { refundsAddUp } from '@/domain/sums'
import { vRefundPage } from '../../contract/wire/validators/refunds.gen'
import { branded } from './branded'
import { pathOf } from './call'
import type { Client } from './client'

/** Money on its way back (退款). */
export type Refunds = ReturnType<typeof refundsOf>

export const refundsOf = (client: Client) => ({
  /** All refunds of one payment; with what was paid, more than that going back is not believed. */
  async list(city: CityId, payment: PaymentId, paidFen: Fen = Number.MAX_SAFE_INTEGER): Promise<readonly Refund[]> {
    const { items } = await client.request({
      city,
      method: 'GET',
      path: pathOf('payments', payment, 'refunds'),
      response: vRefundPage,
      isPayment: true,
      echo: { paymentId: payment, 'items.*.paymentId': payment },
      check: (wire) => (refundsAddUp(wire.items, paidFen) ? null : 'more goes back than was paid'),
    })
    return branded<readonly Refund[]>(items)
  },
})
