const { swc } = require('@tarojs/helper')

/** Babel comes after it and knows our engines. By `var` Taro finds the templates in what it gives. */
const newest = { env: { targets: { chrome: '100' }, include: ['transform-block-scoping'] } }

const { transform } = swc
swc.transform = (source, options) => transform(source, { ...newest, ...options })

/** Taro's own loader of `compileMode`, which names no engines: it would write ES5, with helpers in every file. */
module.exports = require('@tarojs/webpack5-runner/dist/loaders/miniCompilerLoader').default
