// The settings of `npm start`, from variables and arguments. All are checked before anything long runs; a fault is one line.
import net from 'node:net'
import { faultOfCities } from '../config/read-cities.cjs'

export const usage = `npm start [-- --lan --fresh]

  --lan            also open the preview to phones in the same network (or PREVIEW_LAN=1)
  --fresh          begin with empty cities; without it they keep what was paid and booked (in .data)
  SANDBOX_PORT     port of the sandbox cities, 4180
  PREVIEW_PORT     port of the preview, 10086
  DATABASE_URL     a PostgreSQL of yours for the sandbox; without it, one that comes with an npm package`

/** The settings, or the one line that says which of them cannot be used and why. */
export function readSettings(env, args) {
  const unknown = args.find((arg) => !['--lan', '--fresh', '--help', '-h'].includes(arg))
  if (unknown !== undefined) return { fault: `There is no argument ${unknown}. There are: --lan, --fresh, --help` }
  const sandboxPort = portIn(env, 'SANDBOX_PORT', 4180)
  const previewPort = portIn(env, 'PREVIEW_PORT', 10086)
  const fault =
    sandboxPort.fault ??
    previewPort.fault ??
    faultOfDatabase(env.DATABASE_URL) ??
    faultOfLan(env.PREVIEW_LAN) ??
    faultOfCities(env)
  if (fault) return { fault }
  if (sandboxPort.port === previewPort.port)
    return { fault: `SANDBOX_PORT and PREVIEW_PORT are both ${previewPort.port}: they must differ` }
  return {
    sandboxPort: sandboxPort.port,
    previewPort: previewPort.port,
    // `npm start --lan` or `--fresh`, without the two dashes between, arrives as a setting of npm's.
    lan: args.includes('--lan') || env.PREVIEW_LAN === '1' || env.npm_config_lan === 'true',
    fresh: args.includes('--fresh') || env.npm_config_fresh === 'true',
    help: args.includes('--help') || args.includes('-h'),
    database: env.DATABASE_URL ? serverOf(env.DATABASE_URL) : null,
  }
}

function portIn(env, name, usual) {
  const text = env[name]?.trim()
  if (!text) return { port: usual }
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0
  if (port < 1 || port > 65_535)
    return { fault: `${name}=${text} is no port: it must be a whole number from 1 to 65535` }
  return { port }
}

const faultOfLan = (text) =>
  text && !['0', '1'].includes(text) ? `PREVIEW_LAN=${text}: it is 1 (on) or 0 (off)` : undefined

/** A password may stand in it, so the address itself is never printed. */
function faultOfDatabase(text) {
  if (!text) return undefined
  const shape = 'it must look like postgres://user:password@host:5432/database'
  try {
    const url = new URL(text.trim())
    for (const part of [url.username, url.password, url.pathname]) decodeURIComponent(part)
    if (!['postgres:', 'postgresql:'].includes(url.protocol))
      return `DATABASE_URL starts with ${url.protocol} and is no address of a PostgreSQL: ${shape}`
    if (!url.hostname && !url.searchParams.has('host')) return `DATABASE_URL names no host: ${shape}`
    return undefined
  } catch {
    return `DATABASE_URL is no address of a PostgreSQL: ${shape}`
  }
}

/** Null where PostgreSQL is reached through a socket file. */
function serverOf(text) {
  const url = new URL(text.trim())
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return host ? { host: decodeURIComponent(host), port: Number(url.port || 5432) } : null
}

/** Null when something listens at the database's address. */
export function faultOfServer({ host, port }, patienceMs = 5000) {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port })
    const finish = (reason) => {
      socket.destroy()
      resolve(reason && `DATABASE_URL: nothing answers at ${host}:${port} (${reason})`)
    }
    socket.setTimeout(patienceMs, () => finish('no answer in time'))
    socket.once('connect', () => finish(null))
    socket.once('error', (error) => finish(error.code ?? error.message))
  })
}

/** Null when this program may listen there and a browser may open it. */
export async function faultOfPort(port, host, what, setting) {
  const code = await listenOnce(port, host)
  if (code === 'EADDRINUSE') return `Port ${port} for the ${what} is taken. Stop what uses it, or set ${setting}`
  if (code === 'EACCES')
    return `Port ${port} for the ${what} is not allowed to this user. Set ${setting} to one above 1023`
  if (code) return `Port ${port} for the ${what} cannot be used (${code}). Set ${setting}`
  if (await isRefusedByBrowsers(port))
    return `Port ${port} for the ${what} is one that browsers refuse to open. Set ${setting} to another`
  return null
}

const listenOnce = (port, host) =>
  new Promise((resolve) => {
    const probe = net.createServer()
    probe.once('error', (error) => resolve(error.code ?? error.message))
    probe.listen(port, host, () => probe.close(() => resolve(null)))
  })

/** Node's fetch keeps the same list as browsers. */
const isRefusedByBrowsers = (port) =>
  fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(1000) }).then(
    () => false,
    (error) => error.cause?.message === 'bad port',
  )
