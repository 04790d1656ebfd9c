import { followMaintenance } from './maintenance'
import { seed } from './seed'
import { keepClock } from './state'
import type { World } from './world'

/** As after a start, with this machine's clock or another: no faults, fresh tables. Citizens sign in anew. */
export async function reset(world: World, startAt?: Date): Promise<void> {
  world.faults.clear()
  await followMaintenance(world)
  if (startAt) world.clock.set(startAt)
  else world.clock.reset()
  await world.database.refill((trx) => seed(trx, world.clock.now()))
  await keepClock(world.database.db, world.clock)
}
