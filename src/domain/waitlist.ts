import type { HallId, HoldId, ItemId, WaitlistId } from './ids'
import type { DayExplanation, PartOfDay } from './slot'
import { addDays, type Day, type Instant, isPast, msOf } from './time'
import type { Unlisted } from './unlisted'

/** Waiting for a place on a day (候补). With `offered`, a place is held for the citizen. */
export type WaitlistEntry = {
  id: WaitlistId
  hallId: HallId
  itemId: ItemId
  day: Day
  part: PartOfDay | 'any' | Unlisted
  /** How many want to come together; 1 without it. */
  persons?: number | undefined
  state: 'waiting' | 'offered' | 'taken' | 'passed' | 'left' | Unlisted
  holdId?: HoldId | undefined
  /** With `offered`, until when the place is held. */
  offerUntil?: Instant | undefined
  /** The last place found that was not taken. */
  lastOffer?: LastOffer | undefined
  hallName?: string | undefined
  itemName?: string | undefined
  noticesSent: number
  createdAt: Instant
}

/** `startsAt`: the time that was offered. `end`: nobody confirmed it in time, or the citizen gave it back. */
export type LastOffer = { startsAt: Instant; heldUntil: Instant; end: 'unanswered' | 'given-up' | Unlisted }

/** An offered place that can still be taken. In maintenance it does not run out. */
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

/** Whether the citizen waits with this entry, or was offered a place. */
export const isWaiting = ({ state }: WaitlistEntry): boolean => state === 'waiting' || state === 'offered'

/** How long an entry that has passed is shown after its day, unless it is taken off the list. */
const daysShown = 7

/**
 * What is still to be shown of a waitlist: places found first, then what one waits for, then what has passed of late; an entry whose state
 * this version does not know last.
 */
export const entriesToShow = (entries: readonly WaitlistEntry[], today: Day): WaitlistEntry[] =>
  (['offered', 'waiting', 'passed', 'unlisted'] as const).flatMap((state) =>
    entries.filter((entry) => entry.state === state && (state !== 'passed' || entry.day >= addDays(today, -daysShown))),
  )

/** As many places are offered for one entry, in all. */
const mostNotices = 3

/** What became of the last place that was offered, and what follows. */
export type OfferOutcome =
  /** Its time is over; what follows is for the city to say. */
  | { kind: 'over'; heldUntil: Instant }
  /** It went to others; as many notices may follow, on other days. */
  | { kind: 'waits-on'; offer: LastOffer; noticesLeft: number }
  /** Nothing more is offered. `offer` is null where none was let go. */
  | { kind: 'ended'; because: 'notices' | 'day'; offer: LastOffer | null }

/** Null while a place is held, and while none has been offered. In maintenance none runs out. */
export const offerOutcome = (entry: WaitlistEntry, serverNowMs: number, isPaused = false): OfferOutcome | null => {
  const { state, lastOffer, offerUntil, noticesSent } = entry
  if (state === 'offered')
    return !isPaused && offerUntil !== undefined && isPast(offerUntil, serverNowMs)
      ? { kind: 'over', heldUntil: offerUntil }
      : null
  if (state === 'passed')
    return { kind: 'ended', because: noticesSent >= mostNotices ? 'notices' : 'day', offer: lastOffer ?? null }
  if (state !== 'waiting' || lastOffer === undefined) return null
  return { kind: 'waits-on', offer: lastOffer, noticesLeft: Math.max(0, mostNotices - noticesSent) }
}

/** Whether one can wait for this day: it is full, and the appointment is a new one for one item. */
export const canWaitFor = (
  day: DayExplanation | null,
  { items, isMove }: { items: readonly ItemId[]; isMove: boolean },
): boolean => day?.kind === 'full' && items.length === 1 && !isMove

/** How leaving the waitlist ended where no answer came; `entries` as read afterwards, null when that failed too. */
export const leaveResult = (entries: readonly WaitlistEntry[] | null, entry: WaitlistId): LeaveResult => {
  if (entries === null) return 'unsure'
  return entries.some(({ id, state }) => id === entry && state !== 'left') ? 'waiting' : 'left'
}

export type LeaveResult = 'left' | 'waiting' | 'unsure'
