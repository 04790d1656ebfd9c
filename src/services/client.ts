import * as v from 'valibot'
import type { CityId } from '@/domain/ids'
import type { Language } from '@/domain/language'
import { type Instant, instantOf, type ServerClock } from '@/domain/time'
import type { Cache, KeptName } from './cache'
import type { Call } from './call'
import type { Clocks } from './clocks'
import { asServiceError, localRequestId, type ServiceError, serviceError } from './errors'
import { type Exchange, targetOf, wrongIn } from './exchange'
import { exchangeMs, patienceMs, pauseBeforeRetry } from './retry'
import type { Tokens } from './tokens'

/** The last good answer, as it was. Show `asOf` beside it. */
export interface Kept<T> {
  readonly value: T
  readonly asOf: Instant
}

/** What the resources are made of. Every rejection is a `ServiceError`. */
export interface Client {
  /** Asks the city, repeating as `retry.ts` allows. */
  ask<W>(call: Call<W>): Promise<W>
  /** As `ask`, where the contract answers nothing. */
  tell(call: Call<unknown>): Promise<void>
  /** The last good answer to the same call in the same language, checked again; null when there is none. Never asks. */
  kept<W>(call: Call<W>): Kept<W> | null
  /** The citizen asks: the next calls go out, whatever a city said about coming back later. */
  askNow(): void
  /** Milliseconds since 1970 by the city's clock. */
  serverNow(city: CityId): number
  clock(city: CityId): ServerClock
}

/** Maps what was kept, as an answer is mapped. */
export function keptAs<W, T>(kept: Kept<W> | null, map: (wire: W) => T): Kept<T> | null {
  return kept && { value: map(kept.value), asOf: kept.asOf }
}

export interface ClientOptions {
  readonly exchange: Exchange
  readonly tokens: Tokens
  readonly clocks: Clocks
  readonly kept: Cache
  readonly language: () => Language
  readonly phoneNow: () => number
  readonly random: () => number
  readonly sleep: (ms: number) => Promise<void>
}

/** Puts one exchange, the session, the retry policy and what is kept together. */
export function createClient(options: ClientOptions): Client {
  const { exchange, tokens, clocks, kept, phoneNow, random, sleep } = options
  const quiet = new Map<CityId, { fromMs: number; ms: number; error: ServiceError }>()

  const nameOf = (call: Call<unknown>): KeptName | null =>
    call.keep ? { city: call.city, of: call.keep, language: options.language(), target: targetOf(call) } : null

  /**
   * How long the city asked everybody to stay away. A phone's clock that was set back ends it. What a citizen does (every
   * change) and a payment's own read go out all the same.
   */
  function quietMs({ city, method, isPayment }: Call<unknown>): number {
    const asked = method === 'GET' && !isPayment ? quiet.get(city) : undefined
    const sinceMs = asked ? phoneNow() - asked.fromMs : 0
    return asked && sinceMs >= 0 ? Math.max(0, asked.ms - sinceMs) : 0
  }

  /** With a session where one is needed; a refused one is renewed once and the call goes out again, as it was. */
  async function askWithSession<W>(call: Call<W>, limitMs: () => number): Promise<W> {
    if (call.open) return exchange(call, null, limitMs())
    const token = await tokens.token(call.city)
    try {
      return await exchange(call, token, limitMs())
    } catch (error) {
      // 401 is said before anything is done, so sending again is safe for every call.
      if (asServiceError(error).status !== 401) throw error
      const renewed = await tokens.renew(call.city, token)
      return exchange(call, renewed, limitMs())
    }
  }

  /** The same question, asked again while its answer is awaited, has the same answer. Not so of money, which may move meanwhile. */
  const awaited = new Map<string, Promise<unknown>>()

  function ask<W>(call: Call<W>): Promise<W> {
    if (call.method !== 'GET' || call.isPayment) return askAlone(call)
    const question = `${call.city} ${options.language()} ${targetOf(call)}`
    const same = awaited.get(question)
    if (same) return same as Promise<W>
    const answer = askAlone(call).finally(() => awaited.delete(question))
    awaited.set(question, answer)
    return answer
  }

  async function askAlone<W>(call: Call<W>): Promise<W> {
    const { city, isPayment } = call
    const mayRepeat = call.method === 'GET' || call.key !== undefined
    const startedAtMs = phoneNow()
    const spentMs = () => Math.max(0, phoneNow() - startedAtMs)
    const limitMs = () => Math.min(exchangeMs, Math.max(1_000, patienceMs - spentMs()))
    for (let repetitions = 0; ; repetitions += 1) {
      const stayAwayMs = quietMs(call)
      if (stayAwayMs > 0) {
        if (spentMs() + stayAwayMs > patienceMs) throw stillBusy(city, stayAwayMs)
        await sleep(stayAwayMs)
      }
      try {
        const wire = await askWithSession(call, limitMs)
        const keeping = call.keepAs ?? call
        const name = nameOf(keeping)
        if (name) kept.put(name, keeping.trim ? keeping.trim(wire) : wire, instantOf(clocks.now(city)))
        return wire
      } catch (thrown) {
        const error = asServiceError(thrown)
        if (error.kind === 'busy' && error.retryAfterSeconds) {
          quiet.set(city, { fromMs: phoneNow(), ms: error.retryAfterSeconds * 1000, error })
        }
        const pauseMs = pauseBeforeRetry(error, { mayRepeat, isPayment, repetitions, spentMs: spentMs() }, random)
        if (pauseMs === null) throw error
        await sleep(pauseMs)
      }
    }
  }

  function stillBusy(city: CityId, stayAwayMs: number): ServiceError {
    const requestId = quiet.get(city)?.error.requestId ?? localRequestId(random)
    return serviceError('busy', requestId, 'the city asked to wait', {
      retryAfterSeconds: Math.ceil(stayAwayMs / 1000),
    })
  }

  return {
    ask,
    tell: async (call) => void (await ask(call)),
    kept(call) {
      const name = nameOf(call)
      const found = name && kept.get(name)
      if (!found || !call.answer) return null
      const read = v.safeParse(call.answer, found.wire)
      return read.success && wrongIn(call, read.output) === null ? { value: read.output, asOf: found.asOf } : null
    },
    askNow: () => quiet.clear(),
    serverNow: clocks.now,
    clock: clocks.of,
  }
}
