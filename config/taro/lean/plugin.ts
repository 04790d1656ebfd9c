import path from 'node:path'
import type { IPluginContext, TaroPlatformBase } from '@tarojs/service'

type Attributes = Record<string, string[]>

const ours = (file: string) => path.join(__dirname, file)

/**
 * Leaves out of the mini-programs what Taro and React carry for other hosts, other renderers and web libraries. Nothing
 * is switched off that a mini-program has. Figures are what WeChat's main package loses, compressed and raw.
 */
export default (ctx: IPluginContext) => {
  let builtIn: Attributes = {}

  ctx.registerMethod({
    name: 'onSetupClose',
    fn(platform: TaroPlatformBase) {
      if (platform.platform === 'h5') return
      builtIn = attributesOf(platform.template.internalComponents)
      platform.runtimePath = ours(`host.${platform.platform}.ts`)
    },
  })

  ctx.modifyWebpackChain(({ chain, webpack }) => {
    if (process.env.TARO_ENV === 'h5') return
    const replace = (name: string, pattern: RegExp, file: string) =>
      chain.plugin(name).use(webpack.NormalModuleReplacementPlugin, [pattern, ours(file)])

    // Nothing is kept between two releases, so names between modules may be as short as they come. 3 kB, 5 kB.
    if (process.env.NODE_ENV === 'production') chain.optimization.set('moduleIds', 'size').set('mangleExports', 'size')

    // Taro's own entry is CommonJS: with it, whatever it might reach is kept. Ours says the same in ES modules.
    chain.resolve.alias.set('@tarojs/taro$', ours('taro.ts'))
    // Taro imitates the address bar of a browser, for web libraries. With the entry: 6 kB, 20 kB.
    replace(
      'no-address-bar',
      /@tarojs[\\/]runtime[\\/]dist[\\/]bom[\\/](location|history|URL|URLSearchParams)\.js$/,
      'stubs.ts',
    )

    // React's reconciler serves renderers of every kind, Taro's is of one. 2 kB, 7 kB.
    chain.module
      .rule('reconciler-of-one-kind')
      .test(/react-reconciler[\\/]cjs[\\/]react-reconciler\.production\.min\.js$/)
      .use('reconciler-loader')
      .loader(ours('reconciler-loader.cjs'))

    // Views of `compileMode` in the words of our engines. 4 kB, 10 kB.
    chain.module.rule('script').use('compilerLoader').loader(ours('compile-mode-loader.cjs'))

    // The names the templates were compiled with, instead of two tables of all that a host has, cut down at start. 4 kB, 11 kB.
    replace('built-in-components', /@tarojs[\\/]shared[\\/]dist[\\/]components\.js$/, 'components.ts')
    chain.plugin('built-in-names').use(webpack.DefinePlugin, [{ BUILT_IN_COMPONENTS: JSON.stringify(builtIn) }])
  })
}

/** Taro numbers attributes, not events. */
function attributesOf(components: Record<string, object | undefined>): Attributes {
  const names = (attributes: object = {}) => Object.keys(attributes).filter((name) => !name.startsWith('bind'))
  return Object.fromEntries(Object.entries(components).map(([name, attributes]) => [name, names(attributes)]))
}
