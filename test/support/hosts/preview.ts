import type { Platform } from '@/platform/types'
import {
  alipayInvocation,
  type Bench,
  type BenchCircumstances,
  type HostUnderTest,
  tillInvocation,
  wechatInvocation,
} from './bench'
import { type Call, type Circumstances, usualCircumstances } from './vendor'

/** The preview in jsdom: requests, storage and messages are the browser's own; what jsdom lacks is put in. */

const prefix = 'city-services:'

function startPreview(): Bench {
  const circumstances: BenchCircumstances = { ...usualCircumstances, stack: 1 }
  jest.resetModules()
  jest.doMock('@tarojs/taro', () => jest.requireActual('../taro'))
  const { stage } = jest.requireActual<typeof import('../taro')>('../taro')
  const { platform } = jest.requireActual<{ platform: Platform }>('@/platform')

  Object.defineProperties(stage, {
    stackSize: { get: () => circumstances.stack, configurable: true },
    isObedient: { get: () => circumstances.isObedient, configurable: true },
  })
  window.localStorage.clear()
  const spies = [spyOnStorage(circumstances), watchTill(circumstances), quietNetwork()]
  const theme = putInTheme()
  Object.defineProperty(navigator, 'geolocation', { value: geolocation(circumstances), configurable: true })

  return {
    host: 'preview',
    platform,
    circumstances,
    get calls(): Call[] {
      return stage.calls
    },
    plant: (key, text) => window.localStorage.setItem(prefix + key, text),
    setTheme: theme.set,
    setOnline: (isOnline) => void window.dispatchEvent(new Event(isOnline ? 'online' : 'offline')),
    close() {
      for (const undo of spies) undo()
      theme.remove()
      document.body.innerHTML = ''
      jest.dontMock('@tarojs/taro')
    },
  }
}

function spyOnStorage(circumstances: Circumstances): () => void {
  const guard = () => {
    if (circumstances.isStorageBroken) throw new Error('SecurityError')
  }
  const { getItem, setItem, removeItem, key } = Storage.prototype
  const store = Storage.prototype
  store.getItem = function (name) {
    guard()
    return getItem.call(this, name)
  }
  store.setItem = function (name, value) {
    guard()
    if (circumstances.isStorageFull) throw new Error('QuotaExceededError')
    setItem.call(this, name, value)
  }
  store.removeItem = function (name) {
    guard()
    removeItem.call(this, name)
  }
  return () => Object.assign(Storage.prototype, { getItem, setItem, removeItem, key })
}

/** jsdom prints every failed request: here they fail on purpose. */
function quietNetwork(): () => void {
  const print = console.error
  console.error = (...parts: unknown[]) => {
    const [first] = parts
    const isRequest = typeof first === 'object' && first !== null && 'type' in first && first.type === 'XMLHttpRequest'
    if (!isRequest) print(...parts)
  }
  return () => {
    console.error = print
  }
}

/** Plays the till's page: once its frame is there, it posts what the circumstances say. */
function watchTill(circumstances: Circumstances): () => void {
  const observer = new MutationObserver(() => {
    const frame = document.querySelector('iframe')
    if (!frame) return
    const origin = new URL(frame.src).origin
    const post = (data: unknown, source: MessageEventSource | null, from: string) =>
      window.dispatchEvent(new MessageEvent('message', { data, source, origin: from }))
    setTimeout(async () => {
      const result = await circumstances.cashier({})
      if (result === null) return
      // First, messages that must be ignored: from another window, and from another origin.
      post({ outcome: 'accepted', detail: 'a stranger' }, window, origin)
      post({ outcome: 'accepted', detail: 'a stranger' }, frame.contentWindow, 'http://127.0.0.1:1')
      post('not for us', frame.contentWindow, origin)
      post(result, frame.contentWindow, origin)
    })
  })
  observer.observe(document.body, { childList: true })
  return () => observer.disconnect()
}

function putInTheme() {
  const listeners = new Set<() => void>()
  let isDark = true
  const media = {
    get matches() {
      return isDark
    },
    addEventListener: (_: string, listener: () => void) => listeners.add(listener),
    removeEventListener: (_: string, listener: () => void) => listeners.delete(listener),
  }
  Object.defineProperty(window, 'matchMedia', { value: () => media, configurable: true })
  return {
    set(theme: 'light' | 'dark') {
      isDark = theme === 'dark'
      for (const listener of listeners) listener()
    },
    remove: () => Reflect.deleteProperty(window, 'matchMedia'),
  }
}

function geolocation(circumstances: Circumstances) {
  return {
    getCurrentPosition(found: (at: unknown) => void, failed: (error: unknown) => void) {
      setTimeout(() => {
        if (circumstances.location === 'granted') found({ coords: { latitude: 30.27, longitude: 120.15 } })
        else failed({ code: circumstances.location === 'refused' ? 1 : 2, PERMISSION_DENIED: 1 })
      })
    },
  }
}

export const hostUnderTest: HostUnderTest = {
  host: 'preview',
  start: startPreview,
  ownInvocation: tillInvocation,
  foreignInvocations: [wechatInvocation, alipayInvocation],
  cashierRows: [
    { says: { outcome: 'accepted', detail: '9000' }, means: { outcome: 'accepted' } },
    { says: { outcome: 'cancelled', detail: '6001' }, means: { outcome: 'cancelled' } },
    { says: { outcome: 'failed', detail: '4000' }, means: { outcome: 'failed', reason: 'declined' } },
    { says: { outcome: 'unknown', detail: '8000' }, means: { outcome: 'unknown' } },
    { says: { outcome: 'a new one' }, means: { outcome: 'unknown' } },
  ],
  capabilities: ['locate', 'onThemeChange'],
  played: ['messages', 'openMap', 'scan', 'addToCalendar', 'openSettings'],
  facts: {
    fontScale: 1,
    theme: 'dark',
    language: 'en-US',
    windowWidth: 1024,
    windowHeight: 768,
    statusBarHeight: 0,
    safeArea: { top: 0, bottom: 0 },
    menuButton: null,
  },
  foundPlace: { kind: 'point', latitude: 30.27, longitude: 120.15 },
  names: {
    to: 'navigateTo',
    replace: 'redirectTo',
    back: 'navigateBack',
    tab: 'switchTab',
    restart: 'reLaunch',
    toast: 'showToast',
    copy: 'setClipboardData',
    call: 'makePhoneCall',
  },
}
