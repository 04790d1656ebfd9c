import type { Clock } from './clock'
import type { Database } from './database'
import type { FaultName, Faults } from './faults'
import { problem } from './problem'
import type { City } from './seed/city'
import type { Vendors } from './vendors'

/** Everything one running sandbox consists of, beside its HTTP server. */
export type World = {
  database: Database
  clock: Clock
  faults: Faults
  vendors: Vendors
  cities: City[]
  /** Where it listens: `http://127.0.0.1:4180`. */
  address: string
  /** Whether a new citizen finds accounts and an appointment. */
  demo: boolean
}

export function cityOf(world: Pick<World, 'cities'>, cityId: string): City {
  const city = world.cities.find(({ id }) => id === cityId)
  if (city === undefined) throw problem('not-found')
  return city
}

export const isFaultOn = (world: World, name: FaultName, cityId: string): boolean => world.faults.isOn(name, { cityId })
