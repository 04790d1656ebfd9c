import { sweepBooking } from './booking'
import { sweepPayments } from './payments/advance'
import { readStatements } from './payments/statements'
import type { World } from './world'

/** What happens in a city without anybody asking, by the city's clock. */
export async function sweep(world: World): Promise<void> {
  await world.vendors.sweep()
  await sweepPayments(world)
  await readStatements(world)
  await sweepBooking(world)
}
