import {
  bodyOf,
  type Call,
  callbacks,
  grantAll,
  type HostApi,
  type Options,
  parsed,
  permitted,
  type Surroundings,
  strictApi,
  tabStyleOf,
  travelling,
} from './vendor'

/** `my` as Alipay's documents describe it: HTTP errors fail with 19, every payment succeeds, storage takes objects. */
export function createAlipay(phone: Surroundings, logins: () => string): HostApi {
  const { realm, circumstances, storage, steps, bars, network } = phone
  const { callBack, later } = callbacks(phone)
  const calls: Call[] = []
  const networkListeners = new Set<(state: unknown) => void>()

  const refuseIfBroken = () => {
    if (circumstances.isStorageBroken) throw new Error('storage is not available')
  }
  const step = (go: (options: Options) => string | null) => (options: Options) => {
    const wrong = circumstances.isObedient ? go(options) : 'not now'
    if (wrong === null) later(options, 'success', { success: true })
    else later(options, 'fail', { error: 2, errorMessage: wrong })
  }
  const simple = (needs: readonly string[], act: (options: Options) => void = () => undefined) =>
    step((options) => {
      const missing = needs.find((name) => options[name] === undefined)
      if (missing) return `${missing} is missing`
      act(options)
      return null
    })

  const travel = travelling(phone, later, {
    taken: () => ({ success: true }),
    wrong: (_, errorMessage) => ({ error: 2, errorMessage }),
  })

  const members = {
    openSetting(options: Options) {
      if (circumstances.settings === 'grants') grantAll(circumstances)
      later(options, 'success', {
        authSetting: { location: circumstances.location === 'granted', camera: circumstances.scan !== 'refused' },
      })
    },
    getUpdateManager: () => phone.updates,
    canIUse: () => true,
    request(options: Options) {
      const abort = network.send(
        {
          method: String(options.method ?? 'GET'),
          url: String(options.url),
          headers: { 'content-type': 'application/json', ...(options.headers as Record<string, string>) },
          body: options.data === undefined ? undefined : String(options.data),
        },
        ({ status, headers, text }) =>
          status >= 400
            ? callBack(options, 'fail', {
                error: 19,
                errorMessage: 'http status error',
                status,
                headers,
                // Parsed or not, whatever the app requests: clients differ.
                data: status === 422 ? text : parsed(text),
              })
            : callBack(options, 'success', { status, headers, data: bodyOf(options, text) }),
        () => callBack(options, 'fail', { error: 12, errorMessage: '网络异常' }),
      )
      return { abort }
    },
    getAuthCode(options: Options) {
      if (circumstances.login === 'silent') return
      if (options.scopes !== 'auth_base' || circumstances.login === 'fails')
        return later(options, 'fail', { error: 11, errorMessage: 'no such scope' })
      later(options, 'success', { authCode: logins(), authErrorScopes: {}, authSuccessScopes: ['auth_base'] })
    },
    tradePay(options: Options) {
      if (typeof options.tradeNO !== 'string') phone.problem('tradePay: tradeNO is no text')
      void network.during(circumstances.cashier({ tradeNO: options.tradeNO })).then((result) => {
        const answer = result as { error?: number } | null
        if (answer) callBack(options, answer.error === undefined ? 'success' : 'fail', answer)
      })
    },
    paySignCenter(options: Options) {
      if (typeof options.signStr !== 'string') phone.problem('paySignCenter: signStr is no text')
      void network.during(circumstances.signing()).then((opened) => {
        if (opened) callBack(options, 'success', { resultStatus: '7000', result: '' })
        else callBack(options, 'fail', { error: 2, errorMessage: 'not permitted' })
      })
    },
    startAPVerify(options: Options) {
      for (const name of ['url', 'certifyId'])
        if (typeof options[name] !== 'string') phone.problem(`startAPVerify: ${name} is no text`)
      void network.during(circumstances.verification({ certifyId: options.certifyId })).then((result) => {
        const answer = result as { error?: number } | null
        if (answer) callBack(options, answer.error === undefined ? 'success' : 'fail', answer)
      })
    },
    getStorageSync({ key }: { key: string }) {
      refuseIfBroken()
      return realm.inward({ data: storage.has(key) ? JSON.parse(storage.get(key) ?? '') : null, success: true })
    },
    setStorageSync({ key, data }: { key: string; data: unknown }) {
      refuseIfBroken()
      if (circumstances.isStorageFull)
        return realm.inward({ success: false, error: 14, errorMessage: 'storage is full' })
      storage.set(key, JSON.stringify(data))
      return realm.inward({ success: true })
    },
    removeStorageSync({ key }: { key: string }) {
      refuseIfBroken()
      storage.delete(key)
      return realm.inward({ success: true })
    },
    getStorageInfoSync() {
      refuseIfBroken()
      return realm.inward({ keys: [...storage.keys()], currentSize: 1, limitSize: 10240, success: true })
    },
    navigateTo: travel('navigateTo', ({ url }) => steps.to(String(url))),
    redirectTo: travel('redirectTo', ({ url }) => steps.replace(String(url))),
    navigateBack: travel('navigateBack', ({ delta }) => steps.back(Number(delta ?? 1))),
    switchTab: travel('switchTab', ({ url }) => steps.tab(String(url))),
    reLaunch: travel('reLaunch', ({ url }) => steps.restart(String(url))),
    showToast: simple(['content'], ({ content }) => void phone.toasts.push(String(content))),
    setClipboard: simple(['text']),
    makePhoneCall: simple(['number']),
    setNavigationBar: simple([], ({ title, frontColor, backgroundColor }) =>
      bars.dress({
        ...(title !== undefined && { title: String(title) }),
        ...(frontColor !== undefined && { front: String(frontColor) }),
        ...(backgroundColor !== undefined && { ground: String(backgroundColor) }),
      }),
    ),
    setTabBarItem: step(({ index, text }) =>
      index === undefined ? 'index is missing' : bars.setTab(Number(index), String(text)),
    ),
    setTabBarStyle: step((options) => bars.setTabStyle(tabStyleOf(options))),
    hideTabBar: step(() => bars.showTabs(false)),
    showTabBar: step(() => bars.showTabs(true)),
    downloadFile: (options: Options) =>
      circumstances.file === 'not permitted' || circumstances.file === 'not found'
        ? later(options, 'fail', { error: 12, errorMessage: '下载失败' })
        : later(options, 'success', { apFilePath: 'https://resource/1.pdf' }),
    openDocument: (options: Options) =>
      circumstances.file === 'opens'
        ? later(options, 'success', { success: true })
        : later(options, 'fail', { error: 2, errorMessage: '格式错误' }),
    openLocation: simple([], ({ latitude, longitude }) => {
      if (typeof latitude !== 'string' || typeof longitude !== 'string')
        phone.problem('openLocation: coordinates are texts')
    }),
    setKeepScreenOn: simple(['keepScreenOn']),
    setScreenBrightness: simple(['brightness']),
    getScreenBrightness: (options: Options) => later(options, 'success', { brightness: 0.4, success: true }),
    getSystemInfoSync: () => realm.inward({ ...facts, fontSizeSetting: 16 * circumstances.fontScale }),
    getMenuButtonBoundingClientRect: () =>
      realm.inward({ top: 48, left: 281, width: 87, height: 32, right: 368, bottom: 80 }),
    getLaunchOptionsSync: () => realm.inward({ path: 'pages/home/index', query: {}, scene: '1000' }),
    getEnterOptionsSync: () => realm.inward({ path: 'pages/home/index', query: {}, scene: '1000' }),
    onPageNotFound: (listener: () => void) => phone.onPageNotFound(listener),
    onNetworkStatusChange: (listener: () => void) => void networkListeners.add(listener),
    offNetworkStatusChange: (listener: () => void) => void networkListeners.delete(listener),
    getLocation(options: Options) {
      if (circumstances.location === 'silent') return
      if (circumstances.location === 'refused') return later(options, 'fail', { error: 2001, errorMessage: '用户拒绝' })
      if (circumstances.location === 'broken') return later(options, 'fail', { error: 13, errorMessage: '定位失败' })
      const place = { latitude: '30.27', longitude: '120.15', accuracy: '550', horizontalAccuracy: '550' }
      later(options, 'success', options.type === 1 ? { ...place, city: '杭州市', cityAdcode: '330100' } : place)
    },
    requestSubscribeMessage(options: Options) {
      const ids = options.entityIds as string[]
      if (ids.length > 3 || circumstances.messages === 'broken')
        return later(options, 'fail', { error: 2, errorMessage: 'too many' })
      const granted = ids.filter((id) => permitted(circumstances, id))
      later(options, 'success', {
        behavior: granted.length > 0 ? 'subscribe' : 'cancel',
        show: true,
        keep: false,
        refuse: false,
        result: {
          subscribedEntityIds: granted,
          unsubscribedEntityIds: ids.filter((id) => !granted.includes(id)),
          currentSubscribedEntityIds: granted,
        },
      })
    },
    scan(options: Options) {
      const { scan } = circumstances
      if (scan === 'silent') return
      if (scan === 'cancelled') later(options, 'fail', { error: 10, errorMessage: '用户取消' })
      else if (scan === 'refused' || scan === 'broken') later(options, 'fail', { error: 11, errorMessage: '没有权限' })
      else
        later(options, 'success', {
          ...(scan.reads !== null && { code: scan.reads, barCode: scan.reads }),
          success: true,
        })
    },
  }

  return {
    api: strictApi('my', members, phone, calls),
    calls,
    listeners: () => networkListeners.size,
    setOnline(isConnected) {
      const state = realm.inward({
        isConnected,
        isAvailable: isConnected,
        networkType: isConnected ? 'WIFI' : 'NOTREACHABLE',
      })
      for (const listener of networkListeners) phone.run(() => listener(state))
    },
  }
}

const facts = {
  app: 'alipay',
  language: 'zh-Hans',
  version: '10.3.80',
  platform: 'iOS',
  windowWidth: 375,
  windowHeight: 812,
  screenWidth: 375,
  screenHeight: 812,
  statusBarHeight: 44,
  pixelRatio: 3,
  safeArea: { top: 44, bottom: 778, left: 0, right: 375, width: 375, height: 734 },
}
