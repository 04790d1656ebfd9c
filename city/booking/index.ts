import type { Service } from '../service'
import { settleByClock } from './no-shows'
import { endOverdueHolds, offerFreePlaces, surroundingsOf } from './waitlist-offers'

export { grantBodies } from './grants'
export { bookingHandlers } from './handlers'
export { pauseBooking, resumeBooking } from './maintenance'
export { bookingCounters } from './no-shows'
export { changeVisitByHall, fillSlotByHall, walkInAtHall } from './staff'

/** Marks who did not come, ends overdue holds and offers what became free to those who wait, in every city. */
export async function sweepBooking(service: Pick<Service, 'database' | 'clock' | 'cities'>): Promise<void> {
  for (const city of service.cities) {
    if (!city.booking) continue
    const here = surroundingsOf(service, city)
    await settleByClock(here.db, city, null, here.now())
    if (city.mode === 'read-only') continue
    await endOverdueHolds(here)
    await offerFreePlaces(here)
  }
}
