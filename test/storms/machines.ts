import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../sandbox/embedded'
import { findPgbouncer } from '../support/pgbouncer.mjs'
import { pause } from './storm'

const root = path.join(__dirname, '..', '..')

/** A PostgreSQL that keeps its data and is started again when it dies. */
export async function startPostgres(): Promise<EmbeddedPostgres & { kill(): void }> {
  const folder = path.join(os.tmpdir(), `city-storm-${randomBytes(6).toString('hex')}`)
  const postgres = await startEmbeddedPostgres({ keep: true, folder })
  return {
    databaseUrl: postgres.databaseUrl,
    kill() {
      const [pid] = readFileSync(path.join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')
      process.kill(Number(pid), 'SIGKILL')
    },
    async stop() {
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** PgBouncer in transaction mode before a PostgreSQL; null where there is none, or with STORM_POOLER=none. */
export async function startPooler(databaseUrl: string): Promise<{ databaseUrl: string; stop(): void } | null> {
  const program = findPgbouncer()
  if (program === undefined || process.env.STORM_POOLER === 'none') return null
  const { hostname, port, username, password, pathname } = new URL(databaseUrl)
  const own = await freePort()
  const folder = mkdtempSync(path.join(os.tmpdir(), 'city-pooler-'))
  const file = path.join(folder, 'pgbouncer.ini')
  const settings = [
    '[databases]',
    `${pathname.slice(1)} = host=${hostname} port=${port} user=${username} password=${password}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${own}`,
    'unix_socket_dir =',
    'auth_type = any',
    'pool_mode = transaction',
    'max_client_conn = 500',
    'default_pool_size = 20',
    'query_wait_timeout = 10',
    // Tries again soon after PostgreSQL was away.
    'server_login_retry = 1',
  ]
  writeFileSync(file, settings.join('\n'))
  const isRoot = process.getuid?.() === 0
  // It refuses to run as root, and then has to read its file as somebody else.
  if (isRoot) for (const each of [folder, file]) chmodSync(each, 0o755)
  const pooler = spawn(program, ['-q', file], { stdio: 'ignore', ...(isRoot && { uid: 65534, gid: 65534 }) })
  endWithUs(pooler)
  const pooled = new URL(databaseUrl)
  pooled.port = String(own)
  await until(() => answersAt(own), 10_000, 'PgBouncer')
  return {
    databaseUrl: String(pooled),
    stop() {
      pooler.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type Instance = { readonly address: string; kill(): void; start(): Promise<void>; printed(): string }

/** An instance as `tsx sandbox/main.ts` runs it, in a process of its own. */
export async function startInstance(databaseUrl: string): Promise<Instance> {
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  let child: ChildProcess
  let printed = ''
  /** Started again when it could not start, as whatever runs it would: its database may be away at that moment. */
  async function start(triesLeft = 3): Promise<void> {
    child = spawn(process.execPath, ['--import', 'tsx', path.join(root, 'sandbox', 'main.ts')], {
      cwd: root,
      env: { ...process.env, DATABASE_URL: databaseUrl, SANDBOX_PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    endWithUs(child)
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (data) => {
        printed = `${printed}${data}`.slice(-200_000)
      })
    await until(() => child.exitCode !== null || answersAt(port), 60_000, 'an instance')
    if (child.exitCode === null) return
    if (triesLeft === 0) throw new Error(printed)
    await pause(500)
    await start(triesLeft - 1)
  }
  await start()
  return { address, start: () => start(), kill: () => void child.kill('SIGKILL'), printed: () => printed }
}

function endWithUs(child: ChildProcess): void {
  const end = () => void child.kill('SIGKILL')
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
}

export async function until(holds: () => boolean | Promise<boolean>, ms: number, what: string): Promise<void> {
  const end = Date.now() + ms
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`${what}: not within ${ms} ms`)
    await pause(50)
  }
}

const answersAt = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo
      probe.close(() => resolve(port))
    })
  })
