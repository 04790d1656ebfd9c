// What every command does first: the right Node, and packages as package-lock.json says. Needs nothing but Node itself.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

const OLDEST_NODE = 20
const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
const mark = path.join(root, 'node_modules', '.cache', 'installed-lock')

/** Ends the command with one clear line. */
export function giveUp(line) {
  console.error(`\n✗ ${line}`)
  process.exit(1)
}

/** Runs a long step and says every few seconds that it is alive. Gives exit code and output. */
export function step(command, args, { label, env = {}, cwd = root, quiet = true } = {}) {
  const began = Date.now()
  const seconds = () => Math.round((Date.now() - began) / 1000)
  const showsLine = quiet && process.stdout.isTTY
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: quiet ? 'pipe' : 'inherit' })
    let output = ''
    child.stdout?.on('data', (data) => (output += data))
    child.stderr?.on('data', (data) => (output += data))
    const beat = setInterval(
      () =>
        label &&
        (showsLine
          ? process.stdout.write(`\r  ${label} … ${seconds()} s`)
          : console.log(`  ${label} … ${seconds()} s`)),
      showsLine ? 1000 : 30_000,
    )
    const finish = (code) => {
      clearInterval(beat)
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
  const [major] = process.versions.node.split('.').map(Number)
  if (major < OLDEST_NODE) giveUp(`Node ${OLDEST_NODE} or later is needed; this is ${process.versions.node}.`)
  const lock = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return
  console.log('Installing packages (a minute or two, once) …')
  const { code, output } = await step(npm, ['ci', '--no-audit', '--no-fund'], { label: 'npm ci' })
  if (code !== 0) {
    const reason = /ENOSPC/.test(output) ? 'the disk is full' : output.trim().split('\n').slice(-6).join('\n')
    giveUp(`Packages could not be installed: ${reason}`)
  }
  try {
    mkdirSync(path.dirname(mark), { recursive: true })
    writeFileSync(mark, lock)
  } catch (error) {
    giveUp(`node_modules can not be written: ${error.message}`)
  }
}

/** A tool from node_modules, by its package's bin name. */
export const tool = (name) =>
  path.join(root, 'node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name)

/** True when a command exists and answers. */
export const has = (command, args = ['--version']) => spawnSync(command, args, { stdio: 'ignore' }).status === 0
