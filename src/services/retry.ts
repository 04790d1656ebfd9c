import type { ServiceError } from './errors'

/** The longest that a citizen waits for one call, retries included. */
export const patienceMs = 20_000
/** How long one exchange may take; the same on every host. */
export const exchangeMs = 10_000

const mostRepetitions = 2
const firstPauseMs = 400

/**
 * A longer Retry-After is cut to this: an operator's slip (milliseconds for seconds, a wrong year) must not silence a city for
 * everybody.
 */
export const longestQuietSeconds = 120
/** A read of a payment waits no longer: it may bring the news that the money arrived. */
const longestPaymentWaitSeconds = 5

/**
 * Seconds of a `Retry-After` header: whole seconds, or an HTTP date counted from `nowMs` (the city's clock). Undefined for
 * anything else.
 */
export function readRetryAfter(header: string | undefined, nowMs: number): number | undefined {
  const text = (header ?? '').trim()
  if (/^\d+$/.test(text)) return Math.min(Number(text), longestQuietSeconds)
  const ms = /^[A-Z][a-z]{2,8}, .*GMT$/.test(text) ? Date.parse(text) - nowMs : Number.NaN
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, Math.ceil(ms / 1000)), longestQuietSeconds)
}

export interface Attempt {
  /** True for GET and for calls with an idempotency key: no other call may reach a city twice. */
  readonly mayRepeat: boolean
  /** A read of a payment: Retry-After counts for a few seconds only. */
  readonly isPayment?: boolean | undefined
  /** 0 after the first failure. */
  readonly repetitions: number
  /** Since the first exchange began. */
  readonly spentMs: number
}

/**
 * The whole retry policy: milliseconds to wait before the next try, or null to give up. Renewing a session on 401 is not a retry:
 * see `client.ts`.
 */
export function pauseBeforeRetry(error: ServiceError, attempt: Attempt, random: () => number): number | null {
  const { status = 0 } = error
  // A call that is not idempotent may have been done already.
  if (!attempt.mayRepeat || attempt.repetitions >= mostRepetitions) return null
  // The city itself says so.
  if (error.retry === 'never') return null
  // A refusal is an answer, readable or not. 408, 425 and 429 ask to come back.
  if (status >= 400 && status < 500 && ![408, 425, 429].includes(status)) return null
  // A response that breaks the contract would break it again.
  if (!['offline', 'timeout', 'busy', 'city-error', 'not-json'].includes(error.kind)) return null
  // Spread over half its length: a thousand phones that failed together must not come back together.
  const pauseMs = firstPauseMs * 2 ** attempt.repetitions * (0.5 + random() / 2)
  // Nothing is sent before the time that the city names.
  const retryAfter = error.retryAfterSeconds ?? 0
  const retryAfterMs = (attempt.isPayment ? Math.min(retryAfter, longestPaymentWaitSeconds) : retryAfter) * 1000
  const waitMs = retryAfterMs + pauseMs
  // Past the citizen's patience the page shows the error and its time instead.
  return attempt.spentMs + waitMs < patienceMs ? waitMs : null
}
