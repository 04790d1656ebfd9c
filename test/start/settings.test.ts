import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { readSettings } from '../../scripts/settings.mjs'

type Env = Record<string, string>
const root = path.join(__dirname, '../..')

/** What the command prints and answers, with nothing set but `env`. */
function command(script: string, env: Env, args: string[] = []) {
  const { PATH, HOME } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(root, script), ...args], {
    // From anywhere, as `npm --prefix` runs it.
    cwd: os.tmpdir(),
    env: { NODE_ENV: 'test', PATH, HOME, ...env },
    encoding: 'utf8',
    timeout: 20_000,
  })
  return { status, stdout, lines: stderr.split('\n').filter(Boolean) }
}

async function withTakenPort(act: (port: number) => void) {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  act((server.address() as AddressInfo).port)
  server.close()
}

const noPort = (name: string, text: string) => `${name}=${text} is no port: it must be a whole number from 1 to 65535`
const looksLike = 'it must look like postgres://user:password@host:5432/database'

const faults: [Env, string][] = [
  ...['99999', 'abc', '0', '-1', '65536', '1e3', '0x50', '80.5', '８０８０', '80 81', '+80', '123456'].map(
    (text): [Env, string] => [{ PREVIEW_PORT: text }, noPort('PREVIEW_PORT', text)],
  ),
  [{ SANDBOX_PORT: 'four' }, noPort('SANDBOX_PORT', 'four')],
  [{ SANDBOX_PORT: '5000', PREVIEW_PORT: '5000' }, 'SANDBOX_PORT and PREVIEW_PORT are both 5000: they must differ'],
  [{ SANDBOX_PORT: '10086' }, 'SANDBOX_PORT and PREVIEW_PORT are both 10086: they must differ'],
  [{ DATABASE_URL: 'hello' }, `DATABASE_URL is no address of a PostgreSQL: ${looksLike}`],
  [{ DATABASE_URL: 'postgres://a:b@h:99999/c' }, `DATABASE_URL is no address of a PostgreSQL: ${looksLike}`],
  [{ DATABASE_URL: 'postgres://a:100%@h/c' }, `DATABASE_URL is no address of a PostgreSQL: ${looksLike}`],
  [
    { DATABASE_URL: 'mysql://a:b@h/c' },
    `DATABASE_URL starts with mysql: and is no address of a PostgreSQL: ${looksLike}`,
  ],
  [
    { DATABASE_URL: 'localhost:5432/c' },
    `DATABASE_URL starts with localhost: and is no address of a PostgreSQL: ${looksLike}`,
  ],
  [{ DATABASE_URL: 'postgres:///c' }, `DATABASE_URL names no host: ${looksLike}`],
  [{ PREVIEW_LAN: 'yes' }, 'PREVIEW_LAN=yes: it is 1 (on) or 0 (off)'],
  [{ CITY_ADDRESSES_FILE: '/no/such.json' }, 'CITY_ADDRESSES_FILE: /no/such.json cannot be read: ENOENT'],
]

test.each(faults)('%p is refused in one line', (env, line) => {
  expect(readSettings(env, []).fault).toBe(line)
})

test('an argument that nobody knows is refused, and nothing is taken for another thing', () => {
  expect(readSettings({}, ['--lan', '--fast']).fault).toBe(
    'There is no argument --fast. There are: --lan, --fresh, --help',
  )
  const usual = { sandboxPort: 4180, previewPort: 10086, lan: false, fresh: false, help: false, database: null }
  expect(readSettings({ PREVIEW_PORT: '', SANDBOX_PORT: ' ', DATABASE_URL: '', PREVIEW_LAN: '0' }, [])).toEqual(usual)
  expect(readSettings({}, ['--lan'])).toEqual({ ...usual, lan: true })
  expect(readSettings({}, ['--fresh'])).toEqual({ ...usual, fresh: true })
  expect(readSettings({ PREVIEW_LAN: '1', PREVIEW_PORT: '443' }, [])).toEqual({ ...usual, lan: true, previewPort: 443 })
  const url = 'postgresql://someone:p%40ss@[::1]/city?sslmode=disable'
  expect(readSettings({ DATABASE_URL: url }, []).database).toEqual({ host: '::1', port: 5432 })
  expect(readSettings({ DATABASE_URL: 'postgres:///city?host=/run/postgresql' }, [])).toEqual(usual)
})

test('npm start says what is wrong in one line and leaves with 1, before anything long runs', async () => {
  expect(command('scripts/start.mjs', { PREVIEW_PORT: 'abc' })).toEqual({
    status: 1,
    stdout: '',
    lines: [`✗ ${noPort('PREVIEW_PORT', 'abc')}`],
  })
  const secret = command('scripts/start.mjs', {
    SANDBOX_PORT: '4999',
    DATABASE_URL: 'postgres://me:secret@127.0.0.1:1/c',
  })
  expect(secret).toEqual({
    status: 1,
    stdout: '',
    lines: ['✗ DATABASE_URL: nothing answers at 127.0.0.1:1 (ECONNREFUSED)'],
  })
  expect(command('scripts/start.mjs', { SANDBOX_PORT: '4999', PREVIEW_PORT: '6000' }).lines).toEqual([
    '✗ Port 6000 for the preview is one that browsers refuse to open. Set PREVIEW_PORT to another',
  ])
  await withTakenPort((port) => {
    const { status, lines } = command('scripts/start.mjs', { SANDBOX_PORT: String(port) })
    const line = `✗ Port ${port} for the sandbox city is taken. Stop what uses it, or set SANDBOX_PORT`
    expect({ status, lines }).toEqual({ status: 1, lines: [line] })
  })
  const help = command('scripts/start.mjs', {}, ['--help'])
  expect([help.status, help.lines]).toEqual([0, []])
  expect(help.stdout).toMatch('PREVIEW_PORT')
})

test('npm run build refuses a file of cities that it cannot use in one line', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'city-files-'))
  const build = (text: string) => {
    const file = path.join(folder, 'cities.json')
    writeFileSync(file, text)
    const { status, lines } = command('scripts/build.mjs', { CITY_ADDRESSES_FILE: file }, ['weapp'])
    expect([status, lines.length]).toEqual([1, 1])
    return lines[0]?.replace(file, 'cities.json')
  }
  const about = (id: string, needs: string) => expect.stringContaining(`cities.json: "${id}" ${needs}`)
  const address = 'needs an https "address"'
  expect(build('{')).toBe('✗ CITY_ADDRESSES_FILE: cities.json cannot be read: it is not JSON')
  expect(build('null')).toBe('✗ CITY_ADDRESSES_FILE: cities.json names no city')
  expect(build('{}')).toBe('✗ CITY_ADDRESSES_FILE: cities.json names no city')
  expect(build('{"330100": null}')).toEqual(about('330100', address))
  expect(build('{"330100": {"address": "http://a.example", "centre": [30, 120]}}')).toEqual(about('330100', address))
  expect(build('{"hangzhou": {"address": "https://a.example", "centre": [30, 120]}}')).toEqual(
    about('hangzhou', 'is no six-digit adcode'),
  )
  expect(build('{"330100": {"address": "https://a.example", "centre": ["30", 120]}}')).toEqual(
    about('330100', 'needs a "centre"'),
  )
  rmSync(folder, { recursive: true })
})
