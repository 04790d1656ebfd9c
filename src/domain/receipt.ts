import type { BillId, CityId, PaymentId, ReceiptId, RefundId } from './ids'
import type { Fen } from './money'
import type { PaymentBill, PaymentStanding } from './payment'
import type { Instant } from './time'
import type { Unlisted } from './unlisted'

/** Proof of payment (票据). */
export type Receipt = {
  id: ReceiptId
  paymentId: PaymentId
  cityId: CityId
  number: string
  reference: string
  /** Masked. */
  payer: string
  amountFen: Fen
  /** The fee in `amountFen`. */
  feeFen?: Fen | undefined
  payment?: PaymentStanding | undefined
  paidAt: Instant
  issuedAt: Instant
  bills: readonly PaymentBill[]
  /** What the QR code to verify holds. */
  verifyText: string
  /** The fiscal e-bill (电子票据). */
  eBill: {
    state: 'none' | 'issuing' | 'issued' | 'failed' | Unlisted
    number?: string | undefined
    checkCode?: string | undefined
    /** With `issuing`, when it should be there. */
    expectedBy?: Instant | undefined
  }
}

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
