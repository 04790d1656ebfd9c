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
 * The clock all cities of a sandbox go by: this machine's, moved on request, ticking always. One that stands makes two walks the
 * same on any machine, down to what their countdowns say.
 */
export function createClock(startAt?: Date): SandboxClock {
  let offset = startAt === undefined ? 0 : startAt.getTime() - Date.now()
  let standsAt: number | null = null
  const nowMs = () => standsAt ?? Date.now() + offset
  const moveTo = (ms: number) => {
    if (standsAt === null) offset = ms - Date.now()
    else standsAt = ms
  }
  return {
    now: () => new Date(nowMs()),
    advance: (seconds) => moveTo(nowMs() + seconds * 1000),
    set: (moment) => moveTo(moment.getTime()),
    stand() {
      standsAt = nowMs()
    },
    tick() {
      if (standsAt !== null) standsAt += 1
    },
    reset() {
      standsAt = null
      offset = 0
    },
  }
}
