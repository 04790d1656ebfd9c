import type { Counters } from './citizen'
import type { HallLocation } from './hall'
import type { AppointmentId, CityId, HallId, ItemId } from './ids'
import type { Material } from './item'
import type { BookingRules } from './manifest'
import { isFresh, type Slot } from './slot'
import { type Instant, instantOf, isPast, msOf } from './time'
import type { Unlisted } from './unlisted'

/** The appointment at whose time the same person cannot have another one. */
export type OverlappingAppointment = {
  appointmentId: AppointmentId
  hallId: HallId
  hallName: string
  itemId: ItemId
  /** Of all items of the appointment. */
  itemName: string
  startsAt: Instant
  endsAt: Instant
}

export type AppointmentState =
  | 'confirmed'
  | 'checked-in'
  | 'served'
  | 'expired'
  | 'cancelled-by-citizen'
  | 'cancelled-by-hall'
  | 'no-show'
  | 'excused'
  | Unlisted

/**
 * The six ways it can end, each with its own text: a no-show shown as "cancelled" went to court elsewhere. Write texts as
 * `Record<AppointmentOutcome, …>`, so that none can be forgotten.
 */
export type AppointmentOutcome = Exclude<AppointmentState, 'confirmed' | 'checked-in' | Unlisted>

/** 取号凭码: signed by the city, readable offline. `code` is what a person reads out. */
export type CheckInCode = { code: string; qrText: string; validFrom: Instant; validUntil: Instant }

/** The place in the queue after checking in. `number` is called out; `counter` is there once it was. */
export type QueuePosition = { number: string; ahead: number; counter?: string | undefined; countedAt: Instant }

/** A booked appointment (预约). */
export type Appointment = {
  id: AppointmentId
  cityId: CityId
  state: AppointmentState
  /** Goes up with every change on the server, never down. */
  version: number
  hall: HallLocation
  itemId: ItemId
  /** Of all items of the appointment. */
  itemName: string
  moreItemIds?: readonly ItemId[] | undefined
  slot: Slot
  /** When an appointment of several slots ends; the end of `slot` without it. */
  endsAt?: Instant | undefined
  /** How many come together; 1 without it. */
  persons?: number | undefined
  queue?: QueuePosition | undefined
  rating?: { stars: number; text?: string | undefined } | undefined
  materials: readonly Material[]
  /** Masked. */
  visitorName: string
  checkIn?: CheckInCode | undefined
  /** Cancelling later than this counts as a no-show. */
  cancelUntil: Instant
  endedAt?: Instant | undefined
  createdAt: Instant
}

export type AppointmentAction =
  | 'show-code'
  | 'checklist'
  | 'calendar'
  | 'reschedule'
  | 'cancel'
  | 'see-queue'
  | 'rate'
  | 'report'
  | 'book-again'

export type AppointmentRule = {
  /** The most that may be offered, main action first; `appointmentActions` takes away what the hour forbids. */
  actions: readonly AppointmentAction[]
  final: boolean
  /** Whether this end counts as a missed visit (爽约) in the citizen's counter; see `isCounted`. */
  counts: 'never' | 'when-late' | 'always'
}

/** What each state allows. Links, reloads and second devices are answered by it, as payments are by theirs. */
export const appointmentRule: Readonly<Record<AppointmentState, AppointmentRule>> = {
  confirmed: {
    actions: ['show-code', 'checklist', 'calendar', 'reschedule', 'cancel'],
    final: false,
    counts: 'never',
  },
  'checked-in': { actions: ['see-queue', 'show-code', 'report'], final: false, counts: 'never' },
  served: { actions: ['rate', 'report'], final: true, counts: 'never' },
  expired: { actions: ['book-again', 'report'], final: true, counts: 'never' },
  'cancelled-by-citizen': { actions: ['book-again'], final: true, counts: 'when-late' },
  'cancelled-by-hall': { actions: ['book-again', 'report'], final: true, counts: 'never' },
  'no-show': { actions: ['book-again', 'report'], final: true, counts: 'always' },
  excused: { actions: ['book-again'], final: true, counts: 'never' },
  // Neither ended nor usable: the code and the checklist stay, nothing is changed from here.
  unlisted: { actions: ['show-code', 'checklist', 'report'], final: false, counts: 'never' },
}

/** True for the six ends; narrows the type. */
export const isOutcome = (state: AppointmentState): state is AppointmentOutcome => appointmentRule[state].final

/** Whether the way it ended counts as a missed visit: a cancellation does only after `cancelUntil`. */
export const isCounted = ({ state, cancelUntil, endedAt }: Appointment): boolean => {
  const { counts } = appointmentRule[state]
  return counts === 'always' || (counts === 'when-late' && endedAt !== undefined && isPast(cancelUntil, msOf(endedAt)))
}

/** Keeps the newer of two reads of one appointment; versions decide, not the order of arrival. */
export const newerOf = (current: Appointment | null, incoming: Appointment): Appointment => {
  if (current === null) return incoming
  const same = current.id === incoming.id && current.cityId === incoming.cityId
  return same && incoming.version > current.version ? incoming : current
}

/** What a city in maintenance refuses. */
const needsOpenCity: readonly AppointmentAction[] = ['reschedule', 'cancel', 'rate', 'book-again']

/**
 * What to offer now. Once it has begun it can be neither moved, cancelled nor put in a calendar; in maintenance (`isPaused`)
 * nothing is offered that the city would refuse.
 */
export const appointmentActions = (
  appointment: Appointment,
  serverNowMs: number,
  isPaused = false,
): AppointmentAction[] => {
  const begun = isPast(appointment.slot.startsAt, serverNowMs)
  return appointmentRule[appointment.state].actions.filter((action) => {
    if (isPaused && needsOpenCity.includes(action)) return false
    if (action === 'reschedule' || action === 'cancel' || action === 'calendar') return !begun
    if (action === 'show-code') return appointment.checkIn !== undefined
    return true
  })
}

export type CancelConsequence =
  /** Nothing counts. `until`: from then on it would; null where the city never counts. */
  | { kind: 'free'; until: Instant | null }
  /** It counts as no-show number `after` of `limit` this month; with `blocks`, booking closes to the citizen. */
  | { kind: 'counts'; after: number; limit: number; blocks: boolean }
  /** It counts; the citizen's counter is not known. */
  | { kind: 'unknown-count'; limit: number }
  /** It has begun or ended: there is nothing to cancel. */
  | { kind: 'too-late' }

/**
 * What cancelling now would cost, to be shown before the button. `rules` is null where the manifest has none, `counters` where
 * they were not read: they decide nothing before `cancelUntil`.
 */
export const cancelConsequence = (
  appointment: Appointment,
  counters: Pick<Counters, 'noShowsThisMonth'> | null,
  rules: Pick<BookingRules, 'noShowLimit'> | null,
  serverNowMs: number,
): CancelConsequence => {
  if (!appointmentActions(appointment, serverNowMs).includes('cancel')) return { kind: 'too-late' }
  if (rules === null) return { kind: 'free', until: null }
  if (!isPast(appointment.cancelUntil, serverNowMs)) return { kind: 'free', until: appointment.cancelUntil }
  if (counters === null) return { kind: 'unknown-count', limit: rules.noShowLimit }
  const after = counters.noShowsThisMonth + 1
  return { kind: 'counts', after, limit: rules.noShowLimit, blocks: after >= rules.noShowLimit }
}

export type MoveCost = Extract<CancelConsequence, { kind: 'counts' | 'unknown-count' }>

/** What moving now would cost, to be shown before the button; null where it costs nothing. */
export const moveCost = (
  appointment: Appointment,
  counters: Pick<Counters, 'noShowsThisMonth'> | null,
  rules: Pick<BookingRules, 'noShowLimit' | 'lateMovesCount'> | null,
  serverNowMs: number,
): MoveCost | null => {
  if (!rules?.lateMovesCount) return null
  const consequence = cancelConsequence(appointment, counters, rules, serverNowMs)
  return consequence.kind === 'counts' || consequence.kind === 'unknown-count' ? consequence : null
}

export type BookingBar = { kind: 'blocked'; until: Instant } | { kind: 'too-many'; active: number; limit: number }

/** Why this citizen cannot book now, to be shown before a time is chosen; null when nothing stands in the way. */
export const bookingBar = (counters: Counters, rules: BookingRules, serverNowMs: number): BookingBar | null => {
  const { blockedUntil, activeAppointments } = counters
  if (blockedUntil !== undefined && !isPast(blockedUntil, serverNowMs)) return { kind: 'blocked', until: blockedUntil }
  if (activeAppointments < rules.activeLimit) return null
  return { kind: 'too-many', active: activeAppointments, limit: rules.activeLimit }
}

/** Older than this, the count of a queue says nothing about now. */
const queueFreshMs = 3 * 60_000

/** Where a citizen who has checked in stands: called or waiting, never both. */
export type QueueStatus =
  | { kind: 'called'; counter: string }
  /** Called, by a count that is old. */
  | { kind: 'called-before'; counter: string }
  | { kind: 'waiting'; ahead: number }
  /** Waiting; how many are ahead is not known now. */
  | { kind: 'waiting-unknown' }

/** From the last count of the queue, which holds while it is fresh. */
export const queueStatusOf = (queue: QueuePosition | undefined, serverNowMs: number): QueueStatus => {
  if (queue === undefined) return { kind: 'waiting-unknown' }
  const { counter, ahead } = queue
  const fresh = isFresh(queue.countedAt, serverNowMs, queueFreshMs)
  if (counter !== undefined) return { kind: fresh ? 'called' : 'called-before', counter }
  return fresh ? { kind: 'waiting', ahead } : { kind: 'waiting-unknown' }
}

/** Until when an appointment for this slot can be cancelled without counting. */
export const freeUntil = ({ startsAt }: Slot, { cancelUntilMinutes }: BookingRules): Instant =>
  instantOf(msOf(startsAt) - cancelUntilMinutes * 60_000)

/** Whether the code may be shown as valid now; outside its time it is shown with its hours. */
export const isCodeValid = (checkIn: CheckInCode, serverNowMs: number): boolean =>
  isPast(checkIn.validFrom, serverNowMs) && !isPast(checkIn.validUntil, serverNowMs)
