/** Why a city does not hold a place, confirm it or move a visit to it. Each has a title and a text of its own. */
export type BookingRefusal =
  /** Visits ahead at the same time. */
  | 'active-limit'
  /** One visit a person, item and day. */
  | 'item-day-limit'
  /** Visits a person, item and month. */
  | 'item-month-limit'
  /** Items in one visit. */
  | 'visit-items-limit'
  /** A limit that this version does not know; the city says it in its own words. */
  | 'other-limit'
  | 'waitlist-limit'
  /** Missed visits; booking is paused until a day. */
  | 'blocked'
  /** Who comes has a visit at that time. */
  | 'overlap'
  | 'slot-past'
  | 'not-movable'
  /** The hold was used for another visit, or is for another one. */
  | 'hold-used'
  | 'maintenance'
  /** Anything else that the city refuses, in its own words. */
  | 'other'

const byLimit: Readonly<Record<string, BookingRefusal>> = {
  active: 'active-limit',
  'item-day': 'item-day-limit',
  'item-month': 'item-month-limit',
  'visit-items': 'visit-items-limit',
}

const byCode: Readonly<Record<string, BookingRefusal>> = {
  'booking-limit': 'other-limit',
  'booking-blocked': 'blocked',
  'waitlist-limit': 'waitlist-limit',
  'overlapping-visit': 'overlap',
  'slot-past': 'slot-past',
  'appointment-not-open': 'not-movable',
  'hold-used': 'hold-used',
  'city-read-only': 'maintenance',
}

/** Reads the city's code, and with a limit which one. No limit gets the title of another one. */
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
