import { followMaintenance } from './maintenance'
import { seedUnlessDone } from './state'
import { withNothingUnderWay } from './sweep'
import { runTicketHalls } from './ticket-halls'
import type { World } from './world'

/** As after a start, with this machine's clock or another: no faults, fresh tables. Citizens sign in anew. */
export async function reset(world: World, startAt?: Date): Promise<void> {
  const { shared } = world
  world.faults.clear()
  await followMaintenance(world)
  await withNothingUnderWay(world, async () => {
    if (startAt) world.clock.set(startAt)
    else world.clock.reset()
    await shared.flush()
    await world.database.refill(async (trx) => {
      await seedUnlessDone(trx, world.clock.now())
      await shared.keep(trx)
    })
  })
  await shared.refresh(0)
  await world.catalogue.refresh()
  // Who waits at a hall does so from the first moment on.
  await runTicketHalls(world)
}
