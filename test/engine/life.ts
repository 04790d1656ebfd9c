import { createAlipay } from '../support/hosts/alipay'
import type { Circumstances, HostApi, Steps } from '../support/hosts/vendor'
import { vendorNames } from '../support/hosts/vendor-names'
import { createWechat } from '../support/hosts/wechat'
import { Bars, type TitleBar } from './bars'
import type { Bundle } from './bundle'
import { Clock } from './clock'
import { Network } from './network'
import { createRealm, type Realm } from './realm'
import { type Config, Scripts } from './scripts'
import { createSteps, decoded, parse } from './steps'
import { type PageView, View, type ViewEvent } from './view'

/** One `setData` from the app to a page. */
export interface Crossing {
  readonly page: string
  readonly bytes: number
  readonly isHidden: boolean
  /** The page that was shown. */
  readonly shown: string
  /** The keys of its data. */
  readonly keys: readonly string[]
}

/** What outlives one run of the app on a phone, and what a run reports. */
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

export interface Page {
  readonly route: string
  readonly instance: Config & { route: string }
  readonly view: PageView
  readonly bar: TitleBar
}

/** How far the phone's clock advances after an act, for what the app delays a moment. */
const momentMs = 600

/** One run of the app, from launch to its end. */
export class Life {
  readonly clock: Clock
  readonly network: Network
  readonly realm: Realm
  readonly view: View
  readonly hostApi: HostApi
  readonly toasts: string[] = []
  readonly #missingPageListeners: (() => void)[] = []
  readonly #updateListeners: Record<'ready' | 'failed', (() => void)[]> = { ready: [], failed: [] }
  /** How often the app restarted itself as the newer version. */
  updated = 0
  readonly bars: Bars
  /** `count`: how many were begun. */
  readonly steps: Steps & { count: number }
  readonly bundle: Bundle
  readonly #problems: string[]
  readonly #crossings: Crossing[]
  readonly #scripts: Scripts
  /** Tab pages stay once they are open. */
  readonly tabs = new Map<string, Page>()
  /** The page stack, the visible one last. */
  stack: Page[] = []
  #isOver = false
  #isShown = true

  constructor(around: Around, now: number) {
    this.bundle = around.bundle
    this.#problems = around.problems
    this.#crossings = around.crossings
    const problem = (text: string) => this.problem(text)
    this.clock = new Clock(now, (work) => this.run(work))
    this.network = new Network(around.sandbox, around.circumstances, this.clock, problem)
    this.realm = createRealm(around.bundle, this.clock, (level, parts) => {
      if (level === 'error') problem(`console.error: ${parts.map(textOf).join(' ')}`)
    })
    this.view = new View(
      around.bundle,
      (file, owner, handler, event) => this.#handle(file, owner, handler, event),
      problem,
    )
    this.bars = new Bars(around.bundle, () => this.stack.at(-1))
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
      updates: {
        onCheckForUpdate: () => undefined,
        onUpdateReady: (listener: () => void) => void this.#updateListeners.ready.push(listener),
        onUpdateFailed: (listener: () => void) => void this.#updateListeners.failed.push(listener),
        applyUpdate: () => {
          this.updated += 1
        },
      },
      onPageNotFound: (listener: () => void) => void this.#missingPageListeners.push(listener),
      run: (work: () => void) => this.run(work),
      problem,
      namesOf: () => vendorNames(around.bundle.host),
    }
    const isWechat = around.bundle.host === 'wechat'
    this.hostApi = isWechat ? createWechat(surroundings, around.logins) : createAlipay(surroundings, around.logins)
    this.realm.put(isWechat ? 'wx' : 'my', this.hostApi.api)
    // Alipay's logic layer is a service worker; Taro reads its name at start.
    if (!isWechat) this.realm.put('navigator', this.realm.inward({ swuserAgent: 'AlipayClient/10.3.80' }))
    const register = this.view.addComponent.bind(this.view)
    this.#scripts = new Scripts(around.bundle, this.realm, register, problem)
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

  /** What the host passes when the app is opened by a code or a link. */
  #options(path: string, query: Record<string, string>, scene: number): unknown {
    return this.realm.inward({ path, query, scene: this.bundle.host === 'wechat' ? scene : String(scene) })
  }

  /** Opens the running app by a code. WeChat opens the page again, Alipay leaves the app where it is. */
  enter(query: Record<string, string>, scene = 1047): void {
    const [home = ''] = this.bundle.pages
    this.#isShown = true
    this.#callApp('onShow', this.#options(home, query, scene))
    if (this.bundle.host === 'wechat')
      this.steps.restart(
        `/${home}?${Object.entries(query)
          .map((pair) => pair.join('='))
          .join('&')}`,
      )
    else this.call(this.top, 'onShow')
  }

  start(url: string): void {
    process.on('unhandledRejection', this.#unhandled)
    const { page, query } = parse(url)
    const opening = this.realm.inward({ path: page, query, scene: this.bundle.host === 'wechat' ? 1001 : '1000' })
    this.run(() => this.#scripts.start())
    this.#callApp('onLaunch', opening)
    this.#callApp('onShow', opening)
    if (this.bundle.pages.includes(page)) this.open(page, query)
    else this.#missPage(page, query)
  }

  /** Both hosts accept a navigation within the callback only, and show a page of their own otherwise. */
  #missPage(page: string, query: Record<string, string>): void {
    const { count } = this.steps
    const missing = this.realm.inward({ path: page, query, isEntryPage: true })
    this.#callApp('onPageNotFound', missing)
    for (const listener of this.#missingPageListeners) this.run(listener)
    if (this.steps.count === count) this.problem(`${page} does not exist, and nothing led away from it in time`)
  }

  end(): void {
    this.#isOver = true
    this.clock.stop()
    process.off('unhandledRejection', this.#unhandled)
    this.view.close()
  }

  /** Resolves when no response is pending and no timer is due within a moment. */
  async rest(): Promise<void> {
    await this.#goOn(this.clock.now, momentMs)
    this.clock.now += 1
  }

  async pass(ms: number): Promise<void> {
    const until = this.clock.now + ms
    await this.#goOn(until, 0)
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

  /** A newer version was downloaded, or its download failed. */
  update(came: 'ready' | 'failed'): void {
    for (const listener of this.#updateListeners[came]) this.run(listener)
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
    this.run(() => this.#scripts.load(route))
    const config = this.#scripts.page(route)
    if (!config) {
      this.problem(`${route} defines no page`)
      return
    }
    this.clock.now += 1
    // Assignments stay on the instance; methods are those of its configuration.
    const instance: Page['instance'] = Object.assign(Object.create(config), {
      route,
      data: this.realm.inward(config.data ?? {}),
    })
    const page: Page = {
      route,
      instance,
      view: this.view.open(route, JSON.parse(JSON.stringify(config.data ?? {})), instance),
      bar: this.bars.ofPage(route),
    }
    instance.setData = (data: object, done?: () => void) => this.#setData(page, data, done)
    this.stack.push(page)
    if (this.isTab(route)) this.tabs.set(route, page)
    this.call(page, 'onLoad', this.realm.inward(this.bundle.host === 'wechat' ? query : decoded(query)))
    this.call(page, 'onShow')
    this.clock.set(() => this.call(page, 'onReady'), 0)
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
    const method = (this.#scripts.methodsOf(file) ?? (owner as Config))[handler]
    if (typeof method === 'function') this.run(() => void (method as Handler).call(owner, this.realm.inward(event)))
    else this.problem(`${file} has no handler ${handler}`)
  }

  #callApp(name: string, ...parts: unknown[]): void {
    const { app } = this.#scripts
    const handler = app[name]
    if (typeof handler !== 'function') return
    try {
      ;(handler as Handler).apply(app, parts)
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

  /**
   * Advances the phone's clock until `until` and until the last response is delivered, then `moreMs` more. The clock stops at
   * each response's due time until the response is really there.
   */
  async #goOn(until: number, moreMs: number): Promise<void> {
    for (;;) {
      for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve))
      const due = this.network.nextDue
      if (due === null) {
        if (!this.clock.runNext(Math.max(until, this.network.lastDue) + moreMs)) return
      } else if (!this.clock.runNext(due, true)) await this.network.changed()
    }
  }
}

function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  const { name, message, stack } = value as { name?: string; message?: string; stack?: string }
  return message === undefined
    ? JSON.stringify(value)
    : `${name}: ${message}\n${(stack ?? '').split('\n').slice(1, 5).join('\n')}`
}
