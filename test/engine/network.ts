import { readFileSync } from 'node:fs'
import path from 'node:path'
import { sendOverWire, type WireAnswer } from '../support/loopback'

/** A request of the app, as the trace keeps it. */
export interface Asked {
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

/**
 * The phone's network. The production bundle knows cities by their production addresses; those lead to the sandbox here, so
 * that the very bytes that ship are driven. Any other address is none that a host would let through.
 */
export class Network {
  /** No network at all. */
  isCut = false
  readonly asked: Asked[] = []
  #open = 0
  #changed: (() => void)[] = []
  readonly #sandbox: string
  readonly #problem: (text: string) => void

  constructor(sandbox: string, problem: (text: string) => void) {
    this.#sandbox = sandbox
    this.#problem = problem
  }

  get isBusy(): boolean {
    return this.#open > 0
  }

  /** When the next answer has come. */
  changed(): Promise<void> {
    return new Promise((resolve) => this.#changed.push(resolve))
  }

  /** What a vendor does meanwhile counts as an answer awaited. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.#open += 1
    try {
      return await work
    } finally {
      this.#open -= 1
      for (const heard of this.#changed.splice(0)) heard()
    }
  }

  send(wish: Wish, answered: (answer: WireAnswer) => void, failed: (reason: string) => void): () => void {
    const city = cityOf(wish.url)
    if (!city) this.#problem(`a request to ${wish.url}, which is no address of an open city`)
    const entry: Asked = {
      method: wish.method,
      path: city ? city.say : wish.url,
      body: readJson(wish.body),
      status: 'none',
    }
    this.asked.push(entry)
    if (!city || this.isCut) {
      setImmediate(() => failed('no network'))
      return () => undefined
    }
    this.#open += 1
    let isOver = false
    const over = (tell: () => void) => {
      if (isOver) return
      isOver = true
      this.#open -= 1
      tell()
      for (const heard of this.#changed.splice(0)) heard()
    }
    const abort = sendOverWire(
      { ...wish, url: `${this.#sandbox}/${city.path}` },
      (answer) => {
        entry.status = answer.status
        over(() => answered(answer))
      },
      (reason) => over(() => failed(reason)),
    )
    return () => {
      abort()
      over(() => failed('aborted'))
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
