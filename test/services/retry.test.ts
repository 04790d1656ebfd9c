import { asId, type BillId, type RequestId } from '@/domain/ids'
import { platformError } from '@/platform/error'
import { type ServiceErrorKind, serviceError } from '@/services/errors'
import { hallsOf } from '@/services/halls'
import { longestQuietSeconds, patienceMs, pauseBeforeRetry, readRetryAfter } from '@/services/retry'
import { cityId, failureOf, hangzhou, sendJson, startCity } from '../support/city'
import { example, problem } from '../support/contract-examples'
import { createPhone, nodeRequest, noNetwork } from '../support/phone'

const request = { bills: [{ billId: asId<BillId>('b-1'), version: 3 }], totalFen: 12864 }
const offline = serviceError('offline', asId<RequestId>('local-1'), 'gone')

test('N2: a read without a response is repeated twice at most, then it fails', async () => {
  let requests = 0
  const phone = createPhone({
    addresses: { [hangzhou]: 'http://city' },
    request(request) {
      requests += 1
      return noNetwork(request)
    },
  })
  const error = await failureOf(phone.services.manifest.get(hangzhou))
  expect(error).toMatchObject({ kind: 'offline', retry: 'safe' })
  expect(error.requestId).toMatch(/^local-/)
  expect(requests).toBe(3)
  expect(phone.pauses).toHaveLength(2)
})

test('N2: a dropped connection is survived by a read', async () => {
  const city = await startCity((_, response, times) => {
    if (times < 3) return response.destroy()
    sendJson(response, 200, example('Manifest'))
  })
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  expect((await services.manifest.get(hangzhou)).name).toBe('杭州')
})

test('N2: a call without an idempotency key is never repeated', async () => {
  const city = await startCity((_, response) => response.destroy())
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  expect((await failureOf(services.accounts.match(hangzhou, asId('hz-water'), '12345678'))).kind).toBe('offline')
  expect((await failureOf(services.accounts.unbind(hangzhou, asId('a-1')))).kind).toBe('offline')
  expect((await failureOf(services.accounts.change(hangzhou, asId('a-1'), { nickname: '家' }))).kind).toBe('offline')
  expect(city.requestsTo('/account-matches')).toHaveLength(1)
  expect(city.requestsTo('/accounts/a-1').map(({ method }) => method)).toEqual(['DELETE', 'PUT'])
})

test('N2: every repetition carries the key of the intent and the same body', async () => {
  const city = await startCity((_, response, times) => {
    if (times < 3) return response.destroy()
    sendJson(response, 201, example('PaymentStart'))
  })
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  const key = services.newIdempotencyKey()
  const { payment } = await services.payments.create(hangzhou, request, key)
  expect(payment.state).toBe('created')
  const sent = city.requestsTo('/payments')
  expect(sent.map(({ headers }) => headers['idempotency-key'])).toEqual([key, key, key])
  expect(new Set(sent.map(({ body }) => body)).size).toBe(1)
})

test('two intents never share a key, and a key fits the contract', () => {
  const { services } = createPhone({ addresses: {} })
  const keys = Array.from({ length: 2_000 }, () => services.newIdempotencyKey())
  expect(new Set(keys).size).toBe(2_000)
  for (const key of keys) expect(key).toMatch(/^[a-z0-9]{24}$/)
})

test('a refusal is a response and is not repeated', async () => {
  const city = await startCity((_, response) => sendJson(response, 404, problem(404, 'not-found', { retry: 'safe' })))
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  expect((await failureOf(services.of(hallsOf).get(hangzhou, asId('h-9')))).code).toBe('not-found')
  expect(city.requests).toHaveLength(1)
})

test('a failure with `retry: never` is not repeated', async () => {
  const city = await startCity((_, response) => sendJson(response, 500, problem(500, 'internal', { retry: 'never' })))
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  expect(await failureOf(services.manifest.get(hangzhou))).toMatchObject({ kind: 'city-error', code: 'internal' })
  expect(city.requests).toHaveLength(1)
})

test('N3: Retry-After is obeyed before the next request', async () => {
  const busy = problem(429, 'too-many-requests', { retry: 'after', retryAfterSeconds: 3 })
  const city = await startCity((_, response, times) =>
    times === 1 ? sendJson(response, 429, busy, { 'retry-after': '3' }) : sendJson(response, 200, example('Manifest')),
  )
  const phone = createPhone({ addresses: { [hangzhou]: city.url } })
  await phone.services.manifest.get(hangzhou)
  expect(phone.pauses).toHaveLength(1)
  expect(phone.pauses[0]).toBeGreaterThanOrEqual(3_000)
  expect(phone.pauses[0]).toBeLessThan(4_000)
})

test('N3: the header alone is obeyed too, with a body that is no problem document', async () => {
  const city = await startCity((_, response, times) =>
    times === 1
      ? response.writeHead(503, { 'retry-after': '4', 'content-type': 'text/html' }).end('<h1>busy</h1>')
      : sendJson(response, 200, example('Manifest')),
  )
  const phone = createPhone({ addresses: { [hangzhou]: city.url } })
  await phone.services.manifest.get(hangzhou)
  expect(phone.pauses[0]).toBeGreaterThanOrEqual(4_000)
})

test('N3: a wait longer than patience fails at once, and no call goes out until then', async () => {
  const busy = problem(429, 'too-many-requests', { retry: 'after', retryAfterSeconds: 60 })
  const city = await startCity((_, response, times) =>
    times === 1 ? sendJson(response, 429, busy) : sendJson(response, 200, example('Manifest')),
  )
  const phone = createPhone({ addresses: { [hangzhou]: city.url } })
  const first = await failureOf(phone.services.manifest.get(hangzhou))
  expect(first).toMatchObject({ kind: 'busy', retryAfterSeconds: 60 })
  const second = await failureOf(phone.services.manifest.get(hangzhou))
  expect(second).toMatchObject({ kind: 'busy', retryAfterSeconds: 60, requestId: first.requestId })
  expect(city.requests).toHaveLength(1)
  phone.setForward(61_000)
  await phone.services.manifest.get(hangzhou)
  expect(city.requests).toHaveLength(2)
})

test('N9: a read-only city refuses to act, gets the request once, and is still read', async () => {
  const readOnly = problem(503, 'city-read-only', { retry: 'after', retryAfterSeconds: 3_600 })
  const city = await startCity((request, response) =>
    request.method === 'POST' ? sendJson(response, 503, readOnly) : sendJson(response, 200, example('Manifest')),
  )
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  const failure = await failureOf(services.payments.create(hangzhou, request, services.newIdempotencyKey()))
  expect(failure).toMatchObject({ kind: 'refused', code: 'city-read-only' })
  expect(city.requestsTo('/payments')).toHaveLength(1)
  await services.manifest.get(hangzhou)
})

test('N3: a busy city is left alone by its other calls too, other cities are not', async () => {
  const busy = problem(429, 'too-many-requests', { retry: 'after', retryAfterSeconds: 60 })
  const city = await startCity((_, response) => sendJson(response, 429, busy))
  const other = await startCity((_, response) => sendJson(response, 200, example('Manifest', { cityId: '510100' })))
  const chengdu = cityId('510100')
  const { services } = createPhone({ addresses: { [hangzhou]: city.url, [chengdu]: other.url } })
  await failureOf(services.manifest.get(hangzhou))
  await failureOf(services.of(hallsOf).list(hangzhou))
  expect(city.requests).toHaveLength(1)
  await expect(services.manifest.get(chengdu)).resolves.toBeDefined()
})

test('a phone’s clock that is set back does not keep a city quiet for ever', async () => {
  const busy = problem(429, 'too-many-requests', { retry: 'after', retryAfterSeconds: 60 })
  const city = await startCity((_, response, times) =>
    times === 1 ? sendJson(response, 429, busy) : sendJson(response, 200, example('Manifest')),
  )
  const phone = createPhone({ addresses: { [hangzhou]: city.url } })
  await failureOf(phone.services.manifest.get(hangzhou))
  phone.setForward(-365 * 86_400_000)
  await expect(phone.services.manifest.get(hangzhou)).resolves.toBeDefined()
})

test('a slow city is given up after its time, and all repetitions together end with patience', async () => {
  let clockMs = 0
  const limits: number[] = []
  const phone = createPhone({
    addresses: { [hangzhou]: 'http://city' },
    request({ timeoutMs = 0 }) {
      limits.push(timeoutMs)
      phone.setForward(timeoutMs)
      clockMs += timeoutMs
      return Promise.reject(platformError('timeout', 'slow'))
    },
  })
  expect((await failureOf(phone.services.manifest.get(hangzhou))).kind).toBe('timeout')
  expect(limits[0]).toBe(10_000)
  expect(limits).toHaveLength(2)
  expect(clockMs + phone.pauses.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(patienceMs + 50)
})

test('a city that never responds ends in a timeout', async () => {
  const city = await startCity(() => {})
  const phone = createPhone({
    addresses: { [hangzhou]: city.url },
    request: (request) => nodeRequest({ ...request, timeoutMs: 60 }),
  })
  expect((await failureOf(phone.services.manifest.get(hangzhou))).kind).toBe('timeout')
})

test('pauses double, and are spread so that phones do not come back together', () => {
  const pause = (repetitions: number, chance: number) =>
    pauseBeforeRetry(offline, { mayRepeat: true, repetitions, spentMs: 0 }, () => chance)
  expect([pause(0, 0), pause(0, 1), pause(1, 0), pause(1, 1)]).toEqual([200, 400, 400, 800])
  expect(pause(2, 0)).toBeNull()
})

test('nothing is repeated past the citizen’s patience', () => {
  const at = (spentMs: number) => pauseBeforeRetry(offline, { mayRepeat: true, repetitions: 0, spentMs }, () => 0)
  expect(at(patienceMs - 201)).toBe(200)
  expect(at(patienceMs - 200)).toBeNull()
})

/** Whether a call that failed so, and that a city would take again, is repeated. */
const isRepeated = (kind: ServiceErrorKind, status?: number) => {
  const error = serviceError(kind, asId<RequestId>('r-1'), 'failed', { retry: 'safe', ...(status ? { status } : {}) })
  return pauseBeforeRetry(error, { mayRepeat: true, repetitions: 0, spentMs: 0 }, () => 0) !== null
}

test('N2: what a second try may mend is repeated, and nothing that it cannot', () => {
  const kinds = ['offline', 'timeout', 'busy', 'city-error', 'not-json'] as const
  const others = ['cancelled', 'contract-broken', 'too-large', 'refused', 'signed-out', 'app-error'] as const
  expect(kinds.filter((kind) => !isRepeated(kind))).toEqual([])
  expect(others.filter((kind) => isRepeated(kind))).toEqual([])
})

test('N2: a refusal is final whatever its body, but for those that ask to come back', () => {
  const final = [400, 404, 409, 422, 499].filter((status) => isRepeated('not-json', status))
  const again = [399, 408, 425, 429, 500, 503].filter((status) => !isRepeated('not-json', status))
  expect({ final, again }).toEqual({ final: [], again: [] })
})

const nowMs = Date.parse('2026-11-23T02:00:00Z')

test.each([
  ['120', 120],
  ['0', 0],
  ['86400000', longestQuietSeconds],
  ['9'.repeat(400), longestQuietSeconds],
  ['Mon, 23 Nov 2026 02:01:00 GMT', 60],
  ['Fri, 23 Nov 2029 02:00:00 GMT', longestQuietSeconds],
  ['Mon, 23 Nov 2020 02:00:00 GMT', 0],
  ['-5', undefined],
  ['1.5', undefined],
  ['1e3', undefined],
  ['NaN', undefined],
  ['Infinity', undefined],
  ['', undefined],
  ['soon', undefined],
  [' 30 ', 30],
  ['on Mon, 23 Nov 2026 02:01:00 GMT', undefined],
  ['Mon, 23 Nov 2026 02:01:00 GMT, or later', undefined],
  ['2029', longestQuietSeconds],
  [undefined, undefined],
])('N16: Retry-After "%s" means %s seconds', (header, seconds) => {
  expect(readRetryAfter(header, nowMs)).toBe(seconds)
})

test.each([
  ['429 with a header', 429, {}, { 'retry-after': '86400000' }],
  ['503 with a header', 503, {}, { 'retry-after': '86400000' }],
  ['429 with a date of another year', 429, {}, { 'retry-after': 'Fri, 23 Nov 2029 02:00:00 GMT' }],
  ['429 with a day in its body', 429, { retryAfterSeconds: 86_400 }, {}],
])('N16: a city that asks for years by %s is tried again after two minutes', async (_, status, own, headers) => {
  const busy = problem(status, 'too-many-requests', { retry: 'after', ...own })
  const city = await startCity((_asked, response, times) =>
    times === 1 ? sendJson(response, status, busy, headers) : sendJson(response, 200, example('Manifest')),
  )
  const phone = createPhone({ addresses: { [hangzhou]: city.url } })
  const error = await failureOf(phone.services.manifest.get(hangzhou))
  expect(error).toMatchObject({ kind: 'busy', retryAfterSeconds: 120 })
  phone.setForward(121_000)
  await phone.services.manifest.get(hangzhou)
  expect(city.requests).toHaveLength(2)
})

const quiet = async (then: (path: string) => object) => {
  const busy = problem(429, 'too-many-requests', { retry: 'after', retryAfterSeconds: 100 })
  const city = await startCity((request, response) =>
    request.path === '/manifest' && city.requestsTo('/manifest').length === 1
      ? sendJson(response, 429, busy)
      : sendJson(response, 200, then(request.path)),
  )
  const phone = createPhone({ addresses: { [hangzhou]: city.url } })
  await failureOf(phone.services.manifest.get(hangzhou))
  return phone.services
}

test('N16: a payment is read although the city asked for quiet', async () => {
  const services = await quiet(() => example('Payment'))
  expect((await services.payments.get(hangzhou, asId('p-1'))).id).toBe('p-1')
  await expect(services.payments.find(hangzhou, services.newIdempotencyKey())).resolves.toBeDefined()
  expect((await failureOf(services.of(hallsOf).list(hangzhou))).kind).toBe('busy')
})

test('N16: what a citizen does goes out although the city asked for quiet', async () => {
  const services = await quiet((path) => example(path === '/manifest' ? 'Manifest' : 'PaymentStart'))
  await expect(services.payments.create(hangzhou, request, services.newIdempotencyKey())).resolves.toBeDefined()
  expect((await failureOf(services.manifest.get(hangzhou))).kind).toBe('busy')
  services.endQuiet()
  expect((await services.manifest.get(hangzhou)).name).toBe('杭州')
})

test('N16: a payment’s own read waits five seconds at most for a busy city', () => {
  const busy = serviceError('busy', asId<RequestId>('local-1'), 'busy', { retryAfterSeconds: 15 })
  const pause = (isPayment: boolean) =>
    pauseBeforeRetry(busy, { mayRepeat: true, isPayment, repetitions: 0, spentMs: 0 }, () => 0)
  expect([pause(true), pause(false)]).toEqual([5_200, 15_200])
})
