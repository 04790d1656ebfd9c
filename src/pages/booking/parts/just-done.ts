import type { AppointmentId } from '@/domain/ids'

/** What a citizen did a moment ago. */
export type JustDone = 'booked' | 'moved'

let last: { readonly appointment: AppointmentId; readonly done: JustDone } | null = null

/** The city has just booked or moved a visit; its page says so once. Not in the link: a shared one would say it again. */
export function noteDone(appointment: AppointmentId, done: JustDone): void {
  last = { appointment, done }
}

/** What was just done to this visit; gone once it is read. */
export function takeDone(appointment: AppointmentId): JustDone | null {
  const done = last?.appointment === appointment ? last.done : null
  last = null
  return done
}
