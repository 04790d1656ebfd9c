import type { ServiceError } from './errors'

/** A citizen waits this long for one call, repetitions included; then they are told. */
export const patienceMs = 20_000
/** How long one exchange may take; the same on every host. */
export const exchangeMs = 10_000

const mostRepetitions = 2
const firstPauseMs = 400

/**
 * A city that asks for longer is asked again all the same: a slip of its operators (milliseconds for seconds, a date in
 * another year) must not silence it for everybody until the app restarts.
 */
export const longestQuietSeconds = 120
/** A payment's own read waits no longer than this: it may be the news that the money arrived. */
const longestPaymentWaitSeconds = 5

/**
 * Seconds of a `Retry-After` header: whole seconds or an HTTP date, which `nowMs` (the city's) is taken from. Undefined for
 * anything else, so that only a time that can be read is obeyed.
 */
export function readRetryAfter(header: string | undefined, nowMs: number): number | undefined {
  const text = (header ?? '').trim()
  if (/^\d+$/.test(text)) return Math.min(Number(text), longestQuietSeconds)
  const ms = /^[A-Z][a-z]{2,8}, .*GMT$/.test(text) ? Date.parse(text) - nowMs : Number.NaN
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, Math.ceil(ms / 1000)), longestQuietSeconds)
}

export interface Attempt {
  /** True for GET and for calls with an idempotency key: the only ones that may reach a city twice. */
  readonly mayRepeat: boolean
  /** A payment's own read: what the city says about coming back counts little. */
  readonly isPayment?: boolean | undefined
  /** 0 after the first failure. */
  readonly repetitions: number
  /** Since the first exchange began. */
  readonly spentMs: number
}

/**
 * The retry policy, all of it: how long to wait before asking again, or null to give up.
 *
 * Only what can be asked twice without harm, at most twice more, never past the citizen's patience. What the city says
 * wins: `never` is never, and nothing is sent before the time it names; when that is longer than a citizen would wait,
 * they are told the time instead. A refusal (4xx) is an answer whether or not we can
 * read it, so it is not asked again, and neither is an answer that
 * breaks the contract: it would be as broken the next time. Pauses double and are spread over half their length, so that
 * a thousand phones that failed together do not come back together.
 *
 * Renewing a session on 401 is not a retry: see `client.ts`.
 */
export function pauseBeforeRetry(error: ServiceError, attempt: Attempt, random: () => number): number | null {
  const { status = 0 } = error
  const isRefused = status >= 400 && status < 500 && ![408, 425, 429].includes(status)
  const passing = !isRefused && ['offline', 'timeout', 'busy', 'city-error', 'not-json'].includes(error.kind)
  if (!passing || !attempt.mayRepeat || attempt.repetitions >= mostRepetitions || error.retry === 'never') return null
  const spread = 0.5 + random() / 2
  const pauseMs = firstPauseMs * 2 ** attempt.repetitions * spread
  const told = error.retryAfterSeconds ?? 0
  const toldMs = (attempt.isPayment ? Math.min(told, longestPaymentWaitSeconds) : told) * 1000
  const waitMs = toldMs > 0 ? toldMs + pauseMs : pauseMs
  return attempt.spentMs + waitMs < patienceMs ? waitMs : null
}
