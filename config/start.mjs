// npm start: the sandbox city, both mini-programs (watching) and the browser preview. Ctrl-C stops all of it.
import { spawn } from 'node:child_process'
import { statfsSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { faultOfPage } from './served.mjs'
import { giveUp, root, setUp, tool } from './setup.mjs'

const sandboxPort = Number(process.env.SANDBOX_PORT) || 4180
const previewPort = Number(process.env.PREVIEW_PORT) || 10086
const LEAST_DISK_MB = 600
const host = '127.0.0.1'

const children = new Set()
let stopping = false

function stopAll(code) {
  if (stopping) return
  stopping = true
  for (const child of children) {
    try {
      // Each runs in a process group of its own, so that its children end as well.
      process.platform === 'win32' ? child.kill() : process.kill(-child.pid, 'SIGTERM')
    } catch {}
  }
  const end = () => process.exit(code)
  const patience = setTimeout(() => {
    for (const child of children) {
      try {
        process.kill(-child.pid, 'SIGKILL')
      } catch {}
    }
    end()
  }, 8000)
  const wait = setInterval(() => {
    if (children.size > 0) return
    clearInterval(wait)
    clearTimeout(patience)
    end()
  }, 50)
}

function fail(line) {
  console.error(`\n✗ ${line}`)
  stopAll(1)
}

/** Starts a process; resolves when its output shows that it is ready. */
function run(name, command, args, env, isReady, isBroken) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    })
    children.add(child)
    let ready = false
    let tail = ''
    const read = (data) => {
      const text = String(data)
      tail = (tail + text).slice(-4000)
      if (ready && isBroken?.test(text)) console.error(`[${name}] ${text.trim()}`)
      if (!ready && isReady.test(tail)) {
        ready = true
        resolve(true)
      } else if (!ready && isBroken?.test(text)) {
        ready = true
        console.error(`[${name}] ${text.trim()}`)
        resolve(false)
      }
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.on('error', (error) => fail(`${name} could not start: ${error.message}`))
    child.on('close', () => {
      children.delete(child)
      if (stopping) return
      fail(`${name} stopped: ${tail.trim().split('\n').slice(-3).join('\n')}`)
      resolve(false)
    })
  })
}

const isFree = (port) =>
  new Promise((resolve) => {
    const probe = net.createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, host, () => probe.close(() => resolve(true)))
  })

process.on('SIGINT', () => stopAll(0))
process.on('SIGTERM', () => stopAll(0))
process.on('SIGHUP', () => stopAll(0))

await setUp()
if (statfsSync) {
  const disk = statfsSync(root)
  const freeMb = Math.floor((disk.bavail * disk.bsize) / 1e6)
  if (freeMb < LEAST_DISK_MB) giveUp(`The disk is nearly full: ${freeMb} MB free, ${LEAST_DISK_MB} MB needed.`)
}
for (const [port, what, setting] of [
  [sandboxPort, 'sandbox city', 'SANDBOX_PORT'],
  [previewPort, 'preview', 'PREVIEW_PORT'],
])
  if (!(await isFree(port))) giveUp(`Port ${port} for the ${what} is taken. Stop what uses it, or set ${setting}.`)

const began = Date.now()
const doing = new Set()
const beat = setInterval(() => {
  if (doing.size === 0) return
  const line = `  ${[...doing].join(', ')} … ${Math.round((Date.now() - began) / 1000)} s`
  process.stdout.isTTY ? process.stdout.write(`\r\x1b[K${line}`) : undefined
}, 500)
async function during(label, work) {
  doing.add(label)
  const ok = await work
  doing.delete(label)
  if (process.stdout.isTTY) process.stdout.write('\r\x1b[K')
  if (!stopping) console.log(`${ok ? '✓' : '✗'} ${label}`)
  return ok
}

const sandbox = `http://${host}:${sandboxPort}`
const develop = { NODE_ENV: 'development', SANDBOX_ADDRESS: sandbox, PREVIEW_PORT: String(previewPort) }
const build = (type) =>
  run(
    type,
    tool('taro'),
    ['build', '--type', type, '--watch', '--no-check'],
    develop,
    /Compiled successfully|监听文件修改中|Watching|Compiled with warnings/i,
    /Compiled with errors|Failed to compile|ERROR in/i,
  )

const previewAddress = `http://${host}:${previewPort}/`
/** Compiled is not yet shown: the page is up when a browser would get all its scripts. */
async function preview() {
  if (!(await build('h5'))) return false
  const fault = await faultOfPage(previewAddress)
  if (fault && !stopping) console.error(`[preview] ${fault}`)
  return !fault
}

const tsx = path.join('node_modules', 'tsx', 'dist', 'cli.mjs')
const city = { SANDBOX_PORT: String(sandboxPort), SANDBOX_DEMO: '1' }
const up = await during(
  'sandbox city',
  run('sandbox', process.execPath, [tsx, 'sandbox/main.ts'], city, /Sandbox cities at/),
)
if (up && !stopping) {
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
    ['Preview', 'open in a browser', previewAddress],
    ['API documentation', '', `${sandbox}/docs`],
    ['Faults and clock', '', `${sandbox}/control/`],
  ]
  console.log('')
  for (const [what, how, where] of rows) console.log(`  ${what.padEnd(20)}${how.padEnd(20)}${where}`)
  console.log('\n  Ctrl-C stops everything.\n')
}
