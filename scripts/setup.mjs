// What every command does first: the right Node, and packages as package-lock.json says. Needs nothing but Node itself.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

// Named imports would fail in a Node that lacks one of them, before the message that it is too old.
const { existsSync, mkdirSync, readFileSync, statfsSync, writeFileSync } = fs

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

const OLDEST_NODE = [20, 19]
/** npm's own processes while they run, ended on an early stop. */
export const running = new Set()
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
const mark = path.join(root, 'node_modules', '.cache', 'installed-lock')

/** Ends the command with one clear line. */
export function giveUp(line) {
  console.error(`✗ ${line}`)
  process.exit(1)
}

/** Runs a long step and says every so often that it is alive. Gives exit code and output. */
export function step(command, args, { label, env = {}, cwd = root, quiet = true, everyMs = 30_000 } = {}) {
  const began = Date.now()
  const seconds = () => Math.round((Date.now() - began) / 1000)
  const showsLine = quiet && process.stdout.isTTY
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: quiet ? 'pipe' : 'inherit' })
    running.add(child)
    let output = ''
    child.stdout?.on('data', (data) => (output += data))
    child.stderr?.on('data', (data) => (output += data))
    const beat = setInterval(
      () =>
        label &&
        (showsLine
          ? process.stdout.write(`\r  ${label} … ${seconds()} s`)
          : console.log(`  ${label} … ${seconds()} s`)),
      showsLine ? 1000 : everyMs,
    )
    const finish = (code) => {
      clearInterval(beat)
      running.delete(child)
      if (showsLine && label) process.stdout.write('\r\x1b[K')
      resolve({ code, output, ms: Date.now() - began })
    }
    child.on('error', (error) => {
      output += error.message
      finish(1)
    })
    child.on('close', (code, signal) => finish(code ?? (signal ? 1 : 0)))
  })
}

/** Installs when the lock file is not the one that was installed last. */
export async function setUp() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor < OLDEST_NODE[1]))
    giveUp(`Node ${OLDEST_NODE.join('.')} or later is needed; this is ${process.versions.node}.`)
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return
  const free = freeMb(root)
  if (free < MB_TO_INSTALL) giveUp(`The disk is nearly full: ${free} MB free, packages need ${MB_TO_INSTALL} MB.`)
  console.log('Installing packages, once: one to two minutes, longer where the network is slow …')
  // Builds need what npm leaves out where NODE_ENV is production, or where somebody's npm is set so.
  const install = ['ci', '--include=dev', '--no-audit', '--no-fund']
  const { code, output, ms } = await step(npm, install, { label: 'npm ci', everyMs: 10_000 })
  if (code !== 0) giveUp(`Packages could not be installed: ${reasonIn(output)}`)
  console.log(`✓ packages  ${Math.round(ms / 1000)} s`)
  try {
    mkdirSync(path.dirname(mark), { recursive: true })
    writeFileSync(mark, lock)
  } catch (error) {
    giveUp(`node_modules can not be written: ${error.message}`)
  }
}

/** What npm needs in node_modules, and some room to work in. */
const MB_TO_INSTALL = 1500

/** Space that this user may still fill at a path. */
export function freeMb(at) {
  const { bavail, bsize } = statfsSync(at)
  return Math.floor((bavail * bsize) / 1e6)
}

/** One line out of what npm printed. */
function reasonIn(output) {
  if (/ENOSPC/.test(output)) return 'the disk is full.'
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH/.test(output))
    return 'the package registry does not answer. Run the command again when the network is back.'
  const lines = output.split('\n').map((line) => line.replace(/^npm (error|ERR!) ?/, '').trim())
  return (
    lines
      .filter((line) => line && !/^(npm warn|A complete log)/.test(line))
      .slice(-3)
      .join(' | ') || 'npm ci failed.'
  )
}

/** A tool from node_modules, by its package's bin name. */
export const tool = (name) =>
  path.join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name)

/** True when a command exists and answers. */
export const has = (command, args = ['--version']) => spawnSync(command, args, { stdio: 'ignore' }).status === 0
