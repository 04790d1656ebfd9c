import type { OverlappingAppointment } from '@/domain/appointment'
import type { ConsentReason, ConsentText } from '@/domain/consent'
import { asId, type BillId, type RequestId } from '@/domain/ids'
import type { Level } from '@/domain/level'
import type { Fen } from '@/domain/money'
import type { ReportSubject } from '@/domain/report'
import type { Slot } from '@/domain/slot'
import type { TicketLineStatus } from '@/domain/ticket'
import type { Instant } from '@/domain/time'
import type { Unlisted } from '@/domain/unlisted'
import type { ProblemCode } from '../../contract/wire'

export type { ProblemCode }

/**
 * Why a call to a city gave no usable response. Each has a text on screens; none claims that money did not move.
 * - `offline`: no response from the network
 * - `timeout`: no response within `patienceMs`
 * - `cancelled`: the app stopped waiting
 * - `busy`: the city asks for less load (429, or 503 with a time to come back)
 * - `city-error`: the city failed (5xx), or its error was no valid problem document
 * - `not-json`: the body is not JSON: a web page, half a body
 * - `contract-broken`: valid JSON that breaks the contract, or is about another city or thing
 * - `app-outdated`: the city serves a newer major version of the contract
 * - `too-large`: the response is longer than `longestResponse`
 * - `signed-out`: the city refuses the citizen's session, also after one silent renewal
 * - `refused`: the city understood and refused, with a `code`
 * - `no-city`: this build knows no backend of that city
 * - `app-error`: a bug of the app, not of the city or the network
 */
export type ServiceErrorKind =
  | 'offline'
  | 'timeout'
  | 'cancelled'
  | 'busy'
  | 'city-error'
  | 'not-json'
  | 'contract-broken'
  | 'app-outdated'
  | 'too-large'
  | 'signed-out'
  | 'refused'
  | 'no-city'
  | 'app-error'

/** A bill as it is now, after it changed since the citizen saw it. */
export interface BillNow {
  readonly billId: BillId
  readonly version: number
  readonly amountFen: Fen
}

/** What a problem document adds to its code, where the contract says so. */
export interface ProblemFacts {
  readonly status?: number | undefined
  /** `unlisted`: a code that this version does not know; show the city's own words. */
  readonly code?: ProblemCode | Unlisted | undefined
  /** The city's own title, for an unlisted code. */
  readonly title?: string | undefined
  /** The city's own text in the citizen's language. */
  readonly detail?: string | undefined
  /** The client obeys it; here for the screen. */
  readonly retryAfterSeconds?: number | undefined
  /** With `invalid-fields`. */
  readonly fields?: readonly { readonly field: string; readonly problem: string }[] | undefined
  /** With `bill-changed`. */
  readonly bills?: readonly BillNow[] | undefined
  /** With `slot-taken`: the nearest free ones, at most three. */
  readonly alternatives?: readonly Slot[] | undefined
  /** With `recently-paid`: when somebody paid. */
  readonly paidAt?: Instant | undefined
  /** With `booking-blocked`. */
  readonly unblocksAt?: Instant | undefined
  /** With `level-needed`: how far the citizen must be verified. */
  readonly level?: Level | undefined
  /** With `booking-limit`: which one. Cities may have others than this version knows. */
  readonly limit?: string | undefined
  /** With `tickets-not-given`: why; `open` when the citizen has taken as many today as one person may. */
  readonly tickets?: TicketLineStatus | undefined
  /** With `overlapping-visit`: the visit in the way; absent when somebody else booked it. */
  readonly overlaps?: OverlappingAppointment | undefined
  /** With `consent-needed`, what the citizen has to agree to; with `consent-text-changed`, the text as it is now. */
  readonly consent?: ConsentText | undefined
  /** With `erasure-refused`: what has to end first. */
  readonly pending?: readonly ReportSubject[] | undefined
  /** With `consent-needed`. */
  readonly consentReason?: ConsentReason | undefined
}

/** Every call of `services/` rejects with this and nothing else. Recognise it with `isServiceError`. */
export interface ServiceError extends Error, ProblemFacts {
  readonly name: 'ServiceError'
  readonly kind: ServiceErrorKind
  /** The city's id of the request, or `local-…` when no response carried one: there is always one to read out. */
  readonly requestId: RequestId
  /** `safe`: the same call may be repeated now; `after`: not before `retryAfterSeconds`; `never`: repeating changes nothing. */
  readonly retry: 'safe' | 'after' | 'never'
}

/** `retry` for a kind when the city gave none. */
const usualRetry: Readonly<Record<ServiceErrorKind, ServiceError['retry']>> = {
  offline: 'safe',
  timeout: 'safe',
  cancelled: 'safe',
  busy: 'after',
  'city-error': 'safe',
  'not-json': 'safe',
  'contract-broken': 'never',
  'app-outdated': 'never',
  'too-large': 'never',
  'signed-out': 'never',
  refused: 'never',
  'no-city': 'never',
  'app-error': 'never',
}

/** Makes a `ServiceError`. `reason` is for logs: names of fields, never their values, which may be personal data. */
export function serviceError(
  kind: ServiceErrorKind,
  requestId: RequestId,
  reason: string,
  facts: ProblemFacts & { retry?: ServiceError['retry'] } = {},
): ServiceError {
  return Object.assign(new Error(`${kind}: ${reason} (${requestId})`), {
    name: 'ServiceError' as const,
    kind,
    requestId,
    ...facts,
    retry: facts.retry ?? usualRetry[kind],
  })
}

/** Checks the name: `instanceof` does not survive Babel's ES5 output. */
export function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && error.name === 'ServiceError' && 'kind' in error
}

/** True when the city refused with this code: `if (isRefusal(error, 'bill-changed'))`. */
export function isRefusal(error: unknown, code: ProblemCode): error is ServiceError {
  return isServiceError(error) && error.code === code
}

const certain: readonly ServiceErrorKind[] = ['refused', 'busy', 'signed-out', 'no-city']

/** Whether the city may have done it although no usable response came: read again before calling it undone. */
export function mayBeDone(error: ServiceError): boolean {
  return !certain.includes(error.kind)
}

/** Any thrown value as an error that a screen can show. */
export function asServiceError(thrown: unknown): ServiceError {
  return isServiceError(thrown) ? thrown : serviceError('app-error', localRequestId(), String(thrown))
}

/** A request id where no city gave one. Read out on the phone it says: look on the citizen's side. */
export function localRequestId(random: () => number = Math.random): RequestId {
  return asId<RequestId>(`local-${random().toString(36).slice(2, 10).padEnd(8, '0')}`)
}
