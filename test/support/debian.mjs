// Programs that tests need and npm does not have.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const isWindows = process.platform === 'win32'

export const onPath = (name) =>
  (process.env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file))

export const run = (command, args, env = {}) =>
  spawnSync(command, args, {
    cwd: root,
    stdio: 'ignore',
    shell: isWindows && command === 'npx',
    timeout: 300_000,
    env: { ...process.env, ...env },
  }).status === 0

/** Installs packages where apt-get is and may be used without a password. */
export function debian(...packages) {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  const apt = (...args) => {
    const [command, ...rest] = [...sudo, 'apt-get', ...args]
    return run(command, rest, { DEBIAN_FRONTEND: 'noninteractive' })
  }
  if (!onPath('apt-get') || (sudo.length > 0 && !run('sudo', ['-n', 'true']))) return
  apt('update', '-q')
  apt('install', '-y', '-q', '--no-install-recommends', ...packages)
}
