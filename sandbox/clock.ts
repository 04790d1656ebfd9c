export type Clock = {
  now(): Date
  advance(seconds: number): void
  set(moment: Date): void
  /** Back to this machine's time. */
  reset(): void
}

/** The clock all cities of a sandbox go by: this machine's, moved on request, ticking always. */
export function createClock(startAt?: Date): Clock {
  let offset = startAt === undefined ? 0 : startAt.getTime() - Date.now()
  return {
    now: () => new Date(Date.now() + offset),
    advance(seconds) {
      offset += seconds * 1000
    },
    set(moment) {
      offset = moment.getTime() - Date.now()
    },
    reset() {
      offset = 0
    },
  }
}
