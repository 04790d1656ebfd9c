/** What our code calls of a host by Taro's name. One that is not here is not in Taro. */
export const apis = [
  'hideTabBar',
  'login',
  'makePhoneCall',
  'navigateBack',
  'navigateTo',
  'reLaunch',
  'redirectTo',
  'setClipboardData',
  'setNavigationBarColor',
  'setNavigationBarTitle',
  'setTabBarItem',
  'setTabBarStyle',
  'showTabBar',
  'showToast',
  'switchTab',
] as const

type Api = (options: object) => unknown

/** What a host calls otherwise, and answers otherwise, than WeChat; Taro's own. */
interface Differences {
  transformMeta(api: string, options: object): { key: string; options: object }
  modifyAsyncResult?(key: string, result: object): void
}

/** Gives each of them a promise. Taro does so at start for the several hundred that a host has. */
export function processApis(taro: Record<string, unknown>, host: Record<string, Api>, differences: Differences): void {
  for (const api of apis)
    taro[api] = (given?: object) =>
      new Promise((resolve, reject) => {
        const { key, options } = differences.transformMeta(api, { ...given })
        const success = (result: object) => {
          differences.modifyAsyncResult?.(key, result)
          resolve(result)
        }
        const call = host[key]
        if (!call) throw new Error(`This host has no ${key}`)
        call.call(host, { ...options, success, fail: reject })
      })
}
