import type { Appointment } from '@/domain/appointment'
import type { KnownDocument } from '@/domain/document'
import type { AppointmentId, CitizenId, CityId, HoldId, IdempotencyKey, VisitorId } from '@/domain/ids'
import { vAppointment, vAppointmentPage } from '../../contract/wire/validators/appointments.gen'
import { branded } from './branded'
import { call, pathOf } from './call'
import { type Cached, type Client, mapCached } from './client'
import { type Page, pageOf } from './page'

/** Booked appointments (预约). */
export interface Appointments {
  /** The next first, then past ones; or only those still ahead. */
  list(city: CityId, filter?: AppointmentFilter, cursor?: string | null): Promise<Page<Appointment>>
  /** The first page for the same filter, as it was. */
  cachedList(city: CityId, filter?: AppointmentFilter): Cached<Page<Appointment>> | null
  get(city: CityId, appointment: AppointmentId): Promise<Appointment>
  /** The last response: code, address and checklist open in a basement without network. */
  cached(city: CityId, appointment: AppointmentId): Cached<Appointment> | null
  /**
   * Turns a hold into an appointment; confirming twice gives the same one. Refused with `hold-expired`, `booking-limit`
   * (with `limit`), `booking-blocked` (with `unblocksAt`), `overlapping-visit` (with `overlaps`), `invalid-fields` (with `fields`).
   */
  confirm(
    city: CityId,
    hold: HoldId,
    visitor: Visitor,
    key: IdempotencyKey,
    more?: ConfirmationMore,
  ): Promise<Appointment>
  /** Twice is fine. Refused with `appointment-not-open` when it is over. */
  cancel(city: CityId, appointment: AppointmentId, key: IdempotencyKey): Promise<Appointment>
  /** Moves it to a held slot in one step, or changes nothing. Refused with `overlapping-visit` (with `overlaps`). */
  swap(city: CityId, appointment: AppointmentId, hold: HoldId, key: IdempotencyKey): Promise<Appointment>
  /** `stars` from 1 to 5. */
  rate(city: CityId, appointment: AppointmentId, rating: { stars: number; text?: string | undefined }): Promise<void>
}

export interface AppointmentFilter {
  /** Only those still ahead. */
  readonly upcoming?: boolean | undefined
}

/** Who comes, where it is not only who is typed. */
export interface ConfirmationMore {
  /** A person of the citizen's grants. */
  readonly forCitizen?: CitizenId | undefined
  /** Somebody whom the city keeps: it fills in what `visitor` leaves out. */
  readonly savedVisitor?: VisitorId | undefined
  /** The citizen agrees that the city keeps who comes for the next time. */
  readonly saveVisitor?: boolean | undefined
}

/** Who comes; only what the manifest's `booking.visitor` demands. Sent, never stored. */
export interface Visitor {
  readonly name?: string | undefined
  readonly phone?: string | undefined
  /** Of an ID card. */
  readonly idNumber?: string | undefined
  /** Any other document. */
  readonly documentKind?: KnownDocument | undefined
  readonly documentNumber?: string | undefined
}

const list = (city: CityId, filter: AppointmentFilter = {}, cursor?: string | null) =>
  call({
    city,
    method: 'GET',
    path: '/appointments',
    query: { upcoming: filter.upcoming, cursor },
    response: vAppointmentPage,
    cache: cursor ? undefined : 'own',
  })

const one = (city: CityId, id: AppointmentId) =>
  call({ city, method: 'GET', path: pathOf('appointments', id), response: vAppointment, echo: { id }, cache: 'own' })

/** Appointments over a client. */
export const appointmentsOf = (client: Client): Appointments => ({
  list: async (city, filter, cursor) => pageOf<Appointment>(await client.request(list(city, filter, cursor))),
  cachedList: (city, filter) => mapCached(client.cached(list(city, filter)), (wire) => pageOf<Appointment>(wire)),
  get: async (city, id) => branded<Appointment>(await client.request(one(city, id))),
  cached: (city, id) => mapCached(client.cached(one(city, id)), (wire) => branded<Appointment>(wire)),
  confirm: async (city, holdId, visitor, key, { forCitizen, savedVisitor, saveVisitor } = {}) =>
    branded<Appointment>(
      await client.request({
        city,
        method: 'POST',
        path: '/appointments',
        body: { holdId, visitor, forCitizenId: forCitizen, savedVisitorId: savedVisitor, saveVisitor },
        key,
        response: vAppointment,
        echo: { holdId },
      }),
    ),
  cancel: async (city, id, key) =>
    branded<Appointment>(
      await client.request({
        city,
        method: 'POST',
        path: pathOf('appointments', id, 'cancellation'),
        key,
        response: vAppointment,
        echo: { id },
        cacheAs: one(city, id),
      }),
    ),
  swap: async (city, id, holdId, key) =>
    branded<Appointment>(
      await client.request({
        city,
        method: 'POST',
        path: pathOf('appointments', id, 'swap'),
        body: { holdId },
        key,
        response: vAppointment,
        echo: { id, holdId },
        cacheAs: one(city, id),
      }),
    ),
  rate: (city, id, rating) =>
    client.send({ city, method: 'PUT', path: pathOf('appointments', id, 'rating'), body: rating, response: null }),
})
