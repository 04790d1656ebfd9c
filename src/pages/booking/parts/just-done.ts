import type { AppointmentId } from '@/domain/ids'

/** What the citizen did a moment ago. */
export type JustDone = 'booked' | 'moved'

let last: { readonly appointment: AppointmentId; readonly done: JustDone } | null = null

/** The city has just booked or moved an appointment; its page shows that once. Not in the link: a shared one would repeat it. */
export function noteDone(appointment: AppointmentId, done: JustDone): void {
  last = { appointment, done }
}

/** What was just done to this appointment; read once. */
export function takeDone(appointment: AppointmentId): JustDone | null {
  const done = last?.appointment === appointment ? last.done : null
  last = null
  return done
}
