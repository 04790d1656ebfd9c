/// <reference types="@mini-types/alipay" />
import { answered, limits, placeOf, scanOf, updateBy } from './answered'
import { alipayCashierAnswer, openCashier, wrongCashier } from './cashier-answers'
import { hasConsent, onConsentNeeded } from './consent'
import { jsonStorage } from './json-storage'
import { exchange } from './request'
import { bars, call, copy, describe, loginWith, navigation, toast } from './shared'
import { subscribing } from './subscribing'
import type { LocationAnswer, Platform, Rect, ScanAnswer } from './types'

/** The vendor's typings, put right: `abort` takes nothing. */
declare const my: Omit<typeof globalThis.my, 'request'> & {
  request(call: Parameters<typeof globalThis.my.request>[0]): { abort?(): void }
}

interface Failure {
  error?: number
  errorMessage?: string
}

/** `error: 19` is an HTTP status of 400 and above, and carries the whole answer. */
interface RequestFailure extends Failure {
  status?: number
  headers?: object
  data?: unknown
}

/** Refused now, refused for good, or location switched off for Alipay as a whole. */
const locationRefusals = [11, 2001, 2002, 2003]
const scanCancelled = 10

const storage = jsonStorage({
  read: (key) => my.getStorageSync({ key }).data,
  write: (key, text) => {
    const said = my.setStorageSync({ key, data: text })
    return said?.success !== false && said?.error === undefined
  },
  remove: (key) => {
    my.removeStorageSync({ key })
  },
  keys: () => my.getStorageInfoSync().keys,
})

export const platform: Platform = {
  host: 'alipay',

  request: (request) =>
    exchange(request, (timeout, report) => {
      const task = my.request({
        url: request.url,
        method: request.method,
        headers: { ...request.headers },
        ...(request.body === undefined ? {} : { data: request.body }),
        dataType: 'text',
        timeout,
        success: (said) => report.answer(said.status, said.headers, said.data),
        fail: (said: RequestFailure) =>
          typeof said.status === 'number'
            ? report.answer(said.status, said.headers, said.data)
            : report.nothing(describe(said)),
      })
      return () => task.abort?.()
    }),

  login: () => loginWith('alipay'),

  pay: (invocation) =>
    invocation.kind === 'alipay'
      ? openCashier((tell) =>
          my.tradePay({
            tradeNO: invocation.tradeNO,
            success: (said) => tell(alipayCashierAnswer(said.resultCode)),
            fail: (said: Failure) => tell(alipayCashierAnswer(said.error)),
          }),
        )
      : wrongCashier('alipay', invocation.kind),

  storage,
  navigation,
  bars,
  toast,
  copy,
  call,

  privacy: { agreeButton: { id: 'agree-to-privacy' }, onNeeded: onConsentNeeded },

  system() {
    const facts = my.getSystemInfoSync()
    const { safeArea } = facts
    return {
      // Pixels; 16 is Alipay's normal size.
      fontScale: (facts.fontSizeSetting || 16) / 16,
      theme: null,
      language: facts.language,
      windowWidth: facts.windowWidth,
      windowHeight: facts.windowHeight,
      statusBarHeight: facts.statusBarHeight ?? 0,
      safeArea: {
        top: safeArea?.top ?? facts.statusBarHeight ?? 0,
        bottom: safeArea ? Math.max(0, facts.screenHeight - safeArea.bottom) : 0,
      },
      menuButton: menuButton(),
      hostVersion: facts.version,
    }
  },

  onNetworkChange(listener) {
    const heard = (said: { isConnected: boolean }) => listener(said.isConnected)
    my.onNetworkStatusChange(heard)
    return () => my.offNetworkStatusChange(heard)
  },

  messages: {
    templatesOf: 'alipay',
    subscribe: subscribing((ids, tell) => {
      my.requestSubscribeMessage({
        entityIds: ids,
        success: ({ result }) => tell((id) => (result?.subscribedEntityIds?.includes(id) ? 'granted' : 'refused')),
        fail: () => tell(() => 'unavailable'),
      })
    }),
  },

  async locate() {
    if (!(await hasConsent(storage))) return { kind: 'no-consent' }
    return answered<LocationAnswer>(limits.place, { kind: 'unavailable' }, (answer) => {
      my.getLocation({
        // With the city's adcode, without the street.
        type: 1,
        success: (said) => answer(placeOf(said)),
        fail: (said: Failure) =>
          answer({ kind: locationRefusals.includes(said.error ?? 0) ? 'denied' : 'unavailable' }),
      })
    })
  },

  openMap: (place) =>
    answered<boolean>(limits.sheet, false, (answer) => {
      my.openLocation({
        name: place.name,
        address: place.address,
        latitude: String(place.latitude),
        longitude: String(place.longitude),
        success: () => answer(true),
        fail: () => answer(false),
      })
    }),

  scan: () =>
    answered<ScanAnswer>(limits.sheet, { kind: 'unavailable' }, (answer) => {
      my.scan({
        scanType: ['barCode', 'qrCode'],
        success: (said) => answer(scanOf(said.code)),
        fail: (said: Failure) => answer({ kind: said.error === scanCancelled ? 'cancelled' : 'unavailable' }),
      })
    }),

  openSettings: {
    location: () => settings(({ location }) => location),
    camera: () => settings(({ camera }) => camera),
  },

  update: updateBy(() => my.getUpdateManager()),

  brighten: () =>
    new Promise((resolve) => {
      const shine = (before: number) => {
        const restore = () => {
          if (before >= 0) my.setScreenBrightness({ brightness: before })
          my.setKeepScreenOn({ keepScreenOn: false })
        }
        my.setScreenBrightness({ brightness: 1 })
        my.setKeepScreenOn({ keepScreenOn: true })
        resolve(restore)
      }
      my.getScreenBrightness({ success: (said) => shine(said.brightness), fail: () => shine(-1) })
    }),
}

/** Alipay's page of what the citizen has granted; what it says on the way back. */
function settings(
  isGranted: (said: { location?: boolean; camera?: boolean }) => boolean | undefined,
): Promise<boolean> {
  return answered(limits.sheet, false, (answer) => {
    my.openSetting({
      success: ({ authSetting }) => answer(isGranted(authSetting) === true),
      fail: () => answer(false),
    })
  })
}

function menuButton(): Rect | null {
  try {
    const { top, left, width, height } = my.getMenuButtonBoundingClientRect()
    return width > 0 ? { top, left, width, height } : null
  } catch {
    return null
  }
}
