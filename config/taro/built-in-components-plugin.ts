import path from 'node:path'
import type { IPluginContext, TaroPlatformBase } from '@tarojs/service'
import type { Compilation, Compiler, sources } from 'webpack'

type AddAttributes = typeof import('./built-in-components').addAttributes
type Nesting = typeof import('./built-in-components').nesting
type Change = (template: string) => string

interface Options {
  addAttributes: AddAttributes
  nesting: Nesting
  withPressedTime: Change
}

/**
 * Makes the compiled templates carry what config/taro/built-in-components.ts says. `@tarojs/plugin-inject` would add
 * attributes too, but it writes into its own folder in node_modules, which two builds at a time overwrite under each other.
 */
export default (ctx: IPluginContext, { addAttributes, nesting, withPressedTime }: Options) => {
  let added: object = {}

  ctx.registerMethod({
    name: 'onSetupClose',
    fn(platform: TaroPlatformBase) {
      if (platform.platform !== 'weapp' && platform.platform !== 'alipay') return
      const { template } = platform
      added = addAttributes(template.internalComponents, platform.platform)
      platform.runtimePath = [platform.runtimePath ?? [], path.join(__dirname, 'added-attributes.ts')].flat()
      for (const [component, levels] of nesting) {
        if (!template.nestElements.has(component)) throw new Error(`Taro nests no ${component}`)
        template.nestElements.set(component, levels)
      }
      // Alipay's way of collecting the templates of `compileMode` loses them in every incremental build.
      template.isXMLSupportRecursiveReference = true
    },
  })

  ctx.modifyWebpackChain(({ chain, webpack }) => {
    if (process.env.TARO_ENV === 'h5') return
    chain.plugin('added-attributes').use(webpack.DefinePlugin, [{ ADDED_ATTRIBUTES: JSON.stringify(added) }])
    chain.plugin('templates-into-base').use(TemplatesIntoBase, [withPressedTime])
  })
}

/**
 * Taro puts the templates of `compileMode` beside each page and imports them in base.wxml, also those of sub-packages,
 * which the main package cannot read. They are small: they go into the base template itself.
 */
class TemplatesIntoBase {
  constructor(readonly change: Change) {}

  apply(compiler: Compiler) {
    const name = 'TemplatesIntoBase'
    const { Compilation, sources } = compiler.webpack
    compiler.hooks.thisCompilation.tap(name, (compilation) => {
      compilation.hooks.processAssets.tap({ name, stage: Compilation.PROCESS_ASSETS_STAGE_REPORT + 1 }, () =>
        moveTemplates(compilation, this.change, (text) => new sources.RawSource(text)),
      )
    })
  }
}

function moveTemplates(compilation: Compilation, change: Change, sourceOf: (text: string) => sources.Source) {
  const files = Object.keys(compilation.assets)
  const base = files.find((file) => /^base\.(wx|ax)ml$/.test(file))
  if (!base) return
  const textOf = (file: string) => String(compilation.assets[file]?.source() ?? '')
  const moved = files.filter((file) => /-templates\.(wx|ax)ml$/.test(file))
  let text = textOf(base)
  for (const file of moved) {
    const statement = `<import src="${file}"/>`
    if (!text.includes(statement)) throw new Error(`${base} does not import ${file} as it did`)
    text = text.replace(statement, '')
    const template = textOf(file).slice(textOf(file).indexOf('<template'))
    // Its children are sent without names (config/taro/lean/slim.ts), so another template could not render them.
    const mixed = template.split('\n').find((line) => line.includes('<template is='))
    if (mixed) throw new Error(`compileMode covers views of the host under their own names: ${mixed}`)
    text += change(template)
    delete compilation.assets[file]
  }
  if (moved.length > 0) compilation.assets[base] = sourceOf(text.replace(/\n\s*/g, '\n'))
}
