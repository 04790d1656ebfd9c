import type { AppointmentId, CityId, HoldId, ItemId } from './ids'
import type { Slot } from './slot'
import { type Instant, isPast } from './time'
import type { Unlisted } from './unlisted'

/** A place held for one citizen for minutes (占号); it ends at the server's deadline whatever the phone does. */
export type Hold = {
  id: HoldId
  cityId: CityId
  state: 'held' | 'confirmed' | 'released' | 'expired' | Unlisted
  slot: Slot
  hallName: string
  itemId: ItemId
  /** Of all items of the appointment. */
  itemName: string
  moreItemIds?: readonly ItemId[] | undefined
  /** When an appointment of several slots ends; the end of `slot` without it. */
  endsAt?: Instant | undefined
  /** How many come together; 1 without it. */
  persons?: number | undefined
  /** Once confirmed, the appointment; for a swap, the one to move. */
  appointmentId?: AppointmentId | undefined
  /** The server's deadline; count down to it with the server's clock. */
  expiresAt: Instant
}

/** Whether it still keeps its place at the server's now; in maintenance (`isPaused`) its time stands still. */
export const isHeld = (hold: Hold, serverNowMs: number, isPaused = false): boolean =>
  hold.state === 'held' && (isPaused || !isPast(hold.expiresAt, serverNowMs))

/** What is shown of a hold: it counts down, stands still in maintenance, or is over. */
export type HoldStatus = 'counting' | 'paused' | 'expired' | 'released' | Unlisted

/** `isPaused`: the city is in maintenance. A hold that was released is shown apart from one that ran out. */
export const holdStatus = (hold: Hold, serverNowMs: number, isPaused: boolean): HoldStatus => {
  if (hold.state === 'unlisted' || hold.state === 'released') return hold.state
  if (!isHeld(hold, serverNowMs, isPaused)) return 'expired'
  return isPaused ? 'paused' : 'counting'
}
