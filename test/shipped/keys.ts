import type { ShippedFile, ShippedHost } from './output'

/**
 * Keys of each host's configuration, as its documents list them (developers.weixin.qq.com …/reference/configuration,
 * opendocs.alipay.com …/framework/app-json and page-json). A key of the other host does nothing, or stops an upload.
 */
const sharedApp = ['pages', 'subPackages', 'window', 'tabBar', 'preloadRule', 'usingComponents', 'plugins']

const keys: Record<ShippedHost, Record<'app' | 'window' | 'tabBar' | 'tab' | 'page', readonly string[]>> = {
  weapp: {
    app: [
      ...sharedApp,
      ...[
        'entryPagePath',
        'networkTimeout',
        'debug',
        'resizable',
        'permission',
        'sitemapLocation',
        'style',
        'darkmode',
      ],
      ...['themeLocation', 'lazyCodeLoading', 'requiredPrivateInfos', 'requiredBackgroundModes', '__usePrivacyCheck__'],
      ...['renderer', 'rendererOptions', 'componentFramework'],
    ],
    window: [
      ...['navigationBarTitleText', 'navigationBarBackgroundColor', 'navigationBarTextStyle', 'navigationStyle'],
      ...['backgroundColor', 'backgroundColorTop', 'backgroundColorBottom', 'backgroundTextStyle', 'homeButton'],
      ...['enablePullDownRefresh', 'onReachBottomDistance', 'pageOrientation', 'restartStrategy'],
    ],
    tabBar: ['color', 'selectedColor', 'backgroundColor', 'borderStyle', 'list', 'position', 'custom'],
    tab: ['pagePath', 'text', 'iconPath', 'selectedIconPath'],
    page: ['usingComponents', 'component', 'styleIsolation', 'componentPlaceholder', 'disableScroll'],
  },
  alipay: {
    app: [...sharedApp, 'useDynamicPlugins', 'behavior'],
    window: [
      ...['defaultTitle', 'titleBarColor', 'titleImage', 'titlePenetrate', 'transparentTitle', 'showTitleLoading'],
      ...['backgroundColor', 'backgroundImageColor', 'backgroundImageUrl', 'pullRefresh', 'allowsBounceVertical'],
      ...['enableScrollBar', 'gestureBack', 'onReachBottomDistance', 'responsive'],
    ],
    tabBar: ['textColor', 'selectedColor', 'backgroundColor', 'items', 'customize', 'overlay'],
    tab: ['pagePath', 'name', 'icon', 'activeIcon'],
    page: ['usingComponents', 'component', 'styleIsolation', 'componentPlaceholder', 'optionMenu', 'barButtonTheme'],
  },
}

type Json = Record<string, unknown>

/** Keys that are not the host's own, in app.json and in the configuration of pages and components. */
export function foreignKeys(host: ShippedHost, files: readonly ShippedFile[]): string[] {
  const own = keys[host]
  const strange = (where: string, object: unknown, allowed: readonly string[]) =>
    Object.keys((object ?? {}) as Json)
      .filter((key) => !allowed.includes(key))
      .map((key) => `${where}: "${key}" is no key of ${host}`)
  return files
    .filter(({ name }) => name.endsWith('.json') && !/project\.config\.json$|project\.json$/.test(name))
    .flatMap((file) => {
      const json: Json = JSON.parse(file.text())
      if (file.name !== 'app.json') return strange(file.name, json, [...own.window, ...own.page])
      const bar = (json.tabBar ?? {}) as Json
      const tabs = (bar.list ?? bar.items ?? []) as unknown[]
      return [
        ...strange('app.json', json, own.app),
        ...strange('app.json window', json.window, own.window),
        ...strange('app.json tabBar', bar, own.tabBar),
        ...tabs.flatMap((tab) => strange('app.json tab', tab, own.tab)),
      ]
    })
}
