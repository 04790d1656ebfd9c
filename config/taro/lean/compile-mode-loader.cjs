const { swc } = require('@tarojs/helper')

const guide = 'config/taro/lean/README.md'

/** Babel comes after it and knows our engines. By `var` Taro finds the templates in what it gives. */
const newest = { env: { targets: { chrome: '100' }, include: ['transform-block-scoping'] } }

/** Taro's own loader of `compileMode` names no engines: it would write ES5, with helpers in every file. */
function withNewest(options) {
  if (options.env || options.jsc?.target) throw new Error(`Taro names the engines of compileMode itself: ${guide}`)
  return { ...options, ...newest }
}

/** A loader that hands what it compiles to `compiler.transform`, with our engines; one that does not is an error. */
function withEngines(loader, compiler) {
  const { transform } = compiler
  let compiled = 0
  compiler.transform = (source, options) => {
    compiled += 1
    return transform(source, withNewest(options))
  }
  return function compileModeLoader(source) {
    const before = compiled
    const mustCompile = /\.[tj]sx$/.test(this.resourcePath) && source.includes('compileMode')
    const result = loader.call(this, source)
    if (mustCompile && compiled === before) throw new Error(`Taro compiles compileMode without swc.transform: ${guide}`)
    return result
  }
}

module.exports = withEngines(require('@tarojs/webpack5-runner/dist/loaders/miniCompilerLoader').default, swc)
module.exports.withEngines = withEngines
