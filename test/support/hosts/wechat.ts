import {
  bodyOf,
  type Call,
  callbacks,
  grantAll,
  type HostApi,
  type Options,
  permitted,
  type Surroundings,
  strictApi,
  tabStyleOf,
  travelling,
} from './vendor'

/** `wx` as WeChat's documents describe it: one object of options, `errMsg` in every answer. */
export function createWechat(phone: Surroundings, logins: () => string): HostApi {
  const { realm, circumstances, storage, steps, bars, network } = phone
  const { callBack, later } = callbacks(phone)
  const calls: Call[] = []
  const themeListeners = new Set<(state: unknown) => void>()
  const networkListeners = new Set<(state: unknown) => void>()
  type Privacy = (reply: (answer: { event: string; buttonId?: string }) => void) => void
  let privacy: Privacy | null = null
  let hasAgreed = storage.has('wx:privacy')

  const refuseIfBroken = () => {
    if (circumstances.isStorageBroken) throw new Error('storage:fail')
  }
  const step = (name: string, go: (options: Options) => string | null) => (options: Options) => {
    const wrong = circumstances.isObedient ? go(options) : 'not now'
    if (wrong === null) later(options, 'success', { errMsg: `${name}:ok` })
    else later(options, 'fail', { errMsg: `${name}:fail ${wrong}` })
  }
  const simple = (name: string, act: (options: Options) => void = () => undefined) =>
    step(name, (options) => {
      act(options)
      return null
    })

  /** Calls that touch personal data wait for the answer to the app's own privacy sheet. */
  const afterPrivacy = (options: Options, name: string, go: () => void) => {
    if (hasAgreed || !privacy) return go()
    phone.clock.set(() => {
      privacy?.((answer) => {
        hasAgreed = answer.event === 'agree' && answer.buttonId === 'agree-to-privacy'
        if (!hasAgreed)
          return callBack(options, 'fail', { errMsg: `${name}:fail privacy permission is not authorized`, errno: 104 })
        storage.set('wx:privacy', 'agree')
        go()
      })
    }, 0)
  }

  const travel = travelling(phone, later, {
    taken: (name) => ({ errMsg: `${name}:ok` }),
    wrong: (name, why) => ({ errMsg: `${name}:fail ${why}` }),
  })

  const members = {
    request(options: Options) {
      const abort = network.send(
        {
          method: String(options.method ?? 'GET'),
          url: String(options.url),
          headers: { 'content-type': 'application/json', ...(options.header as Record<string, string>) },
          body: options.data === undefined ? undefined : String(options.data),
        },
        ({ status, headers, text }) =>
          callBack(options, 'success', {
            statusCode: status,
            header: headers,
            data: bodyOf(options, text),
            cookies: [],
            errMsg: 'request:ok',
          }),
        (reason) => callBack(options, 'fail', { errMsg: `request:fail ${reason}`, errno: 600001 }),
      )
      return { abort }
    },
    login(options: Options) {
      if (circumstances.login === 'gives a code') later(options, 'success', { code: logins(), errMsg: 'login:ok' })
      else if (circumstances.login === 'fails') later(options, 'fail', { errMsg: 'login:fail' })
    },
    requestPayment(options: Options) {
      for (const name of ['timeStamp', 'nonceStr', 'package', 'signType', 'paySign'])
        if (typeof options[name] !== 'string') phone.problem(`requestPayment: ${name} is no text`)
      void network.during(circumstances.cashier(plain(options))).then((result) => {
        const answer = result as { errMsg: string } | null
        if (answer) callBack(options, answer.errMsg === 'requestPayment:ok' ? 'success' : 'fail', answer)
      })
    },
    navigateToMiniProgram(options: Options) {
      const { appId, extraData } = options as { appId?: unknown; extraData?: { contract_code?: unknown } }
      if (typeof appId !== 'string' || typeof extraData?.contract_code !== 'string')
        phone.problem('navigateToMiniProgram: no agreement to sign')
      void network.during(circumstances.signing()).then((opened) => {
        if (opened) callBack(options, 'success', { errMsg: 'navigateToMiniProgram:ok' })
        else callBack(options, 'fail', { errMsg: 'navigateToMiniProgram:fail cancel' })
      })
    },
    requestFacialVerify(options: Options) {
      if (typeof options.verifyId !== 'string') phone.problem('requestFacialVerify: verifyId is no text')
      void network.during(circumstances.verification(plain(options))).then((result) => {
        const answer = result as { errMsg: string } | null
        if (answer) callBack(options, answer.errMsg === 'requestFacialVerify:ok' ? 'success' : 'fail', answer)
      })
    },
    getStorageSync(key: string) {
      refuseIfBroken()
      return storage.has(key) ? realm.inward(JSON.parse(storage.get(key) ?? '')) : ''
    },
    setStorageSync(key: string, value: unknown) {
      refuseIfBroken()
      if (circumstances.isStorageFull) throw new Error('setStorageSync:fail exceed storage max size')
      storage.set(key, JSON.stringify(value))
    },
    removeStorageSync(key: string) {
      refuseIfBroken()
      storage.delete(key)
    },
    getStorageInfoSync() {
      refuseIfBroken()
      return realm.inward({ keys: ownKeys(storage), currentSize: 1, limitSize: 10240 })
    },
    navigateTo: travel('navigateTo', ({ url }) => steps.to(String(url))),
    redirectTo: travel('redirectTo', ({ url }) => steps.replace(String(url))),
    navigateBack: travel('navigateBack', ({ delta }) => steps.back(Number(delta ?? 1))),
    switchTab: travel('switchTab', ({ url }) => steps.tab(String(url))),
    reLaunch: travel('reLaunch', ({ url }) => steps.restart(String(url))),
    showToast: simple('showToast', ({ title }) => void phone.toasts.push(String(title))),
    setClipboardData: simple('setClipboardData'),
    makePhoneCall: simple('makePhoneCall'),
    setNavigationBarTitle: simple('setNavigationBarTitle', ({ title }) => bars.dress({ title: String(title) })),
    setNavigationBarColor: simple('setNavigationBarColor', ({ frontColor, backgroundColor }) =>
      bars.dress({ front: String(frontColor), ground: String(backgroundColor) }),
    ),
    setTabBarItem: step('setTabBarItem', ({ index, text }) => bars.setTab(Number(index), String(text))),
    setTabBarStyle: step('setTabBarStyle', (options) => bars.setTabStyle(tabStyleOf(options))),
    hideTabBar: step('hideTabBar', () => bars.showTabs(false)),
    showTabBar: step('showTabBar', () => bars.showTabs(true)),
    openPrivacyContract: simple('openPrivacyContract'),
    openLocation: simple('openLocation'),
    downloadFile(options: Options) {
      if (circumstances.file === 'not permitted')
        return later(options, 'fail', { errMsg: 'downloadFile:fail url not in domain list' })
      const statusCode = circumstances.file === 'not found' ? 404 : 200
      later(options, 'success', { statusCode, tempFilePath: 'wxfile://tmp_1.pdf', errMsg: 'downloadFile:ok' })
    },
    openDocument: (options: Options) =>
      circumstances.file === 'opens'
        ? later(options, 'success', { errMsg: 'openDocument:ok' })
        : later(options, 'fail', { errMsg: 'openDocument:fail file format not supported' }),
    setKeepScreenOn: simple('setKeepScreenOn'),
    setScreenBrightness: simple('setScreenBrightness'),
    getScreenBrightness: (options: Options) =>
      later(options, 'success', { value: 0.4, errMsg: 'getScreenBrightness:ok' }),
    getAppBaseInfo: () =>
      realm.inward({
        fontSizeSetting: 17 * circumstances.fontScale,
        fontSizeScaleFactor: circumstances.fontScale,
        theme: circumstances.theme,
        language: 'zh_CN',
        version: '8.0.50',
        SDKVersion: '2.32.3',
      }),
    getWindowInfo: () => realm.inward(window),
    getMenuButtonBoundingClientRect: () =>
      realm.inward({ top: 48, left: 281, width: 87, height: 32, right: 368, bottom: 80 }),
    getLaunchOptionsSync: () => realm.inward({ path: 'pages/home/index', query: {}, scene: 1001 }),
    getEnterOptionsSync: () => realm.inward({ path: 'pages/home/index', query: {}, scene: 1001 }),
    onThemeChange: (listener: () => void) => void themeListeners.add(listener),
    offThemeChange: (listener: () => void) => void themeListeners.delete(listener),
    onPageNotFound: (listener: () => void) => phone.onPageNotFound(listener),
    onNetworkStatusChange: (listener: () => void) => void networkListeners.add(listener),
    offNetworkStatusChange: (listener: () => void) => void networkListeners.delete(listener),
    onNeedPrivacyAuthorization(listener: Privacy) {
      privacy = listener
    },
    getFuzzyLocation(options: Options) {
      afterPrivacy(options, 'getFuzzyLocation', () => {
        if (circumstances.location === 'silent') return
        if (circumstances.location === 'granted')
          later(options, 'success', { latitude: 30.27, longitude: 120.15, errMsg: 'getFuzzyLocation:ok' })
        else if (circumstances.location === 'refused')
          later(options, 'fail', { errMsg: 'getFuzzyLocation:fail auth deny' })
        else later(options, 'fail', { errMsg: 'getFuzzyLocation:fail system location switch off' })
      })
    },
    requestSubscribeMessage(options: Options) {
      const ids = options.tmplIds as string[]
      if (ids.length > 3 || circumstances.messages === 'broken')
        return later(options, 'fail', { errMsg: 'requestSubscribeMessage:fail', errCode: 20003 })
      const answers = Object.fromEntries(ids.map((id) => [id, permitted(circumstances, id) ? 'accept' : 'reject']))
      later(options, 'success', { ...answers, errMsg: 'requestSubscribeMessage:ok' })
    },
    scanCode(options: Options) {
      const { scan } = circumstances
      if (scan === 'silent') return
      if (scan === 'cancelled') later(options, 'fail', { errMsg: 'scanCode:fail cancel' })
      else if (scan === 'refused') later(options, 'fail', { errMsg: 'scanCode:fail auth deny' })
      else if (scan === 'broken') later(options, 'fail', { errMsg: 'scanCode:fail' })
      else
        later(options, 'success', {
          ...(scan.reads !== null && { result: scan.reads }),
          scanType: 'CODE_128',
          errMsg: 'scanCode:ok',
        })
    },
    addPhoneCalendar(options: Options) {
      afterPrivacy(options, 'addPhoneCalendar', () => {
        if (circumstances.calendar === 'granted') later(options, 'success', { errMsg: 'addPhoneCalendar:ok' })
        else later(options, 'fail', { errMsg: 'addPhoneCalendar:fail auth deny' })
      })
    },
    openSetting(options: Options) {
      if (circumstances.settings === 'grants') grantAll(circumstances)
      const isGranted = (name: 'location' | 'messages' | 'calendar') => circumstances[name] === 'granted'
      later(options, 'success', {
        authSetting: {
          'scope.userFuzzyLocation': isGranted('location'),
          'scope.addPhoneCalendar': isGranted('calendar'),
          'scope.camera': circumstances.scan !== 'refused',
        },
        ...(options.withSubscriptions === true && { subscriptionsSetting: { mainSwitch: isGranted('messages') } }),
        errMsg: 'openSetting:ok',
      })
    },
    getUpdateManager: () => phone.updates,
    canIUse: () => true,
  }

  return {
    api: strictApi('wx', members, phone, calls),
    calls,
    listeners: () => networkListeners.size,
    setOnline(isConnected) {
      const state = realm.inward({ isConnected, networkType: isConnected ? 'wifi' : 'none' })
      for (const listener of networkListeners) phone.run(() => listener(state))
    },
    setTheme(theme) {
      for (const listener of themeListeners) phone.run(() => listener(realm.inward({ theme })))
    },
  }
}

const window = {
  windowWidth: 375,
  windowHeight: 812,
  screenWidth: 375,
  screenHeight: 812,
  statusBarHeight: 44,
  pixelRatio: 3,
  safeArea: { top: 44, bottom: 778, left: 0, right: 375, width: 375, height: 734 },
}

const plain = (options: Options): Record<string, unknown> => JSON.parse(JSON.stringify(options))

const ownKeys = (storage: ReadonlyMap<string, string>) => [...storage.keys()].filter((key) => key !== 'wx:privacy')
