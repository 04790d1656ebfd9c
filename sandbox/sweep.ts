import { sweepBooking } from './booking'
import { sweepPayments } from './payments/advance'
import type { World } from './world'

/** What happens in a city without anybody asking, by the city's clock. */
export async function sweep(world: World): Promise<void> {
  await world.vendors.sweep()
  await sweepPayments(world)
  await sweepBooking(world)
}
