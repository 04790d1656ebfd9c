import Taro from '@tarojs/taro'
import { wrongCashier } from './cashier-results'
import { hasConsent, onConsentNeeded } from './consent'
import { jsonStorage } from './json-storage'
import * as played from './preview-host'
import { openTill, openVerification } from './preview-till'
import { sendRequest } from './request'
import { bars, call, copy, navigation, toast } from './shared'
import type { Platform } from './types'

/** The developers' preview in a browser. `preview-host.ts` simulates what a browser lacks. */

/** Taro uses the same store. */
const prefix = played.phoneName() ? `city-services-${played.phoneName()}:` : 'city-services:'

const storage = jsonStorage({
  read: (key) => window.localStorage.getItem(prefix + key),
  write(key, text) {
    window.localStorage.setItem(prefix + key, text)
    return true
  },
  remove: (key) => window.localStorage.removeItem(prefix + key),
  keys: () =>
    Object.keys(window.localStorage)
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length)),
})

const darkness = () => window.matchMedia('(prefers-color-scheme: dark)')
const isDark = () => (played.choice('theme') ? played.choice('theme') === 'dark' : darkness().matches)
const isCut = () => played.choice('network') === 'off'

export const platform: Platform = {
  cashierKind: 'till',

  request: (request) =>
    sendRequest(request, (timeout, report) => {
      if (isCut()) {
        report.noResponse('no network, as chosen in the panel')
        return () => {}
      }
      const http = new XMLHttpRequest()
      http.open(request.method, request.url)
      http.timeout = timeout
      for (const [name, value] of Object.entries(request.headers ?? {})) http.setRequestHeader(name, value)
      http.onload = () => report.response(http.status, responseHeaders(http), http.responseText)
      http.onerror = () => report.noResponse('no response')
      http.onabort = () => report.noResponse('aborted')
      http.send(request.body ?? null)
      return () => http.abort()
    }),

  /** A reload keeps the citizen: each browser stores its code. */
  login() {
    const stored = storage.get('citizen')
    const code = typeof stored === 'string' ? stored : `preview-${Math.random().toString(36).slice(2)}`
    storage.set('citizen', code)
    return Promise.resolve({ host: 'preview', code })
  },

  pay: (invocation) =>
    invocation.kind === 'till' ? openTill(invocation.url) : wrongCashier('preview', invocation.kind),

  sign: async (invocation) => {
    if (invocation.kind !== 'till') return 'failed'
    await openTill(invocation.url)
    return 'left'
  },
  verify: async (invocation) => (invocation.kind === 'page' ? openVerification(invocation.url) : 'not-opened'),

  storage,
  navigation,
  onPageNotFound: (tabUrl) => Taro.onPageNotFound(() => void navigation.tab(tabUrl)),
  bars: {
    ...bars,
    setLanguage(language) {
      document.documentElement.lang = language
    },
  },
  toast,
  copy,
  call: (phoneNumber) => played.call(phoneNumber) ?? call(phoneNumber),
  messages: played.messages,
  scan: played.scan,
  addToCalendar: played.addToCalendar,
  openMap: played.openMap,
  openSettings: played.settings,

  privacy: { agreeButton: { id: 'agree-to-privacy' }, onNeeded: onConsentNeeded },

  system: () => ({
    fontScale: Number(played.choice('fontScale')) || 1,
    theme: isDark() ? 'dark' : 'light',
    language: navigator.language,
    windowWidth: window.innerWidth,
    windowHeight: window.innerHeight,
    statusBarHeight: 0,
    safeArea: { top: 0, bottom: 0 },
    menuButton: null,
    hostVersion: navigator.userAgent,
  }),

  onThemeChange(listener) {
    const media = darkness()
    const changed = () => listener(isDark() ? 'dark' : 'light')
    media.addEventListener('change', changed)
    const stop = played.onChoice(changed)
    return () => {
      stop()
      media.removeEventListener('change', changed)
    }
  },

  onNetworkChange(listener) {
    const online = () => listener(!isCut())
    const offline = () => listener(false)
    window.addEventListener('online', online)
    window.addEventListener('offline', offline)
    let wasCut = isCut()
    const stop = played.onChoice(() => {
      if (wasCut === isCut()) return
      wasCut = isCut()
      online()
    })
    return () => {
      stop()
      window.removeEventListener('online', online)
      window.removeEventListener('offline', offline)
    }
  },

  async locate() {
    if (played.choice('location') && !(await hasConsent(storage))) return { kind: 'no-consent' }
    const chosen = played.locate()
    if (chosen) return chosen
    if (!navigator.geolocation) return { kind: 'unavailable' }
    if (!(await hasConsent(storage))) return { kind: 'no-consent' }
    return new Promise((resolve) => {
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => resolve({ kind: 'point', latitude: coords.latitude, longitude: coords.longitude }),
        (error) => resolve({ kind: error.code === error.PERMISSION_DENIED ? 'denied' : 'unavailable' }),
        { timeout: 10_000, maximumAge: 600_000 },
      )
    })
  },
}

function responseHeaders(http: XMLHttpRequest): Record<string, string> {
  const headers: Record<string, string> = {}
  for (const line of http.getAllResponseHeaders().split('\r\n').filter(Boolean)) {
    const colon = line.indexOf(':')
    headers[line.slice(0, colon)] = line.slice(colon + 1).trim()
  }
  return headers
}
