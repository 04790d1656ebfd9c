// npm start: the sandbox city, both mini-programs (watching) and the browser preview. Ctrl-C stops all of it.
import { spawn } from 'node:child_process'
import os from 'node:os'
import path from 'node:path'
import { faultOfPage } from './served.mjs'
import { faultOfPort, faultOfServer, readSettings, usage } from './settings.mjs'
import { freeMb, giveUp, root, running, setUp, tool } from './setup.mjs'

const LEAST_DISK_MB = 600
/** npm hands Ctrl-C on, so it arrives twice at once: what comes this much later is a second one. */
const SAME_KEY_MS = 150
/** A compiler would first write its cache; the city ends its database and takes the files away. */
const LONGEST_GOODBYE_MS = { compiler: 2500, city: 8000 }
const host = '127.0.0.1'
/** Taro's line when the port is taken and it uses another one. */
const TAKEN = /预览端口 \d+ 被占用/

/** What runs, and how long it may take to stop. */
const children = new Map()
let stopping = false
let stoppedAt = 0

function end(child, signal) {
  try {
    // Each runs in a process group of its own, so that its children end as well.
    process.platform === 'win32' ? child.kill() : process.kill(-child.pid, signal)
  } catch {}
}

function endAll(signal) {
  for (const child of running) child.kill(signal)
  for (const child of children.keys()) end(child, signal)
}

function stopAll(code) {
  if (stopping) return
  stopping = true
  stoppedAt = Date.now()
  endAll('SIGTERM')
  setInterval(() => {
    const passed = Date.now() - stoppedAt
    for (const [child, patience] of children) if (passed > patience) end(child, 'SIGKILL')
    if (passed > LONGEST_GOODBYE_MS.city) endAll('SIGKILL')
    if (passed > LONGEST_GOODBYE_MS.city || children.size + running.size === 0) process.exit(code)
  }, 50)
}

function onSignal() {
  if (stopping && Date.now() - stoppedAt < SAME_KEY_MS) return
  if (stopping) {
    endAll('SIGKILL')
    process.exit(130)
  }
  const ending = process.stdout.isTTY ? '\r\x1b[KStopping …' : 'Stopping …'
  console.log(ending)
  stopAll(0)
}

function fail(line) {
  if (!stopping) console.error(`${process.stdout.isTTY ? '\r\x1b[K' : ''}✗ ${line}`)
  stopAll(1)
}

/** Starts a process; resolves with what shows that it is ready, false when it is broken. */
function run(name, command, args, { env, isReady, isBroken, patience }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    })
    children.set(child, patience)
    let ready = false
    let tail = ''
    const read = (data) => {
      const text = String(data)
      tail = (tail + text).slice(-4000)
      if (stopping) return
      if (TAKEN.test(text))
        return fail(`Port ${previewPort} for the preview was taken while starting. Set PREVIEW_PORT`)
      if (ready && isBroken?.test(text)) console.error(`[${name}] ${text.trim()}`)
      const shown = isReady.exec(tail)
      if (!ready && shown) {
        ready = true
        resolve(shown)
      } else if (!ready && isBroken?.test(text)) {
        ready = true
        console.error(`[${name}] ${text.trim()}`)
        resolve(false)
      }
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.on('error', (error) => {
      children.delete(child)
      fail(`${name} could not start: ${error.message}`)
    })
    child.on('close', (code, signal) => {
      children.delete(child)
      // A signal to the whole group may reach the child first; ours follows in a moment.
      const isEnded = signal === 'SIGINT' || signal === 'SIGTERM' || code === 130 || code === 143
      const lines = tail.trim().split('\n')
      // Node ends what it prints of a crash with its version; what happened stands above.
      const crash = lines.filter((text) => /^\w*Error\b/.test(text)).at(-1)
      const reason = ready ? lines.slice(-3).join('\n') : (crash ?? lines.at(-1))
      const line = `${name} ${ready ? 'stopped' : 'could not start'}: ${reason || `code ${code}`}`
      setTimeout(() => fail(line), isEnded ? 500 : 0)
    })
  })
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal)
// A terminal that was closed takes no more lines.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})

const settings = readSettings(process.env, process.argv.slice(2))
if (settings.fault) giveUp(settings.fault)
if (settings.help) {
  console.log(usage)
  process.exit(0)
}
const { sandboxPort, previewPort } = settings
for (const fault of [
  await faultOfPort(sandboxPort, host, 'sandbox city', 'SANDBOX_PORT'),
  await faultOfPort(previewPort, settings.lan ? '0.0.0.0' : host, 'preview', 'PREVIEW_PORT'),
  settings.database && (await faultOfServer(settings.database)),
])
  if (fault) giveUp(fault)
for (const folder of [root, os.tmpdir()])
  if (freeMb(folder) < LEAST_DISK_MB)
    giveUp(`The disk is nearly full: ${freeMb(folder)} MB free at ${folder}, ${LEAST_DISK_MB} MB needed.`)
await setUp()

const began = Date.now()
const doing = new Set()
const beat = setInterval(
  () => {
    if (doing.size === 0 || stopping) return
    const line = `  ${[...doing].join(', ')} … ${Math.round((Date.now() - began) / 1000)} s`
    process.stdout.isTTY ? process.stdout.write(`\r\x1b[K${line}`) : console.log(line)
  },
  process.stdout.isTTY ? 500 : 10_000,
)
async function during(label, work) {
  doing.add(label)
  const ok = await work
  doing.delete(label)
  if (stopping) return null
  if (process.stdout.isTTY) process.stdout.write('\r\x1b[K')
  console.log(`${ok ? '✓' : '✗'} ${label}`)
  return ok
}

const sandbox = `http://${host}:${sandboxPort}`
const develop = { NODE_ENV: 'development', SANDBOX_ADDRESS: sandbox }
/** The preview reaches the cities through its own server. */
const serve = {
  ...develop,
  SANDBOX_ADDRESS: '/sandbox',
  SANDBOX_ORIGIN: sandbox,
  PREVIEW_PORT: String(previewPort),
  PREVIEW_LAN: settings.lan ? '1' : '',
}
const build = (type, env = develop) =>
  run(type, tool('taro'), ['build', '--type', type, '--watch', '--no-check'], {
    env,
    isReady: /Compiled successfully|监听文件修改中|Watching|Compiled with warnings/i,
    isBroken: /Compiled with errors|Failed to compile|ERROR in/i,
    patience: LONGEST_GOODBYE_MS.compiler,
  })

function networkAddresses() {
  if (!settings.lan) return []
  const all = Object.values(os.networkInterfaces()).flat()
  return all.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address)
}

const previewAddress = `http://${host}:${previewPort}/`
/** Compiled is not yet shown: the page is up when a browser would get all its scripts. */
async function preview() {
  if (!(await build('h5', serve))) return false
  const fault = await faultOfPage(previewAddress)
  if (fault && !stopping) console.error(`[preview] ${fault}`)
  return !fault
}

const tsx = path.join('node_modules', 'tsx', 'dist', 'cli.mjs')
const started = await during(
  'sandbox city',
  run('sandbox', process.execPath, [tsx, 'sandbox/main.ts'], {
    env: {
      SANDBOX_PORT: String(sandboxPort),
      SANDBOX_DEMO: '1',
      SANDBOX_DATA: process.env.SANDBOX_DATA || path.join(root, '.data', 'postgres'),
      SANDBOX_FRESH: settings.fresh ? '1' : '',
    },
    isReady: /Sandbox cities at .*[?]token=([\w-]+)\n/,
    patience: LONGEST_GOODBYE_MS.city,
  }),
)
const token = `?token=${started?.[1]}`
if (started && !stopping) {
  await Promise.all([
    during('WeChat mini-program', build('weapp')),
    during('Alipay mini-program', build('alipay')),
    during('browser preview', preview()),
  ])
}
clearInterval(beat)
if (!stopping) {
  const rows = [
    ['WeChat devtools', 'open this folder', root],
    ['Alipay IDE', 'open this folder', path.join(root, 'dist', 'alipay')],
    ['Preview', 'open in a browser', previewAddress + token],
    ...networkAddresses().map((address) => ['On a phone', 'in the same network', `http://${address}:${previewPort}/`]),
    ['API documentation', '', `${sandbox}/docs`],
    ['Faults and clock', '', `${sandbox}/control/${token}`],
  ]
  console.log('')
  for (const [what, how, where] of rows) console.log(`  ${what.padEnd(20)}${how.padEnd(20)}${where}`)
  console.log('\n  Ctrl-C stops everything.\n')
}
