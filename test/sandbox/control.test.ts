import { request } from 'node:http'
import { createServer } from '../../city/http/server'
import { type Sandbox, startSandbox } from '../../sandbox/start'
import { electricity, signIn } from '../support/citizen'
import { testDatabase } from '../support/sandbox'

let sandbox: Sandbox
let release: () => Promise<void>
beforeAll(async () => {
  const { databaseUrl, schema, release: letGo } = await testDatabase()
  release = letGo
  sandbox = await startSandbox({ port: 0, databaseUrl, schema, quiet: true, sweepMs: null })
}, 100_000)
afterAll(async () => {
  await sandbox.close()
  await release()
})

/** A request whose Host and Origin are as given, which `fetch` would not allow. */
function ask(method: string, path: string, headers: Record<string, string>, body?: object) {
  return new Promise<{ status: number; headers: Record<string, unknown> }>((resolve, reject) => {
    const type: Record<string, string> = body ? { 'content-type': 'application/json' } : {}
    const options = { host: '127.0.0.1', port: sandbox.port, method, path, headers: { ...type, ...headers } }
    request(options, (response) => {
      response.resume()
      resolve({ status: response.statusCode ?? 0, headers: response.headers })
    })
      .on('error', reject)
      .end(body && JSON.stringify(body))
  })
}
const statusOf = async (...given: Parameters<typeof ask>) => (await ask(...given)).status
const itself = () => `127.0.0.1:${sandbox.port}`
const authorization = () => `Bearer ${sandbox.token}`

test('the control API is for who has the token', async () => {
  expect(sandbox.token.length).toBeGreaterThan(20)
  expect(await statusOf('GET', '/control/state', { authorization: authorization() })).toBe(200)
  for (const wrong of [{}, { authorization: 'Bearer ' }, { authorization: `${authorization()}x` }])
    expect(await statusOf('GET', '/control/state', wrong)).toBe(403)
  expect(await statusOf('POST', '/control/clock', {}, { advanceSeconds: 3600 })).toBe(403)
  expect(Math.abs(sandbox.world.clock.now().getTime() - Date.now())).toBeLessThan(1000)
})

test('a page elsewhere, and a name that was made point here, reach neither control nor till', async () => {
  const citizen = await signIn(`${sandbox.address}/330100`, 'till')
  const bills = await citizen.billsOf('hz-electricity', electricity.oneDue)
  const { payment } = (await citizen.pay(bills)).body
  const till = `/till/${payment.id}`
  const foreign = [
    { origin: 'https://elsewhere.example' },
    { origin: `http://127.0.0.1:${sandbox.port + 1}` },
    { origin: 'null' },
    { host: `elsewhere.example:${sandbox.port}` },
    { host: `elsewhere.example:${sandbox.port}`, origin: `http://elsewhere.example:${sandbox.port}` },
  ]
  for (const headers of foreign) {
    const signed = { host: itself(), authorization: authorization(), ...headers }
    expect([headers, await statusOf('GET', '/control/state', signed)]).toEqual([headers, 403])
    expect([headers, await statusOf('GET', '/control/', signed)]).toEqual([headers, 403])
    expect([headers, await statusOf('POST', `${till}/acts`, signed, { act: 'pay' })]).toEqual([headers, 403])
  }
  expect((await citizen.payment(payment.id)).state).toBe('created')
  const own = { host: itself(), origin: `http://${itself()}` }
  expect(await statusOf('GET', till, own)).toBe(200)
  expect(await statusOf('POST', `${till}/acts`, own, { act: 'cancel' })).toBe(200)
})

test('the preview’s pages may call the cities only', async () => {
  // The preview's own, on any port.
  const origin = 'http://127.0.0.1:10086'
  const preflight = {
    origin,
    'access-control-request-method': 'PUT',
    'access-control-request-headers': 'authorization',
  }
  const allowed = async (method: string, path: string) =>
    (await ask(method, path, preflight)).headers['access-control-allow-origin']
  expect(await allowed('OPTIONS', '/330100/manifest')).toBe(origin)
  expect(await allowed('GET', '/330100/manifest')).toBe(origin)
  for (const path of ['/control/faults', '/control/', '/till/p-1', '/till/p-1/acts']) {
    expect([path, await allowed('OPTIONS', path)]).toEqual([path, undefined])
    expect([path, await allowed('GET', path)]).toEqual([path, undefined])
  }
})

test('a city that is not the sandbox has neither control nor till', async () => {
  const city = await createServer(sandbox.world, {})
  for (const url of ['/control', '/control/', '/control/state', '/control/panel.js', '/till/p-1']) {
    const { statusCode } = await city.inject({ url, headers: { authorization: authorization() } })
    expect([url, statusCode]).toEqual([url, 404])
  }
  expect((await city.inject('/330100/manifest')).statusCode).toBe(200)
  await city.close()
})
