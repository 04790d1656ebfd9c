import path from 'node:path'
import type { UserConfigExport } from '@tarojs/cli'

const files = [
  'index.ts',
  'dev.ts',
  'cities.ts',
  'preview-server.ts',
  'read-cities.cjs',
  'taro/built-in-components.ts',
  'taro/built-in-components-plugin.ts',
  'taro/lean/plugin.ts',
  'taro/lean/replacements.ts',
  'taro/shared-once.ts',
  '../babel.config.js',
]

export default {
  logger: { quiet: true, stats: false },
  // A second start takes seconds. Kept in node_modules/.cache, so that a fresh install starts clean.
  cache: { enable: true, buildDependencies: { ours: files.map((file) => path.resolve(__dirname, file)) } },
} satisfies UserConfigExport<'webpack5'>
