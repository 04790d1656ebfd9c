import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'

const chromium = pathToFileURL(path.resolve(__dirname, '../support/chromium.mjs')).href

/** A system of its own: PATH holds these programs, and each writes down that it was called. */
function system(programs: Record<string, string>) {
  const home = mkdtempSync(path.join(os.tmpdir(), 'browser-'))
  const bin = path.join(home, 'bin')
  const log = path.join(home, 'log')
  const program = (file: string, script: string) => {
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, `#!/bin/sh\n${script}\n`)
    chmodSync(file, 0o755)
  }
  for (const [name, script] of Object.entries(programs))
    program(path.join(bin, name), `echo "${name} $*" >> "${log}"\n${script}`)
  program(path.join(home, 'template'), 'exit 0')
  const result = spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { ensureChromium } from '${chromium}'; console.log(JSON.stringify(ensureChromium()))`,
    ],
    {
      encoding: 'utf8',
      env: {
        PATH: bin,
        HOME: home,
        BIN: bin,
        TEMPLATE: path.join(home, 'template'),
        PLAYWRIGHT_BROWSERS_PATH: path.join(home, 'browsers'),
      },
    },
  )
  const calls = existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []
  return {
    answer: JSON.parse(result.stdout.replaceAll(home, '')),
    installed: calls.filter((call) => /^(npx|apt-get)/.test(call)),
  }
}

const succeeds = 'exit 0'
const fails = 'exit 1'
const hasChinese = 'echo /usr/share/fonts/NotoSansCJK.ttc'
const sudo = 'shift; exec "$@"'
const places = '/bin/cp "$TEMPLATE"'
const downloads = `d="$PLAYWRIGHT_BROWSERS_PATH/chromium_headless_shell-1/chrome"; /bin/mkdir -p "$d"; ${places} "$d/chrome-headless-shell"`
const installsDebian = `case "$*" in *chromium*) ${places} "$BIN/chromium";; esac`

// Elsewhere browsers stand at places of their own, whatever PATH says.
const onLinux = process.platform === 'linux' ? test : test.skip

onLinux('an installed browser is used, and nothing is installed', () => {
  const found = system({ chromium: succeeds, npx: downloads, 'apt-get': installsDebian, sudo, 'fc-list': hasChinese })
  expect(found).toEqual({ answer: { path: '/bin/chromium' }, installed: [] })
})

onLinux("without one, playwright's own is downloaded, and Debian is not asked", () => {
  const found = system({ npx: downloads, 'apt-get': installsDebian, sudo, 'fc-list': hasChinese })
  expect(found.answer.path).toBe('/browsers/chromium_headless_shell-1/chrome/chrome-headless-shell')
  expect(found.installed).toEqual(['npx --no-install playwright-core install chromium-headless-shell'])
})

onLinux("without a download, Debian's packages are installed", () => {
  const found = system({ npx: fails, 'apt-get': installsDebian, sudo, 'fc-list': hasChinese })
  expect(found.answer).toEqual({ path: '/bin/chromium' })
  expect(found.installed.map((call) => call.split(' ').slice(0, 2).join(' '))).toEqual([
    'npx --no-install',
    'apt-get update',
    'apt-get install',
  ])
})

onLinux('a download that does not start, for want of libraries, is passed over', () => {
  const found = system({
    npx: downloads.replace('$TEMPLATE', '/bin/false'),
    'apt-get': installsDebian,
    sudo,
    'fc-list': hasChinese,
  })
  expect(found.answer).toEqual({ path: '/bin/chromium' })
})

onLinux('a browser without a Chinese font gets one where that is possible', () => {
  const found = system({ chromium: succeeds, 'apt-get': succeeds, sudo, 'fc-list': succeeds })
  expect(found.answer).toEqual({ path: '/bin/chromium' })
  expect(found.installed).toContain('apt-get install -y -q --no-install-recommends fonts-noto-cjk fontconfig')
})

onLinux('where nothing helps, one line says what to do', () => {
  const found = system({ npx: fails })
  expect(found.answer.line).toMatch(/^Browser tests need Chromium: install it .* or set CHROMIUM_PATH\.$/)
})
