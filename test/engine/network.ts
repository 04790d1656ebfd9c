import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Circumstances } from '../support/hosts/vendor'
import { sendOverWire, type WireAnswer } from '../support/loopback'
import type { Clock } from './clock'

/** A request of the app, as the trace keeps it. */
export interface SentRequest {
  readonly method: string
  /** `330100 /bills?…` */
  readonly path: string
  readonly body: unknown
  status: number | 'none'
}

interface Wish {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: string | undefined
}

/** How long an answer takes by the phone's clock, however long it takes here: what is drawn meanwhile is drawn first. */
const answerMs = 60
const apartMs = 5
/** What WeChat sends at once; it fails the others. */
const mostAtOnce = 10

/**
 * The phone's network. The production bundle knows cities by their production addresses; those lead to the sandbox here, so
 * that the very bytes that ship are driven. Any other address is none that a host would let through.
 */
export class Network {
  /** No network at all. */
  isCut = false
  readonly requests: SentRequest[] = []
  /** Which answers are on their way for as long as a test likes. */
  holds: RegExp | null = null
  #held: (() => void)[] = []
  /** When the last answer that was ever awaited is heard. */
  lastDue = 0
  /** When answers are to be heard that have not come yet. */
  readonly #awaited = new Set<{ due: number }>()
  #changed: (() => void)[] = []
  readonly #sandbox: string
  readonly #circumstances: Pick<Circumstances, 'onTheWay'>
  readonly #clock: Clock
  readonly #problem: (text: string) => void

  constructor(
    sandbox: string,
    circumstances: Pick<Circumstances, 'onTheWay'>,
    clock: Clock,
    problem: (text: string) => void,
  ) {
    this.#sandbox = sandbox
    this.#circumstances = circumstances
    this.#clock = clock
    this.#problem = problem
  }

  /** When the next answer that has not come yet is to be heard; null when none is awaited. */
  get nextDue(): number | null {
    return this.#awaited.size === 0 ? null : Math.min(...Array.from(this.#awaited, ({ due }) => due))
  }

  /** When the next answer has come. */
  changed(): Promise<void> {
    return new Promise((resolve) => this.#changed.push(resolve))
  }

  /** What a vendor does meanwhile counts as an answer awaited. */
  async during<T>(work: Promise<T>): Promise<T> {
    const come = this.#await()
    const said = await work
    return new Promise((resolve) => come(() => resolve(said)))
  }

  /**
   * An answer is awaited. What it gives is called when that has come, with what then is to happen in due time. On no phone do
   * two answers come at once: each is heard by itself, in the order in which they were asked for.
   */
  #await(): (hear: () => void) => void {
    const answer: { due: number; hear?: () => void } = {
      due: Math.max(this.#clock.now + answerMs, this.lastDue + apartMs),
    }
    this.lastDue = answer.due
    this.#awaited.add(answer)
    this.#clock.set(() => answer.hear?.(), answer.due - this.#clock.now)
    return (hear) => {
      if (!this.#awaited.delete(answer)) return
      answer.hear = hear
      for (const heard of this.#changed.splice(0)) heard()
    }
  }

  /** What was held is heard now. */
  release(): void {
    this.holds = null
    for (const hear of this.#held.splice(0)) this.#clock.set(hear, 0)
  }

  send(wish: Wish, answered: (answer: WireAnswer) => void, failed: (reason: string) => void): () => void {
    const city = cityOf(wish.url)
    if (!city) this.#problem(`a request to ${wish.url}, which is no address of an open city`)
    const entry: SentRequest = {
      method: wish.method,
      path: city ? city.say : wish.url,
      body: readJson(wish.body),
      status: 'none',
    }
    this.requests.push(entry)
    if (this.#awaited.size >= mostAtOnce) this.#problem(`${this.#awaited.size + 1} requests at once: ${entry.path}`)
    const heard = this.#await()
    let isOver = false
    const once = (tell: () => void) => () => {
      if (isOver) return
      isOver = true
      tell()
    }
    if (!city || this.isCut) {
      heard(once(() => failed('no network')))
      return () => undefined
    }
    const arrive = (tell: () => void) => {
      if (!this.holds?.test(`${entry.method} ${entry.path}`)) return heard(once(tell))
      this.#held.push(once(tell))
      heard(() => undefined)
    }
    const abort = sendOverWire(
      { ...wish, url: `${this.#sandbox}/${city.path}` },
      (answer) => {
        const come = this.#circumstances.onTheWay(entry, answer)
        entry.status = come.status
        arrive(() => answered(come))
      },
      (reason) => arrive(() => failed(reason)),
    )
    return () => {
      abort()
      once(() => failed('aborted'))()
      heard(() => undefined)
    }
  }
}

const cities: Record<string, { address: string }> = JSON.parse(
  readFileSync(path.join(__dirname, '../../config/cities.production.json'), 'utf8'),
)

function cityOf(url: string): { path: string; say: string } | null {
  for (const [id, { address }] of Object.entries(cities)) {
    if (url.startsWith(`${address}/`)) {
      const rest = url.slice(address.length)
      return { path: `${id}${rest}`, say: `${id} ${rest}` }
    }
  }
  return null
}

function readJson(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
