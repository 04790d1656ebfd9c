import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import http from 'node:http'
import path from 'node:path'

export type TestSandbox = {
  /** `http://127.0.0.1:<port>` */
  address: string
  /** The base address of a city: `<address>/<adcode>`. */
  city(adcode: string): string
  /** The control API's. */
  token: string
  /** The PostgreSQL schema of its tables, for tests that read rows. */
  schema: string
  /** A call of the control API: `control('POST', '/clock', { advanceSeconds: 60 })`. */
  control(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: object): Promise<unknown>
  close(): Promise<void>
}

const root = path.join(__dirname, '..', '..')
const folder = path.join(root, 'node_modules', '.cache', 'sandbox-hosts')

/**
 * A sandbox with a schema of its own, over HTTP; also from jsdom. All test files of a run share one process and one PostgreSQL, which
 * start with the first request and end some time after the last. `startAt` sets the city clock. Billers know everybody as the holder of any
 * account, with `strangers` nobody.
 */
export async function startTestSandbox(
  options: { startAt?: string; demo?: boolean; strangers?: boolean } = {},
): Promise<TestSandbox> {
  const { address, token, schema, release } = await requestSandbox(options)
  return {
    address,
    schema,
    city: (adcode) => `${address}/${adcode}`,
    token,
    control: (method, route, body) => call(method, { address, token }, route, body),
    close: release,
  }
}

type Controlled = { address: string; token: string }

/** The control API of a sandbox that a test started inside itself. @throws Error with the problem document. */
export const controlOf =
  (sandbox: () => Controlled) =>
  (method: 'GET' | 'POST' | 'PUT' | 'DELETE', route: string, body?: object): Promise<unknown> =>
    call(method, sandbox(), route, body)

/** For tests that start the sandbox inside themselves: `startSandbox({ port: 0, ...(await testDatabase()) })`, then `release`. */
export async function testDatabase(): Promise<{ databaseUrl: string; schema: string; release(): Promise<void> }> {
  const { address, schema, release } = await requestSandbox({ databaseOnly: true })
  return { databaseUrl: address, schema, release }
}

type Lent = { address: string; token: string; schema: string; release(): Promise<void> }

async function requestSandbox(options: object): Promise<Lent> {
  const port = await hostPort()
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, method: 'POST', path: '/sandboxes' }, (response) => {
      let text = ''
      const ended = new Promise<void>((done) => response.once('close', () => done()))
      response.on('data', (chunk) => {
        text += chunk
        if (!text.endsWith('\n')) return
        const result: { address?: string; token?: string; schema?: string; error?: string } = JSON.parse(text)
        if (result.address === undefined) return reject(new Error(result.error ?? text))
        // The sandbox lives as long as this response is open, which must not keep a test process from ending.
        response.socket.unref()
        const release = () => {
          response.socket.ref()
          response.destroy()
          return ended
        }
        resolve({ address: result.address, token: result.token ?? '', schema: result.schema ?? '', release })
      })
      response.on('error', () => undefined)
    })
    request.on('error', reject)
    request.end(JSON.stringify(options))
  })
}

/** The port of the process that runs this version of the sandbox's code; starts it if there is none. */
async function hostPort(): Promise<number> {
  const file = path.join(folder, `${fingerprint()}.json`)
  const lock = `${file}.lock`
  mkdirSync(folder, { recursive: true })
  const until = Date.now() + 90_000
  let mine = false
  try {
    while (Date.now() < until) {
      const host = readFileOrNull(file)
      if (host?.error) throw new Error(host.error)
      if (host?.port && (await answers(host.port))) return host.port
      if (!mine && takeLock(lock)) {
        mine = true
        rmSync(file, { force: true })
        const tsx = path.join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs')
        spawn(process.execPath, [tsx, path.join(__dirname, 'sandbox-host.ts'), file], {
          cwd: root,
          detached: true,
          stdio: 'ignore',
        }).unref()
      }
      await new Promise((resolve) => setTimeout(resolve, 60))
    }
  } finally {
    if (mine) rmSync(lock, { recursive: true, force: true })
  }
  throw new Error('The sandbox for tests did not start within 90 s')
}

function takeLock(lock: string): boolean {
  try {
    mkdirSync(lock)
    return true
  } catch {
    // Left behind by a killed run.
    const age = Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now())
    if (age > 60_000) rmSync(lock, { recursive: true, force: true })
    return false
  }
}

function readFileOrNull(file: string): { port?: number; error?: string } | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    http
      .get({ host: '127.0.0.1', port, path: '/ping', timeout: 2000 }, (response) => {
        response.resume()
        resolve(response.statusCode === 200)
      })
      .on('error', () => resolve(false))
      .on('timeout', () => resolve(false))
  })

/** Changed code gets a host of its own, so that no test runs against the code before the change. */
function fingerprint(): string {
  const hash = createHash('sha256').update(process.env.DATABASE_URL ?? '')
  for (const room of ['city', 'sandbox']) {
    const files = readdirSync(path.join(root, room), { recursive: true, encoding: 'utf8' }).sort()
    for (const name of files) {
      if (/\.(ts|sql)$/.test(name)) hash.update(name).update(readFileSync(path.join(root, room, name)))
    }
  }
  for (const name of ['contract/openapi.yaml', 'test/support/sandbox-host.ts'])
    hash.update(readFileSync(path.join(root, name)))
  return hash.digest('hex').slice(0, 16)
}

/** A call of a sandbox's control API; also from jsdom. */
function call(method: string, { address, token }: Controlled, route: string, body?: object): Promise<unknown> {
  const url = `${address}/control${route}`
  return new Promise((resolve, reject) => {
    const type = body === undefined ? {} : { 'Content-Type': 'application/json' }
    const headers = { ...type, Authorization: `Bearer ${token}` }
    const request = http.request(url, { method, headers, agent: false }, (response) => {
      let text = ''
      response.on('data', (chunk) => {
        text += chunk
      })
      response.on('end', () => {
        const body: unknown = text === '' ? null : JSON.parse(text)
        if ((response.statusCode ?? 500) < 400) resolve(body)
        else reject(new Error(`${method} ${url}: ${text}`))
      })
    })
    request.on('error', reject)
    request.end(body === undefined ? undefined : JSON.stringify(body))
  })
}
