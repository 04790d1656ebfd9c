/** Why a city does not hold a place, confirm it or move an appointment to it. Each has its own title and text. */
export type BookingRefusal =
  /** Appointments ahead at the same time. */
  | 'active-limit'
  /** One appointment a person, item and day. */
  | 'item-day-limit'
  /** Appointments a person, item and month. */
  | 'item-month-limit'
  /** Items in one appointment. */
  | 'visit-items-limit'
  /** People in one appointment. */
  | 'visit-persons-limit'
  /** The same time held again and again without confirming it. */
  | 'unused-holds-limit'
  /** A limit that this version does not know; the city's own text explains it. */
  | 'other-limit'
  | 'waitlist-limit'
  /** Missed appointments; booking is closed until a day. */
  | 'blocked'
  /** The visitor has an appointment at that time. */
  | 'overlap'
  /** Who books is not verified as far as it needs. */
  | 'level'
  | 'slot-past'
  | 'not-movable'
  /** The hold was used for another appointment, or is for another one. */
  | 'hold-used'
  | 'maintenance'
  /** Anything else that the city refuses; its own text explains it. */
  | 'other'

const byLimit: Readonly<Record<string, BookingRefusal>> = {
  active: 'active-limit',
  'item-day': 'item-day-limit',
  'item-month': 'item-month-limit',
  'visit-items': 'visit-items-limit',
  'visit-persons': 'visit-persons-limit',
  'unused-holds': 'unused-holds-limit',
}

const byCode: Readonly<Record<string, BookingRefusal>> = {
  'booking-limit': 'other-limit',
  'booking-blocked': 'blocked',
  'waitlist-limit': 'waitlist-limit',
  'overlapping-visit': 'overlap',
  'level-needed': 'level',
  'slot-past': 'slot-past',
  'appointment-not-open': 'not-movable',
  'hold-used': 'hold-used',
  'city-read-only': 'maintenance',
}

/** Reads the city's code, and of a limit which one. A limit never gets the title of another one. */
export const bookingRefusal = ({
  code,
  limit,
}: {
  code?: string | undefined
  limit?: string | undefined
}): BookingRefusal => {
  if (code === 'booking-limit' && limit !== undefined && Object.keys(byLimit).indexOf(limit) >= 0)
    return byLimit[limit] ?? 'other-limit'
  return code !== undefined && Object.keys(byCode).indexOf(code) >= 0 ? (byCode[code] ?? 'other') : 'other'
}

/** Whether the same request may be sent again: the city refused nothing, is open, and did not forbid it. */
export const canRetry = ({ kind, code, retry }: { kind: string; code?: string | undefined; retry: string }): boolean =>
  kind !== 'refused' && code !== 'city-read-only' && retry !== 'never'
