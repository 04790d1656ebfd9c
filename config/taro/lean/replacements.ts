import type { Compiler, NormalModule } from 'webpack'

interface Expected {
  /** Modules by their path, and what is compiled instead. */
  readonly replaced: Readonly<Record<string, string>>
  /** Loaders of ours that must have been given a module. */
  readonly loaders: readonly string[]
  /** Modules of ours that must have been compiled. */
  readonly modules: readonly string[]
}

/** Compiles modules of ours in place of others'. Whatever matched nothing is an error of the build: Taro or React has changed. */
export class Replacements {
  constructor(readonly expected: Expected) {}

  apply(compiler: Compiler) {
    const name = 'Replacements'
    const { replaced, loaders, modules } = this.expected
    const found = new Set<string>()
    compiler.hooks.normalModuleFactory.tap(name, (factory) => {
      factory.hooks.afterResolve.tap(name, ({ createData }) => {
        const theirs = createData.resource ?? ''
        if (!replaced[theirs]) return
        found.add(theirs)
        createData.resource = replaced[theirs]
      })
    })
    compiler.hooks.thisCompilation.tap(name, (compilation) => {
      // A development build takes modules from its cache, and React's other file.
      if (process.env.NODE_ENV !== 'production') return
      compilation.hooks.finishModules.tap(name, (compiled) => {
        const all = [...compiled] as NormalModule[]
        const missing = [
          ...Object.keys(replaced).filter((theirs) => !found.has(theirs)),
          ...modules.filter((ours) => !all.some(({ resource }) => resource === ours)),
          ...loaders.filter((ours) => !all.some((module) => module.loaders?.some(({ loader }) => loader === ours))),
        ]
        const { WebpackError } = compiler.webpack
        for (const file of missing) compilation.errors.push(new WebpackError(`${file} ${outOfDate}`))
      })
    })
  }
}

const outOfDate = 'was not compiled: config/taro/lean/README.md'
