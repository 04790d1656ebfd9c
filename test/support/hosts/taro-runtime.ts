import type { Platform } from '@/platform/types'

/** Switches that Taro's build replaces in its runtime. */
const buildSwitches = {
  ENABLE_INNER_HTML: true,
  ENABLE_ADJACENT_HTML: false,
  ENABLE_SIZE_APIS: false,
  ENABLE_TEMPLATE_CONTENT: false,
  ENABLE_CLONE_NODE: false,
  ENABLE_CONTAINS: false,
  ENABLE_MUTATION_OBSERVER: false,
}

/**
 * Loads the platform over the *real* Taro of one mini-program host. Taro builds its table from the keys of `wx` or `my`
 * at start, so the stub is there first.
 */
export function loadOverTaro(
  host: 'weapp' | 'alipay',
  globals: Record<string, unknown>,
  stackSize: () => number,
): Platform {
  jest.resetModules()
  process.env.TARO_ENV = host
  process.env.TARO_PLATFORM = 'mini'
  Object.assign(globalThis, buildSwitches, globals, {
    getCurrentPages: () => Array.from({ length: stackSize() }, () => ({})),
    getApp: () => null,
  })
  jest.requireActual(`@tarojs/plugin-platform-${host}/dist/runtime`)
  return jest.requireActual<{ platform: Platform }>('@/platform').platform
}
