/** @jest-environment jsdom */
import { startLoopback } from '../support/loopback'
import { fakeClock, faultOf, host, serve, start, until } from './suite'

test.each([200, 201, 304, 400, 401, 404, 409, 422, 429, 500, 503])('HTTP status %d is an answer', async (status) => {
  const server = await serve((_, response) => {
    response.writeHead(status, { 'X-Request-Id': 'r-1', 'Retry-After': '7' })
    response.end(status === 304 ? '' : '{"code":"slot-taken"}')
  })
  const answer = await start().platform.request({ method: 'GET', url: `${server.url}/slots` })
  expect(answer.status).toBe(status)
  expect(answer.headers).toMatchObject({ 'x-request-id': 'r-1', 'retry-after': '7' })
  expect(answer.text).toBe(status === 304 ? '' : '{"code":"slot-taken"}')
})

test.each(['{"amountFen":8642,"id":9007199254740993}', '<html><body>502</body></html>', '[1,2', '', '"杭州市电力局"'])(
  'the body %p stays the text it was',
  async (body) => {
    const server = await serve((_, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(body)
    })
    const answer = await start().platform.request({ method: 'GET', url: server.url })
    expect(answer.text).toBe(body)
  },
)

test('method, headers and body reach the server unchanged', async () => {
  const server = await serve()
  const body = '{"accountId":"9007199254740993","nickname":"妈妈家"}'
  const { platform } = start()
  for (const method of ['POST', 'PUT', 'DELETE'] as const) {
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'k-1', authorization: 'Bearer t' }
    await platform.request({ method, url: `${server.url}/330100/accounts?limit=2`, headers, body })
    expect(server.requests.at(-1)).toMatchObject({ method, path: '/330100/accounts?limit=2', body, headers })
  }
})

test('a GET has no body', async () => {
  const server = await serve()
  await start().platform.request({ method: 'GET', url: server.url })
  expect(server.requests[0]?.body).toBe('')
})

test('a server that is not there is offline', async () => {
  const server = await startLoopback()
  await server.close()
  expect(await faultOf(start().platform.request({ method: 'GET', url: server.url }))).toBe('offline')
})

test('a connection dropped before the answer is offline', async () => {
  const server = await serve((_, response) => response.destroy())
  expect(await faultOf(start().platform.request({ method: 'GET', url: server.url }))).toBe('offline')
})

test('a silent server is given up after the time allowed, and hears of it', async () => {
  const server = await serve(() => {})
  const response = start().platform.request({ method: 'GET', url: server.url, timeoutMs: 60 })
  expect(await faultOf(response)).toBe('timeout')
  await until(() => server.hangUps() === 1)
})

test('the usual time allowed is ten seconds', async () => {
  const server = await serve(() => {})
  const { platform } = start()
  fakeClock()
  let fault = 'still waiting'
  void faultOf(platform.request({ method: 'GET', url: server.url })).then((reason) => {
    fault = reason
  })
  await jest.advanceTimersByTimeAsync(9_999)
  expect(fault).toBe('still waiting')
  await jest.advanceTimersByTimeAsync(1)
  expect(fault).toBe('timeout')
})

test('a request can be given up, and the server hears of it', async () => {
  const server = await serve(() => {})
  let cancel = () => {}
  const response = start().platform.request({ method: 'GET', url: server.url, onStart: (stop) => (cancel = stop) })
  const fault = faultOf(response)
  await until(() => server.requests.length === 1)
  cancel()
  expect(await fault).toBe('cancelled')
  await until(() => server.hangUps() === 1)
})

test('a request given up before it starts is never sent', async () => {
  const server = await serve()
  const response = start().platform.request({ method: 'GET', url: server.url, onStart: (stop) => stop() })
  expect(await faultOf(response)).toBe('cancelled')
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(server.requests).toHaveLength(0)
})

test('an answer longer than a million characters is refused', async () => {
  const server = await serve((request, response) => response.end('x'.repeat(Number(request.path.slice(1)))))
  const { platform } = start()
  expect(await faultOf(platform.request({ method: 'GET', url: `${server.url}/1000001` }))).toBe('too-large')
  expect(await faultOf(platform.request({ method: 'GET', url: `${server.url}/1000000` }))).toBe('none')
})

if (host !== 'preview') {
  // jsdom's XMLHttpRequest does not notice; browsers do.
  test('half a body is offline', async () => {
    const server = await serve((_, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{"half":', () => response.destroy())
    })
    expect(await faultOf(start().platform.request({ method: 'GET', url: server.url }))).toBe('offline')
  })
}
