import type { Hold } from './hold'
import type { AppointmentId } from './ids'

/** What of an error decides; `ServiceError` has it. */
type Refusal = { readonly kind: string; readonly code?: string | undefined }

/** How far a held slot is on its way to an appointment. `E` is the error of a failed request. */
export type Confirmation<E extends Refusal> =
  /** Nothing was sent, or the last request no longer counts. */
  | { readonly status: 'open' }
  | { readonly status: 'sending' }
  | { readonly status: 'booked'; readonly appointment: AppointmentId }
  /** The city refused, with its reason. */
  | { readonly status: 'refused'; readonly error: E }
  /** Not booked; the slot is still held. */
  | { readonly status: 'not-done'; readonly error: E }
  /** Unknown. Sending the same request again finds out, and never books twice. */
  | { readonly status: 'unsure'; readonly error: E }

export type ConfirmationEvent<E extends Refusal> =
  | { readonly kind: 'sent' }
  | { readonly kind: 'booked'; readonly appointment: AppointmentId }
  /** `hold` as it was read after the failure; null when that failed too. */
  | { readonly kind: 'failed'; readonly error: E; readonly hold: Pick<Hold, 'state' | 'appointmentId'> | null }
  /** The form shows the problem at its fields. */
  | { readonly kind: 'fields-refused' }
  /** Another slot is held instead; the last request no longer counts. */
  | { readonly kind: 'hold-replaced' }
  /** A refusal may not apply to another visitor. */
  | { readonly kind: 'visitor-changed' }

export const notConfirmed = { status: 'open' } as const

/** The next state. An appointment that is booked stays booked, whatever comes later. */
export const confirmationAfter = <E extends Refusal>(
  now: Confirmation<E>,
  event: ConfirmationEvent<E>,
): Confirmation<E> => {
  if (now.status === 'booked') return now
  switch (event.kind) {
    case 'sent':
      return { status: 'sending' }
    case 'booked':
      return { status: 'booked', appointment: event.appointment }
    case 'failed':
      return afterFailure(event)
    case 'fields-refused':
    case 'hold-replaced':
      return notConfirmed
    case 'visitor-changed':
      return now.status === 'refused' || now.status === 'not-done' ? notConfirmed : now
  }
}

/** No appointment in the response: the hold may name one all the same. */
const afterFailure = <E extends Refusal>({
  error,
  hold,
}: Extract<ConfirmationEvent<E>, { kind: 'failed' }>): Confirmation<E> => {
  if (hold?.state === 'confirmed' && hold.appointmentId) return { status: 'booked', appointment: hold.appointmentId }
  // The hold itself shows that the slot is gone.
  if (error.code === 'hold-expired' || (hold !== null && hold.state !== 'held')) return notConfirmed
  if (error.kind === 'refused') return { status: 'refused', error }
  return { status: hold === null ? 'unsure' : 'not-done', error }
}

/**
 * Whether leaving the page releases the hold. Not while a request may still arrive: it would find no hold. If
 * it never does, the hold ends at its deadline.
 */
export const isReleasable = ({ status }: Confirmation<Refusal>): boolean =>
  status !== 'sending' && status !== 'unsure' && status !== 'booked'
