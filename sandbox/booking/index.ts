import type { World } from '../world'
import { settleByClock } from './no-shows'
import { endOverdueHolds, offerFreePlaces } from './waitlist-offers'

export { changeVisitByHall, fillSlotByHall, walkInAtHall } from './control'
export { seedBookingDemo } from './demo-visit'
export { grantBodies } from './grants'
export { bookingHandlers } from './handlers'
export { bookingCounters } from './no-shows'
export { seedBooking } from './seed'

/** Marks who did not come, ends overdue holds and offers what became free to those who wait, in every city. */
export async function sweepBooking(world: Pick<World, 'database' | 'clock' | 'cities'>): Promise<void> {
  const { database, clock, cities } = world
  for (const city of cities) {
    if (!city.booking || city.mode === 'read-only') continue
    const here = { database, db: database.db, city, cityId: city.id, language: 'zh-CN', now: clock.now } as const
    await settleByClock(here.db, city.id, null, clock.now())
    await endOverdueHolds(here)
    await offerFreePlaces(here)
  }
}
