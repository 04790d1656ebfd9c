import type { Compiler } from 'webpack'

/** `pages/booking` of a page in a sub-package or of what its pages share. */
const rootOf = (chunk: string) => /^(pages[\\/]\w+)[\\/](\w+[\\/]index|sub-vendors)$/.exec(chunk)?.[1]

/** What is used here of Taro's plugin for `optimizeMainPackage`. */
interface SplitsPackages {
  /** Modules that two sub-packages need, by what their copy is called. */
  readonly subCommonDeps: Map<string, { rawIdentifier: string }>
  isSubsDep(chunks: readonly string[]): boolean
  getSubCommonCacheGroup(): object
}

/**
 * Taro copies what several sub-packages need into each of them. Here it does so for two; from three on it is in the main package,
 * once: what is read at every start is less, and nobody pays for a QR code before there is one to show. Its `exclude` is no help:
 * the first module that is excluded ends the look at all modules of that page.
 */
export class SharedOnce {
  apply(compiler: Compiler) {
    const plugins = compiler.options.plugins as unknown as readonly SplitsPackages[]
    const splitting = plugins.find(({ constructor }) => constructor.name === 'MiniSplitChunksPlugin')
    if (!splitting)
      throw new Error('Taro no longer splits packages with MiniSplitChunksPlugin: see config/taro/shared-once.ts')
    splitting.isSubsDep = (chunks) => new Set(chunks.map(rootOf)).size === 2
    const groups = splitting.getSubCommonCacheGroup.bind(splitting)
    splitting.getSubCommonCacheGroup = () => {
      // All templates are in one file of the main package: a copy would stand in it twice.
      for (const [name, { rawIdentifier }] of splitting.subCommonDeps)
        if (rawIdentifier.startsWith('xml/')) splitting.subCommonDeps.delete(name)
      return groups()
    }
  }
}
