// Finds an installed Chromium; on Debian, with the right to, installs one with a font that has Chinese.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const places = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

export const findChromium = () => places.find((place) => place && existsSync(place)) ?? null

/** Where Chromium looks for nothing but the pages that we serve. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

const run = (command, args) =>
  spawnSync(command, args, { stdio: 'ignore', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0

/** The browser's path, or a line that says what to do. */
export function ensureChromium() {
  const found = findChromium()
  const hasChinese = () => spawnSync('fc-list', [':lang=zh', 'file'], { encoding: 'utf8' }).stdout?.trim()
  if (found && (process.platform !== 'linux' || hasChinese())) return { path: found }
  const isDebian = process.platform === 'linux' && existsSync('/etc/debian_version')
  const sudo = process.getuid?.() === 0 ? [] : run('sudo', ['-n', 'true']) ? ['sudo', '-n'] : null
  if (isDebian && sudo) {
    const apt = (...args) => {
      const [command, ...rest] = [...sudo, 'apt-get', ...args]
      return run(command, rest)
    }
    apt('update', '-q')
    apt('install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-noto-cjk', 'fontconfig')
    const installed = findChromium()
    if (installed) return { path: installed }
  }
  if (found) return { path: found }
  return {
    line: 'Browser tests need Chromium: install it (Debian: apt-get install chromium fonts-noto-cjk) or set CHROMIUM_PATH.',
  }
}
