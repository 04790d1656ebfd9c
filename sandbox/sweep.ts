import { doWhatIsDue } from '../city/due'
import { followOthers } from './maintenance'
import type { World } from './world'

/** What happens by itself, by the cities' clock: first in the world around them, then in the cities. */
export async function sweep(world: World): Promise<void> {
  await world.shared.refresh()
  followOthers(world)
  await world.vendors.sweep()
  await doWhatIsDue(world)
}
