import type { CityId, PaymentId, ReceiptId } from './ids'
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
