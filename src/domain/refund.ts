import type { BillId, PaymentId, RefundId } from './ids'
import type { Fen } from './money'
import type { Instant } from './time'
import type { Unlisted } from './unlisted'

/** Money on its way back (退款), with each step taken so far. */
export type Refund = {
  id: RefundId
  paymentId: PaymentId
  /** Absent when it covers the whole payment. */
  billId?: BillId | undefined
  amountFen: Fen
  state: 'pending' | 'succeeded' | 'failed' | Unlisted
  reason: string
  reference: string
  steps: readonly { at: Instant; text: string }[]
  contactPhone: string
  arriveBy?: Instant | undefined
}
