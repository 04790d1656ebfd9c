import type { HallId, HoldId, ItemId, WaitlistId } from './ids'
import type { PartOfDay } from './slot'
import { type Day, type Instant, isPast, msOf } from './time'
import type { Unlisted } from './unlisted'

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
