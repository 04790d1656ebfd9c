import { hangzhou } from '../../support/city'
import type { Real } from './city'
import { countersOf, placesLeft } from './rows'

/** In the end: every hold is over at its deadline whatever became of the phones, and all counts agree with history. */
export async function settle(real: Real): Promise<void> {
  real.sandbox.world.faults.clear()
  real.sandbox.world.clock.advance(31 * 60)
  // Without a waitlist, what is free stays free.
  await real.sandbox.world.database.db.updateTable('waitlist').set({ state: 'left' }).execute()
  await real.sweep()
  const view = await real.look()
  const { raw } = await real.view()
  for (const hold of view.holds) if (hold.state === 'held') real.fail(`${hold.id} outlived its deadline`)
  for (const slot of raw) {
    const left = placesLeft(view, slot.id)
    if (slot.capacity - slot.taken !== left)
      real.fail(`${slot.id} counts ${slot.capacity - slot.taken} free, not ${left}`)
  }
  for (const booker of real.bookers) {
    const { counters } = await booker.phone.services.citizen.get(hangzhou)
    const { blocked, ...counted } = countersOf(view, booker.citizenId)
    const shown = [counters.noShowsThisMonth, counters.activeAppointments, counters.blockedUntil !== undefined]
    const own = [counted.noShowsThisMonth, counted.activeAppointments, blocked !== null]
    if (shown.join() !== own.join()) real.fail(`counters of ${booker.who} say ${shown}, history ${own}`)
  }
}
