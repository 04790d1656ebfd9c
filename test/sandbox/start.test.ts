import { type ChildProcess, spawn } from 'node:child_process'
import net from 'node:net'
import path from 'node:path'
import { testDatabase } from '../support/sandbox'

const root = path.join(__dirname, '..', '..')

function start(environment: Record<string, string>): {
  child: ChildProcess
  ended: Promise<{ code: number | null; output: string }>
  line: Promise<string>
} {
  const child = spawn(process.execPath, ['node_modules/tsx/dist/cli.mjs', 'sandbox/main.ts'], {
    cwd: root,
    env: { ...process.env, ...environment },
  })
  let output = ''
  const line = new Promise<string>((resolve) => {
    const read = (chunk: Buffer) => {
      output += chunk.toString()
      if (output.includes('\n')) resolve(output)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
  })
  const ended = new Promise<{ code: number | null; output: string }>((resolve) => {
    child.on('close', (code) => resolve({ code, output }))
  })
  return { child, ended, line }
}

const taken = (): Promise<net.Server> =>
  new Promise((resolve) => {
    const server = net.createServer()
    server.listen(0, '127.0.0.1', () => resolve(server))
  })

const portOf = (server: net.Server): string => {
  const address = server.address()
  return String(typeof address === 'object' && address !== null ? address.port : 0)
}

test('a database that can not be reached is one clear line without its password, and a failure', async () => {
  const server = await taken()
  const port = portOf(server)
  await new Promise((resolve) => server.close(resolve))
  const { code, output } = await start({
    DATABASE_URL: `postgres://me:secret@127.0.0.1:${port}/cities`,
    SANDBOX_PORT: '0',
  }).ended
  expect(code).toBe(1)
  expect(output).toMatch(/^PostgreSQL at 127\.0\.0\.1:\d+\/cities cannot be reached: .*ECONNREFUSED.*\n$/)
  expect(output).not.toContain('secret')
}, 60_000)

test('a port that is taken is one clear line and a failure', async () => {
  const server = await taken()
  const { databaseUrl, release } = await testDatabase()
  const port = portOf(server)
  const { code, output } = await start({ DATABASE_URL: databaseUrl, SANDBOX_PORT: port }).ended
  await release()
  server.close()
  expect(code).toBe(1)
  expect(output).toBe(`Port ${port} is taken: set SANDBOX_PORT to another one\n`)
}, 100_000)

test('it prints where it is, serves its documentation from itself, and ends on a signal', async () => {
  const { databaseUrl, release } = await testDatabase()
  const { child, ended, line } = start({ DATABASE_URL: databaseUrl, SANDBOX_PORT: '0' })
  const address = /http:\/\/127\.0\.0\.1:\d+/.exec(await line)?.[0] ?? ''
  const page = await (await fetch(`${address}/docs/`)).text()
  expect(page).toContain('js/scalar.js')
  expect(page).not.toMatch(/https?:\/\/(?!127\.0\.0\.1)/)
  expect((await fetch(`${address}/docs/js/scalar.js`)).status).toBe(200)
  expect(await (await fetch(`${address}/openapi.yaml`)).text()).toContain('openapi: 3.1.0')
  child.kill('SIGTERM')
  expect((await ended).code).toBe(0)
  await release()
}, 100_000)
