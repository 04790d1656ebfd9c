import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import webpack from 'webpack'
import { apis, processApis } from '../../config/taro/lean/native-apis'
import { Replacements } from '../../config/taro/lean/replacements'
import { styleProperties } from '../../config/taro/lean/style-properties'
import { changedSources } from '../../config/taro/lean/taro-sources'

const find = createRequire(__filename)
const read = (file: string) => readFileSync(find.resolve(file), 'utf8')
const reconcilerLoader: (source: string) => string = find('../../config/taro/lean/reconciler-loader.cjs')
const { withEngines } = find('../../config/taro/lean/compile-mode-loader.cjs')
const reconciler = read('react-reconciler/cjs/react-reconciler.production.min.js')

test("Taro's text is what the lean build relies on", () => {
  expect(changedSources()).toEqual([])
})

test.each([
  ['@tarojs/shared/dist/shortcuts.js', '"cn"', '"c"'],
  ['@tarojs/runtime/dist/hydrate.js', 'transferHydrateData', 'transferData'],
  ['@tarojs/plugin-platform-alipay/dist/runtime.js', 'mergeInternalComponents(components);', 'merge(components);'],
  ['@tarojs/taro/index.js', 'initNativeApi', 'initApi'],
])('another Taro whose %s has no %s is an error of the build', (changed, text, other) => {
  const found = changedSources((file) => (file === changed ? read(file).split(text).join(other) : read(file)))
  expect(found).toHaveLength(1)
  expect(found[0]).toContain(changed)
})

test('the reconciler keeps what the renderer calls and drops the rest', () => {
  const lean = reconcilerLoader(reconciler)
  expect(lean).toContain('exports.createContainer=')
  expect(lean).not.toContain('exports.createPortal=')
  expect(reconciler).toContain('exports.createPortal=')
  expect(lean).not.toContain('memoizedState')
  expect(lean).not.toMatch(/\$\$\$hostConfig\.supports(Mutation|Persistence|Hydration)/)
})

test.each([
  [
    'asks for an ability in another way',
    '$$$hostConfig.supportsHydration',
    'host.supportsHydration',
    /supportsHydration/,
  ],
  [
    'asks for an ability twice',
    '$$$hostConfig.supportsHydration',
    '$$$hostConfig.supportsHydration||$$$hostConfig.supportsHydration',
    /supportsHydration/,
  ],
  ['exports in another way', 'exports.', 'out.', /exports in another way/],
  ['has another tree', 'memoizedState', 'keptState', /memoizedState/],
])('another reconciler that %s is an error of the build', (_what, text, other, message) => {
  expect(() => reconcilerLoader(reconciler.split(text).join(other))).toThrow(message)
})

const view = { resourcePath: '/src/components/cell.tsx' }
const source = "export const Cell = () => <View compileMode='cell' />"

test("Taro's loader of compileMode compiles for our engines", () => {
  const seen: object[] = []
  const compiler = { transform: (_source: string, options: object) => seen.push(options) }
  const loader = withEngines((text: string) => compiler.transform(text, { jsc: {} }), compiler)
  loader.call(view, source)
  expect(seen).toEqual([{ jsc: {}, env: expect.objectContaining({ targets: { chrome: '100' } }) }])
})

test('another loader of compileMode that compiles otherwise, or names engines itself, is an error of the build', () => {
  const compiler = { transform: () => '' }
  expect(() => withEngines((text: string) => text, compiler).call(view, source)).toThrow('without swc.transform')
  const names = { transform: (_source: string, _options: object) => '' }
  const naming = withEngines((text: string) => names.transform(text, { jsc: { target: 'es5' } }), names)
  expect(() => naming.call(view, source)).toThrow('names the engines')
})

/** Builds an entry that imports `theirs.js`, with `ours.js` beside it. Gives the errors and what was written. */
async function built(expected: (at: (file: string) => string) => ConstructorParameters<typeof Replacements>[0]) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'lean-'))
  const at = (file: string) => path.join(folder, file)
  const files = {
    'entry.js': "import { word } from './theirs.js'\nconsole.log(word)\n",
    'theirs.js': "export const word = 'theirs'\n",
    'ours.js': "export const word = 'ours'\n",
    'loader.cjs': 'module.exports = (source) => source\n',
  }
  for (const [file, text] of Object.entries(files)) writeFileSync(at(file), text)
  process.env.NODE_ENV = 'production'
  const stats = await new Promise<webpack.Stats | undefined>((resolve, reject) =>
    webpack(
      {
        context: folder,
        mode: 'production',
        entry: './entry.js',
        output: { path: folder },
        module: { rules: [{ test: /entry\.js$/, use: at('loader.cjs') }] },
        plugins: [new Replacements(expected(at))],
      },
      (error, result) => (error ? reject(error) : resolve(result)),
    ),
  )
  process.env.NODE_ENV = 'test'
  const errors = stats?.compilation.errors.map(({ message }) => message.replace(`${folder}/`, '')) ?? []
  return { errors, text: errors.length > 0 ? '' : readFileSync(at('main.js'), 'utf8') }
}

test('a module is replaced, and a loader and a module of ours are found', async () => {
  const { errors, text } = await built((at) => ({
    replaced: { [at('theirs.js')]: at('ours.js') },
    loaders: [at('loader.cjs')],
    modules: [at('ours.js')],
  }))
  expect(errors).toEqual([])
  expect(text).toContain('ours')
  expect(text).not.toContain('theirs')
})

test('whatever matched nothing is an error of the build', async () => {
  const { errors } = await built((at) => ({
    replaced: { [at('renamed.js')]: at('ours.js') },
    loaders: [at('other-loader.cjs')],
    modules: [at('ours.js')],
  }))
  expect(errors.map((message) => message.split(' ')[0]).sort()).toEqual(['other-loader.cjs', 'ours.js', 'renamed.js'])
})

/** What a pattern finds in the sources of the mini-programs, each once. */
function foundInSources(pattern: RegExp): string[] {
  const folder = path.resolve(__dirname, '../../src')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const texts = files
    .filter((file) => /(?<!\.h5)\.tsx?$/.test(file))
    .map((file) => readFileSync(path.join(folder, file), 'utf8'))
  return [...new Set(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, found = '']) => found)))].sort()
}

test("what our code calls by Taro's name is there, and no more", () => {
  const own = ['getCurrentInstance', 'getCurrentPages', 'nextTick']
  expect(foundInSources(/\bTaro\.(\w+)/g)).toEqual([...apis, ...own].sort())
})

test('what views set by style is there', () => {
  const set = foundInSources(/\bstyle(?:=\{|: )\{ (\w+):/g)
  expect(set).toContain('maxHeight')
  expect(styleProperties).toEqual(expect.arrayContaining(set))
})

test("an API of a host gives a promise, in the host's own words", async () => {
  const taro: Record<string, (options?: object) => unknown> = {}
  const host = {
    known: 'a host',
    getAuthCode(options: { scopes: string; success(result: object): void }) {
      options.success({ authCode: `${this.known} ${options.scopes}` })
    },
    showToast: (options: { fail(error: object): void }) => options.fail({ errMsg: 'no' }),
  }
  processApis(taro, host as never, {
    transformMeta: (api, options) =>
      api === 'login' ? { key: 'getAuthCode', options: { ...options, scopes: 'auth_base' } } : { key: api, options },
    modifyAsyncResult: (_key, result) => Object.assign(result, { changed: true }),
  })
  await expect(taro.login?.()).resolves.toEqual({ authCode: 'a host auth_base', changed: true })
  await expect(taro.showToast?.({ title: '' })).rejects.toEqual({ errMsg: 'no' })
  await expect(taro.reLaunch?.({ url: '' })).rejects.toThrow('no reLaunch')
})
