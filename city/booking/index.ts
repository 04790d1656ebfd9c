import { noteFailure, type Service } from '../service'
import { settleByClock } from './no-shows'
import { beat } from './outages'
import { endOverdueHolds, offerFreePlaces, type Surroundings, surroundingsOf } from './waitlist-offers'

export { changeCapacity } from './capacity'
export { eraseVisits } from './erasure'
export { grantBodies } from './grants'
export { bookingHandlers } from './handlers'
export { lockCitizen } from './locks'
export { pauseBooking, resumeBooking } from './maintenance'
export { countVisits } from './most-used'
export { bookingCounters } from './no-shows'
export { forgiveFailures } from './outages'
export { changeVisitByHall, fillSlotByHall, walkInAtHall } from './staff'

/** Marks who did not come, ends overdue holds and offers what became free to those who wait, in every city, each on its own. */
export async function sweepBooking(service: Service, signal?: AbortSignal): Promise<void> {
  for (const city of service.cities) {
    if (!city.booking || signal?.aborted) continue
    await sweepCity(surroundingsOf(service, city)).catch((error: unknown) =>
      noteFailure(service, 'booking', error, { city: city.id }),
    )
  }
}

async function sweepCity(here: Surroundings): Promise<void> {
  await beat(here.db, here.cityId, here.now())
  await settleByClock(here.db, here.city, null, here.now())
  if (here.city.mode === 'read-only') return
  await endOverdueHolds(here)
  await offerFreePlaces(here)
}
