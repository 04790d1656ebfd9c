import type { Service } from '../city/service'
import type { SimulatedBillers } from './billers'
import type { SandboxClock } from './clock'
import type { Faults } from './faults'
import type { Shared } from './shared'
import type { Vendors } from './vendors'

/** The cities' service and the world around it, beside its HTTP server. */
export type World = Service & {
  clock: SandboxClock
  faults: Faults
  billers: SimulatedBillers
  shared: Shared
  vendors: Vendors
  /** Where it listens: `http://127.0.0.1:4180`. */
  address: string
}
