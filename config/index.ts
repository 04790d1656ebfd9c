import path from 'node:path'
import { defineConfig } from '@tarojs/cli'
import { version } from '../package.json'
import { defaultSandboxAddress, each, openCities } from './cities'
import development from './dev'
import { towardsSandbox } from './preview-server'
import production from './prod'
import { addAttributes, leaveOutUnused, nesting, withPressedTime } from './taro/built-in-components'
import { Replacements } from './taro/lean/replacements'
import { changedSources } from './taro/lean/taro-sources'
import { SharedOnce } from './taro/shared-once'

const root = path.resolve(__dirname, '..')
const cities = openCities(process.env)
const isProduction = process.env.NODE_ENV === 'production'
/** `LEAN=0` builds with Taro and React as they come: the first thing to try after an upgrade. See config/taro/lean/README.md. */
const isLean = process.env.LEAN !== '0'

/** Packages that ship syntax newer than the oldest engine; node_modules are not compiled for mini-programs otherwise. */
const packagesToCompile = [/[\\/]node_modules[\\/](valibot|zustand|uqr|dayjs)[\\/]/]

/**
 * `px` stays px: sizes of type and targets are promises in dp, and rpx would make 44 of them 37 on a narrow phone.
 * Only the `#ifdef` comments of the plugin are kept.
 */
const truePixels = { methods: ['platform'] }

/** The switches of webpack-chain used below; Taro does not export its types. */
interface Bundler {
  plugin(name: string): { use(plugin: new () => unknown): void }
  optimization: { minimizer(name: string): { tap(change: (options: object[]) => object[]): void } }
  performance: { hints(shown: boolean): void }
}

export default defineConfig<'webpack5'>(async (merge) =>
  merge(
    {},
    {
      projectName: 'city-services',
      framework: 'react',
      compiler: { type: 'webpack5', prebundle: { enable: false } },
      sourceRoot: 'src',
      // What is served lives in memory, and its folder is emptied: a preview that was built stays as it is.
      outputRoot: `dist/${process.env.SANDBOX_ORIGIN ? 'served' : process.env.TARO_ENV}`,
      designWidth: 375,
      deviceRatio: { 375: 2, 640: 1.17, 750: 1, 828: 0.905 },
      alias: { '@': path.join(root, 'src') },
      defineConstants: {
        CITY_ADDRESSES: JSON.stringify(each(cities, 'address')),
        CITY_CENTRES: JSON.stringify(each(cities, 'centre')),
        APP_VERSION: JSON.stringify(version),
      },
      plugins: [
        [path.join(__dirname, 'taro/built-in-components-plugin.ts'), { addAttributes, nesting, withPressedTime }],
        ...(isLean
          ? [[path.join(__dirname, 'taro/lean/plugin.ts'), { leaveOutUnused, changedSources, Replacements }]]
          : []),
      ],
      mini: {
        compile: {
          include: [...packagesToCompile, path.join(root, 'contract/'), path.join(__dirname, 'taro/')],
        },
        experimental: { compileMode: true },
        optimizeMainPackage: { enable: true },
        // Rules are of one weight and name one component each, so the order of style sheets decides nothing.
        miniCssExtractPluginOption: { ignoreOrder: true },
        enableSourceMap: !isProduction,
        // No page sets HTML; its parser would be shipped.
        runtime: { enableInnerHTML: false },
        postcss: { pxtransform: { enable: true, config: truePixels } },
        webpackChain(chain: Bundler) {
          chain.plugin('shared-once').use(SharedOnce)
          // Licences are in the packages; a file of them beside every script would be uploaded with it.
          if (isProduction)
            chain.optimization.minimizer('terserPlugin').tap(([first]) => [{ ...first, extractComments: false }])
        },
      },
      h5: {
        // A built preview may be put at any path; the dev server knows its scripts by their whole path only and answers
        // any other one with its page.
        publicPath: isProduction ? './' : '/',
        staticDirectory: 'static',
        miniCssExtractPluginOption: { ignoreOrder: true },
        router: { mode: 'hash' },
        enableSourceMap: !isProduction,
        devServer: {
          host: process.env.PREVIEW_LAN === '1' ? '0.0.0.0' : '127.0.0.1',
          port: Number(process.env.PREVIEW_PORT) || 10086,
          open: false,
          // This machine by its names and numbers; a page elsewhere cannot give its own name to our address.
          allowedHosts: 'auto',
          setupMiddlewares(middlewares: unknown[]) {
            middlewares.unshift(towardsSandbox(process.env.SANDBOX_ORIGIN || defaultSandboxAddress))
            return middlewares
          },
        },
        compile: { include: [...packagesToCompile, path.join(root, 'contract/')] },
        postcss: { autoprefixer: { enable: true }, pxtransform: { enable: true, config: truePixels } },
        webpackChain(chain: Bundler) {
          // Webpack's advice on sizes is for the open web; the preview is opened on the developer's own machine.
          chain.performance.hints(false)
        },
      },
    },
    isProduction ? production : development,
  ),
)
