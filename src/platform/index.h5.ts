import { wrongCashier } from './cashier-answers'
import { hasConsent, onConsentNeeded } from './consent'
import { exchange } from './exchange'
import { jsonStorage } from './json-storage'
import { bars, call, copy, navigation, toast } from './levelled'
import { openTill } from './preview-till'
import type { Platform } from './types'

/** The preview for developers, in a browser. What a browser cannot do is absent, so the paths without it can be seen. */

/** Beside us, Taro keeps things in the same store. */
const prefix = 'city-services:'

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

export const platform: Platform = {
  host: 'preview',

  request: (request) =>
    exchange(request, (timeout, report) => {
      const http = new XMLHttpRequest()
      http.open(request.method, request.url)
      http.timeout = timeout
      for (const [name, value] of Object.entries(request.headers ?? {})) http.setRequestHeader(name, value)
      http.onload = () => report.answer(http.status, responseHeaders(http), http.responseText)
      http.onerror = () => report.nothing('no answer')
      http.onabort = () => report.nothing('aborted')
      http.send(request.body ?? null)
      return () => http.abort()
    }),

  /** The same citizen after a reload: each browser keeps its code. */
  login() {
    const kept = storage.get('citizen')
    const code = typeof kept === 'string' ? kept : `preview-${Math.random().toString(36).slice(2)}`
    storage.set('citizen', code)
    return Promise.resolve({ host: 'preview', code })
  },

  pay: (invocation) =>
    invocation.kind === 'till' ? openTill(invocation.url) : wrongCashier('preview', invocation.kind),

  storage,
  navigation,
  bars,
  toast,
  copy,
  call,

  privacy: { agreeButton: { id: 'agree-to-privacy' }, onNeeded: onConsentNeeded },

  system: () => ({
    fontScale: 1,
    theme: darkness().matches ? 'dark' : 'light',
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
    const heard = () => listener(media.matches ? 'dark' : 'light')
    media.addEventListener('change', heard)
    return () => media.removeEventListener('change', heard)
  },

  onNetworkChange(listener) {
    const online = () => listener(true)
    const offline = () => listener(false)
    window.addEventListener('online', online)
    window.addEventListener('offline', offline)
    return () => {
      window.removeEventListener('online', online)
      window.removeEventListener('offline', offline)
    }
  },

  async locate() {
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
