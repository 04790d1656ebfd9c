import { answered, limits, placeOf, scanOf, subscribeAnswer, updateBy } from './answered'
import { openCashier, wechatCashierAnswer, wrongCashier } from './cashier-answers'
import { askForConsent, onConsentNeeded } from './consent'
import { jsonStorage } from './json-storage'
import { exchange } from './request'
import { bars, call, copy, loginWith, navigation, toast } from './shared'
import { subscribing } from './subscribing'
import type { CalendarAnswer, LocationAnswer, Platform, Rect, ScanAnswer } from './types'

type PrivacyReply = { event: 'agree'; buttonId: string } | { event: 'disagree' }

/** The vendor's typings, put right: what these listeners get, and what old base libraries lack. */
declare const wx: Omit<WechatMiniprogram.Wx, 'onNeedPrivacyAuthorization' | 'offNetworkStatusChange'> & {
  offNetworkStatusChange(listener: (said: { isConnected: boolean }) => void): void
  onNeedPrivacyAuthorization?(listener: (reply: (answer: PrivacyReply) => void) => void): void
}

interface Failure {
  errMsg: string
  errno?: number
  errCode?: number
}

const agreeButtonId = 'agree-to-privacy'
let hasPrivacyListener = false

const storage = jsonStorage({
  read: (key) => wx.getStorageSync(key),
  write(key, text) {
    wx.setStorageSync(key, text)
    return true
  },
  remove: (key) => wx.removeStorageSync(key),
  keys: () => wx.getStorageInfoSync().keys,
})

export const platform: Platform = {
  host: 'wechat',

  request: (request) =>
    exchange(request, (timeout, report) => {
      const task = wx.request({
        url: request.url,
        method: request.method,
        header: { ...request.headers },
        ...(request.body === undefined ? {} : { data: request.body }),
        // Anything but "json" leaves the body alone.
        dataType: 'text',
        responseType: 'text',
        timeout,
        success: (said) => report.answer(said.statusCode, said.header, said.data),
        fail: (said: Failure) => report.nothing(said.errMsg),
      })
      return () => task.abort()
    }),

  login: () => loginWith('wechat'),

  pay: (invocation) =>
    invocation.kind === 'wechat'
      ? openCashier((tell) =>
          wx.requestPayment({
            timeStamp: invocation.timeStamp,
            nonceStr: invocation.nonceStr,
            package: invocation.package,
            signType: invocation.signType,
            paySign: invocation.paySign,
            success: (said) => tell(wechatCashierAnswer(said)),
            fail: (said: Failure) => tell(wechatCashierAnswer(said)),
          }),
        )
      : wrongCashier('wechat', invocation.kind),

  storage,
  navigation,
  bars,
  toast,
  copy,
  call,

  privacy: {
    agreeButton: { id: agreeButtonId, openType: 'agreePrivacyAuthorization' },
    onNeeded(ask) {
      // The last registration wins in WeChat, so there is one, for all pages.
      if (!hasPrivacyListener) wx.onNeedPrivacyAuthorization?.(answerPrivacy)
      hasPrivacyListener = true
      return onConsentNeeded(ask)
    },
    openPolicy: () => done((callbacks) => wx.openPrivacyContract(callbacks)),
  },

  system() {
    const app = wx.getAppBaseInfo()
    const screen = wx.getWindowInfo()
    return {
      // Older base libraries tell pixels only; 17 is WeChat's normal size.
      fontScale: app.fontSizeScaleFactor || (app.fontSizeSetting || 17) / 17,
      theme: app.theme ?? 'light',
      language: app.language,
      windowWidth: screen.windowWidth,
      windowHeight: screen.windowHeight,
      statusBarHeight: screen.statusBarHeight,
      safeArea: {
        top: screen.safeArea?.top ?? screen.statusBarHeight,
        bottom: screen.safeArea ? Math.max(0, screen.screenHeight - screen.safeArea.bottom) : 0,
      },
      menuButton: menuButton(),
      hostVersion: app.version,
    }
  },

  onThemeChange(listener) {
    const heard = (said: { theme: 'dark' | 'light' }) => listener(said.theme)
    wx.onThemeChange(heard)
    return () => wx.offThemeChange(heard)
  },

  onNetworkChange(listener) {
    const heard = (said: { isConnected: boolean }) => listener(said.isConnected)
    wx.onNetworkStatusChange(heard)
    return () => wx.offNetworkStatusChange(heard)
  },

  messages: {
    templatesOf: 'wechat',
    subscribe: subscribing((ids, tell) => {
      wx.requestSubscribeMessage({
        tmplIds: ids,
        success: (said) => tell((id) => subscribeAnswer(said[id])),
        // 20004: the citizen has switched all messages off.
        fail: (said) => tell(() => (said.errCode === 20004 ? 'refused' : 'unavailable')),
      })
    }),
  },

  locate: () =>
    answered<LocationAnswer>(limits.place, { kind: 'unavailable' }, (answer) => {
      wx.getFuzzyLocation({
        type: 'gcj02',
        success: (said) => answer(placeOf(said)),
        fail: (said: Failure) =>
          answer({ kind: isNoConsent(said) ? 'no-consent' : isDenied(said) ? 'denied' : 'unavailable' }),
      })
    }),

  openMap: (place) => done((callbacks) => wx.openLocation({ ...place, ...callbacks })),

  scan: () =>
    answered<ScanAnswer>(limits.sheet, { kind: 'unavailable' }, (answer) => {
      wx.scanCode({
        scanType: ['barCode', 'qrCode'],
        success: (said) => answer(scanOf(said.result)),
        fail: (said: Failure) =>
          answer({ kind: isTurnedBack(said) ? 'cancelled' : isDenied(said) ? 'denied' : 'unavailable' }),
      })
    }),

  addToCalendar: (entry) =>
    answered<CalendarAnswer>(limits.sheet, 'failed', (answer) => {
      wx.addPhoneCalendar({
        title: entry.title,
        startTime: entry.startsAtSeconds,
        endTime: String(entry.endsAtSeconds),
        location: entry.place,
        description: entry.notes,
        success: () => answer('added'),
        fail: (said: Failure) => answer(isTurnedBack(said) ? 'refused' : isDenied(said) ? 'denied' : 'failed'),
      })
    }),

  openSettings: {
    location: () => settings(({ authSetting }) => authSetting['scope.userFuzzyLocation']),
    camera: () => settings(({ authSetting }) => authSetting['scope.camera']),
    calendar: () => settings(({ authSetting }) => authSetting['scope.addPhoneCalendar']),
    messages: () => settings(({ subscriptionsSetting }) => subscriptionsSetting?.mainSwitch),
  },

  update: updateBy(() => wx.getUpdateManager()),

  brighten: () =>
    new Promise((resolve) => {
      const shine = (before: number) => {
        const restore = () => {
          if (before >= 0) wx.setScreenBrightness({ value: before })
          wx.setKeepScreenOn({ keepScreenOn: false })
        }
        wx.setScreenBrightness({ value: 1 })
        wx.setKeepScreenOn({ keepScreenOn: true })
        resolve(restore)
      }
      wx.getScreenBrightness({ success: (said) => shine(said.value), fail: () => shine(-1) })
    }),
}

function answerPrivacy(reply: (answer: PrivacyReply) => void) {
  void askForConsent().then((answer) =>
    reply(answer === 'agree' ? { event: 'agree', buttonId: agreeButtonId } : { event: 'disagree' }),
  )
}

/** WeChat has a number for a refused privacy policy (103, 104), but only words for a refused permission. */
const isNoConsent = ({ errMsg, errno }: Failure): boolean => errno === 103 || errno === 104 || /privacy/i.test(errMsg)

const isDenied = ({ errMsg }: Failure): boolean => /auth.*den|permission/i.test(errMsg)

const isTurnedBack = (said: Failure): boolean => isNoConsent(said) || said.errMsg.includes('cancel')

/** WeChat's page of what the citizen has granted; what it says on the way back. */
function settings(
  isGranted: (said: WechatMiniprogram.OpenSettingSuccessCallbackResult) => boolean | undefined,
): Promise<boolean> {
  return answered(limits.sheet, false, (answer) => {
    wx.openSetting({
      withSubscriptions: true,
      success: (said) => answer(isGranted(said) === true),
      fail: () => answer(false),
    })
  })
}

function menuButton(): Rect | null {
  try {
    const { top, left, width, height } = wx.getMenuButtonBoundingClientRect()
    return width > 0 ? { top, left, width, height } : null
  } catch {
    return null
  }
}

function done(open: (callbacks: { success: () => void; fail: () => void }) => void): Promise<boolean> {
  return answered(limits.sheet, false, (answer) => open({ success: () => answer(true), fail: () => answer(false) }))
}
