import type { CityId, PaymentId, ReceiptId } from './ids'
import type { Fen } from './money'
import type { PaidBill, PaymentStanding, PaymentState } from './payment'
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
  /** Every bill is credited. */
  creditedAt?: Instant | undefined
  issuedAt: Instant
  bills: readonly PaidBill[]
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

/** What the city says of the payment that a receipt's code is about, to whoever holds the code. */
export type ReceiptCheck = {
  /** `not-ours`: no key of this city signed it, or it was changed. */
  outcome: 'genuine' | 'not-ours' | Unlisted
  state?: PaymentState | undefined
  amountFen?: Fen | undefined
  refundedFen?: Fen | undefined
}

/** Every receipt's code begins with it. */
export const receiptPrefix = 'city-receipt:'

/** Validates the text of a receipt's code from a link: its form only, see `readReceiptCode`. */
export const readReceiptText = (text: unknown): string | null =>
  typeof text === 'string' && text.indexOf(receiptPrefix) === 0 && /^[\x21-\x7e]{1,500}$/.test(text) ? text : null
