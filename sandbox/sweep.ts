import { cityDue, type DueKind, doWhatIsDue } from '../city/due'
import { answerReports } from './offices'
import { runTicketHalls } from './ticket-halls'
import type { World } from './world'

/** What happens by itself, by the cities' clock: first in the world around them, then in the cities. */
export const sandboxDue = (world: World): DueKind[] =>
  [{ name: 'world', run: () => sweepWorld(world) }, ...cityDue].map((kind) => ({
    ...kind,
    run: (service, signal) => whenNotReset(world, () => kind.run(service, signal)),
  }))

type UnderWay = { work: Set<Promise<unknown>>; reset: Promise<unknown> }
const underWay = new WeakMap<World, UnderWay>()

function underWayIn(world: World): UnderWay {
  const known = underWay.get(world) ?? { work: new Set(), reset: Promise.resolve() }
  underWay.set(world, known)
  return known
}

/** Waits for a reset to end; the next one waits until what this resolves to is called. */
export async function begin(world: World): Promise<() => void> {
  const now = underWayIn(world)
  for (let reset: unknown; reset !== now.reset; ) {
    reset = now.reset
    await reset
  }
  let end = () => {}
  const work = new Promise<void>((resolve) => {
    end = resolve
  })
  now.work.add(work)
  return () => {
    now.work.delete(work)
    end()
  }
}

async function whenNotReset(world: World, run: () => Promise<unknown>): Promise<void> {
  const end = await begin(world)
  await run().finally(end)
}

/** What is under way ends first, and what comes begins afterwards: it would bring what it began in the old world into the new one. */
export async function withNothingUnderWay(world: World, work: () => Promise<void>): Promise<void> {
  const now = underWayIn(world)
  const before = now.reset
  const done = before.then(async () => {
    await Promise.all(now.work)
    await work()
  })
  now.reset = done.catch(() => undefined)
  await done
}

async function sweepWorld(world: World): Promise<void> {
  await world.shared.refresh()
  await world.catalogue.refresh(1000)
  await world.vendors.sweep()
  await answerReports(world)
  await runTicketHalls(world)
}

export const sweep = (world: World): Promise<void> => doWhatIsDue(world, sandboxDue(world))
