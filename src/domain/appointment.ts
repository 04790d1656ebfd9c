import type { Counters } from './citizen'
import type { HallPlace, Material } from './hall'
import type { AppointmentId, CityId, HallId, HoldId, ItemId, WaitlistId } from './ids'
import type { BookingRules } from './manifest'
import { isFresh, type PartOfDay, type Slot } from './slot'
import { type Day, type Instant, isPast, msOf } from './time'
import type { Unlisted } from './unlisted'

/** A place kept for one citizen for a short time (占号); it ends at the server's deadline whatever the phone does. */
export type Hold = {
  id: HoldId
  cityId: CityId
  state: 'held' | 'confirmed' | 'released' | 'expired' | Unlisted
  slot: Slot
  hallName: string
  itemId: ItemId
  /** Of all items of the visit. */
  itemName: string
  moreItemIds?: readonly ItemId[] | undefined
  /** When a visit of several slots ends; the end of `slot` without it. */
  endsAt?: Instant | undefined
  /** Once confirmed, the appointment; for a swap, the one to move. */
  appointmentId?: AppointmentId | undefined
  /** The server's deadline; count down to it with the server's clock. */
  expiresAt: Instant
}

/** The visit at whose time the same person cannot have another one. */
export type OverlappingVisit = {
  appointmentId: AppointmentId
  hallId: HallId
  hallName: string
  itemId: ItemId
  /** Of all items of the visit. */
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
 * The six ways it can end, each with its own text: somebody told "cancelled" for a no-show went to court elsewhere. Write
 * texts as `Record<AppointmentOutcome, …>`, so that none can be forgotten.
 */
export type AppointmentOutcome = Exclude<AppointmentState, 'confirmed' | 'checked-in' | Unlisted>

/** 取号码: signed by the city, readable offline. `code` is what a person reads out. */
export type CheckInCode = { code: string; qrText: string; validFrom: Instant; validUntil: Instant }

/** Where one stands after checking in; `number` is called out, `counter` is there once called. */
export type QueuePlace = { number: string; ahead: number; counter?: string | undefined; countedAt: Instant }

/** A booked visit (预约). */
export type Appointment = {
  id: AppointmentId
  cityId: CityId
  state: AppointmentState
  /** Goes up with every change on the server, never down. */
  version: number
  hall: HallPlace
  itemId: ItemId
  /** Of all items of the visit. */
  itemName: string
  moreItemIds?: readonly ItemId[] | undefined
  slot: Slot
  /** When a visit of several slots ends; the end of `slot` without it. */
  endsAt?: Instant | undefined
  queue?: QueuePlace | undefined
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

/** Waiting for a place on some day (候补). With `offered`, a hold was made for the citizen. */
export type WaitlistEntry = {
  id: WaitlistId
  hallId: HallId
  itemId: ItemId
  day: Day
  part: PartOfDay | 'any' | Unlisted
  state: 'waiting' | 'offered' | 'taken' | 'passed' | 'left' | Unlisted
  holdId?: HoldId | undefined
  /** With `offered`, until when the place is held. */
  offerUntil?: Instant | undefined
  hallName?: string | undefined
  itemName?: string | undefined
  noticesSent: number
  createdAt: Instant
}

export type AppointmentAction =
  | 'show-code'
  | 'checklist'
  | 'directions'
  | 'calendar'
  | 'reschedule'
  | 'cancel'
  | 'see-queue'
  | 'rate'
  | 'complain'
  | 'book-again'

export type AppointmentTone = 'neutral' | 'active' | 'success' | 'problem'

export type AppointmentRule = {
  /** What may be offered at most, main action first; `appointmentActions` takes away what the hour forbids. */
  actions: readonly AppointmentAction[]
  final: boolean
  /** Counts as a missed visit (爽约) or late cancellation in the citizen's counter. */
  mayCount: boolean
  tone: AppointmentTone
}

/** What each state allows. Links, reloads and second devices are answered by it, as payments are by theirs. */
export const appointmentRule: Readonly<Record<AppointmentState, AppointmentRule>> = {
  confirmed: {
    actions: ['show-code', 'checklist', 'directions', 'calendar', 'reschedule', 'cancel'],
    final: false,
    mayCount: false,
    tone: 'active',
  },
  'checked-in': { actions: ['see-queue', 'show-code', 'complain'], final: false, mayCount: false, tone: 'active' },
  served: { actions: ['rate', 'complain'], final: true, mayCount: false, tone: 'success' },
  expired: { actions: ['book-again', 'complain'], final: true, mayCount: false, tone: 'neutral' },
  'cancelled-by-citizen': { actions: ['book-again'], final: true, mayCount: true, tone: 'neutral' },
  'cancelled-by-hall': { actions: ['book-again', 'complain'], final: true, mayCount: false, tone: 'problem' },
  'no-show': { actions: ['book-again', 'complain'], final: true, mayCount: true, tone: 'problem' },
  excused: { actions: ['book-again'], final: true, mayCount: false, tone: 'neutral' },
  // Neither ended nor usable: the code and the way stay, nothing is changed from here.
  unlisted: {
    actions: ['show-code', 'checklist', 'directions', 'complain'],
    final: false,
    mayCount: false,
    tone: 'neutral',
  },
}

/** True for the six ends, and tells the compiler so. */
export const isOutcome = (state: AppointmentState): state is AppointmentOutcome => appointmentRule[state].final

/** Each state's direct successors on the server. The hall may correct a no-show to excused or served, nothing else. */
export const appointmentSteps: Readonly<Record<AppointmentState, readonly AppointmentState[]>> = {
  confirmed: ['checked-in', 'cancelled-by-citizen', 'cancelled-by-hall', 'no-show', 'excused', 'expired'],
  'checked-in': ['served', 'cancelled-by-hall', 'no-show', 'excused', 'expired'],
  'no-show': ['excused', 'served'],
  served: [],
  expired: [],
  'cancelled-by-citizen': [],
  'cancelled-by-hall': [],
  excused: [],
  unlisted: [],
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
 * What to offer now. Once the visit has begun it can be neither moved, cancelled nor put in a calendar; in maintenance
 * (`isPaused`) nothing is offered that the city would refuse.
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
  /** It has begun or ended: there is nothing to cancel. */
  | { kind: 'too-late' }

/** What cancelling now would cost, to be said before the button. `rules` is null where the manifest has none. */
export const cancelConsequence = (
  appointment: Appointment,
  counters: Pick<Counters, 'noShowsThisMonth'>,
  rules: Pick<BookingRules, 'noShowLimit'> | null,
  serverNowMs: number,
): CancelConsequence => {
  if (!appointmentActions(appointment, serverNowMs).includes('cancel')) return { kind: 'too-late' }
  if (rules === null) return { kind: 'free', until: null }
  if (!isPast(appointment.cancelUntil, serverNowMs)) return { kind: 'free', until: appointment.cancelUntil }
  const after = counters.noShowsThisMonth + 1
  return { kind: 'counts', after, limit: rules.noShowLimit, blocks: after >= rules.noShowLimit }
}

export type BookingBar = { kind: 'blocked'; until: Instant } | { kind: 'too-many'; active: number; limit: number }

/** Why this citizen cannot book now, to be said before a place is chosen; null when nothing stands in the way. */
export const bookingBar = (counters: Counters, rules: BookingRules, serverNowMs: number): BookingBar | null => {
  const { blockedUntil, activeAppointments } = counters
  if (blockedUntil !== undefined && !isPast(blockedUntil, serverNowMs)) return { kind: 'blocked', until: blockedUntil }
  if (activeAppointments < rules.activeLimit) return null
  return { kind: 'too-many', active: activeAppointments, limit: rules.activeLimit }
}

/** Older than this, a queue figure tells nothing about now. */
const queueFreshMs = 3 * 60_000

/** The one statement about the turn of whoever has checked in: calling and waiting never stand beside each other. */
export type Turn =
  | { kind: 'called'; counter: string }
  /** Called some time ago, as far as is known. */
  | { kind: 'called-before'; counter: string }
  | { kind: 'waiting'; ahead: number }
  /** Waiting; how many are before is not known now. */
  | { kind: 'waiting-unknown' }

/** Read from the last figure of the queue, which counts only while it is fresh. */
export const turnOf = (queue: QueuePlace | undefined, serverNowMs: number): Turn => {
  if (queue === undefined) return { kind: 'waiting-unknown' }
  const { counter, ahead } = queue
  const fresh = isFresh(queue.countedAt, serverNowMs, queueFreshMs)
  if (counter !== undefined) return { kind: fresh ? 'called' : 'called-before', counter }
  return fresh ? { kind: 'waiting', ahead } : { kind: 'waiting-unknown' }
}

/** An offer of a place to who waits that can still be taken. In maintenance it does not run out. */
export type OpenOffer = WaitlistEntry & { holdId: HoldId }

/** Offers that can still be taken, the one that ends first before the others. */
export const openOffers = (entries: readonly WaitlistEntry[], serverNowMs: number, isPaused = false): OpenOffer[] => {
  const endOf = ({ offerUntil }: WaitlistEntry): number =>
    offerUntil === undefined ? Number.POSITIVE_INFINITY : msOf(offerUntil)
  return entries
    .filter((entry): entry is OpenOffer => entry.state === 'offered' && entry.holdId !== undefined)
    .filter(({ offerUntil }) => isPaused || offerUntil === undefined || !isPast(offerUntil, serverNowMs))
    .sort((a, b) => endOf(a) - endOf(b) || (a.id < b.id ? -1 : 1))
}

/** When a visit ends: several items may take several slots. */
export const visitEnd = (visit: Pick<Hold, 'slot' | 'endsAt'>): Instant => visit.endsAt ?? visit.slot.endsAt

/** Whether a hold still keeps its place at the server's now; in maintenance (`isPaused`) its time stands still. */
export const isHeld = (hold: Hold, serverNowMs: number, isPaused = false): boolean =>
  hold.state === 'held' && (isPaused || !isPast(hold.expiresAt, serverNowMs))

/** Whether the code may be shown as valid now; outside its time it is shown with its hours. */
export const isCodeValid = (checkIn: CheckInCode, serverNowMs: number): boolean =>
  isPast(checkIn.validFrom, serverNowMs) && !isPast(checkIn.validUntil, serverNowMs)
