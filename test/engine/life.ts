import { createAlipay } from './alipay'
import type { Bundle } from './bundle'
import { Clock } from './clock'
import type { Bars, Circumstances, HostApi, Steps } from './host'
import { Network } from './network'
import { createRealm, type Realm } from './realm'
import { createSteps, parse } from './steps'
import { componentsUsed, type PageView, View, type ViewEvent } from './view'
import { createWechat } from './wechat'

/** One crossing of data from the app to a page. */
export interface Crossing {
  readonly page: string
  readonly bytes: number
  readonly isHidden: boolean
  /** The page that was shown. */
  readonly shown: string
  /** Paths of what crossed. */
  readonly keys: readonly string[]
}

/** What outlives one run of the app on a phone, and what a run tells. */
export interface Around {
  readonly bundle: Bundle
  readonly sandbox: string
  readonly circumstances: Circumstances
  readonly storage: Map<string, string>
  readonly crossings: Crossing[]
  readonly problems: string[]
  logins(): string
}

type Handler = (this: unknown, ...parts: unknown[]) => unknown
type Config = Record<string, unknown>

export interface Page {
  readonly route: string
  readonly instance: Config & { route: string }
  readonly view: PageView
  /** Hosts keep a title for each page. */
  title: string
}

/** The bars of the host, with the title of the page that is shown. */
function barsOf(life: Pick<Life, 'stack' | 'isTab'>, bundle: Bundle): Bars {
  const shown = () => life.stack[life.stack.length - 1]
  const tabs = bundle.tabs.map(({ text }) => text)
  const refusal = () => (life.isTab(shown()?.route ?? '') ? null : 'not TabBar page')
  return {
    tabs,
    refusal,
    setTab(index, text) {
      const wrong = refusal()
      if (wrong === null) tabs[index] = text
      return wrong
    },
    get title() {
      return shown()?.title ?? ''
    },
    set title(title) {
      const page = shown()
      if (page) page.title = title
    },
  }
}

/** How far the phone's clock goes on by itself after an act, for what the app puts off a moment. */
const momentMs = 600

/** One run of the app, from launch to its end. */
export class Life {
  readonly clock: Clock
  readonly network: Network
  readonly realm: Realm
  readonly view: View
  readonly hostApi: HostApi
  readonly toasts: string[] = []
  readonly bars: Bars
  readonly steps: Steps
  readonly bundle: Bundle
  readonly #problems: string[]
  readonly #crossings: Crossing[]
  readonly #configs = new Map<string, Config>()
  /** Tab pages stay once they are open. */
  readonly tabs = new Map<string, Page>()
  /** The pages above each other, the shown one last. */
  stack: Page[] = []
  #app: Config = {}
  #loading = ''
  #isOver = false
  #isShown = true

  constructor(around: Around, now: number) {
    this.bundle = around.bundle
    this.#problems = around.problems
    this.#crossings = around.crossings
    const problem = (text: string) => this.problem(text)
    this.clock = new Clock(now, (work) => this.run(work))
    this.network = new Network(around.sandbox, problem)
    this.realm = createRealm(around.bundle, this.clock, (level, said) => {
      if (level === 'error') problem(`console.error: ${said.map(textOf).join(' ')}`)
    })
    this.view = new View(
      around.bundle,
      (file, owner, handler, event) => this.#handle(file, owner, handler, event),
      problem,
    )
    this.bars = barsOf(this, around.bundle)
    this.steps = createSteps(this)
    const surroundings = {
      realm: this.realm,
      clock: this.clock,
      network: this.network,
      circumstances: around.circumstances,
      storage: around.storage,
      steps: this.steps,
      bars: this.bars,
      toasts: this.toasts,
      run: (work: () => void) => this.run(work),
      problem,
    }
    const isWechat = around.bundle.host === 'wechat'
    this.hostApi = isWechat ? createWechat(surroundings, around.logins) : createAlipay(surroundings, around.logins)
    this.realm.put(isWechat ? 'wx' : 'my', this.hostApi.api)
    // Alipay's logic layer is a service worker; Taro reads its name at start.
    if (!isWechat) this.realm.put('navigator', this.realm.inward({ swuserAgent: 'AlipayClient/10.3.80' }))
    this.realm.put('App', (config: Config) => {
      this.#app = config
    })
    this.realm.put('Page', (config: Config) => void this.#configs.set(this.#loading, config))
    this.realm.put('Component', (config: Config) => this.#addComponent(config))
    this.realm.put('getApp', () => this.#app)
    this.realm.put('getCurrentPages', () => this.realm.inward([]) && this.stack.map(({ instance }) => instance))
  }

  get top(): Page {
    const page = this.stack.at(-1)
    if (!page) throw new Error('no page is open')
    return page
  }

  routes(): string[] {
    return this.stack.map(({ route }) => route)
  }

  start(url: string): void {
    process.on('unhandledRejection', this.#unhandled)
    const { page, query } = parse(url)
    const opening = this.realm.inward({ path: page, query, scene: this.bundle.host === 'wechat' ? 1001 : '1000' })
    this.run(() => this.realm.load('app.js'))
    this.#callApp('onLaunch', opening)
    this.#callApp('onShow', opening)
    this.open(page, query)
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
    if (this.stack.length > 0) this.clock.now += 1
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
      this.problem(`uncaught: ${textOf(error)}`)
      this.#callApp('onError', textOf(error))
    }
  }

  call(page: Page, name: string, ...parts: unknown[]): void {
    const handler = page.instance[name]
    if (typeof handler === 'function') this.run(() => void (handler as Handler).apply(page.instance, parts))
  }

  tapTab(route: string, index: number): void {
    const page = this.stack.at(-1)
    const wrong = this.steps.tab(`/${route}`)
    if (wrong) this.problem(wrong)
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

  isTab(page: string): boolean {
    return this.bundle.tabs.some((tab) => tab.page === page)
  }

  open(route: string, query: Record<string, string>): void {
    this.run(() => this.#load(route))
    const config = this.#configs.get(route)
    if (!config) {
      this.problem(`${route} defines no page`)
      return
    }
    this.clock.now += 1
    const json: { navigationBarTitleText?: string; defaultTitle?: string } = JSON.parse(
      this.bundle.files.get(`${route}.json`) ?? '{}',
    )
    // Whatever is set on the page stays its own; methods are those of its configuration.
    const instance: Page['instance'] = Object.assign(Object.create(config), {
      route,
      data: this.realm.inward(config.data ?? {}),
    })
    const page: Page = {
      route,
      instance,
      view: this.view.open(route, JSON.parse(JSON.stringify(config.data ?? {})), instance),
      title: (this.bundle.host === 'wechat' ? json.navigationBarTitleText : json.defaultTitle) ?? this.bundle.title,
    }
    instance.setData = (data: object, done?: () => void) => this.#setData(page, data, done)
    this.stack.push(page)
    if (this.isTab(route)) this.tabs.set(route, page)
    this.call(page, 'onLoad', this.realm.inward(this.bundle.host === 'wechat' ? query : decoded(query)))
    this.call(page, 'onShow')
    this.clock.set(() => this.call(page, 'onReady'), 0)
  }

  #load(route: string): void {
    if (this.#configs.has(route)) return
    for (const file of componentsUsed(this.bundle, route)) {
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

  close(page: Page | undefined): void {
    if (!page) return
    this.call(page, 'onUnload')
    this.tabs.delete(page.route)
    page.view.close()
    page.instance.setData = () => undefined
  }

  #setData(page: Page, data: object, done?: () => void): void {
    if (this.#isOver) return
    const json = JSON.stringify(data, (key, value) => {
      if (typeof value === 'function' || typeof value === 'symbol') this.problem(`setData: ${key} is no data`)
      return value
    })
    const isHidden = !this.#isShown || page !== this.stack.at(-1)
    this.#crossings.push({
      page: page.route,
      bytes: Buffer.byteLength(json),
      isHidden,
      shown: this.top.route,
      keys: Object.keys(data),
    })
    page.view.setData(json)
    if (done) this.clock.set(() => done.call(page.instance), 0)
  }

  #handle(file: string, owner: object, handler: string, event: ViewEvent): void {
    const component = this.#components.get(file)
    const methods = component ? (component.methods as Config) : (owner as Config)
    const method = methods[handler]
    if (typeof method === 'function') this.run(() => void (method as Handler).call(owner, this.realm.inward(event)))
    else this.problem(`${file} has no handler ${handler}`)
  }

  #callApp(name: string, ...parts: unknown[]): void {
    const handler = this.#app[name]
    if (typeof handler !== 'function') return
    try {
      ;(handler as Handler).apply(this.#app, parts)
    } catch (error) {
      this.problem(`App.${name}: ${textOf(error)}`)
    }
  }

  readonly #unhandled = (reason: unknown) => {
    this.problem(`unhandled rejection: ${textOf(reason)}`)
  }

  problem(text: string): void {
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

const decoded = (query: Record<string, string>) =>
  Object.fromEntries(Object.entries(query).map(([name, value]) => [name, decodeURIComponent(value)]))

function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  const { name, message, stack } = value as { name?: string; message?: string; stack?: string }
  return message === undefined
    ? JSON.stringify(value)
    : `${name}: ${message}\n${(stack ?? '').split('\n').slice(1, 5).join('\n')}`
}
