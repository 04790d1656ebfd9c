import { pauseBooking, resumeBooking } from '../city/booking'
import type { City } from '../city/catalogue'
import { instant } from '../city/words'
import { cities } from './seed/cities'
import type { World } from './world'

/** Cities that this instance takes into maintenance or out of it at the moment. */
const changing = new WeakSet<City>()

const isSeededSo = ({ id }: City) => cities.some((city) => city.id === id && city.mode === 'read-only')

/** Cities go into maintenance and come out of it as the fault `maintenance` says; one that is seeded so stays in it. */
export async function followMaintenance(world: World): Promise<void> {
  for (const city of world.cities) {
    const isPaused = isSeededSo(city) || world.faults.isOn('maintenance', { cityId: city.id })
    if (isPaused === (city.mode === 'read-only')) continue
    changing.add(city)
    await (isPaused ? pauseBooking(world, city) : resumeBooking(world, city))
    world.shared.set(`paused-at/${city.id}`, city.pausedAt && instant(city.pausedAt))
    changing.delete(city)
  }
}

/** What another instance did with a city's maintenance is so here too. */
export function followOthers({ cities, shared }: Pick<World, 'cities' | 'shared'>): void {
  for (const city of cities) {
    if (changing.has(city) || isSeededSo(city)) continue
    const pausedAt = shared.get(`paused-at/${city.id}`)
    city.mode = pausedAt === undefined ? 'open' : 'read-only'
    if (pausedAt === undefined) delete city.pausedAt
    else city.pausedAt = new Date(pausedAt)
  }
}
