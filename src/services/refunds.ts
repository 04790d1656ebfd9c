import type { CityId, PaymentId } from '@/domain/ids'
import type { Refund } from '@/domain/receipt'
import { branded } from './branded'
import { type Client, pathOf } from './client'
import { vRefundPage } from './wire/valibot.gen'

/** Money on its way back (退款). */
export interface Refunds {
  /** All refunds of one payment. */
  list(city: CityId, payment: PaymentId): Promise<readonly Refund[]>
}

/** The calls, made of a client's. */
export const refundsOf = (client: Client): Refunds => ({
  list: async (city, payment) => {
    const path = pathOf('payments', payment, 'refunds')
    const { items } = await client.ask({ city, method: 'GET', path, answer: vRefundPage, isPayment: true })
    return branded<readonly Refund[]>(items)
  },
})
