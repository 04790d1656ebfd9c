import { seed } from './seed'
import type { World } from './world'

/** As after a start: no faults, this machine's clock, fresh tables. Citizens sign in anew. */
export async function reset(world: World): Promise<void> {
  world.faults.clear()
  world.clock.reset()
  await world.database.recreate()
  await world.database.transaction((trx) => seed(trx, world.clock.now()))
}
