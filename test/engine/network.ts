import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Circumstances } from '../support/hosts/vendor'
import { sendOverWire, type WireAnswer } from '../support/loopback'
import type { Clock } from './clock'

/** A request of the app, as the trace shows it. */
export interface SentRequest {
  readonly method: string
  /** `330100 /bills?…` */
  readonly path: string
  readonly body: unknown
  status: number | 'none'
}

interface RequestOptions {
  readonly method: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: string | undefined
}

/** How long a response takes by the phone's clock, whatever it takes here: renders in between come first. */
const responseMs = 60
const apartMs = 5
/** WeChat fails every request above this. */
const maxAtOnce = 10

/**
 * The phone's network. Maps the production addresses of the bundle to the sandbox, so the very bytes that ship are driven.
 * Any other address is a problem: no host would allow it.
 */
export class Network {
  /** The phone is offline. */
  isCut = false
  readonly requests: SentRequest[] = []
  /** Responses to these requests wait for `release`. */
  holds: RegExp | null = null
  #heldResponses: (() => void)[] = []
  /** When the last response so far is delivered. */
  lastDue = 0
  /** Responses that have not arrived, with the time they are due. */
  readonly #pending = new Set<{ due: number }>()
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

  /** When the next pending response is due; null when none is pending. */
  get nextDue(): number | null {
    return this.#pending.size === 0 ? null : Math.min(...Array.from(this.#pending, ({ due }) => due))
  }

  /** Resolves when the next response arrives. */
  changed(): Promise<void> {
    return new Promise((resolve) => this.#changed.push(resolve))
  }

  /** Counts a vendor's work as a pending response. */
  async during<T>(work: Promise<T>): Promise<T> {
    const arrive = this.#await()
    const result = await work
    return new Promise((resolve) => arrive(() => resolve(result)))
  }

  /**
   * Registers a pending response. Call the returned function when it arrives; `deliver` then runs when it is due. No phone
   * delivers two at once: each has its own time, in the order of the requests.
   */
  #await(): (deliver: () => void) => void {
    const response: { due: number; deliver?: () => void } = {
      due: Math.max(this.#clock.now + responseMs, this.lastDue + apartMs),
    }
    this.lastDue = response.due
    this.#pending.add(response)
    this.#clock.set(() => response.deliver?.(), response.due - this.#clock.now)
    return (deliver) => {
      if (!this.#pending.delete(response)) return
      response.deliver = deliver
      for (const resolve of this.#changed.splice(0)) resolve()
    }
  }

  /** Delivers the held responses. */
  release(): void {
    this.holds = null
    for (const deliver of this.#heldResponses.splice(0)) this.#clock.set(deliver, 0)
  }

  send(options: RequestOptions, answered: (answer: WireAnswer) => void, failed: (reason: string) => void): () => void {
    const city = cityOf(options.url)
    if (!city) this.#problem(`a request to ${options.url}, which is no address of an open city`)
    const entry: SentRequest = {
      method: options.method,
      path: city ? city.shown : options.url,
      body: readJson(options.body),
      status: 'none',
    }
    this.requests.push(entry)
    if (this.#pending.size >= maxAtOnce) this.#problem(`${this.#pending.size + 1} requests at once: ${entry.path}`)
    const arrived = this.#await()
    let isOver = false
    const once = (callBack: () => void) => () => {
      if (isOver) return
      isOver = true
      callBack()
    }
    if (!city || this.isCut) {
      arrived(once(() => failed('no network')))
      return () => undefined
    }
    const deliver = (callBack: () => void) => {
      if (!this.holds?.test(`${entry.method} ${entry.path}`)) return arrived(once(callBack))
      this.#heldResponses.push(once(callBack))
      arrived(() => undefined)
    }
    const abort = sendOverWire(
      { ...options, url: `${this.#sandbox}/${city.path}` },
      (answer) => {
        const received = this.#circumstances.onTheWay(entry, answer)
        entry.status = received.status
        deliver(() => answered(received))
      },
      (reason) => deliver(() => failed(reason)),
    )
    return () => {
      abort()
      once(() => failed('aborted'))()
      arrived(() => undefined)
    }
  }
}

const cities: Record<string, { address: string }> = JSON.parse(
  readFileSync(path.join(__dirname, '../../config/cities.production.json'), 'utf8'),
)

function cityOf(url: string): { path: string; shown: string } | null {
  for (const [id, { address }] of Object.entries(cities)) {
    if (url.startsWith(`${address}/`)) {
      const rest = url.slice(address.length)
      return { path: `${id}${rest}`, shown: `${id} ${rest}` }
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
