import type { Appointment } from '@/domain/appointment'
import type { ConfirmationEvent } from '@/domain/confirmation'
import type { Hold } from '@/domain/hold'
import type { AppointmentId, CityId, HoldId } from '@/domain/ids'
import type { Slot } from '@/domain/slot'
import type { Services } from '@/services'
import type { ConfirmationMore, Visitor } from '@/services/appointments'
import { asServiceError, mayBeDone, type ServiceError } from '@/services/errors'
import type { HoldRequest } from '@/services/holds'
import { holdsOf } from '@/services/holds'
import { createIntent } from '@/services/idempotency'

/** `unsure`: not known whether it was done. */
interface Failed {
  readonly kind: 'failed' | 'unsure'
  readonly error: ServiceError
}

export type HoldResult =
  | { readonly kind: 'held'; readonly hold: Hold }
  /** Somebody was faster: what the city offers instead. */
  | { readonly kind: 'taken'; readonly alternatives: readonly Slot[] }
  | Failed

export type CancelResult =
  | { readonly kind: 'cancelled'; readonly appointment: Appointment }
  /** With the appointment as it was read after the failure, where that went well. */
  | (Failed & { readonly appointment: Appointment | null })

export type Rating = NonNullable<Appointment['rating']>
export type RateResult = { readonly kind: 'rated'; readonly rating: Rating } | Failed

export type ConfirmRequest =
  | ({ readonly visitor: Visitor } & ConfirmationMore)
  /** The appointment to be moved to the held place. */
  | { readonly moves: AppointmentId }

/**
 * Everything that books: each act has one key until the city has done or refused it, so that it counts once however often it
 * is sent. After silence the city is asked what became of it before anything is called undone. One for each page; tests
 * make one over their own services.
 */
export function createBooking({
  of,
  appointments,
  newIdempotencyKey,
}: Pick<Services, 'of' | 'appointments' | 'newIdempotencyKey'>) {
  const holds = of(holdsOf)
  const holding = createIntent(newIdempotencyKey)
  const confirming = createIntent(newIdempotencyKey)
  const cancelling = createIntent(newIdempotencyKey)
  const after = async (city: CityId, id: AppointmentId, error: ServiceError) =>
    mayBeDone(error) ? appointments.get(city, id).catch(() => null) : null
  const failed = (error: ServiceError, now: Appointment | null): Failed => ({
    kind: mayBeDone(error) && now === null ? 'unsure' : 'failed',
    error,
  })

  return {
    /** Without an answer the hold may be there already: the same request again has the same key and finds it. */
    async hold(city: CityId, request: HoldRequest): Promise<HoldResult> {
      try {
        const hold = await holds.create(city, request, holding.keyOf(request))
        holding.end()
        return { kind: 'held', hold }
      } catch (thrown) {
        const error = asServiceError(thrown)
        if (error.kind === 'refused') holding.end()
        if (error.code === 'slot-taken') return { kind: 'taken', alternatives: error.alternatives ?? [] }
        return failed(error, null)
      }
    },

    /** Turns the hold into an appointment, or moves one to it; what happened is for `confirmationAfter`. */
    async confirm(city: CityId, hold: HoldId, request: ConfirmRequest): Promise<ConfirmationEvent<ServiceError>> {
      const key = confirming.keyOf([hold, request])
      try {
        const { id } =
          'moves' in request
            ? await appointments.swap(city, request.moves, hold, key)
            : await appointments.confirm(city, hold, request.visitor, key, request)
        return { kind: 'booked', appointment: id }
      } catch (thrown) {
        const error = asServiceError(thrown)
        // The form is wrong, not the hold.
        const isForm = error.code === 'invalid-fields'
        return { kind: 'failed', error, hold: isForm ? null : await holds.get(city, hold).catch(() => null) }
      }
    },

    /** If the release does not arrive, the hold ends at its deadline. */
    release: (city: CityId, hold: HoldId): Promise<void> => holds.release(city, hold).catch(() => {}),

    async cancel(city: CityId, id: AppointmentId): Promise<CancelResult> {
      try {
        const appointment = await appointments.cancel(city, id, cancelling.keyOf(id))
        cancelling.end()
        return { kind: 'cancelled', appointment }
      } catch (thrown) {
        const error = asServiceError(thrown)
        const now = await after(city, id, error)
        if (error.kind === 'refused' || now?.state === 'cancelled-by-citizen') cancelling.end()
        if (now?.state === 'cancelled-by-citizen') return { kind: 'cancelled', appointment: now }
        return { ...failed(error, now), appointment: now }
      }
    },

    async rate(city: CityId, id: AppointmentId, rating: Rating): Promise<RateResult> {
      try {
        await appointments.rate(city, id, rating)
        return { kind: 'rated', rating }
      } catch (thrown) {
        const error = asServiceError(thrown)
        const now = await after(city, id, error)
        return now?.rating ? { kind: 'rated', rating: now.rating } : failed(error, now)
      }
    },
  }
}

export type Booking = ReturnType<typeof createBooking>
