import type { AppointmentId } from '@/domain/ids'

export type Arrival = 'booked' | 'moved'

let last: { readonly appointment: AppointmentId; readonly how: Arrival } | null = null

/** The city has just booked or moved a visit; its page says so once. Not in the link: a shared one would say it again. */
export function announceArrival(appointment: AppointmentId, how: Arrival): void {
  last = { appointment, how }
}

/** What was just done to this visit, told once. */
export function takeArrival(appointment: AppointmentId): Arrival | null {
  const how = last?.appointment === appointment ? last.how : null
  last = null
  return how
}
