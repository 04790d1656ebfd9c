import { type Sandbox, startSandbox } from '../../sandbox/start'
import { controlOf, testDatabase } from '../support/sandbox'

let sandboxes: [Sandbox, Sandbox]
let release: () => Promise<void>
beforeAll(async () => {
  const { databaseUrl, schema, release: letGo } = await testDatabase()
  release = letGo
  const start = () => startSandbox({ port: 0, databaseUrl, schema, keep: true, quiet: true, sweepMs: null })
  sandboxes = [await start(), await start()]
}, 100_000)
afterEach(() => control('DELETE', '/faults'))
afterAll(async () => {
  await Promise.all(sandboxes.map((sandbox) => sandbox.close()))
  await release()
})

/** What the first instance is told. */
const control = controlOf(() => sandboxes[0])

const manifestOf = (sandbox: Sandbox) => fetch(`${sandbox.address}/330100/manifest`)
const timeAt = async (sandbox: Sandbox) => Date.parse((await manifestOf(sandbox)).headers.get('Date') ?? '')
const shortly = () => new Promise((resolve) => setTimeout(resolve, 250))

test('a clock that is moved or stands at one instance does so at all', async () => {
  const morning = Date.parse('2027-03-01T09:00:00+08:00')
  await control('POST', '/clock', { set: new Date(morning).toISOString() })
  await shortly()
  for (const sandbox of sandboxes) expect((await timeAt(sandbox)) - morning).toBeLessThan(30_000)
  await control('POST', '/clock', { stand: true, set: new Date(morning).toISOString() })
  await new Promise((resolve) => setTimeout(resolve, 1100))
  expect(await Promise.all(sandboxes.map(timeAt))).toEqual([morning, morning])
  await control('POST', '/clock', { reset: true })
  await shortly()
  for (const sandbox of sandboxes) expect(Math.abs((await timeAt(sandbox)) - Date.now())).toBeLessThan(30_000)
})

test('a fault that happens three times does so three times in all instances together', async () => {
  await control('PUT', '/faults', { name: 'busy-429', operationId: 'getManifest', times: 3 })
  await shortly()
  expect((await manifestOf(sandboxes[0])).status).toBe(429)
  const answers = await Promise.all(Array.from({ length: 12 }, (_, at) => manifestOf(sandboxes[at % 2 ? 0 : 1])))
  const busy = answers.filter(({ status }) => status === 429)
  expect(busy).toHaveLength(2)
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 429]))
})

test('a city goes into maintenance and comes out of it at all instances', async () => {
  const modes = () => Promise.all(sandboxes.map(async (sandbox) => (await (await manifestOf(sandbox)).json()).mode))
  await control('PUT', '/faults', { name: 'maintenance', cityId: '330100' })
  await shortly()
  expect(await modes()).toEqual(['read-only', 'read-only'])
  await control('DELETE', '/faults')
  await shortly()
  expect(await modes()).toEqual(['open', 'open'])
})

test('a reset at one instance leaves what the other works with', async () => {
  await control('POST', '/reset', { set: '2027-03-01T09:00:00+08:00' })
  await shortly()
  expect(await timeAt(sandboxes[1])).toBeGreaterThan(Date.parse('2027-03-01T08:59:00+08:00'))
  await control('POST', '/clock', { reset: true })
})
