import type { UserConfigExport } from '@tarojs/cli'

/** Taro switches most of terser off for engines of 2016; these are safe on ours and worth several kilobytes. */
const compress = {
  passes: 3,
  ecma: 2015,
  arrows: true,
  collapse_vars: true,
  comparisons: true,
  computed_props: true,
  hoist_props: true,
  inline: true,
  loops: true,
  negate_iife: true,
  properties: true,
  reduce_funcs: true,
  reduce_vars: true,
  switches: true,
  toplevel: true,
  typeofs: true,
}

export default {
  logger: { quiet: true, stats: false },
  cache: { enable: false },
  // `ascii_only` would write every Chinese character in six bytes instead of three.
  terser: { enable: true, config: { compress, output: { comments: false, ascii_only: false, ecma: 2015 } } },
} satisfies UserConfigExport<'webpack5'>
