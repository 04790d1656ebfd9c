import type { VerificationId } from './ids'
import type { Instant } from './time'
import type { Unlisted } from './unlisted'

/** What the phone opens for a verification: WeChat's and Alipay's own pages, or the sandbox's. */
export type VerificationInvocation =
  | { kind: 'wechat'; verifyId: string }
  | { kind: 'alipay'; certifyId: string; url: string }
  | { kind: 'page'; url: string }

/** A verification with the host (实名核验、人脸核验), as the city knows it. */
export type Verification = {
  id: VerificationId
  /** `other-person`: somebody else than the document's holder, or than this citizen was verified as before. */
  state: 'open' | 'verified' | 'refused' | 'cancelled' | 'other-person' | 'timed-out' | Unlisted
  /** Until when it may be done. */
  expiresAt: Instant
  /** With `verified`: until when it holds. */
  verifiedUntil?: Instant | undefined
}

/**
 * How a verification ended that gave nothing. `no-result`: the host's page is closed and the host has not decided. `not-opened`: the
 * host's page did not open. `not-answering`: the host does not verify anybody now. `no-answer`: the city could not be asked.
 * `not-agreed`: the citizen did not agree to what the check uses.
 */
export type VerificationEnd =
  | Exclude<Verification['state'], 'open' | 'verified' | Unlisted>
  | 'no-result'
  | 'not-opened'
  | 'not-answering'
  | 'no-answer'
  | 'not-agreed'

/** How far a citizen is on the way through a verification. Only the city's word makes it `verified`. */
export type Verifying =
  /** `end`: how the last try ended. What was typed stays. */
  | { readonly status: 'form'; readonly end: VerificationEnd | null }
  /** Asking the city to begin. */
  | { readonly status: 'beginning' }
  /** The host's page is open. */
  | { readonly status: 'at-host'; readonly id: VerificationId }
  /** The host's page is closed; the city asks the host. */
  | { readonly status: 'checking'; readonly id: VerificationId; readonly asked: number }
  | { readonly status: 'verified' }

export type VerifyingEvent =
  | { readonly kind: 'sent' }
  | { readonly kind: 'begun'; readonly id: VerificationId }
  /** Whatever the host told the phone. */
  | { readonly kind: 'closed' }
  | { readonly kind: 'not-opened' }
  | { readonly kind: 'read'; readonly verification: Pick<Verification, 'id' | 'state'> }
  | { readonly kind: 'failed'; readonly end: VerificationEnd }
  /** The form shows the problem at its fields. */
  | { readonly kind: 'fields-refused' }
  /** The citizen asks once more what became of it. */
  | { readonly kind: 'again'; readonly id: VerificationId }

/** How often the city is asked before "no result": a host needs a moment after its page is closed. */
export const mostAsked = 3

export const notVerified: Verifying = { status: 'form', end: null }

/** The next state. What is verified stays so; a late response to an earlier try changes nothing. */
export const verifyingAfter = (now: Verifying, event: VerifyingEvent): Verifying => {
  if (now.status === 'verified') return now
  switch (event.kind) {
    case 'sent':
      return now.status === 'form' ? { status: 'beginning' } : now
    case 'begun':
      return now.status === 'beginning' ? { status: 'at-host', id: event.id } : now
    case 'closed':
      return now.status === 'at-host' ? { status: 'checking', id: now.id, asked: 0 } : now
    case 'again':
      return now.status === 'form' ? { status: 'checking', id: event.id, asked: 0 } : now
    case 'read':
      return now.status === 'checking' && now.id === event.verification.id ? afterRead(now, event.verification) : now
    case 'not-opened':
      return { status: 'form', end: 'not-opened' }
    case 'failed':
      return { status: 'form', end: event.end }
    case 'fields-refused':
      return notVerified
  }
}

const afterRead = (
  now: Extract<Verifying, { status: 'checking' }>,
  { state }: Pick<Verification, 'state'>,
): Verifying => {
  if (state === 'verified') return { status: 'verified' }
  if (state !== 'open' && state !== 'unlisted') return { status: 'form', end: state }
  const asked = now.asked + 1
  return asked < mostAsked ? { ...now, asked } : { status: 'form', end: 'no-result' }
}
