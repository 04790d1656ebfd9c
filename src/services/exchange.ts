import * as v from 'valibot'
import { asId, type CityId, type RequestId } from '@/domain/ids'
import type { Language } from '@/domain/language'
import { msOf } from '@/domain/time'
import { isPlatformError } from '@/platform/error'
import type { HttpResponse, Platform } from '@/platform/types'
import { vProblem } from '../../contract/wire/valibot.gen'
import { branded } from './branded'
import type { Call } from './call'
import type { Clocks } from './clocks'
import { otherSubject } from './echo'
import { localRequestId, type ProblemFacts, type ServiceError, serviceError } from './errors'
import { createQueue } from './queue'
import { readRetryAfter } from './retry'

/** In characters. A hundred items of a list are a tenth of it; parsing more would freeze an old phone. */
const longestAnswer = 1_000_000

/** A major version may break what this app relies on, so it is not even tried. Minor ones only add. */
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

/** One question, one answer: no repeating, no session of its own. Rejects with a `ServiceError` and nothing else. */
export type Exchange = <W>(call: Call<W>, token: string | null, timeoutMs: number) => Promise<W>

export function createExchange(options: ExchangeOptions): Exchange {
  const queue = createQueue()
  return async (call, token, timeoutMs) => {
    const address = options.addressOf(call.city)
    const localId = localRequestId(options.random)
    if (address === null) throw serviceError('no-city', localId, call.city)
    let sentAtMs = options.phoneNow()
    const send = () => {
      // Waiting for its turn is no part of the way.
      sentAtMs = options.phoneNow()
      return options.request({
        method: call.method,
        url: address + targetOf(call),
        headers: headersOf(call, token, options.language()),
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
        timeoutMs,
      })
    }
    // Money and the session that it needs wait for nothing else.
    const isFirst = call.isPayment === true || call.path.startsWith('/payments') || call.path.startsWith('/sessions')
    const answer = await queue(send, isFirst).catch((error: unknown) => {
      throw unanswered(error, localId)
    })
    const receivedAtMs = options.phoneNow()
    const requestId = asId<RequestId>(answer.headers['x-request-id']?.slice(0, 100) || localId)
    const tellTime = (wire: unknown) =>
      readClock(options.clocks, call, wire, answer.headers, { sentAtMs, receivedAtMs })
    if (answer.text.length > longestAnswer) {
      throw serviceError('too-large', requestId, `${answer.text.length} characters`, { status: answer.status })
    }
    if (answer.status < 200 || answer.status > 299) {
      tellTime(undefined)
      throw refusal(answer, requestId, options.clocks.now(call.city))
    }
    const wire = readAnswer(call, answer, requestId)
    tellTime(wire)
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
    ...(call.key === undefined ? {} : { 'idempotency-key': call.key }),
    ...(token === null ? {} : { authorization: `Bearer ${token}` }),
  }
}

function unanswered(error: unknown, requestId: RequestId): ServiceError {
  if (!isPlatformError(error)) return serviceError('app-error', requestId, String(error))
  const kind = error.reason === 'failed' ? 'offline' : error.reason
  return serviceError(kind, requestId, error.detail)
}

function readAnswer<W>(call: Call<W>, answer: HttpResponse, requestId: RequestId): W
function readAnswer(call: Call<unknown>, answer: HttpResponse, requestId: RequestId): unknown {
  if (call.answer === null) return undefined
  const { status } = answer
  const json = parseJson(answer)
  if (json === undefined) throw serviceError('not-json', requestId, `status ${status}`, { status })
  const contract = memberOf(json, 'contract')
  if (typeof contract === 'string' && Number.parseInt(contract, 10) > contractMajor) {
    throw serviceError('app-outdated', requestId, `contract ${contract.slice(0, 20)}`, { status })
  }
  const read = v.safeParse(call.answer, json, { abortEarly: true })
  if (!read.success) {
    // The place, never the value: it may be somebody's data.
    const place = v.getDotPath(read.issues[0]) ?? 'the whole answer'
    throw serviceError('contract-broken', requestId, `${call.path}: ${place}`, { status })
  }
  const wrong = wrongIn(call, read.output)
  if (wrong !== null) throw serviceError('contract-broken', requestId, `${call.path}: ${wrong}`, { status })
  return read.output
}

/** Undefined for whatever is not JSON by its own word and by its text. */
function parseJson({ headers, text }: HttpResponse): unknown {
  const type = headers['content-type']
  if (type !== undefined && !/json/i.test(type)) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** What is wrong with a valid answer to this call, whether it was just read or kept; null when nothing is. */
export function wrongIn<W>(call: Call<W>, wire: W): string | null {
  if (namesOtherCity(wire, call.city)) return 'answers for another city'
  const other = otherSubject(wire, call.echo)
  return other === null ? (call.check?.(wire) ?? null) : `answers about something else: ${other}`
}

/** Answers are per city: whatever in one names a city must name the one that was asked. */
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

/** What an error answer means; the problem document counts only when it is one. */
function refusal(answer: HttpResponse, headerId: RequestId, cityNowMs: number): ServiceError {
  const { status } = answer
  const read = v.safeParse(vProblem, parseJson(answer))
  const problem = read.success ? read.output : null
  const told =
    readRetryAfter(problem?.retryAfterSeconds?.toString(), cityNowMs) ??
    readRetryAfter(answer.headers['retry-after'], Date.parse(answer.headers.date ?? '') || cityNowMs)
  const requestId = problem && !answer.headers['x-request-id'] ? asId<RequestId>(problem.requestId) : headerId
  const facts: ProblemFacts & { retry?: ServiceError['retry'] } = {
    status,
    ...(told === undefined ? {} : { retryAfterSeconds: told }),
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
      limit: problem.limit,
      overlaps: problem.overlaps && branded<NonNullable<ProblemFacts['overlaps']>>(problem.overlaps),
    }),
  }
  const why = problem ? problem.code : `status ${status} without a problem document`
  if (status === 401) return serviceError('signed-out', requestId, why, facts)
  // A city that is read-only says when to come back too, but only paying and booking must wait: reading goes on.
  const isReadOnly = problem?.code === 'city-read-only'
  const isBusy = status === 429 || (status === 503 && told !== undefined)
  if (isBusy && !isReadOnly) return serviceError('busy', requestId, why, facts)
  const understood = isReadOnly || (problem !== null && status >= 400 && status < 500)
  return serviceError(understood ? 'refused' : 'city-error', requestId, why, facts)
}

/**
 * Sets the city's clock. The answer to a repeated POST is the first one again, its `serverTime` with it, so only reads
 * tell the time; the Date header, whole seconds, serves until one did.
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
