import { asId, type BillId } from '@/domain/ids'
import { platformError } from '@/platform/error'
import { cityId, failureOf, hangzhou, sendJson, startCity, startServer } from '../support/city'
import { example, problem, session } from '../support/contract-examples'
import { createPhone } from '../support/phone'

const expired = problem(401, 'token-expired', { retry: 'safe' })
const chengdu = cityId('510100')

test('public resources need no session', async () => {
  const city = await startCity((_, response) => sendJson(response, 200, example('Manifest')))
  const phone = createPhone({ addresses: { [hangzhou]: city.url } })
  await phone.services.manifest.get(hangzhou)
  expect(phone.logins()).toBe(0)
  expect(city.requests.map(({ path, headers }) => [path, headers.authorization])).toEqual([['/manifest', undefined]])
})

test('the first call that needs one signs in by itself, the next ones use it', async () => {
  const city = await startCity((_, response) => sendJson(response, 200, example('BillPage')))
  const phone = createPhone({ addresses: { [hangzhou]: city.url } })
  await phone.services.bills.list(hangzhou, { due: true })
  await phone.services.bills.list(hangzhou, { due: true })
  expect(city.requests.map(({ path }) => path)).toEqual(['/sessions', '/bills?due=true', '/bills?due=true'])
  expect(JSON.parse(city.requestsTo('/sessions')[0]?.body ?? '')).toEqual({ host: 'wechat', code: 'code-1' })
  expect(phone.services.sessions.current(hangzhou)).toEqual({ citizenId: '9007199254740993', maskedName: '李*明' })
})

test('N1: ten waiting calls share one re-login, and each gets its response', async () => {
  const city = await startCity((request, response) => {
    if (request.headers.authorization === 'Bearer token-1') return sendJson(response, 401, expired)
    sendJson(response, 200, example('Bill', { id: request.path.slice('/bills/'.length) }))
  })
  const phone = createPhone({ addresses: { [hangzhou]: city.url } })
  await phone.services.sessions.begin(hangzhou)
  const ids = Array.from({ length: 10 }, (_, at) => asId<BillId>(`b-${at}`))
  const bills = await Promise.all(ids.map((id) => phone.services.bills.get(hangzhou, id)))
  expect(bills.map(({ id }) => id)).toEqual(ids)
  expect(city.requestsTo('/sessions')).toHaveLength(2)
  expect(phone.logins()).toBe(2)
})

test('N1: a call that comes back late with the old token uses the new one, without another sign-in', async () => {
  let answerLate = () => {}
  const city = await startCity((request, response) => {
    const isOld = request.headers.authorization === 'Bearer token-1'
    if (isOld && request.path === '/bills/b-slow') {
      answerLate = () => sendJson(response, 401, expired)
      return
    }
    if (isOld) return sendJson(response, 401, expired)
    sendJson(response, 200, example('Bill', { id: request.path.slice('/bills/'.length) }))
  })
  const phone = createPhone({ addresses: { [hangzhou]: city.url } })
  await phone.services.sessions.begin(hangzhou)
  const slow = phone.services.bills.get(hangzhou, asId('b-slow'))
  await phone.services.bills.get(hangzhou, asId('b-1'))
  answerLate()
  await expect(slow).resolves.toMatchObject({ id: 'b-slow' })
  expect(city.requestsTo('/sessions')).toHaveLength(2)
})

test('N1: a payment caught by an expired session is sent again unchanged', async () => {
  const city = await startCity((_, response, times) =>
    times === 1 ? sendJson(response, 401, expired) : sendJson(response, 201, example('PaymentStart')),
  )
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  const order = { bills: [{ billId: asId<BillId>('b-1'), version: 3 }], totalFen: 12864 }
  const key = services.newIdempotencyKey()
  await services.payments.create(hangzhou, order, key)
  const [first, second] = city.requestsTo('/payments')
  expect(second?.body).toBe(first?.body)
  expect(second?.headers['idempotency-key']).toBe(key)
  expect([first, second].map((sent) => sent?.headers.authorization)).toEqual(['Bearer token-1', 'Bearer token-2'])
})

test('a city that refuses the new session as well is not retried for ever', async () => {
  const city = await startCity((_, response) => sendJson(response, 401, expired))
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  expect(await failureOf(services.citizen.get(hangzhou))).toMatchObject({ kind: 'signed-out', code: 'token-expired' })
  expect(city.requestsTo('/citizen')).toHaveLength(2)
})

test('a session past its end by the city’s clock is renewed before it is refused', async () => {
  const city = await startCity((_, response) => sendJson(response, 200, example('BillPage')))
  const phone = createPhone({ addresses: { [hangzhou]: city.url } })
  await phone.services.bills.list(hangzhou)
  phone.setForward(1_800_001)
  await phone.services.bills.list(hangzhou)
  expect(city.requestsTo('/sessions')).toHaveLength(2)
})

test('a refused sign-in is signed-out, and is not tried again by itself', async () => {
  const city = await startServer((_, response) => sendJson(response, 400, problem(400, 'sign-in-failed')))
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  expect(await failureOf(services.bills.list(hangzhou))).toMatchObject({ kind: 'signed-out', requestId: 'req-1' })
  expect(city.requests).toHaveLength(1)
})

test('a host that cannot sign in is signed-out', async () => {
  const phone = createPhone({
    addresses: { [hangzhou]: 'http://city' },
    login: () => Promise.reject(platformError('failed', 'user blocked')),
  })
  expect((await failureOf(phone.services.bills.list(hangzhou))).kind).toBe('signed-out')
})

test('a call that may be repeated repeats a lost sign-in with a new code', async () => {
  const city = await startServer((request, response) => {
    const isFirst = city.requests.length === 1
    if (isFirst) return response.destroy()
    if (request.path === '/sessions') return sendJson(response, 201, session('token-1'))
    sendJson(response, 200, example('BillPage'))
  })
  const phone = createPhone({ addresses: { [hangzhou]: city.url } })
  await phone.services.bills.list(hangzhou)
  const codes = city.requests.filter(({ path }) => path === '/sessions').map(({ body }) => JSON.parse(body).code)
  expect(codes).toEqual(['code-1', 'code-2'])
})

test('the call after a failed sign-in tries again', async () => {
  let isDown = true
  const city = await startServer((request, response) => {
    if (isDown) return sendJson(response, 500, problem(500, 'internal'))
    if (request.path === '/sessions') return sendJson(response, 201, session('token-1'))
    sendJson(response, 200, example('BillPage'))
  })
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  expect((await failureOf(services.bills.list(hangzhou))).kind).toBe('city-error')
  isDown = false
  await expect(services.bills.list(hangzhou)).resolves.toBeDefined()
})

test('each city has a session of its own', async () => {
  const first = await startCity((_, response) => sendJson(response, 200, example('BillPage')))
  const second = await startCity((_, response) => sendJson(response, 200, example('BillPage', { items: [] })))
  const { services } = createPhone({ addresses: { [hangzhou]: first.url, [chengdu]: second.url } })
  await services.bills.list(hangzhou)
  expect(services.sessions.current(chengdu)).toBeNull()
  await services.bills.list(chengdu)
  expect(second.requestsTo('/sessions')).toHaveLength(1)
})

test('a citizen who signed out stays so until the next sign-in', async () => {
  const city = await startCity((request, response) =>
    request.method === 'DELETE' ? response.writeHead(204).end() : sendJson(response, 200, example('BillPage')),
  )
  const phone = createPhone({ addresses: { [hangzhou]: city.url } })
  const { services } = phone
  await services.bills.list(hangzhou)
  await services.sessions.end(hangzhou)
  expect(city.requestsTo('/sessions/current').map(({ headers }) => headers.authorization)).toEqual(['Bearer token-1'])
  expect((await failureOf(services.bills.list(hangzhou))).kind).toBe('signed-out')
  await services.sessions.begin(hangzhou)
  await expect(services.bills.list(hangzhou)).resolves.toBeDefined()
  phone.setForward(7_200_000)
  await expect(services.bills.list(hangzhou)).resolves.toBeDefined()
  expect(city.requestsTo('/sessions')).toHaveLength(3)
})

test('no token is ever in storage', async () => {
  const city = await startCity((_, response) => sendJson(response, 200, example('BillPage')))
  const phone = createPhone({ addresses: { [hangzhou]: city.url } })
  await phone.services.bills.list(hangzhou)
  expect(phone.storage.texts.size).toBeGreaterThan(0)
  expect([...phone.storage.texts].join()).not.toContain('token-1')
})
