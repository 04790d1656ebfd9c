import http from 'node:http'
import net from 'node:net'
import { problem } from '../../city/http/problem'
import { createServer } from '../../city/http/server'
import { readContract } from '../../contract/check'
import type { Problem } from '../../contract/wire/types.gen'
import { type Sandbox, startSandbox } from '../../sandbox/start'
import { electricity, signIn, type TestCitizen } from '../support/citizen'
import { keptLog } from '../support/logs'
import { testDatabase } from '../support/sandbox'

jest.setTimeout(60_000)

const { log, lines } = keptLog()
let sandbox: Sandbox
let release: () => Promise<void>
let citizen: TestCitizen
beforeAll(async () => {
  const database = await testDatabase()
  release = database.release
  sandbox = await startSandbox({ port: 0, ...database, log, sweepMs: null })
  citizen = await signIn(`${sandbox.address}/330100`, 'odd')
}, 100_000)
afterAll(async () => {
  await sandbox.close()
  await release()
})

type Answer = { status: number; headers: http.IncomingHttpHeaders; body: Partial<Problem>; text: string }
type Headers = Record<string, string | string[]>

/** A call as it goes over the wire, whatever stands in it. */
const call = (method: string, path: string, headers: Headers = {}, body?: string | Buffer): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const request = http.request(
      { host: '127.0.0.1', port: sandbox.port, method, path, headers, agent: false },
      (response) => {
        let text = ''
        response.on('data', (chunk) => {
          text += chunk
        })
        response.on('end', () => {
          const isProblem = String(response.headers['content-type']).startsWith('application/problem+json')
          const { statusCode = 0, headers } = response
          resolve({ status: statusCode, headers, text, body: isProblem ? JSON.parse(text) : {} })
        })
      },
    )
    request.on('error', reject)
    request.end(body)
  })

const signedIn = (more: Headers = {}): Headers => ({
  Authorization: `Bearer ${citizen.token}`,
  'Idempotency-Key': 'key-0123456789abcdef',
  ...more,
})
const post = (path: string, body: string | Buffer, headers: Headers = {}) =>
  call('POST', `/330100${path}`, signedIn({ 'Content-Type': 'application/json', ...headers }), body)

/** What was sent by hand, and everything that came back until the connection ended. */
const spoken = (text: string, more: { everyMs?: number; drip?: string } = {}): Promise<{ text: string; ms: number }> =>
  new Promise((resolve) => {
    const began = Date.now()
    const socket = net.connect(sandbox.port, '127.0.0.1', () => socket.write(text))
    const drip = more.drip
    const timer = drip === undefined ? undefined : setInterval(() => socket.write(drip), more.everyMs)
    let heard = ''
    socket.on('data', (chunk) => {
      heard += chunk
    })
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearInterval(timer)
      resolve({ text: heard, ms: Date.now() - began })
    })
  })

function expectProblem({ status, headers, body }: Answer, expected: number) {
  expect([status, body.status, headers['content-type']]).toEqual([
    expected,
    expected,
    'application/problem+json; charset=utf-8',
  ])
  expect(body).toMatchObject({ code: expect.stringMatching(/^(bad-request|invalid-fields)$/), retry: 'never' })
  expect(body.requestId).toBe(headers['x-request-id'])
}

test.each<[string, number, () => Promise<Answer>]>([
  ['an address of 3,000 characters', 414, () => call('GET', `/330100/bills?text=${'x'.repeat(3000)}`)],
  ['an id of 200 characters', 414, () => call('GET', `/330100/bills/${'b'.repeat(200)}`, signedIn())],
  ['a path that is not well encoded', 400, () => call('GET', '/330100/bills/%', signedIn())],
  ['half a surrogate pair in a path', 400, () => call('GET', '/330100/bills/%ED%A0%80', signedIn())],
  ['a query that is not well encoded', 400, () => call('GET', '/330100/bills?text=%C3%28', signedIn())],
  ['a NUL in a query', 400, () => call('GET', '/330100/bills?text=a%00b', signedIn())],
  ['a query that names something twice', 400, () => call('GET', '/330100/bills?text=a&text=b', signedIn())],
  ['__proto__ in a query', 400, () => call('GET', '/330100/bills?__proto__=1', signedIn())],
  [
    'a query of 40 parts',
    400,
    () =>
      call('GET', `/330100/bills?${'0123456789'.replace(/./g, (d) => `a${d}=1&b${d}=1&c${d}=1&d${d}=1&`)}`, signedIn()),
  ],
  ['__proto__ in a body', 400, () => post('/holds', '{"slotId":"s","itemId":"i","__proto__":{"isAdmin":true}}')],
  ['constructor deep in a body', 400, () => post('/payments', '{"bills":[{"constructor":{"prototype":{}}}]}')],
  ['a body of 2,000 members', 400, () => post('/holds', JSON.stringify({ slotId: Array(2000).fill(0) }))],
  ['a body of 100 kB', 413, () => post('/reports', JSON.stringify({ text: 'x'.repeat(100_000) }))],
  ['a body that is not JSON', 400, () => post('/holds', '{"slotId":')],
  ['a body that is not UTF-8', 400, () => post('/holds', Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))],
  ['a body of another type', 415, () => post('/holds', 'a=b', { 'Content-Type': 'application/x-www-form-urlencoded' })],
  ['a body in GBK', 415, () => post('/holds', '{}', { 'Content-Type': 'application/json; charset=gbk' })],
  ['a compressed body', 415, () => post('/holds', '{}', { 'Content-Encoding': 'gzip' })],
  [
    'a key of a call that comes twice',
    400,
    () =>
      post('/holds', '{"slotId":"s","itemId":"i"}', {
        'Idempotency-Key': ['key-0123456789abcdef', 'key-fedcba9876543210'],
      }),
  ],
])('C3: %s is refused with %s and a problem document', async (_what, status, ask) => {
  expectProblem(await ask(), status)
})

test('what is no HTTP is answered by a problem document too, and its connection ends', async () => {
  for (const [text, status] of [
    ['GET / HTTP/9.9\r\n\r\n', 400],
    [`GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n`, 400],
    [`GET / HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ['POST /330100/holds HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', 400],
  ] as const) {
    const { text: heard } = await spoken(text)
    expect(heard).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
    expect(heard).toContain('application/problem+json')
    expect(heard).toContain('nosniff')
    expect(JSON.parse(heard.split('\r\n\r\n')[1] ?? '')).toMatchObject({ status, code: 'bad-request' })
  }
})

const odd: unknown[] = [
  null,
  true,
  '',
  '\0',
  'x',
  -1,
  0.5,
  2 ** 53,
  1e300,
  [],
  {},
  [[]],
  '9'.repeat(40),
  '../..',
  "'; --",
  '%00',
]

test('C3: no odd value in any place of any call is answered 500', async () => {
  const { paths } = readContract()
  const wrong: unknown[] = []
  let calls = 0
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (operation.operationId === undefined || operation.operationId === 'endSession') continue
      const body = bodyFor(operation.operationId)
      for (const value of odd) {
        const id = encodeURIComponent(typeof value === 'object' ? JSON.stringify(value) : String(value)) || 'x'
        const address = `/330100${path.replace(/{\w+}/g, id)}?cursor=${id}&from=${id}&day=${id}&itemId=${id}&text=${id}`
        const sent = body === null ? [undefined] : [JSON.stringify(value), ...variants(body, value)]
        for (const text of sent) {
          const type: Headers = text === undefined ? {} : { 'Content-Type': 'application/json' }
          const answer = await call(
            method.toUpperCase(),
            address,
            signedIn({ 'Idempotency-Key': `key-${calls}-0123456789`, ...type }),
            text,
          )
          calls += 1
          if (answer.status >= 500) wrong.push([method, address, text, answer.status, lines.at(-1)])
        }
      }
    }
  }
  expect(wrong).toEqual([])
  expect(calls).toBeGreaterThan(1000)
}, 120_000)

const examples: Record<string, object> = {
  createSession: { host: 'preview', code: 'preview-x' },
  matchAccount: { billerId: 'hz-electricity', number: electricity.oneDue },
  bindAccount: { matchId: 'm-1', relation: 'mine', nickname: 'n' },
  createPayment: {
    cityId: '330100',
    bills: [{ billId: 'b-1', version: 1, amountFen: 5 }],
    totalFen: 5,
    cashier: 'till',
  },
  createHold: { slotId: 's-1', itemId: 'i-1', moreItemIds: ['i-2'], appointmentId: 'a-1' },
  createReport: { about: { kind: 'payment', id: 'p-1' }, reason: 'other', text: 't' },
}
const bodyFor = (operationId: string): object | null =>
  examples[operationId] ??
  (/^(get|list|find|lookUp)/.test(operationId) ? null : { given: true, holdId: 'h', stars: 3, day: 'd' })

/** The body with this value in the place of each of its members. */
const variants = (body: object, value: unknown): string[] =>
  Object.entries(body).flatMap(([name, member]) => [
    JSON.stringify({ ...body, [name]: value }),
    ...(Array.isArray(member) && typeof member[0] === 'object'
      ? Object.keys(member[0]).map((inner) => JSON.stringify({ ...body, [name]: [{ ...member[0], [inner]: value }] }))
      : []),
  ])

test('every answer says that it is what it is, runs nothing and is kept nowhere', async () => {
  for (const path of ['/330100/manifest', '/330100/bills', '/330100/none', '/nowhere', '/330100/bills/%']) {
    const { headers } = await call('GET', path)
    expect([path, headers]).toEqual([
      path,
      expect.objectContaining({
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
        'x-request-id': expect.stringMatching(/^req-[0-9a-f]{12}$/),
      }),
    ])
    expect(headers['strict-transport-security']).toBeUndefined()
    expect(headers['access-control-allow-origin']).toBeUndefined()
    expect(headers.server ?? headers['x-powered-by']).toBeUndefined()
  }
  const page = await call('GET', '/control/')
  expect(page.headers['content-security-policy']).toMatch(/^frame-ancestors 'self'/)
})

test('pages of configured origins alone may call a city, and TLS is demanded where a call came by it', async () => {
  const allowed = async (origin: string, method = 'GET') =>
    (await call(method, '/330100/manifest', { origin })).headers['access-control-allow-origin']
  for (const origin of ['http://127.0.0.1:10086', 'http://localhost:4321']) {
    expect(await allowed(origin)).toBe(origin)
    expect(await allowed(origin, 'OPTIONS')).toBe(origin)
  }
  for (const origin of [
    'https://elsewhere.example',
    'http://127.0.0.1:1.elsewhere.example',
    'null',
    'http://localhost.elsewhere.example',
  ])
    expect([origin, await allowed(origin)]).toEqual([origin, undefined])

  const city = await createServer(sandbox.world, { trustProxy: '127.0.0.1', origins: ['https://app.example'] })
  const forwarded = { 'x-forwarded-proto': 'https', origin: 'https://app.example' }
  const { headers } = await city.inject({ url: '/330100/manifest', headers: forwarded })
  expect(headers['strict-transport-security']).toMatch(/^max-age=\d+/)
  expect(headers['access-control-allow-origin']).toBe('https://app.example')
  await city.close()
  const plain = await createServer(sandbox.world, {})
  expect((await plain.inject({ url: '/330100/manifest', headers: forwarded })).headers).toEqual(
    expect.not.objectContaining({ 'strict-transport-security': expect.anything() }),
  )
  await plain.close()
})

test('C3: who sends a header a second is cut off, and so is who never ends a body', async () => {
  const { host, port } = { host: '127.0.0.1', port: sandbox.port }
  const city = await createServer(sandbox.world, { timeouts: { headersMs: 1500, callMs: 3000 } })
  await city.listen({ port: 0, host })
  const address = city.server.address()
  sandbox.port = typeof address === 'object' && address !== null ? address.port : 0
  const slow = await spoken('GET /330100/manifest HTTP/1.1\r\nHost: a\r\n', { everyMs: 300, drip: 'X: y\r\n' })
  const endless = await spoken(
    `POST /330100/sessions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{`,
    { everyMs: 300, drip: ' ' },
  )
  sandbox.port = port
  await city.close()
  expect(slow.text).toMatch(/^HTTP\/1.1 408 /)
  expect(slow.ms).toBeGreaterThan(1400)
  expect(slow.ms).toBeLessThan(15_000)
  expect(endless.text).toMatch(/^HTTP\/1.1 408 /)
  expect(endless.ms).toBeLessThan(20_000)
})

test('C3: an error of ours carries nothing from inside', async () => {
  const { identity } = sandbox.world
  const { signIn } = identity
  const inner = [
    Object.assign(new Error('relation "citizens" of 10.0.0.7'), { statusCode: 418 }),
    problem('internal', { detail: 'relation "citizens" of 10.0.0.7', fields: [] }),
  ]
  for (const error of inner) {
    identity.signIn = () => {
      throw error
    }
    const answer = await post('/sessions', JSON.stringify({ host: 'preview', code: 'preview-x' }))
    expect(answer.status).toBe(500)
    expect(Object.keys(answer.body).sort()).toEqual(
      ['code', 'requestId', 'retry', 'retryAfterSeconds', 'status', 'title', 'type'].sort(),
    )
  }
  identity.signIn = signIn
})
