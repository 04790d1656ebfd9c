import { routes, tabs } from './routes'

// WeChat's own keys; on Alipay Taro would copy them into app.json.
const wechatOnly: Partial<Parameters<typeof defineAppConfig>[0]> = {
  lazyCodeLoading: 'requiredComponents',
  // Without it WeChat reports neither the theme nor its changes.
  darkmode: true,
  requiredPrivateInfos: ['getFuzzyLocation'],
  permission: { 'scope.userFuzzyLocation': { desc: '用于找到您所在的城市，和显示到大厅的距离' } },
  __usePrivacyCheck__: true,
}

// Taro's router in a browser hides the page below 350 ms after a push. A citizen who is back by then would see a blank page.
const browserOnly: Partial<Parameters<typeof defineAppConfig>[0]> = { animation: false }

const tab = (name: string, text: string) => ({
  pagePath: `pages/${name}/index`,
  text,
  iconPath: `theme/tabs/${name}.png`,
  selectedIconPath: `theme/tabs/${name}-on.png`,
})

/** Of the link `/pages/billing/bill/index?city=…`, the page. */
const pageOf = (link: string) => link.slice(1).split('?')[0] ?? ''
const pages = [...Object.values(tabs), routes.problem()].map(pageOf)

/** A journey is a sub-package: `pages/billing`, with `bill/index` in it. */
const inJourneys = Object.values<(to: never) => string>(routes)
  .map((route) => pageOf(route({} as never)))
  .filter((page) => !pages.includes(page))
const journeyOf = (page: string) => page.split('/', 2).join('/')
const subPackages = [...new Set(inJourneys.map(journeyOf))].map((root) => ({
  root,
  pages: inJourneys.filter((page) => journeyOf(page) === root).map((page) => page.slice(root.length + 1)),
}))

/** A sub-package is preloaded where it is entered. */
const preload = (...packages: string[]) => ({
  network: 'all' as const,
  packages: packages.map((name) => `pages/${name}`),
})

export default defineAppConfig({
  pages,
  subPackages,
  preloadRule: {
    'pages/home/index': preload('cities', 'billing', 'finding'),
    'pages/finding/services/index': preload('booking'),
    'pages/bills/index': preload('billing', 'paying'),
    'pages/billing/account/index': preload('mandate'),
    'pages/billing/find/index': preload('paying'),
    'pages/billing/bill/index': preload('paying'),
    'pages/billing/choose/index': preload('paying'),
    'pages/appointments/index': preload('booking', 'tickets'),
    'pages/booking/confirm/index': preload('identity'),
    'pages/me/index': preload('settings', 'report', 'messages'),
    'pages/settings/privacy/index': preload('data'),
    'pages/paying/payment/index': preload('report', 'papers'),
    'pages/booking/appointment/index': preload('report'),
  },
  tabBar: {
    color: '#5f6a67',
    selectedColor: '#0b5f5c',
    backgroundColor: '#ffffff',
    list: [tab('home', '首页'), tab('bills', '账单'), tab('appointments', '预约'), tab('me', '我的')],
  },
  window: {
    navigationBarTitleText: '城市服务',
    navigationBarBackgroundColor: '#f5f3ee',
    backgroundColor: '#f5f3ee',
    // A browser has no title bar by default.
    ...(process.env.TARO_ENV === 'h5' ? { navigationStyle: 'default' as const } : {}),
    ...(process.env.TARO_ENV === 'alipay' ? {} : { navigationBarTextStyle: 'black', backgroundTextStyle: 'dark' }),
  },
  ...(process.env.TARO_ENV === 'weapp' ? wechatOnly : {}),
  ...(process.env.TARO_ENV === 'h5' ? browserOnly : {}),
})
