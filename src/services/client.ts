import * as v from 'valibot'
import type { CityId } from '@/domain/ids'
import type { Language } from '@/domain/language'
import { type Instant, instantOf, type ServerClock } from '@/domain/time'
import type { Cache, CacheKey } from './cache'
import { type Call, isOpen } from './call'
import type { Clocks } from './clocks'
import { type AskConsent, type ConsentNeed, consentCall } from './consent-call'
import { asServiceError, isRefusal, localRequestId, type ServiceError, serviceError } from './errors'
import { type Exchange, problemIn, targetOf } from './exchange'
import { exchangeMs, patienceMs, pauseBeforeRetry } from './retry'
import type { Tokens } from './tokens'

/** The last good response. Show `asOf` beside it. */
export interface Cached<T> {
  readonly value: T
  readonly asOf: Instant
}

/** What every resource is built on. Every rejection is a `ServiceError`. */
export interface Client {
  /** Calls the city, with the retries that `retry.ts` allows. */
  request<W>(call: Call<W>): Promise<W>
  /** As `request`, where the contract returns no body. */
  send(call: Call<unknown>): Promise<void>
  /** The last good response to the same call in the same language, validated again; null when there is none. Never calls. */
  cached<W>(call: Call<W>): Cached<W> | null
  /** The citizen taps: the next calls go out in spite of Retry-After. */
  endQuiet(): void
  /** Who asks the citizen for a consent that a call needs; the newest asks. Returns how to stop. */
  onConsentNeeded(ask: AskConsent): () => void
  /** Milliseconds since 1970 by the city's clock. */
  serverNow(city: CityId): number
  clock(city: CityId): ServerClock
}

/** Maps a cached response as a fresh one is mapped. */
export function mapCached<W, T>(cached: Cached<W> | null, map: (wire: W) => T): Cached<T> | null {
  return cached && { value: map(cached.value), asOf: cached.asOf }
}

export interface ClientOptions {
  readonly exchange: Exchange
  readonly tokens: Tokens
  readonly clocks: Clocks
  readonly cache: Cache
  readonly language: () => Language
  readonly phoneNow: () => number
  readonly random: () => number
  readonly sleep: (ms: number) => Promise<void>
}

const mostAsked = 2

/** What a refusal asks the citizen for; null for a consent that this version does not know. */
function needIn(thrown: unknown): ConsentNeed | null {
  if (!isRefusal(thrown, 'consent-needed') || !thrown.consent || thrown.consent.consent === 'unlisted') return null
  return { text: thrown.consent, reason: thrown.consentReason ?? 'not-given' }
}

/** Exchange, session, retries and cache put together. */
export function createClient(options: ClientOptions): Client {
  const { exchange, tokens, clocks, cache, phoneNow, random, sleep } = options
  const quiet = new Map<CityId, { fromMs: number; ms: number; error: ServiceError }>()

  const nameOf = (call: Call<unknown>): CacheKey | null =>
    call.cache ? { city: call.city, of: call.cache, language: options.language(), target: targetOf(call) } : null

  /**
   * How long a city's Retry-After still holds for this call. Changes (a citizen's own act) and reads of a payment ignore it; so
   * does a phone whose clock was set back.
   */
  function quietMs({ city, method, isPayment }: Call<unknown>): number {
    const period = method === 'GET' && !isPayment ? quiet.get(city) : undefined
    const sinceMs = period ? phoneNow() - period.fromMs : 0
    return period && sinceMs >= 0 ? Math.max(0, period.ms - sinceMs) : 0
  }

  /** Adds a session where one is needed. A refused one is renewed once, and the same call is sent again. */
  async function requestWithSession<W>(call: Call<W>, limitMs: () => number): Promise<W> {
    if (isOpen(call)) return exchange(call, null, limitMs())
    const token = await tokens.token(call.city)
    try {
      return await exchange(call, token, limitMs())
    } catch (error) {
      // A city refuses with 401 before it does anything, so sending again is safe for every call.
      if (asServiceError(error).status !== 401) throw error
      const renewed = await tokens.renew(call.city, token)
      return exchange(call, renewed, limitMs())
    }
  }

  /** Reads in flight: the same read shares one request. Not reads of payments: money may move between them. */
  const inFlight = new Map<string, Promise<unknown>>()

  function request<W>(call: Call<W>): Promise<W> {
    if (call.method !== 'GET' || call.isPayment) return requestWithConsent(call)
    const key = `${call.city} ${options.language()} ${targetOf(call)}`
    const running = inFlight.get(key)
    if (running) return running as Promise<W>
    const started = requestWithRetries(call).finally(() => inFlight.delete(key))
    inFlight.set(key, started)
    return started
  }

  let askConsent: AskConsent | null = null

  /**
   * Where the city wants the citizen's agreement, asks for it there and then, and sends the same call again. Chained, without `await`:
   * that is half as large in the main package.
   */
  function requestWithConsent<W>(call: Call<W>, asked = 0): Promise<W> {
    return requestWithRetries(call).catch((thrown: unknown) => {
      const need = needIn(thrown)
      // Withdrawn again and again on another phone: the refusal says so.
      if (need === null || asked === mostAsked) throw thrown
      return agree(call.city, need).then((isGiven) => {
        if (!isGiven) throw thrown
        return requestWithConsent(call, asked + 1)
      })
    })
  }

  /** The text may change while it is read: then the new one is asked for. */
  const agree = (city: CityId, need: ConsentNeed): Promise<boolean> =>
    (askConsent ? askConsent(city, need) : Promise.resolve(false)).then(
      (isGiven) =>
        isGiven &&
        requestWithRetries(consentCall(city, need.text.consent, { given: true, version: need.text.version })).then(
          () => true,
          (thrown: unknown) => {
            if (!isRefusal(thrown, 'consent-text-changed') || !thrown.consent) throw thrown
            return agree(city, { text: thrown.consent, reason: 'new-text' })
          },
        ),
    )

  async function requestWithRetries<W>(call: Call<W>): Promise<W> {
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
        const wire = await requestWithSession(call, limitMs)
        const target = call.cacheAs ?? call
        const name = nameOf(target)
        if (name && target.keeps?.(wire) !== false)
          cache.put(name, target.trim ? target.trim(wire) : wire, instantOf(clocks.now(city)))
        return wire
      } catch (thrown) {
        const error = asServiceError(thrown)
        // A limit on what a citizen does, such as looking up numbers, leaves reading alone.
        const isOwnLimit = error.status === 429 && call.method !== 'GET'
        if (error.kind === 'busy' && error.retryAfterSeconds && !isOwnLimit) {
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
    return serviceError('busy', requestId, 'Retry-After has not passed', {
      retryAfterSeconds: Math.ceil(stayAwayMs / 1000),
    })
  }

  return {
    request,
    send: async (call) => void (await request(call)),
    cached(call) {
      const name = nameOf(call)
      const found = name && cache.get(name)
      if (!found || !call.response) return null
      const read = v.safeParse(call.response, found.wire)
      return read.success && problemIn(call, read.output) === null ? { value: read.output, asOf: found.asOf } : null
    },
    endQuiet: () => quiet.clear(),
    onConsentNeeded(ask) {
      askConsent = ask
      return () => {
        if (askConsent === ask) askConsent = null
      }
    },
    serverNow: clocks.now,
    clock: clocks.of,
  }
}
