import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { getComponentsAlias, toCamelCase, toDashed } from '@tarojs/shared'
import { TmplGroup } from 'glass-easel-template-compiler'
import { nameInWechat, wxmlOfAxml, wxsOfSjs } from '../engine/alipay-templates'
import type { ShippedFile, ShippedHost } from './output'

/** What the compilers have to say: WeChat's own programs on its output, WeChat's component framework on both. */
export function uncompiled(host: ShippedHost, files: readonly ShippedFile[]): string[] {
  const group = new TmplGroup()
  const faults = files.flatMap((file) => {
    const name = nameInWechat(file.name)
    if (/\.(wxs|sjs)$/.test(file.name)) group.addScript(name.slice(0, -4), wxsOfSjs(file.text()))
    if (!/\.(wx|ax)ml$/.test(file.name)) return []
    const text = host === 'weapp' ? file.text() : wxmlOfAxml(file.text())
    return group.addTmpl(name.slice(0, -5), text).map((error: unknown) => `${file.name}: ${JSON.stringify(error)}`)
  })
  group.free()
  return host === 'weapp' ? [...faults, ...refusedByWechat(files)] : faults
}

/** The programs of WeChat's devtools, by their own package; each takes all files at once and names the first mistake. */
function refusedByWechat(files: readonly ShippedFile[]): string[] {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'shipped-'))
  const names = (pattern: RegExp) => files.map((file) => file.name).filter((name) => pattern.test(name))
  for (const file of files.filter(({ name }) => /\.(wxml|wxs|wxss)$/.test(name))) {
    mkdirSync(path.dirname(path.join(folder, file.name)), { recursive: true })
    writeFileSync(path.join(folder, file.name), file.content())
  }
  const home = path.dirname(createRequire(__filename).resolve('miniprogram-compiler/package.json'))
  const system = { darwin: 'mac', win32: 'windows' }[process.platform as string] ?? 'linux'
  const run = (name: 'wcc' | 'wcsc', args: readonly string[]) => {
    const program = path.join(home, 'bin', system, system === 'windows' ? `${name}.exe` : name)
    chmodSync(program, 0o755)
    const options = { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const
    const { status, stderr, stdout } = spawnSync(program, args, options)
    if (status === 0 && stdout.length > 10_000 && (name === 'wcsc' || stderr.trim() === '')) return []
    return [`${name}: ${stderr.trim() || `left with ${status} and ${stdout.length} characters`}`]
  }
  const sheets = names(/\.wxss$/)
  const faults = [
    ...run('wcc', ['-d', ...names(/\.wxml$/), ...names(/\.wxs$/)]),
    ...run('wcsc', ['-db', '-pc', String(sheets.length), ...sheets]),
  ]
  rmSync(folder, { recursive: true, force: true })
  return faults
}

type Choose = (level: number, name: string, above: string) => string
interface Chooser {
  a: Choose
  e(level: number): string
}

const sources = path.resolve(__dirname, '../../src')

/** `scroll-view` and its like: what our views render, each with the variants that Taro makes of it. */
function rendered(): Set<string> {
  const names = new Set(['#text'])
  for (const file of readdirSync(sources, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.tsx')) continue
    const text = readFileSync(path.join(sources, file), 'utf8')
    for (const [, list = ''] of text.matchAll(/import \{([^}]*)\} from '@tarojs\/components'/g))
      for (const [name] of list.matchAll(/\b(?!type\b)[A-Z]\w+/g)) names.add(toDashed(name))
  }
  for (const variant of ['static-view', 'pure-view', 'click-view', 'static-text']) names.add(variant)
  return names
}

/**
 * Taro's views name a template by a number, and an attribute by another; both count through one table, while compiling and
 * at start. A missing template silently renders nothing; a number that is off writes into a foreign attribute.
 */
export function lostTemplates(files: readonly ShippedFile[]): string[] {
  const textOf = (pattern: RegExp) => files.find((file) => pattern.test(file.name))?.text() ?? ''
  const base = textOf(/^base\.(wx|ax)ml$/)
  const bodies = new Map(
    [...base.matchAll(/<template name="([^"]+)">([\s\S]*?)<\/template>/g)].map((match) => [
      match[1] ?? '',
      match[2] ?? '',
    ]),
  )
  const table = tableIn(files)
  if (!table) return ['no script carries the table of built-in components']
  const numbers: Record<string, Record<string, string>> = getComponentsAlias(
    Object.fromEntries(
      Object.entries(table).map(([name, list]) => [name, Object.fromEntries(list.map((each) => [each, '']))]),
    ),
  )
  const xs = modulOf(textOf(/^utils\.(wxs|sjs)$/))
  const components = rendered()
  // Alipay's templates may call themselves, WeChat's may not.
  const isLevelled = base.includes('xs.a(c,')
  const faults: string[] = []
  const mustHave = (name: string, why: string) => {
    if (!bodies.has(name)) faults.push(`base template: no ${name}, ${why}`)
  }
  for (const [component, { _num = '' }] of Object.entries(numbers)) {
    if (!components.has(component)) continue
    mustHave(xs.a(0, _num, ''), `for ${component}`)
    if (!isLevelled) continue
    // However deep in others, and at once in one of its kind.
    for (let level = 1; level < deepest(bodies); level += 1)
      mustHave(xs.a(level, _num, ''), `for ${component} at level ${level}`)
    mustHave(xs.a(1, _num, _num), `for ${component} in another`)
  }
  for (const [, reference = ''] of base.matchAll(/<template is="([^"{]+)"/g))
    mustHave(reference, 'which is referred to')
  for (const [name, body] of bodies) faults.push(...numbersAmiss(name, body, numbers))
  return [...faults, ...pagesWithoutTemplate(files, bodies)]
}

/** Levels that Taro wrote: the last one hands over to a component. */
const deepest = (bodies: ReadonlyMap<string, string>) =>
  Math.max(1, ...[...bodies.keys()].map((name) => Number(/^tmpl_(\d+)_container$/.exec(name)?.[1] ?? 0)))

/** Each attribute reads the number that the table gives it. */
function numbersAmiss(name: string, body: string, numbers: Record<string, Record<string, string>>): string[] {
  const own = Object.values(numbers).find(({ _num }) => _num === /^tmpl_\d+_(\d+)(_|$)/.exec(name)?.[1])
  if (!own) return []
  return [...body.matchAll(/\s([\w-]+)="\{\{[^}"]*\bi\.(p\d+)\b/g)]
    .filter(([, attribute = '', number]) => own[toCamelCase(attribute)] !== number)
    .map(([, attribute, number]) => `${name}: ${attribute} reads ${number}`)
}

function pagesWithoutTemplate(files: readonly ShippedFile[], bodies: ReadonlyMap<string, string>): string[] {
  return files
    .filter(({ name }) => /\/index\.(wx|ax)ml$/.test(name))
    .flatMap((file) => {
      const names = [...file.text().matchAll(/<template is="([^"{]+)"/g)].map((match) => match[1] ?? '')
      return names.filter((name) => !bodies.has(name)).map((name) => `${file.name} refers to the template ${name}`)
    })
}

/** `{View:["hover-class",…],…}`, as config/taro/lean writes it into a script. */
function tableIn(files: readonly ShippedFile[]): Record<string, string[]> | null {
  for (const file of files.filter(({ name }) => name.endsWith('.js'))) {
    const found = /\{(?:\w+:\[(?:"[\w-]*",?)*\],?){10,}\}/.exec(file.text())
    if (found) return JSON.parse(found[0].replace(/(\w+):\[/g, '"$1":['))
  }
  return null
}

/** The module is the host's script language, a small part of JavaScript. */
function modulOf(text: string): Chooser {
  const module: { exports: Chooser } = { exports: { a: () => '', e: () => '' } }
  new Function('module', wxsOfSjs(text))(module)
  return module.exports
}
