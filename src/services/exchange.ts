import * as v from 'valibot'
import { asId, type CityId, type RequestId } from '@/domain/ids'
import type { Language } from '@/domain/language'
import { msOf } from '@/domain/time'
import { isPlatformError } from '@/platform/error'
import type { HttpResponse, Platform } from '@/platform/types'
import { vProblem } from '../../contract/wire/validators/problems.gen'
import { branded } from './branded'
import type { Call } from './call'
import type { Clocks } from './clocks'
import { mismatchIn } from './echo'
import { localRequestId, type ProblemFacts, type ServiceError, serviceError } from './errors'
import { createQueue } from './queue'
import { readRetryAfter } from './retry'

/** A response of a newer major version is not parsed further: it may break what this app relies on. Minor versions only add. */
const contractMajor = 1

export interface ExchangeOptions {
  readonly request: Platform['request']
  /** Base address without a slash at its end; null for a city that this build does not know. */
  readonly addressOf: (city: CityId) => string | null
  readonly language: () => Language
  readonly phoneNow: () => number
  readonly random: () => number
  readonly clocks: Clocks
}

/** Sends one request once: no retries, no session of its own. Rejects with a `ServiceError` and nothing else. */
export type Exchange = <W>(call: Call<W>, token: string | null, timeoutMs: number) => Promise<W>

export function createExchange(options: ExchangeOptions): Exchange {
  const queue = createQueue()
  return async (call, token, timeoutMs) => {
    const address = options.addressOf(call.city)
    const localId = localRequestId(options.random)
    if (address === null) throw serviceError('no-city', localId, call.city)
    let sentAtMs = options.phoneNow()
    const send = () => {
      // Time in the queue is not travel time.
      sentAtMs = options.phoneNow()
      return options.request({
        method: call.method,
        url: address + targetOf(call),
        headers: headersOf(call, token, options.language()),
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
        timeoutMs,
      })
    }
    // Payments, and the session they need, go first.
    const isFirst = call.isPayment === true || call.path.startsWith('/payments') || call.path.startsWith('/sessions')
    const response = await queue(send, isFirst).catch((error: unknown) => {
      throw noResponseError(error, localId)
    })
    const receivedAtMs = options.phoneNow()
    const requestId = asId<RequestId>(response.headers['x-request-id']?.slice(0, 100) || localId)
    const setClock = (wire: unknown) =>
      readClock(options.clocks, call, wire, response.headers, { sentAtMs, receivedAtMs })
    if (response.status < 200 || response.status > 299) {
      setClock(undefined)
      throw refusalError(response, requestId, options.clocks.now(call.city))
    }
    const wire = readResponse(call, response, requestId)
    setClock(wire)
    return wire
  }
}

/** Path and query of a call below the city's base address. */
export function targetOf(call: Pick<Call<unknown>, 'path' | 'query'>): string {
  const query = Object.entries(call.query ?? {})
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`)
    .join('&')
  return query ? `${call.path}?${query}` : call.path
}

function headersOf(call: Call<unknown>, token: string | null, language: Language): Record<string, string> {
  return {
    accept: 'application/json, application/problem+json',
    'accept-language': language,
    ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
    // What this app can ask its citizen for, and then send the call again.
    ...(call.method === 'GET' ? {} : { 'can-ask': 'consents' }),
    ...(call.key === undefined ? {} : { 'idempotency-key': call.key }),
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  }
}

function noResponseError(error: unknown, requestId: RequestId): ServiceError {
  if (!isPlatformError(error)) return serviceError('app-error', requestId, String(error))
  const kind = error.reason === 'failed' ? 'offline' : error.reason
  return serviceError(kind, requestId, error.detail)
}

function readResponse<W>(call: Call<W>, response: HttpResponse, requestId: RequestId): W
function readResponse(call: Call<unknown>, response: HttpResponse, requestId: RequestId): unknown {
  if (call.response === null) return undefined
  const { status } = response
  const json = parseJson(response)
  if (json === undefined) throw serviceError('not-json', requestId, `status ${status}`, { status })
  const contract = memberOf(json, 'contract')
  if (typeof contract === 'string' && Number.parseInt(contract, 10) > contractMajor) {
    throw serviceError('app-outdated', requestId, `contract ${contract.slice(0, 20)}`, { status })
  }
  const read = v.safeParse(call.response, json, { abortEarly: true })
  if (!read.success) {
    // The path, never the value: it may be personal data.
    const path = v.getDotPath(read.issues[0]) ?? 'the whole response'
    throw serviceError('contract-broken', requestId, `${call.path}: ${path}`, { status })
  }
  const problem = problemIn(call, read.output)
  if (problem !== null) throw serviceError('contract-broken', requestId, `${call.path}: ${problem}`, { status })
  return read.output
}

/** Undefined unless both the content type and the text are JSON. */
function parseJson({ headers, text }: HttpResponse): unknown {
  const type = headers['content-type']
  if (type !== undefined && !/json/i.test(type)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What is wrong with a valid response to this call, fresh or cached; null when nothing is. */
export function problemIn<W>(call: Call<W>, wire: W): string | null {
  if (namesOtherCity(wire, call.city)) return 'is for another city'
  const path = mismatchIn(wire, call.echo)
  return path === null ? (call.check?.(wire) ?? null) : `is about something else: ${path}`
}

/** Every `cityId` in a response must be the city that was called. */
function namesOtherCity(value: unknown, city: CityId): boolean {
  if (Array.isArray(value)) return value.some((item) => namesOtherCity(item, city))
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, member]) =>
    name === 'cityId' ? member !== city : namesOtherCity(member, city),
  )
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

/** The error that a 4xx or 5xx means. Its body counts only when it is a valid problem document. */
function refusalError(response: HttpResponse, headerId: RequestId, cityNowMs: number): ServiceError {
  const { status } = response
  const read = v.safeParse(vProblem, parseJson(response))
  const problem = read.success ? read.output : null
  const retryAfterSeconds =
    readRetryAfter(problem?.retryAfterSeconds?.toString(), cityNowMs) ??
    readRetryAfter(response.headers['retry-after'], Date.parse(response.headers.date ?? '') || cityNowMs)
  const requestId = problem && !response.headers['x-request-id'] ? asId<RequestId>(problem.requestId) : headerId
  const facts: ProblemFacts & { retry?: ServiceError['retry'] } = {
    status,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(problem && {
      code: problem.code,
      title: problem.title,
      ...(problem.retry !== 'unlisted' && { retry: problem.retry }),
      detail: problem.detail,
      fields: problem.fields,
      bills: problem.bills && branded<NonNullable<ProblemFacts['bills']>>(problem.bills),
      alternatives: problem.alternatives && branded<NonNullable<ProblemFacts['alternatives']>>(problem.alternatives),
      paidAt: problem.paidAt,
      unblocksAt: problem.unblocksAt,
      level: problem.level,
      limit: problem.limit,
      tickets: problem.tickets,
      pending: problem.pending,
      consent: problem.consent,
      consentReason: problem.consentStands,
      overlaps: problem.overlaps && branded<NonNullable<ProblemFacts['overlaps']>>(problem.overlaps),
    }),
  }
  const reason = problem ? problem.code : `status ${status} without a problem document`
  if (status === 401) return serviceError('signed-out', requestId, reason, facts)
  // A read-only city also sends Retry-After, but only changes must wait; reads go on.
  const isReadOnly = problem?.code === 'city-read-only'
  const isBusy = status === 429 || (status === 503 && retryAfterSeconds !== undefined)
  if (isBusy && !isReadOnly) return serviceError('busy', requestId, reason, facts)
  const understood = isReadOnly || (problem !== null && status >= 400 && status < 500)
  return serviceError(understood ? 'refused' : 'city-error', requestId, reason, facts)
}

/**
 * Sets the city's clock. A repeated POST returns the first response again with its old `serverTime`, so only reads count.
 * Until the first read the Date header (whole seconds) serves.
 */
function readClock(
  clocks: Clocks,
  call: Call<unknown>,
  wire: unknown,
  headers: HttpResponse['headers'],
  trip: { sentAtMs: number; receivedAtMs: number },
): void {
  const serverTime = call.key === undefined ? memberOf(wire, 'serverTime') : undefined
  if (typeof serverTime === 'string') {
    clocks.read(call.city, { ...trip, serverMs: msOf(serverTime), stepMs: serverTime.includes('.') ? 1 : 1000 })
  } else if (clocks.of(call.city).uncertaintyMs === Number.POSITIVE_INFINITY) {
    clocks.read(call.city, { ...trip, serverMs: Date.parse(headers.date ?? ''), stepMs: 1000 })
  }
}
