import type { World } from '../world'
import { settleByClock } from './no-shows'
import { endOverdueHolds, offerFreePlaces, surroundingsOf } from './waitlist-offers'

export { changeVisitByHall, fillSlotByHall, walkInAtHall } from './control'
export { seedBookingDemo } from './demo-visit'
export { grantBodies } from './grants'
export { bookingHandlers } from './handlers'
export { pauseBooking, resumeBooking } from './maintenance'
export { bookingCounters } from './no-shows'
export { seedBooking } from './seed'

/** Marks who did not come, ends overdue holds and offers what became free to those who wait, in every city. */
export async function sweepBooking(world: Pick<World, 'database' | 'clock' | 'cities'>): Promise<void> {
  for (const city of world.cities) {
    if (!city.booking) continue
    const here = surroundingsOf(world, city)
    await settleByClock(here.db, city, null, here.now())
    if (city.mode === 'read-only') continue
    await endOverdueHolds(here)
    await offerFreePlaces(here)
  }
}
