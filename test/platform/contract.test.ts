/** @jest-environment jsdom */
import { isPlatformError } from '@/platform/error'
import type { Platform } from '@/platform/types'
import { hostUnderTest } from '../support/hosts'
import type { Bench } from '../support/hosts/bench'
import { type Loopback, startLoopback } from '../support/loopback'

/** One suite, three hosts: each project of Jest runs it over its own `Platform`, on the stub of its vendor's API. */

const { host } = hostUnderTest
const open: (Bench | Loopback)[] = []

function start(): Bench {
  const bench = hostUnderTest.start()
  open.push(bench)
  return bench
}

async function serve(...answer: Parameters<typeof startLoopback>): Promise<Loopback> {
  const server = await startLoopback(...answer)
  open.push(server)
  return server
}

afterEach(async () => {
  jest.useRealTimers()
  for (const one of open.splice(0)) await one.close()
})

/** How a promise rejected, in the words of `PlatformFault`. */
async function faultOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
    return 'none'
  } catch (error) {
    return isPlatformError(error) ? error.reason : `not a PlatformError: ${String(error)}`
  }
}

const fakeClock = () => jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask', 'Date'] })

const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5))
}

test('the platform says which host it is', () => {
  expect(start().platform.host).toBe(host)
})

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
    expect(server.received.at(-1)).toMatchObject({ method, path: '/330100/accounts?limit=2', body, headers })
  }
})

test('a GET has no body', async () => {
  const server = await serve()
  await start().platform.request({ method: 'GET', url: server.url })
  expect(server.received[0]?.body).toBe('')
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
  const asked = start().platform.request({ method: 'GET', url: server.url, timeoutMs: 60 })
  expect(await faultOf(asked)).toBe('timeout')
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
  const asked = start().platform.request({ method: 'GET', url: server.url, onStart: (stop) => (cancel = stop) })
  const fault = faultOf(asked)
  await until(() => server.received.length === 1)
  cancel()
  expect(await fault).toBe('cancelled')
  await until(() => server.hangUps() === 1)
})

test('a request given up before it starts is never sent', async () => {
  const server = await serve()
  const asked = start().platform.request({ method: 'GET', url: server.url, onStart: (stop) => stop() })
  expect(await faultOf(asked)).toBe('cancelled')
  expect(server.received).toHaveLength(0)
})

test('an answer longer than two million characters is refused', async () => {
  const server = await serve((asked, response) => response.end('x'.repeat(Number(asked.path.slice(1)))))
  const { platform } = start()
  expect(await faultOf(platform.request({ method: 'GET', url: `${server.url}/2000001` }))).toBe('too-large')
  expect(await faultOf(platform.request({ method: 'GET', url: `${server.url}/2000000` }))).toBe('none')
})

test('login gives a code and says whose it is', async () => {
  const answer = await start().platform.login()
  expect(answer.host).toBe(host)
  const codes = { wechat: /^wx-code$/, alipay: /^my-code$/, preview: /^preview-[a-z0-9]+$/ }
  expect(answer.code).toMatch(codes[host])
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

  test('a refused login rejects', async () => {
    const { platform, circumstances } = start()
    circumstances.login = 'fails'
    expect(await faultOf(platform.login())).toBe('failed')
  })

  test('a login that never answers is given up after ten seconds', async () => {
    const { platform, circumstances } = start()
    circumstances.login = 'stays silent'
    fakeClock()
    const fault = faultOf(platform.login())
    await jest.advanceTimersByTimeAsync(10_000)
    expect(await fault).toBe('timeout')
  })
}

if (host === 'preview') {
  test('a browser stays the same citizen after a reload', async () => {
    const { platform } = start()
    const { code } = await platform.login()
    const text = window.localStorage.getItem('city-services:citizen')
    const reloaded = start()
    expect((await reloaded.platform.login()).code).not.toBe(code)
    reloaded.plant('citizen', String(text))
    expect((await reloaded.platform.login()).code).toBe(code)
  })

  test('the till is taken away when it has answered', async () => {
    const { platform, circumstances } = start()
    circumstances.cashier = { outcome: 'accepted' }
    const paid = platform.pay(hostUnderTest.ownInvocation)
    expect(document.querySelectorAll('iframe')).toHaveLength(1)
    await paid
    expect(document.querySelectorAll('iframe')).toHaveLength(0)
  })
}

test.each(hostUnderTest.cashierRows)('the cashier that says $says means $means', async ({ says, means }) => {
  const { platform, circumstances } = start()
  circumstances.cashier = says
  const answer = await platform.pay(hostUnderTest.ownInvocation)
  expect(answer).toEqual({ ...means, detail: expect.any(String) })
})

test('the raw word of the cashier is kept for a report', async () => {
  const { platform, circumstances } = start()
  const raw = { wechat: { errMsg: 'requestPayment:fail (busy)', errno: 7 }, alipay: { resultCode: '8000' } }
  circumstances.cashier = host === 'preview' ? { outcome: 'unknown', detail: '8000' } : raw[host]
  const answer = await platform.pay(hostUnderTest.ownInvocation)
  expect(answer.detail).toBe(host === 'wechat' ? 'requestPayment:fail (busy) (errno 7)' : '8000')
})

test('an app killed in the cashier gets no answer', async () => {
  const { platform, circumstances } = start()
  circumstances.cashier = null
  const answered = jest.fn()
  void platform.pay(hostUnderTest.ownInvocation).then(answered, answered)
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(answered).not.toHaveBeenCalled()
})

test.each(hostUnderTest.foreignInvocations)(
  'a $kind cashier is our mistake here and opens nothing',
  async (foreign) => {
    const { platform, calls } = start()
    const answer = await platform.pay(foreign)
    expect(answer).toMatchObject({ outcome: 'failed', reason: 'configuration' })
    expect(calls).toEqual([])
    expect(document.querySelector('iframe')).toBeNull()
  },
)

test('the signed fields reach the cashier unchanged', async () => {
  const { platform, circumstances, calls } = start()
  circumstances.cashier = hostUnderTest.cashierRows[0]?.says
  const { kind, ...fields } = hostUnderTest.ownInvocation
  const paid = platform.pay(hostUnderTest.ownInvocation)
  if (kind === 'till') expect(document.querySelector('iframe')?.src).toBe('http://127.0.0.1:9/330100/till/p-1')
  else expect(calls[0]?.options).toMatchObject(fields)
  await paid
})

test.each([[{ a: [1, { b: '二' }] }], ['9007199254740993'], [''], [0], [false], [null], [[]]])(
  'storage gives back %p',
  (value) => {
    const { storage } = start().platform
    expect(storage.set('session', value)).toBe(true)
    expect(storage.get('session')).toEqual(value)
  },
)

test('storage gives undefined for a key it does not have', () => {
  const { storage } = start().platform
  expect(storage.get('nothing')).toBeUndefined()
  storage.set('once', 1)
  storage.remove('once')
  expect(storage.get('once')).toBeUndefined()
})

test('storage names its keys', () => {
  const { storage } = start().platform
  storage.set('a', 1)
  storage.set('b', 2)
  expect([...storage.keys()].sort()).toEqual(['a', 'b'])
})

test('a full storage says so and keeps what it had', () => {
  const { platform, circumstances } = start()
  platform.storage.set('journal', ['p-1'])
  circumstances.isStorageFull = true
  expect(platform.storage.set('journal', ['p-1', 'p-2'])).toBe(false)
  expect(platform.storage.get('journal')).toEqual(['p-1'])
})

test('a broken storage never throws', () => {
  const { platform, circumstances } = start()
  circumstances.isStorageBroken = true
  expect(platform.storage.set('a', 1)).toBe(false)
  expect(platform.storage.get('a')).toBeUndefined()
  expect(() => platform.storage.remove('a')).not.toThrow()
  if (host !== 'preview') expect(platform.storage.keys()).toEqual([])
})

test('what is no JSON is neither kept nor given back', () => {
  const { platform, plant } = start()
  const ring: Record<string, unknown> = {}
  ring.self = ring
  expect(platform.storage.set('ring', ring)).toBe(false)
  expect(platform.storage.set('nothing', undefined)).toBe(false)
  plant('session', '{"token": "ab')
  expect(platform.storage.get('session')).toBeUndefined()
})

test('each step of the navigation opens its page', async () => {
  const { platform, calls } = start()
  const { to, replace, tab, restart } = hostUnderTest.names
  const { navigation } = platform
  const url = '/pages/bills/detail/index?id=9007199254740993'
  expect(await navigation.to(url)).toBe(true)
  expect(await navigation.replace(url)).toBe(true)
  expect(await navigation.tab('/pages/home/index')).toBe(true)
  expect(await navigation.restart('/pages/home/index')).toBe(true)
  expect(calls.map(({ name }) => name)).toEqual([to, replace, tab, restart])
  expect(String(calls[0]?.options.url)).toContain(url)
})

test('on a full stack a page opens in place of the last one', async () => {
  const { platform, circumstances, calls } = start()
  circumstances.stack = 10
  await platform.navigation.to('/pages/halls/index')
  expect(calls.map(({ name }) => name)).toEqual([hostUnderTest.names.replace])
})

test('back goes back, and from the first page to a tab', async () => {
  const { platform, circumstances, calls } = start()
  circumstances.stack = 2
  await platform.navigation.back('/pages/home/index')
  circumstances.stack = 1
  await platform.navigation.back('/pages/home/index')
  expect(calls.map(({ name }) => name)).toEqual([hostUnderTest.names.back, hostUnderTest.names.tab])
})

test('what the host refuses is false, never an uncaught error', async () => {
  const { platform, circumstances } = start()
  circumstances.isObedient = false
  const { navigation, bars } = platform
  const answers = [navigation.to('/a'), navigation.back('/a'), platform.copy('1'), platform.call('12345')]
  expect(await Promise.all(answers)).toEqual([false, false, false, false])
  bars.setTitle('账单')
  platform.toast('已复制')
  await new Promise((resolve) => setTimeout(resolve, 20))
})

test('toast, copy and call carry their text', async () => {
  const { platform, calls } = start()
  platform.toast('已复制')
  expect(await platform.copy('取号码 A017')).toBe(true)
  expect(await platform.call('0571-12345')).toBe(true)
  const said = calls.map(({ name, options }) => [name, options])
  const { toast, copy, call } = hostUnderTest.names
  const words =
    host === 'alipay'
      ? [{ content: '已复制' }, { text: '取号码 A017' }, { number: '0571-12345' }]
      : [{ title: '已复制' }, { data: '取号码 A017' }, { phoneNumber: '0571-12345' }]
  expect(said).toMatchObject([
    [toast, words[0]],
    [copy, words[1]],
    [call, words[2]],
  ])
})

test('the bars take title, tab texts and colours', () => {
  const { platform, calls } = start()
  platform.bars.setTitle('账单')
  platform.bars.setTabTexts(['Home', 'Bills'])
  platform.bars.setColours({
    title: 'white',
    background: '#111111',
    tabBackground: '#222222',
    tabText: '#999999',
    tabSelected: '#ffffff',
    tabBorder: 'black',
  })
  expect(calls.map(({ options }) => options)).toMatchObject([
    { title: '账单' },
    { index: 0, text: 'Home' },
    { index: 1, text: 'Bills' },
    { frontColor: '#ffffff', backgroundColor: '#111111' },
    { color: '#999999', selectedColor: '#ffffff', backgroundColor: '#222222', borderStyle: 'black' },
  ])
})

test('the facts of the phone are read from the host', () => {
  expect(start().platform.system()).toMatchObject(hostUnderTest.facts)
})

test('the network going and coming is told until nobody listens', () => {
  const { platform, setOnline } = start()
  const heard: boolean[] = []
  const stop = platform.onNetworkChange((isOnline) => heard.push(isOnline))
  setOnline(false)
  setOnline(true)
  stop()
  setOnline(false)
  expect(heard).toEqual([false, true])
})

test('a capability that the host lacks is absent', () => {
  const { platform } = start()
  const optional: (keyof Platform)[] = [
    'messages',
    'locate',
    'openMap',
    'scan',
    'addToCalendar',
    'brighten',
    'onThemeChange',
  ]
  expect(optional.filter((name) => platform[name] !== undefined)).toEqual(hostUnderTest.capabilities)
})
