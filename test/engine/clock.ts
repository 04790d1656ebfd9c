/** Runs one piece of the app; what it throws is the app's fault and must not stop the engine. */
export type Run = (work: () => void) => void

interface Timer {
  readonly id: number
  at: number
  readonly every: number | null
  readonly work: () => void
}

/** A phone's time: it stands still until the driver lets it pass, so that a walk is the same on every machine. */
export class Clock {
  now: number
  #timers: Timer[] = []
  #lastId = 0
  readonly #run: Run

  constructor(now: number, run: Run) {
    this.now = now
    this.#run = run
  }

  set(work: () => void, ms: unknown, repeats = false): number {
    const delay = Math.max(0, Number(ms) || 0)
    this.#lastId += 1
    this.#timers.push({ id: this.#lastId, at: this.now + delay, every: repeats ? Math.max(1, delay) : null, work })
    return this.#lastId
  }

  clear(id: unknown): void {
    this.#timers = this.#timers.filter((timer) => timer.id !== id)
  }

  /** How many timers are set. */
  get pending(): number {
    return this.#timers.length
  }

  stop(): void {
    this.#timers = []
  }

  /** Runs the next timer that is due by then, or before it. False when there is none. */
  runNext(until: number, isBefore = false): boolean {
    const next = this.#timers.reduce<Timer | null>(
      (first, timer) => (first && first.at <= timer.at ? first : timer),
      null,
    )
    if (!next || next.at > until || (isBefore && next.at === until)) return false
    this.now = Math.max(this.now, next.at)
    if (next.every === null) this.clear(next.id)
    else next.at = this.now + next.every
    this.#run(next.work)
    return true
  }
}
