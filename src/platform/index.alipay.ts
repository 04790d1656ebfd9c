/// <reference types="@mini-types/alipay" />

import { alipayCashierResult, openCashier, wrongCashier } from './cashier-results'
import { hasConsent, onConsentNeeded } from './consent'
import { callHost, limits, locationOf, scanOf, updateBy } from './host-call'
import { jsonStorage } from './json-storage'
import { sendRequest } from './request'
import { bars, call, copy, describe, loginWith, navigation, toast } from './shared'
import { createSubscribe } from './subscribe'
import type { LocationResult, Platform, Rect, ScanResult, VerificationResult } from './types'

/** The vendor's typings, corrected: `abort` takes nothing, and `paySignCenter` is missing. */
declare const my: Omit<typeof globalThis.my, 'request'> & {
  request(call: Parameters<typeof globalThis.my.request>[0]): { abort?(): void }
  paySignCenter(call: { signStr: string; success(): void; fail(): void }): void
}

interface Failure {
  error?: number
  errorMessage?: string
}

/** `error: 19` is an HTTP status of 400 and above, and carries the whole response. */
interface RequestFailure extends Failure {
  status?: number
  headers?: object
  data?: unknown
}

/** Refused once, refused permanently, or location is off for Alipay. */
const locationRefusals = [11, 2001, 2002, 2003]
const scanCancelled = 10

const storage = jsonStorage({
  read: (key) => my.getStorageSync({ key }).data,
  write: (key, text) => {
    const result = my.setStorageSync({ key, data: text })
    return result?.success !== false && result?.error === undefined
  },
  remove: (key) => {
    my.removeStorageSync({ key })
  },
  keys: () => my.getStorageInfoSync().keys,
})

export const platform: Platform = {
  cashierKind: 'alipay',

  request: (request) =>
    sendRequest(request, (timeout, report) => {
      const task = my.request({
        url: request.url,
        method: request.method,
        headers: { ...request.headers },
        ...(request.body === undefined ? {} : { data: request.body }),
        dataType: 'text',
        timeout,
        success: (response) => report.response(response.status, response.headers, response.data),
        fail: (error: RequestFailure) =>
          typeof error.status === 'number'
            ? report.response(error.status, error.headers, error.data)
            : report.noResponse(describe(error)),
      })
      return () => task.abort?.()
    }),

  login: () => loginWith('alipay'),

  pay: (invocation) =>
    invocation.kind === 'alipay'
      ? openCashier((resolve) =>
          my.tradePay({
            tradeNO: invocation.tradeNO,
            success: (response) => resolve(alipayCashierResult(response.resultCode)),
            fail: (error: Failure) => resolve(alipayCashierResult(error.error)),
          }),
        )
      : wrongCashier('alipay', invocation.kind),

  // Each of its results (7000, 7001, 6001…) is only that its page was left.
  sign: (invocation) =>
    new Promise((resolve) => {
      if (invocation.kind !== 'alipay' || !my.paySignCenter) return resolve('failed')
      my.paySignCenter({
        signStr: invocation.signStr,
        success: () => resolve('left'),
        fail: () => resolve('failed'),
      })
    }),

  storage,
  navigation,
  onPageNotFound: (tabUrl) => my.onPageNotFound?.(() => void navigation.tab(tabUrl)),
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
    const onChange = ({ isConnected }: { isConnected: boolean }) => listener(isConnected)
    my.onNetworkStatusChange(onChange)
    return () => my.offNetworkStatusChange(onChange)
  },

  messages: {
    templatesOf: 'alipay',
    subscribe: createSubscribe((ids, resolve) => {
      my.requestSubscribeMessage({
        entityIds: ids,
        success: ({ result }) => resolve((id) => (result?.subscribedEntityIds?.includes(id) ? 'granted' : 'refused')),
        fail: () => resolve(() => 'unavailable'),
      })
    }),
  },

  async locate() {
    if (!(await hasConsent(storage))) return { kind: 'no-consent' }
    return callHost<LocationResult>(limits.locate, { kind: 'unavailable' }, (resolve) => {
      my.getLocation({
        // The city's adcode, no street.
        type: 1,
        success: (response) => resolve(locationOf(response)),
        fail: (error: Failure) =>
          resolve({ kind: locationRefusals.includes(error.error ?? 0) ? 'denied' : 'unavailable' }),
      })
    })
  },

  verify: (invocation) =>
    callHost<VerificationResult>(limits.verification, 'closed', (resolve) => {
      // Old hosts lack it.
      if (invocation.kind !== 'alipay' || typeof my.startAPVerify !== 'function') return resolve('not-opened')
      my.startAPVerify({
        url: invocation.url,
        certifyId: invocation.certifyId,
        // For every result: passed, cancelled, failed.
        success: () => resolve('closed'),
        fail: () => resolve('not-opened'),
      })
    }),

  openMap: (location) =>
    callHost<boolean>(limits.sheet, false, (resolve) => {
      my.openLocation({
        name: location.name,
        address: location.address,
        latitude: String(location.latitude),
        longitude: String(location.longitude),
        success: () => resolve(true),
        fail: () => resolve(false),
      })
    }),

  scan: () =>
    callHost<ScanResult>(limits.sheet, { kind: 'unavailable' }, (resolve) => {
      my.scan({
        scanType: ['barCode', 'qrCode'],
        success: (response) => resolve(scanOf(response.code)),
        fail: (error: Failure) => resolve({ kind: error.error === scanCancelled ? 'cancelled' : 'unavailable' }),
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
      my.getScreenBrightness({ success: (response) => shine(response.brightness), fail: () => shine(-1) })
    }),
}

/** Opens Alipay's page of permissions; resolves when the citizen comes back. */
function settings(
  isGranted: (granted: { location?: boolean; camera?: boolean }) => boolean | undefined,
): Promise<boolean> {
  return callHost(limits.sheet, false, (resolve) => {
    my.openSetting({
      success: ({ authSetting }) => resolve(isGranted(authSetting) === true),
      fail: () => resolve(false),
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
