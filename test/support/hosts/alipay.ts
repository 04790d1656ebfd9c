import { sendOverWire } from '../loopback'
import {
  alipayInvocation,
  type Bench,
  type Call,
  type Circumstances,
  type HostUnderTest,
  later,
  simple,
  strictApi,
  tillInvocation,
  updateManager,
  usualCircumstances,
  wechatInvocation,
} from './bench'
import { loadOverTaro } from './taro-runtime'

/** Alipay as its documents describe it: HTTP errors fail, every payment succeeds, stores and coordinates are odd. */

interface RequestOptions {
  url: string
  method?: string
  headers?: Record<string, string>
  data?: string
  dataType?: string
  success?(said: unknown): void
  fail?(said: unknown): void
}

type Callbacks = Record<string, unknown> & { success?(said: unknown): void; fail?(said: unknown): void }

const phone = {
  app: 'alipay',
  fontSizeSetting: 20,
  language: 'zh-Hans',
  version: '10.5.80',
  windowWidth: 414,
  windowHeight: 810,
  screenWidth: 414,
  screenHeight: 896,
  statusBarHeight: 44,
  safeArea: { top: 44, bottom: 862, left: 0, right: 414, width: 414, height: 818 },
}

function startAlipay(): Bench {
  const circumstances: Circumstances = { ...usualCircumstances }
  const calls: Call[] = []
  const store = new Map<string, unknown>()
  const networkListeners = new Set<(said: { isConnected: boolean; networkType: string }) => void>()

  const guardStore = () => {
    if (circumstances.isStorageBroken) throw new Error('storage is not available')
  }
  const plain = simple(circumstances, { error: 2, errorMessage: 'invalid parameter' }, { success: true })
  /** Members whose parameter has another name than WeChat's: the wrong name is refused. */
  const needs = (parameter: string) => (options: Callbacks) =>
    options[parameter] === undefined ? later(() => options.fail?.({ error: 2 })) : plain(options)

  const my = strictApi('my', calls, {
    canIUse: () => true,
    request(options: RequestOptions) {
      const abort = sendOverWire(
        {
          method: options.method ?? 'GET',
          url: options.url,
          headers: { 'content-type': 'application/json', ...options.headers },
          body: options.data,
        },
        ({ status, headers, text }) => {
          const isJson = options.dataType === undefined || options.dataType === 'json'
          if (status >= 400) {
            // The failure's body comes parsed or not, whatever was asked for: clients differ.
            const data = status === 422 ? parsedIfJson(text) : text
            return options.fail?.({ error: 19, errorMessage: 'http status error', status, headers, data })
          }
          options.success?.({ status, headers, data: isJson ? parsedIfJson(text) : text })
        },
        () => options.fail?.({ error: 12, errorMessage: '网络异常' }),
      )
      return { abort }
    },
    getAuthCode(options: Callbacks) {
      if (circumstances.login === 'stays silent') return
      const isFine = circumstances.login === 'gives a code' && options.scopes === 'auth_base'
      later(() => (isFine ? options.success?.({ authCode: 'my-code' }) : options.fail?.({ error: 20001 })))
    },
    tradePay(options: Callbacks) {
      const says = circumstances.cashier as { resultCode?: unknown; error?: number } | 'throws' | null
      if (says === 'throws') throw new Error('tradePay is not available')
      if (says === null) return
      later(() => (says.error === undefined ? options.success?.(says) : options.fail?.(says)))
    },
    getStorageSync({ key }: { key: string }) {
      guardStore()
      return { data: store.get(key) ?? null }
    },
    setStorageSync({ key, data }: { key: string; data: unknown }) {
      guardStore()
      if (circumstances.isStorageFull) return { success: false, error: 14, errorMessage: 'storage is full' }
      store.set(key, data)
      return { success: true }
    },
    removeStorageSync({ key }: { key: string }) {
      guardStore()
      store.delete(key)
      return { success: true }
    },
    getStorageInfoSync() {
      guardStore()
      return { keys: [...store.keys()], currentSize: 1, limitSize: 10240 }
    },
    navigateTo: plain,
    redirectTo: plain,
    navigateBack: plain,
    switchTab: plain,
    reLaunch: plain,
    showToast: needs('content'),
    setClipboard: needs('text'),
    makePhoneCall: needs('number'),
    setNavigationBar: plain,
    setTabBarItem: plain,
    setTabBarStyle: plain,
    hideTabBar: plain,
    showTabBar: plain,
    setKeepScreenOn: plain,
    setScreenBrightness: needs('brightness'),
    getScreenBrightness: simple(circumstances, { error: 1 }, { success: true, brightness: 0.4 }),
    getSystemInfoSync: () => phone,
    getMenuButtonBoundingClientRect: () => ({ top: 48, left: 312, width: 92, height: 32, right: 404, bottom: 80 }),
    onNetworkStatusChange: (listener: () => void) => networkListeners.add(listener),
    offNetworkStatusChange: (listener: () => void) => networkListeners.delete(listener),
    openLocation(options: Callbacks) {
      if (typeof options.latitude !== 'string' || typeof options.longitude !== 'string') {
        return later(() => options.fail?.({ error: 2, errorMessage: 'coordinates are strings' }))
      }
      plain(options)
    },
    getLocation(options: Callbacks) {
      const place = { latitude: '30.27', longitude: '120.15', accuracy: '550', horizontalAccuracy: '550' }
      later(() => {
        if (circumstances.location === 'granted') {
          options.success?.(options.type === 1 ? { ...place, city: '杭州市', cityAdcode: '330100' } : place)
        } else options.fail?.({ error: circumstances.location === 'refused' ? 2001 : 13 })
      })
    },
    requestSubscribeMessage(options: Callbacks & { entityIds: string[] }) {
      const { messages } = circumstances
      if (messages === 'broken' || options.entityIds.length > 3) return later(() => options.fail?.({ error: 2 }))
      const granted = options.entityIds.filter((id) => messages[id] === 'granted')
      later(() =>
        options.success?.({
          behavior: granted.length > 0 ? 'subscribe' : 'cancel',
          show: true,
          keep: false,
          refuse: false,
          result: {
            subscribedEntityIds: granted,
            unsubscribedEntityIds: options.entityIds.filter((id) => !granted.includes(id)),
            currentSubscribedEntityIds: granted,
          },
        }),
      )
    },
    openSetting(options: Callbacks) {
      const isGranted = circumstances.location === 'granted'
      later(() => options.success?.({ authSetting: { location: isGranted, camera: isGranted } }))
    },
    getUpdateManager: () => updateManager,
    scan(options: Callbacks) {
      later(() => {
        if (circumstances.scan === 'reads') options.success?.({ code: '6901234567892', barCode: '6901234567892' })
        else options.fail?.({ error: circumstances.scan === 'cancelled' ? 10 : 11 })
      })
    },
  })

  return {
    host: 'alipay',
    platform: loadOverTaro('alipay', { my }, () => circumstances.stack),
    circumstances,
    calls,
    plant: (key, text) => store.set(key, text),
    setTheme: () => {
      throw new Error('Alipay tells nobody about its theme')
    },
    setOnline(isConnected) {
      const networkType = isConnected ? 'WIFI' : 'NOTREACHABLE'
      for (const listener of networkListeners) listener({ isConnected, networkType })
    },
    close: () => Reflect.deleteProperty(globalThis, 'my'),
  }
}

function parsedIfJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

export const hostUnderTest: HostUnderTest = {
  host: 'alipay',
  start: startAlipay,
  ownInvocation: alipayInvocation,
  foreignInvocations: [wechatInvocation, tillInvocation],
  cashierRows: [
    { says: { resultCode: '9000' }, means: { outcome: 'accepted' } },
    { says: { resultCode: '8000' }, means: { outcome: 'unknown' } },
    { says: { resultCode: '6004' }, means: { outcome: 'unknown' } },
    { says: { resultCode: '6002' }, means: { outcome: 'unknown' } },
    { says: { resultCode: '6001' }, means: { outcome: 'cancelled' } },
    { says: { resultCode: 6001 }, means: { outcome: 'cancelled' } },
    { says: { resultCode: '4000' }, means: { outcome: 'failed', reason: 'declined' } },
    { says: { resultCode: '99' }, means: { outcome: 'unknown' } },
    { says: { resultCode: '7777' }, means: { outcome: 'unknown' } },
    { says: { resultCode: '' }, means: { outcome: 'unknown' } },
    { says: { resultCode: 'constructor' }, means: { outcome: 'unknown' } },
    { says: {}, means: { outcome: 'unknown' } },
    { says: { resultCode: '4' }, means: { outcome: 'failed', reason: 'configuration' } },
    { says: { error: 4, errorMessage: 'not permitted' }, means: { outcome: 'failed', reason: 'configuration' } },
    { says: { error: 12, errorMessage: 'network' }, means: { outcome: 'unknown' } },
    { says: 'throws', means: { outcome: 'unknown' } },
  ],
  capabilities: ['messages', 'locate', 'openMap', 'scan', 'brighten', 'openSettings', 'update'],
  facts: {
    fontScale: 1.25,
    theme: null,
    language: 'zh-Hans',
    windowWidth: 414,
    windowHeight: 810,
    statusBarHeight: 44,
    safeArea: { top: 44, bottom: 34 },
    menuButton: { top: 48, left: 312, width: 92, height: 32 },
    hostVersion: '10.5.80',
  },
  foundPlace: { kind: 'city', adcode: '330100', point: { latitude: 30.27, longitude: 120.15 } },
  names: {
    to: 'navigateTo',
    replace: 'redirectTo',
    back: 'navigateBack',
    tab: 'switchTab',
    restart: 'reLaunch',
    toast: 'showToast',
    copy: 'setClipboard',
    call: 'makePhoneCall',
  },
}
