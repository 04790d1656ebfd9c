import { createRequire } from 'node:module'
import path from 'node:path'
import type { IPluginContext, TaroPlatformBase } from '@tarojs/service'

type Attributes = Record<string, string[]>

/** Taro compiles this file alone: what it needs of others is passed to it. */
interface Options {
  leaveOutUnused: typeof import('../built-in-components').leaveOutUnused
  changedSources: typeof import('./taro-sources').changedSources
  Replacements: typeof import('./replacements').Replacements
}

const find = createRequire(__filename)
const guide = 'config/taro/lean/README.md'

const ours = (file: string) => path.join(__dirname, file)

/**
 * Leaves out of the mini-programs what Taro and React carry for other hosts, other renderers and web libraries. Nothing
 * is switched off that a mini-program has. Figures are what WeChat's main package loses, compressed and raw.
 */
export default (ctx: IPluginContext, { leaveOutUnused, changedSources, Replacements }: Options) => {
  let builtIn: Attributes = {}

  ctx.registerMethod({
    name: 'onSetupClose',
    fn(platform: TaroPlatformBase) {
      if (platform.platform !== 'weapp' && platform.platform !== 'alipay') return
      leaveOutUnused(platform.template.internalComponents, platform.platform)
      builtIn = attributesOf(platform.template.internalComponents)
      platform.runtimePath = ours(`host.${platform.platform}.ts`)
    },
  })

  ctx.modifyWebpackChain(({ chain, webpack }) => {
    if (process.env.TARO_ENV === 'h5') return
    const changed = changedSources()
    if (changed.length > 0) throw new Error(changed.join('\n'))
    const script = chain.module.rule('script')
    if (!script.uses.has('compilerLoader'))
      throw new Error(`Taro compiles views of compileMode in another way: ${guide}`)
    if (Object.keys(builtIn).length === 0) throw new Error(`Taro's table of components is empty: ${guide}`)

    // Nothing is kept between two releases, so names between modules may be as short as they come. 3 kB, 5 kB.
    if (process.env.NODE_ENV === 'production') chain.optimization.set('moduleIds', 'size').set('mangleExports', 'size')

    // Taro's own entry is CommonJS: with it, whatever it might reach is kept. Ours says the same in ES modules.
    chain.resolve.alias.set('@tarojs/taro$', ours('taro.ts'))
    // Taro imitates a browser, for web libraries: address bar, observers, elements. With the entry: 6 kB, 20 kB.
    const replaced: Record<string, string> = {}
    for (const file of [
      ...['bom/location', 'bom/history', 'bom/URL', 'bom/URLSearchParams', 'dom-external/mutation-observer/index'],
      ...['perf', 'dom/class-list', 'dom/anchor-element', 'dom/svg', 'dom/transfer'],
    ])
      replaced[find.resolve(`@tarojs/runtime/dist/${file}.js`)] = ours('stubs.ts')
    replaced[find.resolve('@tarojs/runtime/dist/dom/style_properties.js')] = ours('style-properties.ts')
    replaced[find.resolve('@tarojs/shared/dist/native-apis.js')] = ours('native-apis.ts')

    // React's reconciler serves renderers of every kind, Taro's is of one. 2 kB, 7 kB.
    chain.module
      .rule('reconciler-of-one-kind')
      .test(/react-reconciler[\\/]cjs[\\/]react-reconciler\.production\.min\.js$/)
      .use('reconciler-loader')
      .loader(ours('reconciler-loader.cjs'))

    // Views of `compileMode` in the words of our engines. 4 kB, 10 kB.
    script.use('compilerLoader').loader(ours('compile-mode-loader.cjs'))

    // The names the templates were compiled with, instead of two tables of all that a host has, cut down at start. 4 kB, 11 kB.
    replaced[find.resolve('@tarojs/shared/dist/components.js')] = ours('components.ts')
    chain.plugin('built-in-names').use(webpack.DefinePlugin, [{ BUILT_IN_COMPONENTS: JSON.stringify(builtIn) }])

    const loaders = [ours('reconciler-loader.cjs'), ours('compile-mode-loader.cjs')]
    const modules = [ours('taro.ts'), ours(`host.${process.env.TARO_ENV}.ts`)]
    chain.plugin('replacements').use(Replacements, [{ replaced, loaders, modules }])
  })
}

/** Taro numbers attributes, not events. */
function attributesOf(components: Record<string, object | undefined>): Attributes {
  const names = (attributes: object = {}) => Object.keys(attributes).filter((name) => !name.startsWith('bind'))
  return Object.fromEntries(Object.entries(components).map(([name, attributes]) => [name, names(attributes)]))
}
