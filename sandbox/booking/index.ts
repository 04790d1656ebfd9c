import type { Context, Db, Handlers } from '../core'
import type { City } from '../seed/city'

/** Handlers by operationId: halls, items, slots, holds, appointments, waitlist. */
export const bookingHandlers: Handlers = {}

/** Fills one city's halls, items and slots. Called once, in a transaction, when the sandbox starts. */
export async function seedBooking(_db: Db, _city: City, _now: Date): Promise<void> {}

/** Gives a citizen one upcoming appointment, for the first look in the preview. */
export async function seedBookingDemo(_db: Db, _city: City, _citizenId: string, _now: Date): Promise<void> {}

/** What the citizen operation shows of somebody's visits. */
export async function bookingCounters(
  _context: Context,
): Promise<{ noShowsThisMonth: number; activeAppointments: number; blockedUntil?: string }> {
  return { noShowsThisMonth: 0, activeAppointments: 0 }
}

/** Called about once a second of real time: ends what is over by the city's clock. */
export async function sweepBooking(_db: Db, _now: Date): Promise<void> {}

/** POST /control/<name> with a JSON body; the answer goes back as JSON. */
export const bookingControls: Record<string, (body: unknown, db: Db, now: Date) => Promise<unknown>> = {}
