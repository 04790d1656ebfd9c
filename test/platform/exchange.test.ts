import { sendRequest } from '@/platform/request'

const request = { method: 'GET', url: 'http://127.0.0.1:9' } as const

test.each([undefined, null, '200', 0, Number.NaN])('an answer with the status %p is offline', async (status) => {
  const response = sendRequest(request, (_, report) => {
    report.response(status, {}, '{}')
    return () => {}
  })
  await expect(response).rejects.toMatchObject({ name: 'PlatformError', reason: 'offline' })
})

test('a host that throws is offline', async () => {
  const response = sendRequest(request, () => {
    throw new Error('url not in domain list')
  })
  await expect(response).rejects.toMatchObject({ reason: 'offline', detail: 'Error: url not in domain list' })
})

test('only the first report of a host counts', async () => {
  const response = sendRequest(request, (_, report) => {
    report.response(200, {}, 'first')
    report.response(500, {}, 'second')
    report.noResponse('third')
    return () => {}
  })
  expect(await response).toEqual({ status: 200, headers: {}, text: 'first' })
})

test('a body that the host has parsed is text again, an absent one is empty', async () => {
  const answerWith = (body: unknown) =>
    sendRequest(request, (_, report) => {
      report.response(422, undefined, body)
      return () => {}
    })
  expect((await answerWith({ code: 'bill-changed' })).text).toBe('{"code":"bill-changed"}')
  expect((await answerWith(undefined)).text).toBe('')
})

test('header names are lower case and repeated ones are joined', async () => {
  const response = sendRequest(request, (_, report) => {
    report.response(200, { 'X-Request-ID': 'r-1', Vary: ['a', 'b'], Age: 3 }, '')
    return () => {}
  })
  expect((await response).headers).toEqual({ 'x-request-id': 'r-1', vary: 'a, b', age: '3' })
})

test('the host gets a longer limit than ours, so that ours decides', () => {
  let hostTimeoutMs = 0
  void sendRequest({ ...request, timeoutMs: 3_000 }, (timeout, report) => {
    hostTimeoutMs = timeout
    report.response(200, {}, '')
    return () => {}
  })
  expect(hostTimeoutMs).toBeGreaterThan(3_000)
})
