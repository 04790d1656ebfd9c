import http from 'node:http'
import fc from 'fast-check'
import { normalise as normaliseOnPhone } from '@/domain/typed'
import { type FieldKind, isUnreadable, normalise, readersCharacters } from '../../city/http/typed'
import { maskName } from '../../city/words'
import { electricity, signIn, type TestCitizen } from '../support/citizen'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'
import { typedExamples, unreadableExamples } from '../support/typed'

let sandbox: TestSandbox
let citizen: TestCitizen
beforeAll(async () => {
  sandbox = await startTestSandbox({ startAt: '2026-11-23T10:00:00+08:00' })
  citizen = await signIn(sandbox.city('330100'), 'typed')
})
afterAll(() => sandbox.close())

test.each(typedExamples)('N14: as %s, the city keeps %j as %j', (kind, typed, kept) => {
  expect(normalise(kind, typed)).toBe(kept)
})

test.each(unreadableExamples)('N14: the city refuses %j', (text) => {
  expect(isUnreadable(text)).toBe(true)
})

test('N14: phone and city keep the same of whatever is typed', () => {
  const kinds = Array.from(new Set(typedExamples.map(([kind]): FieldKind => kind)))
  const piece = fc.oneof(
    fc.constantFrom(...typedExamples.flatMap(([, typed]) => Array.from(typed))),
    fc.string({ unit: 'binary', maxLength: 2 }),
  )
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.array(piece, { maxLength: 12 }), (kind, pieces) => {
      const typed = pieces.join('')
      expect([kind, typed, normalise(kind, typed)]).toEqual([kind, typed, normaliseOnPhone(kind, typed)])
    }),
    { numRuns: 2000 },
  )
})

test('N14: masks hide what a reader sees, not halves of it', () => {
  expect(maskName('𠮷田三')).toBe('𠮷*三')
  expect(maskName('Jose\u0301')).toBe('J**e\u0301')
  expect(readersCharacters('葛\u{e0100}城')).toHaveLength(2)
})

/** A call as it goes over the wire, whatever stands in it. */
const raw = (method: string, path: string, body?: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; body: { code?: string; fields?: { field: string }[] } }>((resolve, reject) => {
    const url = new URL(sandbox.address)
    const request = http.request(
      {
        host: url.hostname,
        port: url.port,
        method,
        path: `/330100${path}`,
        headers: {
          Authorization: `Bearer ${citizen.token}`,
          'Idempotency-Key': 'key-0123456789abcdef',
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
      },
      (response) => {
        let text = ''
        response.on('data', (chunk) => {
          text += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text || '{}') }))
      },
    )
    request.on('error', reject)
    request.end(body)
  })

/** Every text of every call that people or machines fill in; `*` stands where the strange character comes. */
const bodies: [method: string, path: string, body: string, field: string][] = [
  ['POST', '/account-matches', '{"billerId":"hz-electricity","number":"33*"}', 'number'],
  ['POST', '/account-matches', '{"billerId":"hz*","number":"33"}', 'billerId'],
  ['POST', '/accounts', '{"matchId":"m-1","relation":"mine","nickname":"家*"}', 'nickname'],
  ['PUT', '/accounts/a-1', '{"nickname":"家*"}', 'nickname'],
  ['PUT', '/accounts/a-1/reminder', '{"given":true,"templates":["t*"]}', 'templates.0'],
  ['POST', '/sessions', '{"host":"preview","code":"preview-*"}', 'code'],
  [
    'POST',
    '/payments',
    '{"cityId":"330100","bills":[{"billId":"b*","version":1}],"totalFen":1,"cashier":"till"}',
    'bills.0.billId',
  ],
  ['POST', '/payments/p-1/cashier-answers', '{"outcome":"unknown","detail":"*"}', 'detail'],
  ['POST', '/reports', '{"about":{"kind":"app","id":"1.0"},"reason":"other","text":"没有*"}', 'text'],
  [
    'POST',
    '/reports',
    '{"about":{"kind":"app","id":"1.0"},"reason":"other","text":"没有","requestId":"r*"}',
    'requestId',
  ],
  ['POST', '/appointments', '{"holdId":"h-1","visitor":{"name":"张*","phone":"13900000002"}}', 'visitor.name'],
  ['POST', '/appointments', '{"holdId":"h-1","visitor":{"name":"张","phone":"139*"}}', 'visitor.phone'],
  ['PUT', '/appointments/ap-1/rating', '{"stars":5,"text":"好*"}', 'text'],
  ['POST', '/holds', '{"slotId":"s-1","itemId":"i-1","unknown":{"deep":["*"]}}', 'unknown.deep.0'],
  ['POST', '/holds', '{"slotId":"s-1","itemId":"i-1","un*known":1}', 'un\ufffdknown'],
]

test.each(bodies)(
  'N14: %s %s with NUL or half a surrogate is refused by name: %s',
  async (method, path, body, field) => {
    for (const strange of ['\\u0000', '\\ud842', '\\udfb7', '\\uffff']) {
      const answer = await raw(method, path, body.replace('*', strange))
      expect([answer.status, answer.body.code, answer.body.fields?.[0]?.field]).toEqual([400, 'invalid-fields', field])
    }
  },
)

test.each([
  ['/bills?text=%00', 'text'],
  ['/bills?cursor=a%00', 'cursor'],
  ['/bills?accountId=a%00', 'accountId'],
  ['/bills/b%00', 'billId'],
  ['/payments/by-key/key-0123456789ab%00', 'idempotencyKey'],
  ['/halls?itemId=%00', 'itemId'],
  ['/slots?hallId=1&itemId=2&moreItemIds=%00&day=2026-11-25', 'moreItemIds'],
])('N14: %s is refused by name', async (path, field) => {
  const answer = await raw('GET', path)
  expect([answer.status, answer.body.code, answer.body.fields?.[0]?.field]).toEqual([400, 'invalid-fields', field])
})

test.each(['/bills?text=%', '/bills/%', '/bills/%ED%A0%80', '/bills?text=%C3%28', '/bills?text=%ED%A0%80'])(
  'N14: %s never ends in an error of the city',
  async (path) => {
    const { status } = await raw('GET', path)
    expect(status).toBeLessThan(500)
  },
)

test('N14: a body of thirty thousand brackets is refused, an odd key of a call too', async () => {
  const deep = '['.repeat(30_000) + ']'.repeat(30_000)
  const answer = await raw('POST', '/holds', `{"slotId":"s-1","itemId":"i-1","x":${deep}}`)
  expect([answer.status, answer.body.code]).toEqual([400, 'invalid-fields'])
  for (const key of ['short', 'é'.repeat(20), '%00'.repeat(8), 'x'.repeat(65)]) {
    const { status } = await raw('POST', '/holds', '{"slotId":"s-1","itemId":"i-1"}', { 'Idempotency-Key': key })
    expect([key, status < 500]).toEqual([key, true])
  }
})

test('N14: a number is found as people write it, and a nickname is kept as it was meant', async () => {
  const matched = await citizen.match('hz-electricity', `\u202d（３３０１）0012–3456 5\u202c`)
  expect(matched.body.outcome).toBe('matched')
  const account = await citizen.bind('hz-electricity', electricity.oneDue)
  const named = await citizen.send<{ nickname?: string }>(
    `/accounts/${account.id}`,
    { nickname: ' \u202e爸妈家１号\u202c\n' },
    undefined,
    'PUT',
  )
  expect(named.body.nickname).toBe('爸妈家1号')
  const unnamed = await citizen.send<{ nickname?: string }>(
    `/accounts/${account.id}`,
    { nickname: '\u3164\u200b' },
    undefined,
    'PUT',
  )
  expect([unnamed.status, unnamed.body.nickname]).toEqual([200, undefined])
})

test('N14: what is searched for is found however it was typed', async () => {
  await citizen.bind('hz-electricity', electricity.oneDue)
  const found = await citizen.get<{ items: unknown[] }>(`/bills?text=${encodeURIComponent('\u202d 电\u200b费 \u202c')}`)
  expect(found.body.items.length).toBeGreaterThan(0)
  const all = await citizen.get<{ items: unknown[] }>(`/bills?text=${encodeURIComponent('\u200b')}`)
  expect(all.status).toBe(200)
})
