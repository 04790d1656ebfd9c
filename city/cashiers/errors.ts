export type UnavailableCause = 'connection' | 'timeout' | 'busy' | 'system' | 'unverified' | 'unreadable' | 'not-ready'

/** There is no answer to believe: none came, or not in time, or it is not provably the vendor's. What was asked may have happened. */
export class VendorUnavailable extends Error {
  override name = 'VendorUnavailable'

  constructor(
    readonly because: UnavailableCause,
    detail: string,
    /** When to ask again, as the vendor wants it; `null` leaves it to the caller. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(`${because}: ${detail}`)
  }
}

/** `rules`: the order, or what is left of it, does not allow it. `credentials`: app, merchant or key are wrong. */
export type RefusalReason =
  | 'no-such-order'
  | 'no-such-refund'
  | 'no-such-agreement'
  | 'agreement-ended'
  | 'no-statement'
  | 'order-paid'
  | 'order-closed'
  | 'order-paying'
  | 'reference-used'
  | 'rules'
  | 'balance'
  | 'credentials'
  | 'other'

/** The vendor says no, with its own code and message. */
export class VendorRefused extends Error {
  override name = 'VendorRefused'

  constructor(
    readonly reason: RefusalReason,
    readonly code: string,
    readonly vendorMessage: string,
  ) {
    super(`${code}: ${vendorMessage}`)
  }
}

/** No answer to believe, or a no that concerns the city's own set-up: nobody knows more than before. */
export const isNoAnswer = (error: unknown): error is Error =>
  error instanceof VendorUnavailable || error instanceof VendorRefused

export type NotificationFault =
  | 'malformed'
  | 'serial'
  | 'signature'
  | 'time'
  | 'repeated'
  | 'merchant'
  | 'app'
  | 'currency'

/** A notification that is not taken. */
export class NotificationRefused extends Error {
  override name = 'NotificationRefused'

  constructor(readonly reason: NotificationFault) {
    super(`The notification is refused: ${reason}`)
  }
}
