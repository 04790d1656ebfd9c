import crypto from 'node:crypto'
import { randomOf } from '../storms/storm'
import type { Store } from './store'

/** All that is random in this thread, from one seed; what happens in it, as a hash. */
export type Clockwork = {
  random(below: number): number
  /** A line of the trace. */
  note(line: string): void
  /** Hash of the trace so far. */
  trace(): string
  /** Moves time on from one timer to the next until `isOver`, or for so long. */
  run(isOver: () => boolean, longestMs: number): Promise<void>
  /** The clock jumps; timers are as far away as before. */
  jump(ms: number): void
  stop(): void
}

/** Like the ones they replace, but for where their bytes come from. */
type Random = Pick<typeof crypto, 'randomBytes' | 'randomInt' | 'randomUUID'>

export function startClockwork(seed: number, startAt: Date, store: Store): Clockwork {
  const random = randomOf(seed)
  const hash = crypto.createHash('sha1')
  const began = startAt.getTime()
  const note = (line: string) =>
    void hash.update(`${Date.now() - began} ${line}
`)
  const bytes = (size: number) => Buffer.from(Array.from({ length: size }, () => random(256)))
  const real = { randomBytes: crypto.randomBytes, randomInt: crypto.randomInt, randomUUID: crypto.randomUUID }
  const seeded: Random = {
    randomBytes: bytes as Random['randomBytes'],
    randomInt: ((low: number, high?: number) =>
      high === undefined ? random(low) : low + random(high - low)) as Random['randomInt'],
    randomUUID: (() =>
      bytes(16)
        .toString('hex')
        .replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')) as Random['randomUUID'],
  }
  Object.assign(crypto, seeded)
  const realRandom = Math.random
  Math.random = () => random(2 ** 30) / 2 ** 30
  store.follow({ random, note })
  const time = takeTime(began)

  /** Until nothing goes on but what waits for a timer. */
  async function settle(): Promise<void> {
    for (let quiet = 0; quiet < (store.isBusy() ? 50 : 3); ) {
      const before = store.activity()
      await new Promise((resolve) => setImmediate(resolve))
      quiet = store.activity() === before ? quiet + 1 : 0
    }
  }

  return {
    random,
    note,
    trace: () => hash.copy().digest('hex'),
    jump: time.jump,
    async run(isOver, longestMs) {
      const until = Date.now() + longestMs
      await settle()
      while (!isOver() && Date.now() < until) {
        if (!time.next()) return
        await settle()
      }
    },
    stop() {
      time.giveBack()
      store.follow(null)
      Object.assign(crypto, real)
      Math.random = realRandom
    },
  }
}

type Timer = { at: number; every: number | null; act: () => void }

/** Date and timers stand still from now on, and move when told. */
function takeTime(startMs: number) {
  const real = { Date, setTimeout, clearTimeout, setInterval, clearInterval }
  const timers = new Map<number, Timer>()
  let now = startMs
  let count = 0
  class StandingDate extends real.Date {
    constructor(...given: unknown[]) {
      // A date made before is one as well.
      super(...((given.length === 0 ? [now] : given) as [number]))
    }
    static override now = () => now
    static override [Symbol.hasInstance] = (thing: unknown) => Object.prototype.toString.call(thing) === '[object Date]'
  }
  const add = (act: (...given: unknown[]) => void, ms: number | undefined, given: unknown[], isRepeated: boolean) => {
    count += 1
    const id = count
    const wait = Math.max(1, Math.floor(ms ?? 0))
    timers.set(id, { at: now + wait, every: isRepeated ? wait : null, act: () => act(...given) })
    const timer = { ref: () => timer, unref: () => timer, hasRef: () => true, [Symbol.toPrimitive]: () => id }
    return timer
  }
  const remove = (timer: unknown) => void timers.delete(Number(timer))
  Object.assign(globalThis, {
    Date: StandingDate,
    setTimeout: (act: () => void, ms?: number, ...given: unknown[]) => add(act, ms, given, false),
    setInterval: (act: () => void, ms?: number, ...given: unknown[]) => add(act, ms, given, true),
    clearTimeout: remove,
    clearInterval: remove,
  })
  return {
    /** False when nothing waits. Of those at one moment the first that was set goes first. */
    next(): boolean {
      let first: [number, Timer] | null = null
      for (const each of timers) if (first === null || each[1].at < first[1].at) first = each
      if (first === null) return false
      const [id, timer] = first
      now = Math.max(now, timer.at)
      timers.delete(id)
      if (timer.every !== null) timers.set(id, { ...timer, at: now + timer.every })
      timer.act()
      return true
    },
    jump(ms: number) {
      now += ms
      for (const timer of timers.values()) timer.at += ms
    },
    giveBack: () => void Object.assign(globalThis, real),
  }
}
