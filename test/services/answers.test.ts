import { asId, type BillId } from '@/domain/ids'
import { hallsOf } from '@/services/halls'
import { holdsOf } from '@/services/holds'
import { failureOf, hangzhou, sendJson, startCity } from '../support/city'
import { example, problem } from '../support/contract-examples'
import { createPhone } from '../support/phone'

const billId = asId<BillId>('b-1')

test('a valid response becomes the domain’s type', async () => {
  const city = await startCity((_, response) => sendJson(response, 200, example('Bill')))
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  const bill = await services.bills.get(hangzhou, billId)
  expect(bill).toMatchObject({ id: 'b-1', cityId: '330100', amountFen: 12864, version: 3 })
  expect(city.requestsTo('/bills/b-1')[0]?.headers).toMatchObject({
    authorization: 'Bearer token-1',
    'accept-language': 'zh-CN',
  })
})

test('N4: a web page in place of JSON is a typed error with a request id', async () => {
  const city = await startCity((_, response) =>
    response.writeHead(200, { 'content-type': 'text/html', 'x-request-id': 'req-html' }).end('<html>登录网络</html>'),
  )
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  const error = await failureOf(services.manifest.get(hangzhou))
  expect(error).toMatchObject({ kind: 'not-json', requestId: 'req-html', status: 200 })
})

test('N4: JSON with the content type of a web page is rejected', async () => {
  const city = await startCity((_, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end(JSON.stringify(example('Manifest'))),
  )
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  expect(await failureOf(services.manifest.get(hangzhou))).toMatchObject({ kind: 'not-json' })
})

test('N4: half a body is a typed error, whether the city closes politely or not', async () => {
  const half = JSON.stringify(example('Manifest')).slice(0, 200)
  const city = await startCity((_, response, times) => {
    if (times === 2) {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '9999' })
      response.write(half, () => response.destroy())
    } else {
      response.writeHead(200, { 'content-type': 'application/json' }).end(half)
    }
  })
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  const error = await failureOf(services.manifest.get(hangzhou))
  expect(error.kind).toBe('not-json')
  expect(error.requestId).toMatch(/^local-.{8}$/)
  expect(city.requests).toHaveLength(3)
})

test('N4: 10 MB of list are not read', async () => {
  const city = await startCity((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(`["${'x'.repeat(10_000_000)}"]`)
  })
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  expect(await failureOf(services.of(hallsOf).list(hangzhou))).toMatchObject({ kind: 'too-large' })
  expect(city.requests).toHaveLength(1)
})

test('N4: a list over the limit is refused before it is parsed', async () => {
  const city = await startCity((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(' '.repeat(1_000_001))
  })
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  expect(await failureOf(services.of(hallsOf).list(hangzhou))).toMatchObject({ kind: 'too-large' })
})

test.each([
  ['an amount with a fraction of a fen', { amountFen: 128.64 }],
  ['an amount as text', { amountFen: '12864' }],
  ['a negative amount', { amountFen: -1 }],
  ['an id as a number', { id: 9007199254740992 }],
  ['a status that is no word', { status: 7 }],
  ['a missing version', { version: undefined }],
  ['a line without amount', { lines: [{ label: '电费' }] }],
])('N4: %s breaks the contract and is not requested again', async (_, own) => {
  const city = await startCity((_asked, response) => sendJson(response, 200, example('Bill', own)))
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  expect(await failureOf(services.bills.get(hangzhou, billId))).toMatchObject({
    kind: 'contract-broken',
    requestId: 'req-1',
    retry: 'never',
  })
  expect(city.requestsTo('/bills/b-1')).toHaveLength(1)
})

test('what breaks the contract is named by its place, never by its value', async () => {
  const lines = [{ label: '李小明的电费', amountFen: '一百' }]
  const city = await startCity((_, response) => sendJson(response, 200, example('Bill', { lines })))
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  const { message } = await failureOf(services.bills.get(hangzhou, billId))
  expect(message).toContain('lines.0.amountFen')
  expect(message).not.toContain('一百')
})

test('an id beyond 2^53 survives', async () => {
  const id = '9007199254740993'
  const city = await startCity((_, response) => sendJson(response, 200, example('Bill', { id })))
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  const bill = await services.bills.get(hangzhou, asId<BillId>(id))
  expect(bill.id).toBe('9007199254740993')
  expect(city.requests.map(({ path }) => path)).toContain('/bills/9007199254740993')
})

test('N6: a response that names another city at any depth is rejected', async () => {
  const items = [{ ...example('Bill'), cityId: '510100' }]
  const city = await startCity((_, response) => sendJson(response, 200, example('BillPage', { items })))
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  const error = await failureOf(services.bills.list(hangzhou))
  expect(error.kind).toBe('contract-broken')
  expect(error.message).toContain('another city')
})

test('a response about another bill is rejected', async () => {
  const city = await startCity((_, response) => sendJson(response, 200, example('Bill', { id: 'b-2' })))
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  const error = await failureOf(services.bills.get(hangzhou, billId))
  expect(error.message).toContain('something else')
})

test('N6: a city without a backend in this build gets no request', async () => {
  const { services } = createPhone({ addresses: {} })
  expect(await failureOf(services.manifest.get(hangzhou))).toMatchObject({ kind: 'no-city' })
})

test('a refusal carries its code, its text and its facts', async () => {
  const bills = [{ billId: 'b-1', version: 4, amountFen: 13010 }]
  const document = problem(409, 'bill-changed', { detail: '账单已更新', bills, requestId: 'req-body' })
  const city = await startCity((_, response) => sendJson(response, 409, document))
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  const order = { bills: [{ billId, version: 3 }], totalFen: 12864 }
  const error = await failureOf(services.payments.create(hangzhou, order, services.newIdempotencyKey()))
  expect(error).toMatchObject({
    kind: 'refused',
    status: 409,
    code: 'bill-changed',
    detail: '账单已更新',
    bills,
    retry: 'never',
    requestId: 'req-1',
  })
  expect(city.requestsTo('/payments')).toHaveLength(1)
})

test('an error that is no problem document is the city’s error, with the request id of its header', async () => {
  const city = await startCity((_, response) => sendJson(response, 404, { message: 'no such route' }))
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  const error = await failureOf(services.bills.get(hangzhou, billId))
  expect(error).toMatchObject({ kind: 'city-error', status: 404, requestId: 'req-1' })
  expect(error.code).toBeUndefined()
})

test('N11: a refusal for a reason that this version does not know shows the city’s own text and is not repeated', async () => {
  const document = problem(409, 'account-frozen', {
    title: '户号已冻结',
    detail: '请先到营业厅解冻。',
    retry: 'tomorrow',
    more: {},
  })
  const city = await startCity((_, response) => sendJson(response, 409, document))
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  const words = { title: '户号已冻结', detail: '请先到营业厅解冻。' }
  expect(await failureOf(services.bills.get(hangzhou, billId))).toMatchObject({
    kind: 'refused',
    code: 'unlisted',
    retry: 'never',
    ...words,
  })
  expect(city.requestsTo('/bills/b-1')).toHaveLength(1)
})

test('N11: a server error for an unknown reason is repeated like any other', async () => {
  const document = problem(500, 'moon-in-the-way', { retry: 'tomorrow' })
  const city = await startCity((_, response) => sendJson(response, 500, document))
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  expect(await failureOf(services.bills.get(hangzhou, billId))).toMatchObject({ kind: 'city-error', retry: 'safe' })
  expect(city.requestsTo('/bills/b-1')).toHaveLength(3)
})

test.each([400, 403, 404, 409, 410, 422, 451])('N11: a %s without a problem document is sent once', async (status) => {
  const city = await startCity((_, response) => sendJson(response, status, { message: 'no' }))
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  expect((await failureOf(services.bills.get(hangzhou, billId))).kind).toBe('city-error')
  expect(city.requestsTo('/bills/b-1')).toHaveLength(1)
})

test('N11: a problem document keeps its text although one of its facts is malformed', async () => {
  const document = problem(429, 'too-many-requests', {
    detail: '稍后再试',
    retryAfterSeconds: 86_400_000,
    bills: 'none',
  })
  const city = await startCity((_, response) => sendJson(response, 429, document))
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  expect(await failureOf(services.bills.get(hangzhou, billId))).toMatchObject({ kind: 'busy', detail: '稍后再试' })
})

test('N11: a city whose contract has another major version asks for a newer app', async () => {
  const city = await startCity((_, response) => sendJson(response, 200, example('Manifest', { contract: '2.0' })))
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  expect((await failureOf(services.manifest.get(hangzhou))).kind).toBe('app-outdated')
})

test('N11: a row that cannot be read costs itself and is counted; where money is listed it costs the response', async () => {
  const good = example('Hall')
  const rows = [good, { ...good, id: 'h-2', latitude: 'north' }, good, null]
  const city = await startCity((request, response) =>
    sendJson(
      response,
      200,
      request.path === '/halls'
        ? example('HallPage', { items: rows })
        : example('BillPage', { items: [example('Bill'), { ...example('Bill'), id: 'b-2', amountFen: 0.5 }] }),
    ),
  )
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  const page = await services.of(hallsOf).list(hangzhou)
  expect([page.items.map(({ id }) => id), page.leftOut]).toEqual([[good.id], 2])
  expect((await failureOf(services.bills.list(hangzhou))).kind).toBe('contract-broken')
})

test.each([
  ['a bill that stands twice', [example('Bill'), example('Bill')]],
  ['a day that does not exist', [example('Bill', { issuedOn: '2026-02-30' })]],
  ['an instant without an offset', [example('Bill', { asOf: '2026-11-23T10:00:00' })]],
  ['hour 25', [example('Bill', { asOf: '2026-11-23T25:00:00+08:00' })]],
  ['a date a century away', [example('Bill', { dueOn: '2126-11-23' })]],
  ['an id with a direction mark', [example('Bill', { id: 'b-1\u202e' })]],
])('N4: a list of bills with %s is rejected', async (_, items) => {
  const city = await startCity((_asked, response) => sendJson(response, 200, example('BillPage', { items })))
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  expect((await failureOf(services.bills.list(hangzhou))).kind).toBe('contract-broken')
})

test('N4: unreadable characters are removed from texts, ordinary ones stay', async () => {
  const title = '\u202e电\u0000费\u200b \ud83d\ude00\ud83d 👨‍👩‍👧\nᠮᠣᠩ\ufeff'
  const city = await startCity((_, response) => sendJson(response, 200, example('Bill', { title })))
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  expect((await services.bills.get(hangzhou, billId)).title).toBe('电费 😀 👨‍👩‍👧\nᠮᠣᠩ')
})

test('a call without a response body resolves', async () => {
  const city = await startCity((_, response) => response.writeHead(204).end())
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  await expect(services.of(holdsOf).release(hangzhou, asId('h-1'))).resolves.toBeUndefined()
})

test('cities answer in the language that the citizen chose', async () => {
  const city = await startCity((_, response) => sendJson(response, 200, example('Manifest')))
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  services.setLanguage('en')
  await services.manifest.get(hangzhou)
  expect(city.requests[0]?.headers['accept-language']).toBe('en')
})
