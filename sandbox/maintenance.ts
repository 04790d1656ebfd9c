import { pauseBooking, resumeBooking } from '../city/booking'
import { cities } from './seed/cities'
import type { World } from './world'

/** Cities go into maintenance and come out of it as the fault `maintenance` says; one that is seeded so stays in it. */
export async function followMaintenance(world: World): Promise<void> {
  for (const city of world.cities) {
    const isSeeded = cities.some(({ id, mode }) => id === city.id && mode === 'read-only')
    const isPaused = isSeeded || world.faults.isOn('maintenance', { cityId: city.id })
    if (isPaused === (city.mode === 'read-only')) continue
    await (isPaused ? pauseBooking(world, city) : resumeBooking(world, city))
  }
}
