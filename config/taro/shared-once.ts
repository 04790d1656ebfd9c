import type { Chunk, ChunkGraph, Compiler, Module } from 'webpack'

let graph: ChunkGraph | undefined

/** `pages/booking` of a page in a sub-package or of what its pages share; nothing for the main package. */
const subPackageOf = (chunk: Chunk) => /^(pages[\\/]\w+)[\\/](\w+[\\/]index|sub-vendors)$/.exec(chunk.name ?? '')?.[1]

/**
 * For Taro's `optimizeMainPackage`: what several sub-packages need is in the main package, once. Taro would copy it into each
 * of them: whole 49 KiB more, compressed 16 KiB more, to save 22 KiB of the main package. What one sub-package needs stays in it.
 */
export const isShared = (module: Module): boolean =>
  new Set([...(graph?.getModuleChunksIterable(module) ?? [])].map(subPackageOf)).size > 1

/** Lets `isShared` know which chunks a module is in; Taro passes it the module alone. */
export class SharedOnce {
  apply(compiler: Compiler) {
    const name = 'SharedOnce'
    compiler.hooks.thisCompilation.tap(name, (compilation) => {
      compilation.hooks.optimizeChunks.tap({ name, stage: -100 }, () => {
        graph = compilation.chunkGraph
      })
    })
  }
}
