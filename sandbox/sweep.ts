import { cityDue, type DueKind, doWhatIsDue } from '../city/due'
import type { World } from './world'

/** What happens by itself, by the cities' clock: first in the world around them, then in the cities. */
export const sandboxDue = (world: World): DueKind[] =>
  [{ name: 'world', run: () => sweepWorld(world) }, ...cityDue].map((kind) => ({
    ...kind,
    run: (service, signal) => whenNotReset(world, () => kind.run(service, signal)),
  }))

type UnderWay = { due: Set<Promise<unknown>>; reset: Promise<unknown> }
const underWay = new WeakMap<World, UnderWay>()

function underWayIn(world: World): UnderWay {
  const known = underWay.get(world) ?? { due: new Set(), reset: Promise.resolve() }
  underWay.set(world, known)
  return known
}

async function whenNotReset(world: World, run: () => Promise<unknown>): Promise<void> {
  const now = underWayIn(world)
  await now.reset
  const running = run()
  now.due.add(running)
  await running.finally(() => now.due.delete(running))
}

/** What is due ends first and begins again afterwards: it would bring what it began in the old world into the new one. */
export async function withNothingDue(world: World, work: () => Promise<void>): Promise<void> {
  const now = underWayIn(world)
  const before = now.reset
  const done = before.then(async () => {
    await Promise.allSettled(now.due)
    await work()
  })
  now.reset = done.catch(() => undefined)
  await done
}

async function sweepWorld(world: World): Promise<void> {
  await world.shared.refresh()
  await world.catalogue.refresh(1000)
  await world.vendors.sweep()
}

export const sweep = (world: World): Promise<void> => doWhatIsDue(world, sandboxDue(world))
