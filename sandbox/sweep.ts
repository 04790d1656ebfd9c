import { cityDue, type DueKind, doWhatIsDue } from '../city/due'
import type { World } from './world'

/** What happens by itself, by the cities' clock: first in the world around them, then in the cities. */
export const sandboxDue = (world: World): DueKind[] => [{ name: 'world', run: () => sweepWorld(world) }, ...cityDue]

async function sweepWorld(world: World): Promise<void> {
  await world.shared.refresh()
  await world.catalogue.refresh(1000)
  await world.vendors.sweep()
}

export const sweep = (world: World): Promise<void> => doWhatIsDue(world, sandboxDue(world))
