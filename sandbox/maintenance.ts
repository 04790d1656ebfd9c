import { pauseBooking, resumeBooking } from '../city/booking'
import type { City } from '../city/catalogue'
import { cities } from './seed/cities'
import type { World } from './world'

const isSeededSo = ({ id }: City) => cities.some((city) => city.id === id && city.mode === 'read-only')

/** Cities go into maintenance and come out of it as the fault `maintenance` says; one that is seeded so stays in it. */
export async function followMaintenance(world: World): Promise<void> {
  for (const city of world.cities) {
    const isPaused = isSeededSo(city) || world.faults.isOn('maintenance', { cityId: city.id })
    if (isPaused === (city.mode === 'read-only')) continue
    await (isPaused ? pauseBooking(world, city) : resumeBooking(world, city))
  }
}
