import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** What config/taro/lean relies on in Taro's own text: file, text, and who relies on it. */
const relied: readonly [file: string, text: string, by: string][] = [
  ['@tarojs/shared/dist/shortcuts.js', 'Shortcuts["Childnodes"] = "cn"', 'slim.ts'],
  ['@tarojs/shared/dist/shortcuts.js', 'Shortcuts["NodeName"] = "nn"', 'slim.ts'],
  ['@tarojs/shared/dist/shortcuts.js', 'Shortcuts["Sid"] = "sid"', 'slim.ts'],
  ['@tarojs/runtime/dist/hydrate.js', "hooks.call('transferHydrateData', data, node, componentAlias)", 'slim.ts'],
  ['@tarojs/runtime/dist/dom/event-target.js', 'isAnyEventBinded() {', 'slim.ts'],
  ['@tarojs/plugin-platform-weapp/dist/runtime-utils.js', 'transferHydrateData(data, element, ', 'host.weapp.ts'],
  ['@tarojs/plugin-platform-weapp/dist/runtime-utils.js', 'export { components, hostConfig', 'host.weapp.ts'],
  [
    '@tarojs/plugin-platform-weapp/dist/runtime.js',
    'mergeReconciler(hostConfig);\nmergeInternalComponents(components);\n',
    'host.weapp.ts',
  ],
  ['@tarojs/plugin-platform-alipay/dist/runtime-utils.js', 'transferHydrateData(data, element, ', 'host.alipay.ts'],
  [
    '@tarojs/plugin-platform-alipay/dist/runtime.js',
    'mergeReconciler(hostConfig);\nmergeInternalComponents(components);\n',
    'host.alipay.ts',
  ],
  ['@tarojs/shared/dist/components.js', 'const controlledComponent = new Set([', 'components.ts'],
  ['@tarojs/taro/index.js', "hooks.call('initNativeApi', taro)", 'taro.ts'],
]

const installed = (file: string) => readFileSync(createRequire(__filename).resolve(file), 'utf8')

/** A line for each text that is no longer as it was. */
export const changedSources = (read: (file: string) => string = installed): string[] =>
  relied
    .filter(([file, text]) => !read(file).includes(text))
    .map(
      ([file, text, by]) =>
        `${by} relies on "${text.trim()}" in ${file}, which has it no more: config/taro/lean/README.md`,
    )
