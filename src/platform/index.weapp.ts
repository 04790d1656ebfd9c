import { openCashier, wechatCashierResult, wrongCashier } from './cashier-results'
import { askForConsent, onConsentNeeded } from './consent'
import { callHost, limits, locationOf, scanOf, subscribeResult, updateBy } from './host-call'
import { jsonStorage } from './json-storage'
import { sendRequest } from './request'
import { bars, call, copy, loginWith, navigation, toast } from './shared'
import { createSubscribe } from './subscribe'
import type {
  CalendarResult,
  LocationResult,
  Platform,
  Rect,
  ScanResult,
  SigningResult,
  VerificationResult,
} from './types'

type PrivacyReply = { event: 'agree'; buttonId: string } | { event: 'disagree' }

/** The vendor's typings, corrected: arguments of listeners, and what old base libraries lack. */
declare const wx: Omit<WechatMiniprogram.Wx, 'onNeedPrivacyAuthorization' | 'offNetworkStatusChange'> & {
  offNetworkStatusChange(listener: (state: { isConnected: boolean }) => void): void
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
  cashierKind: 'wechat',

  request: (request) =>
    sendRequest(request, (timeout, report) => {
      const task = wx.request({
        url: request.url,
        method: request.method,
        header: { ...request.headers },
        ...(request.body === undefined ? {} : { data: request.body }),
        // Anything but "json" leaves the body unparsed.
        dataType: 'text',
        responseType: 'text',
        timeout,
        success: (response) => report.response(response.statusCode, response.header, response.data),
        fail: (error: Failure) => report.noResponse(error.errMsg),
      })
      return () => task.abort()
    }),

  login: () => loginWith('wechat'),

  pay: (invocation) =>
    invocation.kind === 'wechat'
      ? openCashier((resolve) =>
          wx.requestPayment({
            timeStamp: invocation.timeStamp,
            nonceStr: invocation.nonceStr,
            package: invocation.package,
            signType: invocation.signType,
            paySign: invocation.paySign,
            success: (response) => resolve(wechatCashierResult(response)),
            fail: (error: Failure) => resolve(wechatCashierResult(error)),
          }),
        )
      : wrongCashier('wechat', invocation.kind),

  sign: (invocation) =>
    callHost<SigningResult>(limits.sheet, 'failed', (resolve) => {
      if (invocation.kind !== 'wechat') return resolve('failed')
      wx.navigateToMiniProgram({
        appId: invocation.appId,
        path: invocation.path,
        extraData: { ...invocation.extraData },
        success: () => resolve('left'),
        fail: () => resolve('failed'),
      })
    }),

  storage,
  navigation,
  onPageNotFound: (tabUrl) => wx.onPageNotFound?.(() => void navigation.tab(tabUrl)),
  bars,
  toast,
  copy,
  call,

  privacy: {
    agreeButton: { id: agreeButtonId, openType: 'agreePrivacyAuthorization' },
    onNeeded(ask) {
      // In WeChat the last registration wins, so there is one for all pages.
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
      // Older base libraries give pixels only; 17 is WeChat's normal size.
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
    const onChange = ({ theme }: { theme: 'dark' | 'light' }) => listener(theme)
    wx.onThemeChange(onChange)
    return () => wx.offThemeChange(onChange)
  },

  onNetworkChange(listener) {
    const onChange = ({ isConnected }: { isConnected: boolean }) => listener(isConnected)
    wx.onNetworkStatusChange(onChange)
    return () => wx.offNetworkStatusChange(onChange)
  },

  messages: {
    templatesOf: 'wechat',
    subscribe: createSubscribe((ids, resolve) => {
      wx.requestSubscribeMessage({
        tmplIds: ids,
        success: (response) => resolve((id) => subscribeResult(response[id])),
        // 20004: the citizen has switched off all messages.
        fail: (error) => resolve(() => (error.errCode === 20004 ? 'refused' : 'unavailable')),
      })
    }),
  },

  locate: () =>
    callHost<LocationResult>(limits.locate, { kind: 'unavailable' }, (resolve) => {
      wx.getFuzzyLocation({
        type: 'gcj02',
        success: (response) => resolve(locationOf(response)),
        fail: (error: Failure) =>
          resolve({ kind: isNoConsent(error) ? 'no-consent' : isDenied(error) ? 'denied' : 'unavailable' }),
      })
    }),

  verify: (invocation) =>
    callHost<VerificationResult>(limits.verification, 'closed', (resolve) => {
      // Old hosts lack it.
      if (invocation.kind !== 'wechat' || typeof wx.requestFacialVerify !== 'function') return resolve('not-opened')
      wx.requestFacialVerify({
        verifyId: invocation.verifyId,
        success: () => resolve('closed'),
        // 102: not permitted. All else is told by the server.
        fail: (error) => resolve((error as Failure).errno === 102 ? 'not-opened' : 'closed'),
      })
    }),

  openMap: (location) => done((callbacks) => wx.openLocation({ ...location, ...callbacks })),

  scan: () =>
    callHost<ScanResult>(limits.sheet, { kind: 'unavailable' }, (resolve) => {
      wx.scanCode({
        scanType: ['barCode', 'qrCode'],
        success: (response) => resolve(scanOf(response.result)),
        fail: (error: Failure) =>
          resolve({ kind: isTurnedBack(error) ? 'cancelled' : isDenied(error) ? 'denied' : 'unavailable' }),
      })
    }),

  addToCalendar: (entry) =>
    callHost<CalendarResult>(limits.sheet, 'failed', (resolve) => {
      wx.addPhoneCalendar({
        title: entry.title,
        startTime: entry.startsAtSeconds,
        endTime: String(entry.endsAtSeconds),
        location: entry.location,
        description: entry.notes,
        success: () => resolve('added'),
        fail: (error: Failure) => resolve(isTurnedBack(error) ? 'refused' : isDenied(error) ? 'denied' : 'failed'),
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
      wx.getScreenBrightness({ success: (response) => shine(response.value), fail: () => shine(-1) })
    }),
}

function answerPrivacy(reply: (answer: PrivacyReply) => void) {
  void askForConsent().then((answer) =>
    reply(answer === 'agree' ? { event: 'agree', buttonId: agreeButtonId } : { event: 'disagree' }),
  )
}

/** WeChat has a number for a refused privacy policy (103, 104), but only a message for a refused permission. */
const isNoConsent = ({ errMsg, errno }: Failure): boolean => errno === 103 || errno === 104 || /privacy/i.test(errMsg)

const isDenied = ({ errMsg }: Failure): boolean => /auth.*den|permission/i.test(errMsg)

const isTurnedBack = (error: Failure): boolean => isNoConsent(error) || error.errMsg.includes('cancel')

/** Opens WeChat's page of permissions; resolves when the citizen comes back. */
function settings(
  isGranted: (setting: WechatMiniprogram.OpenSettingSuccessCallbackResult) => boolean | undefined,
): Promise<boolean> {
  return callHost(limits.sheet, false, (resolve) => {
    wx.openSetting({
      withSubscriptions: true,
      success: (response) => resolve(isGranted(response) === true),
      fail: () => resolve(false),
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
  return callHost(limits.sheet, false, (resolve) => open({ success: () => resolve(true), fail: () => resolve(false) }))
}
