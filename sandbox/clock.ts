import type { Shared } from './shared'

export type SandboxClock = {
  now(): Date
  advance(seconds: number): void
  set(moment: Date): void
  /** From now on time goes by on request only, and a millisecond with each call of a city. */
  stand(): void
  /** A city is called. */
  tick(): void
  /** Back to this machine's time. */
  reset(): void
}

/**
 * The clock all cities and instances of a sandbox go by: this machine's, moved on request, ticking always. One that stands makes two walks
 * the same on any machine, down to what their countdowns say.
 */
export function createClock(shared: Pick<Shared, 'get' | 'set'>): SandboxClock {
  /** Calls of this instance since the clock stood where it stands. */
  let ticks = 0
  let stoodAt: string | undefined
  const standsAt = () => {
    const stands = shared.get('clock-stands-at')
    if (stands !== stoodAt) ticks = 0
    stoodAt = stands
    return stands === undefined ? null : Number(stands) + ticks
  }
  const nowMs = () => standsAt() ?? Date.now() + Number(shared.get('clock-offset-ms') ?? 0)
  const standAt = (ms: number) => {
    ticks = 0
    shared.set('clock-stands-at', String(Math.round(ms)))
  }
  const moveTo = (ms: number) => {
    if (standsAt() === null) shared.set('clock-offset-ms', String(Math.round(ms - Date.now())))
    else standAt(ms)
  }
  return {
    now: () => new Date(nowMs()),
    advance: (seconds) => moveTo(nowMs() + seconds * 1000),
    set: (moment) => moveTo(moment.getTime()),
    stand: () => standAt(nowMs()),
    tick() {
      if (standsAt() !== null) ticks += 1
    },
    reset() {
      shared.set('clock-stands-at', undefined)
      shared.set('clock-offset-ms', '0')
    },
  }
}
