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

/** WeChat as its documents describe it: one object of options, `errMsg` in every answer. */

interface RequestOptions {
  url: string
  method?: string
  header?: Record<string, string>
  data?: string
  dataType?: string
  timeout?: number
  success?(said: unknown): void
  fail?(said: unknown): void
}

type Callbacks = Record<string, unknown> & { success?(said: unknown): void; fail?(said: unknown): void }
type PrivacyListener = (reply: (answer: { event: string; buttonId?: string }) => void) => void

const phone = {
  fontSizeSetting: 20,
  fontSizeScaleFactor: 1.2,
  theme: 'dark',
  language: 'zh_CN',
  version: '8.0.50',
  SDKVersion: '3.5.0',
}
const screen = {
  windowWidth: 375,
  windowHeight: 812,
  screenWidth: 375,
  screenHeight: 812,
  statusBarHeight: 44,
  safeArea: { top: 44, bottom: 778, left: 0, right: 375, width: 375, height: 734 },
}

function startWechat(): Bench {
  const circumstances: Circumstances = { ...usualCircumstances }
  const calls: Call[] = []
  const store = new Map<string, unknown>()
  const themeListeners = new Set<(said: { theme: string }) => void>()
  const networkListeners = new Set<(said: { isConnected: boolean; networkType: string }) => void>()
  let privacyListener: PrivacyListener | null = null
  let hasAgreed = false

  const guardStore = () => {
    if (circumstances.isStorageBroken) throw new Error('getStorageSync:fail')
  }
  const plain = (name: string) => simple(circumstances, { errMsg: `${name}:fail page limit` }, { errMsg: `${name}:ok` })

  /** Calls that touch personal data wait for the privacy policy; without a listener WeChat shows its own sheet. */
  const afterPrivacy = (options: Callbacks, name: string, go: () => void) => {
    if (hasAgreed || !privacyListener) return later(go)
    privacyListener((answer) => {
      const isAgreed = answer.event === 'agree' && answer.buttonId === 'agree-to-privacy'
      hasAgreed = isAgreed
      if (isAgreed) return go()
      options.fail?.({ errMsg: `${name}:fail privacy permission is not authorized`, errno: 104 })
    })
  }

  const wx = strictApi('wx', calls, {
    request(options: RequestOptions) {
      const abort = sendOverWire(
        {
          method: options.method ?? 'GET',
          url: options.url,
          headers: { 'content-type': 'application/json', ...options.header },
          body: options.data,
        },
        ({ status, headers, text }) =>
          options.success?.({
            statusCode: status,
            header: headers,
            data: options.dataType === undefined || options.dataType === 'json' ? parsedIfJson(text) : text,
            cookies: [],
            errMsg: 'request:ok',
          }),
        (reason) => options.fail?.({ errMsg: `request:fail ${reason}`, errno: 600001 }),
      )
      return { abort }
    },
    login(options: Callbacks) {
      if (circumstances.login === 'stays silent') return
      const isFine = circumstances.login === 'gives a code'
      later(() =>
        isFine ? options.success?.({ code: 'wx-code', errMsg: 'login:ok' }) : options.fail?.({ errMsg: 'login:fail' }),
      )
    },
    requestPayment(options: Callbacks) {
      const says = circumstances.cashier as { errMsg: string; errno?: number } | 'throws' | null
      if (says === 'throws') throw new Error('requestPayment is not available')
      if (says === null) return
      later(() => (says.errMsg === 'requestPayment:ok' ? options.success?.(says) : options.fail?.(says)))
    },
    getStorageSync(key: string) {
      guardStore()
      return store.get(key) ?? ''
    },
    setStorageSync(key: string, data: unknown) {
      guardStore()
      if (circumstances.isStorageFull) throw new Error('setStorageSync:fail exceed storage max size')
      store.set(key, data)
    },
    removeStorageSync(key: string) {
      guardStore()
      store.delete(key)
    },
    getStorageInfoSync() {
      guardStore()
      return { keys: [...store.keys()], currentSize: 1, limitSize: 10240 }
    },
    navigateTo: plain('navigateTo'),
    redirectTo: plain('redirectTo'),
    navigateBack: plain('navigateBack'),
    switchTab: plain('switchTab'),
    reLaunch: plain('reLaunch'),
    showToast: plain('showToast'),
    setClipboardData: plain('setClipboardData'),
    makePhoneCall: plain('makePhoneCall'),
    setNavigationBarTitle: plain('setNavigationBarTitle'),
    setNavigationBarColor: plain('setNavigationBarColor'),
    setTabBarItem: plain('setTabBarItem'),
    setTabBarStyle: plain('setTabBarStyle'),
    hideTabBar: plain('hideTabBar'),
    showTabBar: plain('showTabBar'),
    openPrivacyContract: plain('openPrivacyContract'),
    openLocation: plain('openLocation'),
    setKeepScreenOn: plain('setKeepScreenOn'),
    setScreenBrightness: plain('setScreenBrightness'),
    getScreenBrightness: simple(circumstances, { errMsg: 'fail' }, { value: 0.4, errMsg: 'getScreenBrightness:ok' }),
    getAppBaseInfo: () => phone,
    getWindowInfo: () => screen,
    getMenuButtonBoundingClientRect: () => ({ top: 48, left: 281, width: 87, height: 32, right: 368, bottom: 80 }),
    onThemeChange: (listener: (said: { theme: string }) => void) => themeListeners.add(listener),
    offThemeChange: (listener: (said: { theme: string }) => void) => themeListeners.delete(listener),
    onNetworkStatusChange: (listener: () => void) => networkListeners.add(listener),
    offNetworkStatusChange: (listener: () => void) => networkListeners.delete(listener),
    onNeedPrivacyAuthorization(listener: PrivacyListener) {
      privacyListener = listener
    },
    getFuzzyLocation(options: Callbacks) {
      afterPrivacy(options, 'getFuzzyLocation', () => {
        if (circumstances.location === 'granted')
          options.success?.({ latitude: 30.27, longitude: 120.15, errMsg: 'ok' })
        else if (circumstances.location === 'refused') options.fail?.({ errMsg: 'getFuzzyLocation:fail auth deny' })
        else options.fail?.({ errMsg: 'getFuzzyLocation:fail system location switch off' })
      })
    },
    requestSubscribeMessage(options: Callbacks & { tmplIds: string[] }) {
      const { messages } = circumstances
      if (messages === 'broken' || options.tmplIds.length > 3) {
        return later(() => options.fail?.({ errMsg: 'requestSubscribeMessage:fail', errCode: 10001 }))
      }
      const words = options.tmplIds.map((id) => [id, messages[id] === 'granted' ? 'accept' : 'reject'])
      later(() => options.success?.({ ...Object.fromEntries(words), errMsg: 'requestSubscribeMessage:ok' }))
    },
    scanCode(options: Callbacks) {
      later(() => {
        if (circumstances.scan === 'reads') options.success?.({ result: '6901234567892', scanType: 'EAN_13' })
        else {
          const why = { cancelled: ' cancel', denied: ' auth deny', broken: '' }[circumstances.scan]
          options.fail?.({ errMsg: `scanCode:fail${why}` })
        }
      })
    },
    openSetting(options: Callbacks) {
      const isGranted = circumstances.location === 'granted'
      later(() =>
        options.success?.({
          authSetting: {
            'scope.userFuzzyLocation': isGranted,
            'scope.camera': isGranted,
            'scope.addPhoneCalendar': isGranted,
          },
          subscriptionsSetting: { mainSwitch: isGranted },
        }),
      )
    },
    getUpdateManager: () => updateManager,
    addPhoneCalendar(options: Callbacks) {
      afterPrivacy(options, 'addPhoneCalendar', () => {
        if (circumstances.calendar === 'granted') options.success?.({ errMsg: 'addPhoneCalendar:ok' })
        else options.fail?.({ errMsg: 'addPhoneCalendar:fail auth deny' })
      })
    },
  })

  return {
    host: 'wechat',
    platform: loadOverTaro('weapp', { wx }, () => circumstances.stack),
    circumstances,
    calls,
    plant: (key, text) => store.set(key, text),
    setTheme(theme) {
      for (const listener of themeListeners) listener({ theme })
    },
    setOnline(isConnected) {
      for (const listener of networkListeners) listener({ isConnected, networkType: isConnected ? 'wifi' : 'none' })
    },
    close: () => Reflect.deleteProperty(globalThis, 'wx'),
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
  host: 'wechat',
  start: startWechat,
  ownInvocation: wechatInvocation,
  foreignInvocations: [alipayInvocation, tillInvocation],
  cashierRows: [
    { says: { errMsg: 'requestPayment:ok' }, means: { outcome: 'accepted' } },
    { says: { errMsg: 'requestPayment:fail cancel' }, means: { outcome: 'cancelled' } },
    {
      says: { errMsg: 'requestPayment:fail no permission', errno: 102 },
      means: { outcome: 'failed', reason: 'configuration' },
    },
    { says: { errMsg: 'requestPayment:fail (the system is busy)' }, means: { outcome: 'unknown' } },
    { says: { errMsg: 'requestPayment:fail:cancel' }, means: { outcome: 'unknown' } },
    { says: { errMsg: 'requestPayment:fail', errno: 1001 }, means: { outcome: 'unknown' } },
    { says: { errMsg: 'toString' }, means: { outcome: 'unknown' } },
    { says: {}, means: { outcome: 'unknown' } },
    { says: 'throws', means: { outcome: 'unknown' } },
  ],
  capabilities: [
    'messages',
    'locate',
    'openMap',
    'scan',
    'addToCalendar',
    'brighten',
    'onThemeChange',
    'openSettings',
    'update',
  ],
  facts: {
    fontScale: 1.2,
    theme: 'dark',
    language: 'zh_CN',
    windowWidth: 375,
    windowHeight: 812,
    statusBarHeight: 44,
    safeArea: { top: 44, bottom: 34 },
    menuButton: { top: 48, left: 281, width: 87, height: 32 },
    hostVersion: '8.0.50',
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
