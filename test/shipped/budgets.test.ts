import { spawnSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { appJson, compressed, type ShippedHost, shippedFiles, subPackages, total } from './output'

const KB = 1024

/** Raw bytes, and compressed ones for the whole. The vendors allow 2 MB a package; these are ours. */
const budgets = { main: 480 * KB, subPackage: 120 * KB, whole: 900 * KB, compressed: 220 * KB }

const hosts: readonly ShippedHost[] = ['weapp', 'alipay']
const kb = (bytes: number) => `${(bytes / KB).toFixed(1)} KB`

test.each(hosts)('%s keeps its size budgets', (host) => {
  const files = shippedFiles(host)
  const roots = subPackages(host)
  expect(roots.length).toBeGreaterThan(0)
  const inside = (root: string) => files.filter((file) => file.name.startsWith(root))
  const main = files.filter((file) => !roots.some((root) => file.name.startsWith(root)))
  const lines = [
    `main ${kb(total(main))}`,
    ...roots.map((root) => `${root} ${kb(total(inside(root)))}`),
    `whole ${kb(total(files))}`,
    `compressed ${kb(compressed(files))}`,
  ]
  process.stdout.write(`${host}: ${lines.join(', ')}\n`)
  expect(total(main)).toBeLessThan(budgets.main)
  for (const root of roots) expect(total(inside(root))).toBeLessThan(budgets.subPackage)
  expect(total(files)).toBeLessThan(budgets.whole)
  expect(compressed(files)).toBeLessThan(budgets.compressed)
})

test.each(hosts)('%s ships every page of app.json with its template', (host) => {
  const names = new Set(shippedFiles(host).map((file) => file.name))
  const { pages, subPackages: parts } = appJson(host) as {
    pages: string[]
    subPackages: { root: string; pages: string[] }[]
  }
  const all = [...pages, ...parts.flatMap((part) => part.pages.map((page) => `${part.root}/${page}`))]
  const template = host === 'weapp' ? 'wxml' : 'axml'
  for (const page of all)
    for (const kind of ['js', 'json', template]) expect(names).toContain(`${page.replace(/\/+/g, '/')}.${kind}`)
})

test('only WeChat has the keys of WeChat', () => {
  const wechatOnly = ['lazyCodeLoading', 'requiredPrivateInfos', 'permission', '__usePrivacyCheck__']
  const keys = { weapp: Object.keys(appJson('weapp')), alipay: Object.keys(appJson('alipay')) }
  for (const key of wechatOnly) {
    expect(keys.weapp).toContain(key)
    expect(keys.alipay).not.toContain(key)
  }
})

test.each(hosts)('%s ships no source map, no sandbox, no simulated till and no foreign host', (host) => {
  const files = shippedFiles(host)
  expect(files.filter((file) => file.name.endsWith('.map'))).toEqual([])
  const foreign = host === 'weapp' ? /\bmy\.(request|tradePay|getAuthCode)\b/ : /\bwx\.(request|requestPayment|login)\b/
  const forbidden = [/127\.0\.0\.1|localhost/, /Simulated till|till\//, /sourceMappingURL/, /PRIVATE KEY/, foreign]
  for (const file of files.filter(({ name }) => /\.(js|json|wxml|axml|wxs|sjs)$/.test(name)))
    for (const word of forbidden) expect([file.name, word.exec(file.text())?.[0]]).toEqual([file.name, undefined])
})

test('roles and labels reach both templates', () => {
  const template = (host: ShippedHost, name: string) =>
    shippedFiles(host)
      .find((file) => file.name === name)
      ?.text() ?? ''
  expect(template('weapp', 'base.wxml')).toMatch(/<view[^>]* aria-role="/)
  expect(template('weapp', 'base.wxml')).toMatch(/<view[^>]* aria-label="/)
  expect(template('alipay', 'base.axml')).toMatch(/<view[^>]* role="/)
  expect(template('alipay', 'base.axml')).toMatch(/<view[^>]* aria-label="/)
})

/** The programs of WeChat's devtools, by their own packages; each takes all files at once and names the first mistake. */
function wechatCompiler(name: 'wcc' | 'wcsc', args: readonly string[]) {
  const home = path.dirname(createRequire(__filename).resolve('miniprogram-compiler/package.json'))
  const system = { darwin: 'mac', win32: 'windows' }[process.platform as string] ?? 'linux'
  const program = path.join(home, 'bin', system, system === 'windows' ? `${name}.exe` : name)
  chmodSync(program, 0o755)
  const { status, stderr, stdout } = spawnSync(program, args, {
    cwd: path.resolve('dist/weapp'),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return { status, said: stderr.trim(), made: stdout.length }
}

test('WeChat’s own compilers take every template and every style sheet', () => {
  const names = (...kinds: string[]) =>
    shippedFiles('weapp')
      .map((file) => file.name)
      .filter((name) => kinds.some((kind) => name.endsWith(kind)))
  const templates = wechatCompiler('wcc', ['-d', ...names('.wxml'), ...names('.wxs')])
  expect(templates).toMatchObject({ status: 0, said: '' })
  expect(templates.made).toBeGreaterThan(10_000)
  const sheets = names('.wxss')
  const styles = wechatCompiler('wcsc', ['-db', '-pc', String(sheets.length), ...sheets])
  expect(styles).toMatchObject({ status: 0 })
  expect(styles.made).toBeGreaterThan(10_000)
})

/** Syntax that WeChat base library 2.32 and Alipay 10.3 era engines (iOS 12, Chrome 69) can not parse. */
test.each(hosts)('%s is written in what the oldest engines can parse', (host) => {
  const acorn = jest.requireActual<typeof import('acorn')>('acorn')
  for (const file of shippedFiles(host).filter(({ name }) => name.endsWith('.js')))
    expect(() => acorn.parse(file.text(), { ecmaVersion: 2019, sourceType: 'script' })).not.toThrow()
})
