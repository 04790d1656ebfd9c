import type { Hold } from '@/domain/hold'
import type { AppointmentId, CityId, HoldId, IdempotencyKey, ItemId, SlotId } from '@/domain/ids'
import { vHold } from '../../contract/wire/validators/holds.gen'
import { branded } from './branded'
import { pathOf } from './call'
import type { Client } from './client'

/** Places held for minutes (占号). */
export interface Holds {
  /**
   * Holds a place; an older hold of the citizen is released in the same step.
   * Refused with `slot-taken` (with `alternatives`), `slot-past`, `booking-limit` (with `limit`), `booking-blocked` (with
   * `unblocksAt`), `overlapping-visit` (with `overlaps`).
   */
  create(city: CityId, request: HoldRequest, key: IdempotencyKey): Promise<Hold>
  get(city: CityId, hold: HoldId): Promise<Hold>
  /**
   * Gives a hold back; twice is fine. `release` of pages/booking/parts/create-booking.ts calls it, for
   * - confirm/use-confirm.ts: the page is left without an appointment, or the offer of the waitlist is given up
   * - slots/use-slots.ts: the page to confirm did not open
   *
   * Without it the city ends a hold: at `expiresAt`, with the citizen's next `create`, when it is confirmed, and one that was offered
   * when its entry of the waitlist is left.
   */
  release(city: CityId, hold: HoldId): Promise<void>
}

export interface HoldRequest {
  readonly slotId: SlotId
  readonly itemId: ItemId
  /** Further items of the same appointment; it then takes as many following slots as their time needs. */
  readonly moreItemIds?: readonly ItemId[] | undefined
  /** How many come together, 1 without it; a place is held for each. */
  readonly persons?: number | undefined
  /** The appointment to be moved, when the hold is for a swap: limits then do not count it. */
  readonly appointmentId?: AppointmentId | undefined
}

/** Holds over a client. */
export const holdsOf = (client: Client): Holds => ({
  create: async (city, request, key) =>
    branded<Hold>(
      await client.request({
        city,
        method: 'POST',
        path: '/holds',
        body: request,
        key,
        response: vHold,
        echo: {
          'slot.id': request.slotId,
          itemId: request.itemId,
          moreItemIds: request.moreItemIds,
          persons: request.persons?.toString(),
          appointmentId: request.appointmentId,
        },
      }),
    ),
  get: async (city, hold) =>
    branded<Hold>(
      await client.request({ city, method: 'GET', path: pathOf('holds', hold), response: vHold, echo: { id: hold } }),
    ),
  release: (city, hold) => client.send({ city, method: 'DELETE', path: pathOf('holds', hold), response: null }),
})
