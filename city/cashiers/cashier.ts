import type { CashierInvocation, SigningInvocation } from '../../contract/wire/types.gen'

export type CashierKind = 'wechat' | 'alipay' | 'till'

/**
 * What became of an order, in the words of WeChat Pay; Alipay's are mapped to them.
 * `NOTPAY` may still be paid; `USERPAYING` is being decided; `SUCCESS` is paid; `CLOSED` can never be paid. `REFUND` is paid, and
 * something was given back: a part or all of it at WeChat Pay, all of it at Alipay, which leaves a part at `SUCCESS`.
 */
export type VendorOrderState = 'NOTPAY' | 'USERPAYING' | 'SUCCESS' | 'CLOSED' | 'REFUND'

/** The vendor's verified answer about an order. Its amount is the order's, in fen, also after a refund. */
export type VendorOrder = {
  reference: string
  state: VendorOrderState
  /** `null` only where the vendor names no amount, which happens before anything is paid. */
  amountFen: number | null
  currency: 'CNY'
  /** Set exactly when the state is `SUCCESS` or `REFUND`. */
  paidAt: Date | null
  /** The vendor's own number of the transaction. */
  vendorNumber: string | null
}

/** An order to pay, as the city wants it: `reference` is the city's number, 6 to 32 letters, digits, `_`, `-` or `*`. */
export type OrderRequest = {
  reference: string
  amountFen: number
  /** What the citizen reads in the cashier. */
  subject: string
  /** WeChat's openid; Alipay's user id (2088…) or open id. */
  payer: string
  expiresAt: Date
}

/** `amountFen` goes back of the `totalFen` that were paid. */
export type RefundRequest = {
  reference: string
  refundReference: string
  amountFen: number
  totalFen: number
  reason: string
}

/**
 * The vendor's verified answer about a refund. `failed`: the money did not reach the payer and somebody must act (WeChat's
 * `ABNORMAL`); `closed`: nothing was given back, and a new refund reference is needed.
 */
export type VendorRefund = {
  reference: string
  refundReference: string
  amountFen: number
  state: 'processing' | 'success' | 'failed' | 'closed'
  refundedAt: Date | null
  vendorNumber: string | null
}

/** A line of a vendor's bill of the day. */
export type StatementLine = {
  kind: 'paid' | 'refunded'
  reference: string
  refundReference: string | null
  vendorNumber: string
  /** Positive for both kinds. */
  amountFen: number
  at: Date
}

/** A notification as it came: the bytes of the body, header names in lower case. */
export type RawNotification = { body: Buffer; headers: Record<string, string | undefined> }

/**
 * What a genuine notification claims. It moves nothing: the caller compares order and amount with its own, then asks the vendor.
 * The caller keeps the vendor's `id` of the notification in the transaction that takes the claim; `TakenNotifications` has it from
 * then on, so that neither a replay nor the vendor's own repetition is taken twice.
 */
export type VendorClaim = {
  kind: 'payment' | 'refund'
  reference: string
  refundReference: string | null
  /** The order's amount, also in news of a refund. */
  amountFen: number
  id: string
}

/** Knows the notifications of one vendor that were taken in the last 25 hours, which is how long vendors repeat them. */
export type TakenNotifications = { has(id: string): Promise<boolean> }

/** What the vendor wants to read: once its news was taken, or to send it again. */
export type NotificationReply = { status: number; contentType: string; body: string }

/** What a payer signs at the host: `reference` is the city's number of the agreement. */
export type AgreementRequest = { reference: string; payer: string; subject: string; signUntil: Date }

/** Signed at the host or not yet; `ended` by either side, or never signed in time. */
export type AgreementState = 'signing' | 'active' | 'ended'

/** Money that is taken under an agreement. The vendor takes nothing under `reference` after `expiresAt`. */
export type CollectionRequest = {
  reference: string
  agreement: string
  amountFen: number
  subject: string
  payer: string
  expiresAt: Date
}

/**
 * Agreements (WeChat Pay's 委托代扣, Alipay's 周期扣款): money is taken without the payer being there. A vendor that has no such contract with
 * the city has no `Contract`. Throws as `Cashier` does.
 */
export interface Contract {
  /** The most that it lets be taken at once, in fen. */
  readonly maxFen: number
  /** Makes the agreement known, or finds it by its reference; returns what the payer opens at the host. Refused: `agreement-ended`. */
  sign(request: AgreementRequest): Promise<SigningInvocation>
  /** The only source that puts a permission in force. Refused: `no-such-agreement`. */
  query(reference: string): Promise<AgreementState>
  /**
   * Takes money once for a reference; `query` of the cashier finds the order. Refused: `balance`, `agreement-ended`, `rules` (above the
   * limit). A refusal ends the reference: under it nothing is ever taken.
   */
  collect(request: CollectionRequest): Promise<VendorOrder>
  /** Ends the agreement; from then on `collect` is refused. One that is unknown or ended is fine. */
  terminate(reference: string): Promise<void>
}

/**
 * One vendor of payments. Every answer is verified before it is believed. Throws `VendorUnavailable` when there is no answer to
 * believe (what was asked for may have happened: ask again, everything here is idempotent) and `VendorRefused` for a verified no.
 */
export interface Cashier {
  readonly kind: CashierKind
  /** Absent: it collects nothing by itself. */
  readonly contract?: Contract
  /**
   * Makes the order known to the vendor, or finds it by its reference; returns what the host's cashier is opened with.
   * Refused: `order-paid`, `order-closed`, `reference-used` (by an order with other facts).
   */
  open(request: OrderRequest): Promise<CashierInvocation>
  /** The only source that moves a payment. Refused: `no-such-order`. */
  query(reference: string): Promise<VendorOrder>
  /** Closes an order that nobody paid, then queries it: paid or being paid meanwhile is an answer. Refused: `no-such-order`. */
  close(reference: string): Promise<VendorOrder>
  /** Gives money back, once for a refund reference. Refused: `no-such-order`, `rules` (more than is left, other facts than before), `balance`. */
  refund(request: RefundRequest): Promise<VendorRefund>
  /** Refused: `no-such-refund`; asking for the refund once more is safe. */
  queryRefund(request: { reference: string; refundReference: string }): Promise<VendorRefund>
  /**
   * The bill of a day (`2026-11-23`, Shanghai); empty when nothing was paid or refunded. Unavailable (`not-ready`) before 10:00 on
   * the next day.
   */
  statement(day: string): Promise<StatementLine[]>
  /** Opens a notification. Throws `NotificationRefused`; of its reasons `repeated` alone is answered as taken. */
  notification(raw: RawNotification): Promise<VendorClaim>
  reply(taken: boolean): NotificationReply
}
