import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const project = path.resolve(__dirname, '../..')

/** A tree of its own with these files, seen by the rule as if it were the project. */
function planted(files: Record<string, string>): string {
  const root = mkdtempSync(path.join(os.tmpdir(), 'arrows-'))
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
    writeFileSync(path.join(root, name), text)
  }
  symlinkSync(path.join(project, 'node_modules'), path.join(root, 'node_modules'))
  return root
}

const check = (root: string) =>
  spawnSync(process.execPath, [path.join(project, 'scripts/arrows.mjs'), root], { encoding: 'utf8', cwd: project })

/** What every planted tree needs to be a house: one thing in each room. */
const house = {
  'src/domain/money.ts': 'export const one = 1\n',
  'src/platform/index.weapp.ts': "import { one } from '@/domain/money'\nexport const platform = { one }\n",
  'src/services/index.ts': "import { platform } from '@/platform'\nexport const services = { platform }\n",
  'src/stores/index.ts': "import { services } from '@/services'\nexport const stores = { services }\n",
  'src/text/index.ts': "import { one } from '@/domain/money'\nexport const text = { one }\n",
  'src/components/cell.ts': "import { text } from '@/text'\nexport const cell = { text }\n",
  'src/routes.ts': 'export const routes = {}\n',
  'contract/wire.ts': 'export const wire = 1\n',
  'src/services/bills.ts': "import { wire } from '../../contract/wire'\nexport const bills = { wire }\n",
  'src/lifecycle/go.ts': "import { routes } from '@/routes'\nexport const go = { routes }\n",
  'src/queries/use-load.ts': "import { services } from '@/services'\nexport const useLoad = { services }\n",
  'src/parts/failure.ts': "import { cell } from '@/components/cell'\nexport const failure = { cell }\n",
  'src/pages/billing/bill.ts': "import { cell } from '@/components/cell'\nexport const bill = { cell }\n",
  'city/cashier.ts': "import { wire } from '../contract/wire'\nexport const cashier = { wire }\n",
  'conformance/run.ts': "import { wire } from '../contract/wire'\nexport const run = { wire }\n",
  'sandbox/main.ts': "import { cashier } from '../city/cashier'\nexport const sandbox = { cashier }\n",
}

const violations: readonly [string, string, string][] = [
  ['src/domain/a.ts', '@/platform', 'platform'],
  ['src/platform/b.ts', '@/services', 'services'],
  ['src/services/c.ts', '@/stores', 'stores'],
  ['src/services/d.ts', '@/text', 'text'],
  ['src/stores/e.ts', '@/components/cell', 'cell'],
  ['src/text/f.ts', '@/services', 'services'],
  ['src/components/g.ts', '@/platform', 'platform'],
  ['src/components/h.ts', '@/services', 'services'],
  ['src/pages/booking/i.ts', '@/pages/billing/bill', 'bill'],
  ['src/lifecycle/l.ts', '@/components/cell', 'cell'],
  ['src/queries/m.ts', '@/parts/failure', 'failure'],
  ['src/parts/n.ts', '@/pages/billing/bill', 'bill'],
  ['src/routes-o.ts', '@/pages/loose', 'loose'],
  ['src/pages/booking/p.ts', '../../../contract/wire', 'wire'],
  ['src/stores/q.ts', '../../contract/wire', 'wire'],
  ['contract/r.ts', '../src/domain/money', 'one'],
  ['city/s.ts', '../sandbox/main', 'sandbox'],
  ['city/t.ts', '../src/domain/money', 'one'],
  ['src/services/u.ts', '../../city/cashier', 'cashier'],
  ['conformance/v.ts', '../city/cashier', 'cashier'],
  ['src/services/w.ts', '../../conformance/run', 'run'],
]

test('a house whose arrows point one way passes', () => {
  const root = planted(house)
  const { status, stdout, stderr } = check(root)
  rmSync(root, { recursive: true })
  expect({ status, output: status === 0 ? '' : stdout + stderr }).toEqual({ status: 0, output: '' })
}, 60_000)

test('each planted violation is named, also through the suffix-only platform', () => {
  const bad = Object.fromEntries(
    violations.map(([file, from, name]) => [file, `import { ${name} } from '${from}'\nexport const used = ${name}\n`]),
  )
  const root = planted({
    ...house,
    ...bad,
    'src/pages/loose.ts': 'export const loose = 1\n',
    'src/domain/s.ts': "import type { T } from './t'\nexport type S = T | 1\n",
    'src/domain/t.ts': "import type { S } from './s'\nexport type T = S | 2\n",
    'sandbox/j.ts': "import { one } from '../src/domain/money'\nexport const used = one\n",
  })
  const { status, stdout, stderr } = check(root)
  rmSync(root, { recursive: true })
  expect(status).not.toBe(0)
  const output = stdout + stderr
  for (const file of [...violations.map(([file]) => file), 'src/domain/s.ts', 'sandbox/j.ts'])
    expect(output).toContain(file)
}, 60_000)

test('an import that leads nowhere is an error, so that the rule can not fail open', () => {
  const root = planted({ ...house, 'src/domain/k.ts': "import { x } from '@/nowhere'\nexport const used = x\n" })
  const { status, stdout, stderr } = check(root)
  rmSync(root, { recursive: true })
  expect(status).not.toBe(0)
  expect(stdout + stderr).toContain('src/domain/k.ts')
}, 60_000)

/** Lints one file at this place of a tree that has our rules. */
function lint(name: string, text: string) {
  const root = mkdtempSync(path.join(os.tmpdir(), 'lint-'))
  for (const rule of [
    'biome.json',
    'config/lint/old-engines.grit',
    'config/lint/one-host.grit',
    'config/lint/one-way-out.grit',
    name,
  ]) {
    mkdirSync(path.dirname(path.join(root, rule)), { recursive: true })
    writeFileSync(path.join(root, rule), rule === name ? text : readFileSync(path.join(project, rule)))
  }
  const biome = path.join(project, 'node_modules/.bin/biome')
  const answer = spawnSync(biome, ['lint', '--vcs-enabled=false', name], { cwd: root, encoding: 'utf8' })
  rmSync(root, { recursive: true })
  return answer
}

test.each([
  ['the host by its name', 'src/pages/a.ts', 'export const a = () => wx.request({})\n'],
  ['the other host by its name', 'src/services/a.ts', 'export const a = () => my.request({})\n'],
  ['what no mini-program has', 'src/services/a.ts', "export const a = new URL('https://a.example')\n"],
  ['Intl', 'src/domain/a.ts', 'export const a = (n: number) => new Intl.NumberFormat().format(n)\n'],
  ['asking which host it is', 'src/pages/a.ts', "export const a = process.env.TARO_ENV === 'weapp'\n"],
  ['asking the platform which host it is', 'src/services/a.ts', 'export const a = () => platform.host\n'],
])('lint refuses %s', (_what, name, text) => {
  const { status, stdout, stderr } = lint(name, text)
  expect(stdout + stderr).toContain(name)
  expect(status).not.toBe(0)
})

test('lint has nothing against plain code, nor against the host in its own room', () => {
  expect(lint('src/pages/a.ts', 'export const a = 1\n').status).toBe(0)
  expect(lint('src/platform/a.weapp.ts', 'export const a = () => wx.getSystemInfoSync()\n').status).toBe(0)
})
