import { useEffect } from 'react'

/**
 * What a page sees of Taro, for tests in jsdom. Taro's own browser runtime needs a router and a whole app around a page.
 * Map `@tarojs/taro` to this file; `stage` is the test's side of it.
 */

type Options = Record<string, unknown>
type Handler = (value?: never) => void
type Moment = 'load' | 'show' | 'hide' | 'ready' | 'unload' | 'pull-down' | 'reach-bottom' | 'resize'

const handlers = new Map<Moment, Set<Handler>>()

export const stage = {
  /** The page's path and the parameters of its address. */
  path: '/pages/test/index',
  params: {} as Record<string, string>,
  /** How many pages lie above each other. */
  stackSize: 1,
  /** What sharing the page gives. */
  share: undefined as (() => { title?: string; path?: string }) | undefined,
  /** False: every call of the host fails. */
  isObedient: true,
  /** Every call of the host, in order. */
  calls: [] as { name: string; options: Options }[],

  /** What happens to a page: the page comes into sight again, is pulled down… Wrap it in `act`. */
  emit(moment: Moment) {
    for (const handler of [...(handlers.get(moment) ?? [])]) handler()
  },
  /** The addresses opened by one kind of step (`navigateTo`, `redirectTo`, `switchTab`, `reLaunch`). */
  opened: (name: string) => stage.calls.filter((call) => call.name === name).map((call) => call.options.url),
  reset() {
    handlers.clear()
    Object.assign(stage, { path: '/pages/test/index', params: {}, stackSize: 1, isObedient: true, calls: [] })
  },
}

function call(name: string) {
  return (options: Options = {}) => {
    stage.calls.push({ name, options })
    return stage.isObedient ? Promise.resolve({ errMsg: `${name}:ok` }) : Promise.reject({ errMsg: `${name}:fail` })
  }
}

function on(moment: Moment) {
  return (handler: Handler) => {
    useEffect(() => {
      const set = handlers.get(moment) ?? new Set()
      handlers.set(moment, set.add(handler))
      return () => {
        set.delete(handler)
      }
    })
  }
}

/** A page is loaded and shown as soon as it is there. */
function atStartAnd(moment: Moment) {
  const later = on(moment)
  return (handler: (value?: unknown) => void) => {
    // biome-ignore lint/correctness/useExhaustiveDependencies: once, as on a phone.
    useEffect(() => handler(stage.params), [])
    later(handler)
  }
}

export const useLoad = atStartAnd('load')
export const useDidShow = atStartAnd('show')
export const useReady = atStartAnd('ready')
export const useDidHide = on('hide')
export const useUnload = on('unload')
export const usePullDownRefresh = on('pull-down')
export const useReachBottom = on('reach-bottom')
export const useResize = on('resize')
export const usePageScroll = (_: unknown) => undefined
export const useShareAppMessage = (share: typeof stage.share) => {
  stage.share = share
}
export const useLaunch = atStartAnd('load')
export const useError = (_: unknown) => undefined
export const useRouter = () => ({ path: stage.path, params: stage.params })

/** Each index of the stack has its own page, the same at each call. */
const pages: { route: string }[] = []
export const getCurrentPages = () => {
  while (pages.length < stage.stackSize) pages.push({ route: stage.path })
  return pages.slice(0, stage.stackSize)
}
export const getCurrentInstance = () => ({ router: useRouter(), page: null, app: null })
export const nextTick = (task: () => void) => void setTimeout(task, 0)

export const navigateTo = call('navigateTo')
export const redirectTo = call('redirectTo')
export const navigateBack = call('navigateBack')
export const switchTab = call('switchTab')
export const reLaunch = call('reLaunch')
export const showToast = call('showToast')
export const setClipboardData = call('setClipboardData')
export const makePhoneCall = call('makePhoneCall')
export const setNavigationBarTitle = call('setNavigationBarTitle')
export const setNavigationBarColor = call('setNavigationBarColor')
export const setTabBarItem = call('setTabBarItem')
export const setTabBarStyle = call('setTabBarStyle')
export const hideTabBar = call('hideTabBar')
export const showTabBar = call('showTabBar')
export const pageScrollTo = call('pageScrollTo')
export const startPullDownRefresh = call('startPullDownRefresh')
export const stopPullDownRefresh = call('stopPullDownRefresh')

const Taro = {
  useLoad,
  useDidShow,
  useReady,
  useDidHide,
  useUnload,
  usePullDownRefresh,
  useReachBottom,
  useResize,
  usePageScroll,
  useShareAppMessage,
  useLaunch,
  useError,
  useRouter,
  getCurrentPages,
  getCurrentInstance,
  nextTick,
  navigateTo,
  redirectTo,
  navigateBack,
  switchTab,
  reLaunch,
  showToast,
  setClipboardData,
  makePhoneCall,
  setNavigationBarTitle,
  setNavigationBarColor,
  setTabBarItem,
  setTabBarStyle,
  hideTabBar,
  showTabBar,
  pageScrollTo,
  startPullDownRefresh,
  stopPullDownRefresh,
}

export default Taro
