// A Chromium for tests, in this order: one that is installed, playwright's own download (no root, any system), Debian's packages.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { debian, onPath, run } from './debian.mjs'

const isWindows = process.platform === 'win32'

/** Where systems keep programs that are not on PATH. */
const usualPlaces = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** The headless Chromium that `playwright-core install` leaves in its cache. */
function downloaded() {
  const caches = {
    darwin: path.join(os.homedir(), 'Library/Caches'),
    win32: process.env.LOCALAPPDATA ?? os.homedir(),
  }
  const cache = caches[process.platform] ?? process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache')
  const folder = process.env.PLAYWRIGHT_BROWSERS_PATH ?? path.join(cache, 'ms-playwright')
  if (!existsSync(folder)) return undefined
  const shells = readdirSync(folder).filter((name) => name.startsWith('chromium_headless_shell-'))
  return shells
    .flatMap((shell) =>
      readdirSync(path.join(folder, shell), { recursive: true, encoding: 'utf8' }).map((file) =>
        path.join(folder, shell, file),
      ),
    )
    .find((file) => /^(chrome-headless-shell|headless_shell)(\.exe)?$/.test(path.basename(file)))
}

/** The path of a Chromium that starts, or null. */
export function findChromium() {
  const found = [
    process.env.CHROMIUM_PATH,
    ...['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(onPath),
    ...usualPlaces,
    downloaded(),
  ]
  return found.find((file) => file && existsSync(file) && starts(file)) ?? null
}

/** A download may lack libraries of the system. On Windows asking for the version would open a window. */
const starts = (file) => isWindows || run(file, ['--version'])

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

/** Gives up after ten seconds without a network. */
const download = () =>
  run('npx', ['--no-install', 'playwright-core', 'install', 'chromium-headless-shell'], {
    PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '10000',
  })

/** Without a Chinese font, Chinese shows as boxes. */
const lacksChinese = () =>
  process.platform === 'linux' && !spawnSync('fc-list', [':lang=zh', 'file'], { encoding: 'utf8' }).stdout?.trim()

/** The browser's path, or a line that says what to do. */
export function ensureChromium() {
  for (const install of [() => {}, download, () => debian('chromium')]) {
    install()
    const found = findChromium()
    if (!found) continue
    if (lacksChinese()) debian('fonts-noto-cjk', 'fontconfig')
    return { path: found }
  }
  return {
    line: 'Browser tests need Chromium: install it (Debian: apt-get install chromium fonts-noto-cjk) or set CHROMIUM_PATH.',
  }
}
