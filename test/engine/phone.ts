import { createAlipay } from './alipay'
import type { Bundle, HostName } from './bundle'
import { Clock } from './clock'
import { type Call, type Circumstances, type HostApi, type Steps, usualCircumstances } from './host'
import { type Asked, Network } from './network'
import { createRealm, type Realm } from './realm'
import { hidingClasses, Screen, type Seen, type Words } from './screen'
import { componentsUsed, fire, keepTyped, type PageView, View, type ViewEvent } from './view'
import { createWechat } from './wechat'

export interface PhoneOptions {
  readonly bundle: Bundle
  /** `http://127.0.0.1:<port>`, of the sandbox. */
  readonly sandbox: string
  readonly citizen?: string
  /** The phone's clock at the start. */
  readonly startAt: string
}

/** One thing that the citizen did, and what came of it. */
export interface Step {
  readonly did: string
  readonly page: string
  readonly title: string
  readonly says: readonly string[]
  readonly asked: readonly Asked[]
  readonly toasts: readonly string[]
}

/** One crossing of data from the app to a page. */
export interface Crossing {
  readonly page: string
  readonly bytes: number
  readonly isHidden: boolean
  /** Paths of what crossed. */
  readonly keys: readonly string[]
}

type Handler = (this: unknown, ...parts: unknown[]) => unknown
type Config = Record<string, unknown>

interface Page {
  readonly route: string
  readonly instance: Config & { route: string }
  view: PageView
}

/** How far the phone's clock goes on by itself after an act, for what the app puts off a moment. */
const momentMs = 600

/** A phone with the compiled mini-program on it, and a citizen who taps. Everything after an act has come to rest when it ends. */
export class Phone {
  readonly host: HostName
  readonly circumstances: Circumstances
  /** What must never happen: unknown members, missing templates, uncaught errors. Empty in a good run. */
  readonly problems: string[] = []
  readonly trace: Step[] = []
  readonly crossings: Crossing[] = []
  readonly storage = new Map<string, string>()
  readonly #options: PhoneOptions
  readonly #hiding: ReadonlySet<string>
  #now: number
  #logins = 0
  #life: Life | null = null
  #asked: Asked[] = []

  constructor(options: PhoneOptions) {
    this.#options = options
    this.host = options.bundle.host
    this.circumstances = { ...usualCircumstances, citizen: options.citizen ?? 'citizen' }
    this.#hiding = hidingClasses(options.bundle)
    this.#now = Date.parse(options.startAt)
  }

  /** Opens the mini-program, as the first time or again; `url` as a link into it. */
  async launch(url?: string): Promise<void> {
    this.kill()
    this.#life = new Life(this, this.#options, this.#now, () => this.#login(), this.crossings, this.problems)
    this.#life.start(url ?? `/${this.#options.bundle.pages[0]}`)
    await this.#rest(url ? `launch ${url}` : 'launch')
  }

  /** The system ends the app: nothing of it is left but what it stored. */
  kill(): void {
    if (!this.#life) return
    this.#asked.push(...this.#life.network.asked.splice(0))
    this.#now = this.#life.clock.now
    this.#life.end()
    this.#life = null
  }

  async tap(words: Words, role?: string): Promise<void> {
    const seen = this.#one(words, role)
    const before = this.#here.view.heard
    fire(deepest(seen.element), 'tap', { x: 1, y: 1 }, true)
    if (this.#here.view.heard === before) throw this.#miss(`nothing hears a tap on ${seen.role} "${seen.name}"`)
    await this.#rest(`tap ${seen.role} "${seen.name}"`)
  }

  /** Types into a text field, called by its label or placeholder. */
  async type(words: Words, text: string): Promise<void> {
    const { element, name } = this.#one(words, 'textbox')
    fire(element, 'focus', { value: '', height: 300 }, false)
    for (let end = 1; end <= text.length; end += 1) {
      keepTyped(element, text.slice(0, end))
      fire(element, 'input', { value: text.slice(0, end), cursor: end, keyCode: 0 }, false)
    }
    if (text === '') {
      keepTyped(element, '')
      fire(element, 'input', { value: '', cursor: 0, keyCode: 8 }, false)
    }
    fire(element, 'blur', { value: text, cursor: text.length }, false)
    await this.#rest(`type "${text}" into "${name}"`)
  }

  /** The keyboard's own button. */
  async confirm(words: Words): Promise<void> {
    const { element, name } = this.#one(words, 'textbox')
    fire(element, 'confirm', { value: element.getAttribute('value') ?? '' }, false)
    await this.#rest(`confirm "${name}"`)
  }

  /** To the end of the page and of what scrolls in it. */
  async scroll(scrollTop = 100_000): Promise<void> {
    for (const element of this.screen.scrolls()) {
      fire(element, 'scroll', { scrollTop, scrollLeft: 0, scrollHeight: scrollTop + 812, deltaY: -scrollTop }, false)
      fire(element, this.host === 'wechat' ? 'scrolltolower' : 'scrollToLower', { direction: 'bottom' }, false)
    }
    this.#here.call(this.#here.top, 'onReachBottom')
    await this.#rest('scroll to the end')
  }

  async pullDown(): Promise<void> {
    this.#here.call(this.#here.top, 'onPullDownRefresh')
    await this.#rest('pull down')
  }

  /** The host's own way back. */
  async back(): Promise<void> {
    const wrong = this.#here.steps.back(1)
    if (wrong) throw this.#miss(wrong)
    await this.#rest('back')
  }

  async tapTab(index: number): Promise<void> {
    const tab = this.#options.bundle.tabs[index]
    if (!tab) throw this.#miss(`no tab ${index}`)
    this.#here.tapTab(tab.page, index)
    await this.#rest(`tap tab ${index}`)
  }

  async background(): Promise<void> {
    this.#here.background()
    await this.#rest('background')
  }

  async foreground(): Promise<void> {
    this.#here.foreground()
    await this.#rest('foreground')
  }

  /** Time goes by on the phone; the test lets it pass in the city. */
  async pass(seconds: number): Promise<void> {
    await this.#here.pass(seconds * 1000)
    await this.#rest(`${seconds} s pass`)
  }

  async setOnline(isOnline: boolean): Promise<void> {
    this.#here.network.isCut = !isOnline
    this.#here.hostApi.setOnline(isOnline)
    await this.#rest(isOnline ? 'the network is back' : 'the network is gone')
  }

  get screen(): Screen {
    return new Screen(this.#here.top.view.root, this.host, this.#hiding)
  }
  get page(): string {
    return this.#here.top.route
  }
  get stack(): readonly string[] {
    return this.#here.routes()
  }
  get title(): string {
    return this.#here.bars.title
  }
  get tabTexts(): readonly string[] {
    return this.#here.bars.tabs
  }
  get calls(): readonly Call[] {
    return this.#here.hostApi.calls
  }
  get realm(): Realm {
    return this.#here.realm
  }
  get root(): Element {
    return this.#here.top.view.root
  }

  sees(...all: Words[]): void {
    for (const words of all) if (!this.screen.says(words)) throw this.#miss(`the screen does not say ${String(words)}`)
  }

  seesNot(words: Words): void {
    if (this.screen.says(words)) throw this.#miss(`the screen says ${String(words)}`)
  }

  #login(): string {
    this.#logins += 1
    const code = `${this.circumstances.citizen}-${this.#logins}x${Date.now()}`
    return this.host === 'wechat' ? `wx-${code}` : `ali-${code}`
  }

  get #here(): Life {
    if (!this.#life) throw new Error('the app is not running')
    return this.#life
  }

  #one(words: Words, role?: string): Seen {
    const [seen] = this.screen.find(words, role)
    if (!seen) throw this.#miss(`there is no ${role ?? 'button'} ${String(words)}`)
    return seen
  }

  #miss(text: string): Error {
    const asked = this.trace.flatMap((step) => step.asked).slice(-6)
    return new Error(
      [
        `${this.host}: ${text}`,
        `on ${this.page}:`,
        ...this.screen.lines().map((line) => `  ${line}`),
        'asked:',
        ...asked.map(({ method, path, status }) => `  ${method} ${path} ${status}`),
        ...this.problems,
      ].join('\n'),
    )
  }

  async #rest(did: string): Promise<void> {
    await this.#here.rest()
    this.trace.push({
      did,
      page: this.page,
      title: this.title,
      says: this.screen.lines(),
      asked: [...this.#asked.splice(0), ...this.#here.network.asked.splice(0)],
      toasts: this.#here.toasts.splice(0),
    })
  }
}

/** One run of the app, from launch to its end. */
class Life {
  readonly clock: Clock
  readonly network: Network
  readonly realm: Realm
  readonly view: View
  readonly hostApi: HostApi
  readonly toasts: string[] = []
  readonly bars: { title: string; tabs: string[] }
  readonly steps: Steps
  readonly #bundle: Bundle
  readonly #problems: string[]
  readonly #crossings: Crossing[]
  readonly #configs = new Map<string, Config>()
  readonly #tabs = new Map<string, Page>()
  #stack: Page[] = []
  #app: Config = {}
  #loading = ''
  #isOver = false
  #isShown = true

  constructor(
    phone: Phone,
    options: PhoneOptions,
    now: number,
    logins: () => string,
    crossings: Crossing[],
    problems: string[],
  ) {
    this.#bundle = options.bundle
    this.#problems = problems
    this.#crossings = crossings
    const problem = (text: string) => this.#problem(text)
    this.clock = new Clock(now, (work) => this.run(work))
    this.network = new Network(options.sandbox, problem)
    this.realm = createRealm(options.bundle, this.clock, (level, said) => {
      if (level === 'error') problem(`console.error: ${said.map(textOf).join(' ')}`)
    })
    this.view = new View(
      options.bundle,
      (file, owner, handler, event) => this.#handle(file, owner, handler, event),
      problem,
    )
    this.bars = { title: '', tabs: options.bundle.tabs.map(({ text }) => text) }
    this.steps = this.#createSteps()
    const surroundings = {
      realm: this.realm,
      clock: this.clock,
      network: this.network,
      circumstances: phone.circumstances,
      storage: phone.storage,
      steps: this.steps,
      bars: this.bars,
      toasts: this.toasts,
      run: (work: () => void) => this.run(work),
      problem,
    }
    const isWechat = options.bundle.host === 'wechat'
    this.hostApi = isWechat ? createWechat(surroundings, logins) : createAlipay(surroundings, logins)
    this.realm.put(isWechat ? 'wx' : 'my', this.hostApi.api)
    // Alipay's logic layer is a service worker; Taro reads its name at start.
    if (!isWechat) this.realm.put('navigator', this.realm.inward({ swuserAgent: 'AlipayClient/10.3.80' }))
    this.realm.put('App', (config: Config) => {
      this.#app = config
    })
    this.realm.put('Page', (config: Config) => void this.#configs.set(this.#loading, config))
    this.realm.put('Component', (config: Config) => this.#addComponent(config))
    this.realm.put('getApp', () => this.#app)
    this.realm.put('getCurrentPages', () => this.realm.inward([]) && this.#stack.map(({ instance }) => instance))
  }

  get top(): Page {
    const page = this.#stack.at(-1)
    if (!page) throw new Error('no page is open')
    return page
  }

  routes(): string[] {
    return this.#stack.map(({ route }) => route)
  }

  start(url: string): void {
    process.on('unhandledRejection', this.#unhandled)
    const { page, query } = parse(url)
    const opening = this.realm.inward({ path: page, query, scene: this.#bundle.host === 'wechat' ? 1001 : '1000' })
    this.run(() => this.realm.load('app.js'))
    this.#callApp('onLaunch', opening)
    this.#callApp('onShow', opening)
    this.#open(page, query)
  }

  end(): void {
    this.#isOver = true
    this.clock.stop()
    process.off('unhandledRejection', this.#unhandled)
    this.view.close()
  }

  /** Until nothing is under way: no answer awaited, nothing due within a moment. */
  async rest(): Promise<void> {
    const until = this.clock.now + momentMs
    do await this.#quiet()
    while (this.clock.runNext(until))
    if (this.#stack.length > 0) this.clock.now += 1
  }

  async pass(ms: number): Promise<void> {
    const until = this.clock.now + ms
    do await this.#quiet()
    while (this.clock.runNext(until))
    this.clock.now = Math.max(this.clock.now, until)
  }

  run(work: () => void): void {
    if (this.#isOver) return
    try {
      work()
    } catch (error) {
      this.#problem(`uncaught: ${textOf(error)}`)
      this.#callApp('onError', textOf(error))
    }
  }

  call(page: Page, name: string, ...parts: unknown[]): void {
    const handler = page.instance[name]
    if (typeof handler === 'function') this.run(() => void (handler as Handler).apply(page.instance, parts))
  }

  tapTab(route: string, index: number): void {
    const page = this.#stack.at(-1)
    const wrong = this.steps.tab(`/${route}`)
    if (wrong) this.#problem(wrong)
    if (page)
      this.clock.set(
        () =>
          this.call(
            this.top,
            'onTabItemTap',
            this.realm.inward({ index, pagePath: route, text: this.bars.tabs[index] }),
          ),
        0,
      )
  }

  background(): void {
    this.call(this.top, 'onHide')
    this.#isShown = false
    this.#callApp('onHide')
  }

  foreground(): void {
    this.#isShown = true
    this.#callApp('onShow', this.realm.inward({ path: this.top.route, query: {}, scene: 1001 }))
    this.call(this.top, 'onShow')
  }

  #createSteps(): Steps {
    const known = (url: string, isTab: boolean) => {
      const { page } = parse(url)
      if (!this.#bundle.pages.includes(page)) {
        this.#problem(`there is no page ${url}`)
        return 'page is not found'
      }
      if (isTab === this.#isTab(page)) return null
      this.#problem(`${url} is ${isTab ? 'no tab' : 'a tab'}`)
      return isTab ? 'can not switch to no-tabBar page' : 'can not navigateTo a tabbar page'
    }
    const soon = (go: () => void) => {
      this.clock.set(go, 0)
      return null
    }
    const open = (url: string) => {
      const { page, query } = parse(url)
      this.#open(page, query)
    }
    return {
      to: (url) => {
        if (this.#stack.length >= 10) return 'webview count limit exceed'
        return (
          known(url, false) ??
          soon(() => {
            this.call(this.top, 'onHide')
            open(url)
          })
        )
      },
      replace: (url) =>
        known(url, false) ??
        soon(() => {
          this.#close(this.#stack.pop())
          open(url)
        }),
      back: (delta) => {
        if (this.#stack.length < 2) return 'cannot navigate back at first page'
        return soon(() => {
          for (let count = 0; count < delta && this.#stack.length > 1; count += 1) this.#close(this.#stack.pop())
          this.call(this.top, 'onShow')
        })
      },
      tab: (url) =>
        known(url, true) ??
        soon(() => {
          const { page } = parse(url)
          if (this.top.route === page) return
          if (this.#isTab(this.top.route)) this.call(this.top, 'onHide')
          for (const left of this.#stack.splice(0)) if (!this.#isTab(left.route)) this.#close(left)
          const kept = this.#tabs.get(page)
          if (kept) {
            this.#stack = [kept]
            this.call(kept, 'onShow')
          } else open(url)
        }),
      restart: (url) => {
        const { page } = parse(url)
        return (
          known(url, this.#isTab(page)) ??
          soon(() => {
            for (const left of new Set([...this.#stack.splice(0), ...this.#tabs.values()])) this.#close(left)
            this.#tabs.clear()
            open(url)
          })
        )
      },
    }
  }

  #isTab(page: string): boolean {
    return this.#bundle.tabs.some((tab) => tab.page === page)
  }

  #open(route: string, query: Record<string, string>): void {
    this.run(() => this.#load(route))
    const config = this.#configs.get(route)
    if (!config) {
      this.#problem(`${route} defines no page`)
      return
    }
    this.clock.now += 1
    const json: { navigationBarTitleText?: string; defaultTitle?: string } = JSON.parse(
      this.#bundle.files.get(`${route}.json`) ?? '{}',
    )
    this.bars.title =
      (this.#bundle.host === 'wechat' ? json.navigationBarTitleText : json.defaultTitle) ?? this.#bundle.title
    // Whatever is set on the page stays its own; methods are those of its configuration.
    const instance: Page['instance'] = Object.assign(Object.create(config), {
      route,
      data: this.realm.inward(config.data ?? {}),
    })
    const page: Page = {
      route,
      instance,
      view: this.view.open(route, JSON.parse(JSON.stringify(config.data ?? {})), instance),
    }
    instance.setData = (data: object, done?: () => void) => this.#setData(page, data, done)
    this.#stack.push(page)
    if (this.#isTab(route)) this.#tabs.set(route, page)
    this.call(page, 'onLoad', this.realm.inward(this.#bundle.host === 'wechat' ? query : decoded(query)))
    this.call(page, 'onShow')
    this.clock.set(() => this.call(page, 'onReady'), 0)
  }

  #load(route: string): void {
    if (this.#configs.has(route)) return
    for (const file of componentsUsed(this.#bundle, route)) {
      if (this.#components.has(file)) continue
      this.#loading = file
      this.realm.load(`${file}.js`)
    }
    this.#loading = route
    this.realm.load(`${route}.js`)
  }

  readonly #components = new Map<string, Config>()

  #addComponent(config: Config): void {
    this.#components.set(this.#loading, config)
    this.view.addComponent(
      this.#loading,
      JSON.parse(
        JSON.stringify(config.properties ?? {}, (_, value) => (typeof value === 'function' ? value.name : value)),
      ),
    )
  }

  #close(page: Page | undefined): void {
    if (!page) return
    this.call(page, 'onUnload')
    this.#tabs.delete(page.route)
    page.view.close()
    page.instance.setData = () => undefined
  }

  #setData(page: Page, data: object, done?: () => void): void {
    if (this.#isOver) return
    const json = JSON.stringify(data, (key, value) => {
      if (typeof value === 'function' || typeof value === 'symbol') this.#problem(`setData: ${key} is no data`)
      return value
    })
    const isHidden = !this.#isShown || page !== this.#stack.at(-1)
    this.#crossings.push({ page: page.route, bytes: Buffer.byteLength(json), isHidden, keys: Object.keys(data) })
    page.view.setData(json)
    if (done) this.clock.set(() => done.call(page.instance), 0)
  }

  #handle(file: string, owner: object, handler: string, event: ViewEvent): void {
    const component = this.#components.get(file)
    const methods = component ? (component.methods as Config) : (owner as Config)
    const method = methods[handler]
    if (typeof method === 'function') this.run(() => void (method as Handler).call(owner, this.realm.inward(event)))
    else this.#problem(`${file} has no handler ${handler}`)
  }

  #callApp(name: string, ...parts: unknown[]): void {
    const handler = this.#app[name]
    if (typeof handler !== 'function') return
    try {
      ;(handler as Handler).apply(this.#app, parts)
    } catch (error) {
      this.#problem(`App.${name}: ${textOf(error)}`)
    }
  }

  readonly #unhandled = (reason: unknown) => {
    this.#problem(`unhandled rejection: ${textOf(reason)}`)
  }

  #problem(text: string): void {
    if (!this.#isOver) this.#problems.push(text)
  }

  /** Answers come on their own time; the phone's clock waits for them. */
  async #quiet(): Promise<void> {
    const turns = async () => {
      for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    }
    await turns()
    while (this.network.isBusy) {
      await this.network.changed()
      await turns()
    }
  }
}

function parse(url: string): { page: string; query: Record<string, string> } {
  const [path = '', search = ''] = url.replace(/^\//, '').split('?')
  const pairs = search.split('&').filter((part) => part !== '')
  return {
    page: path,
    query: Object.fromEntries(pairs.map((pair) => [pair.split('=')[0], pair.slice(pair.indexOf('=') + 1)])),
  }
}

const decoded = (query: Record<string, string>) =>
  Object.fromEntries(Object.entries(query).map(([name, value]) => [name, decodeURIComponent(value)]))

/** A finger lands on what is innermost. */
const deepest = (element: Element): Element =>
  element.firstElementChild ? deepest(element.firstElementChild) : element

function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  const { name, message, stack } = value as { name?: string; message?: string; stack?: string }
  return message === undefined
    ? JSON.stringify(value)
    : `${name}: ${message}\n${(stack ?? '').split('\n').slice(1, 5).join('\n')}`
}
