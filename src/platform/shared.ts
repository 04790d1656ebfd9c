import Taro from '@tarojs/taro'
import { platformError } from './error'
import { callHost, limits } from './host-call'
import type { Bars, Host, LoginCode, Navigation, Platform } from './types'

/** The members that Taro makes equal on every host. */

/** Both vendors' limit of the page stack. */
const deepestStack = 10
const loginTimeoutMs = 10_000

/** Hosts reject a navigation for many reasons (a second tap while the first still runs); none may go uncaught. */
function succeeded(step: () => Promise<unknown> | undefined): Promise<boolean> {
  return new Promise<unknown>((resolve) => resolve(step())).then(
    () => true,
    () => false,
  )
}

export const navigation: Navigation = {
  to: (url) =>
    succeeded(() =>
      Taro.getCurrentPages().length >= deepestStack ? Taro.redirectTo({ url }) : Taro.navigateTo({ url }),
    ),
  replace: (url) => succeeded(() => Taro.redirectTo({ url })),
  back: (tabUrl) =>
    succeeded(() => (Taro.getCurrentPages().length > 1 ? Taro.navigateBack() : Taro.switchTab({ url: tabUrl }))),
  tab: (url) => succeeded(() => Taro.switchTab({ url })),
  restart: (url) => succeeded(() => Taro.reLaunch({ url })),
}

let areTabsHidden = false

export const bars: Bars = {
  setTitle(text) {
    void succeeded(() => Taro.setNavigationBarTitle({ title: text }))
  },
  setTabTexts(texts) {
    texts.forEach((text, index) => {
      void succeeded(() => Taro.setTabBarItem({ index, text }))
    })
  },
  showTabs(shown) {
    if (shown && !areTabsHidden) return
    areTabsHidden = !shown
    void succeeded(() => (shown ? Taro.showTabBar({ animation: false }) : Taro.hideTabBar({ animation: false })))
  },
  setColours(colours) {
    const frontColor = colours.title === 'black' ? '#000000' : '#ffffff'
    void succeeded(() => Taro.setNavigationBarColor({ frontColor, backgroundColor: colours.background }))
    void succeeded(() =>
      Taro.setTabBarStyle({
        color: colours.tabText,
        selectedColor: colours.tabSelected,
        backgroundColor: colours.tabBackground,
        borderStyle: colours.tabBorder,
      }),
    )
  },
}

export const toast: Platform['toast'] = (text) => {
  void succeeded(() => Taro.showToast({ title: text, icon: 'none' }))
}

export const copy: Platform['copy'] = (text) =>
  callHost(limits.quiet, false, (resolve) => void succeeded(() => Taro.setClipboardData({ data: text })).then(resolve))

export const call: Platform['call'] = (phoneNumber) =>
  callHost(limits.sheet, false, (resolve) => void succeeded(() => Taro.makePhoneCall({ phoneNumber })).then(resolve))

/** WeChat's `code`; Taro fills it from Alipay's `authCode` (scope `auth_base`, which shows the citizen nothing). */
export function loginWith(host: Host): Promise<LoginCode> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(platformError('timeout', 'no login code')), loginTimeoutMs)
    const fail = (error: unknown) => {
      clearTimeout(timer)
      reject(platformError('failed', describe(error)))
    }
    new Promise<{ code: string }>((start) => start(Taro.login())).then(({ code }) => {
      if (!code) return fail('an empty login code')
      clearTimeout(timer)
      resolve({ host, code })
    }, fail)
  })
}

/** Hosts reject with objects; their text is for a log. */
export function describe(error: unknown): string {
  if (typeof error !== 'object' || error === null) return String(error)
  return error instanceof Error ? error.message : JSON.stringify(error)
}
