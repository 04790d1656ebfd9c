import { type Call, type Circumstances, usualCircumstances } from '../support/hosts/vendor'
import type { Bars } from './bars'
import type { Bundle, HostName } from './bundle'
import { type Crossing, Life } from './life'
import type { SentRequest } from './network'
import { hidingClasses, Screen, type Seen, type Words } from './screen'
import { fire, keepTyped } from './view'

export interface PhoneOptions {
  readonly bundle: Bundle
  /** `http://127.0.0.1:<port>`, of the sandbox. */
  readonly sandbox: string
  readonly citizen?: string
  /** The phone's clock at the start. */
  readonly startAt: string
}

/** One act of the citizen, and its result. */
export interface Step {
  readonly did: string
  readonly page: string
  readonly title: string
  readonly says: readonly string[]
  readonly requests: readonly SentRequest[]
  readonly toasts: readonly string[]
}

/** A phone with the compiled mini-program, and a citizen who taps. Each act resolves once everything it caused has settled. */
export class Phone {
  readonly host: HostName
  readonly circumstances: Circumstances
  /** Unknown members, missing templates, uncaught errors. Empty in a good run. */
  readonly problems: string[] = []
  readonly trace: Step[] = []
  readonly crossings: Crossing[] = []
  readonly storage = new Map<string, string>()
  /** Called after each act. */
  inspect: (phone: Phone) => void = () => undefined
  readonly #options: PhoneOptions
  readonly #hiding: ReadonlySet<string>
  #now: number
  #logins = 0
  #life: Life | null = null
  #unreportedRequests: SentRequest[] = []

  constructor(options: PhoneOptions) {
    this.#options = options
    this.host = options.bundle.host
    this.circumstances = { ...usualCircumstances, citizen: options.citizen ?? 'citizen' }
    this.#hiding = hidingClasses(options.bundle)
    this.#now = Date.parse(options.startAt)
  }

  /** Opens the mini-program, at `url` if given. */
  async launch(url?: string, { isOnline = true } = {}): Promise<void> {
    this.kill()
    this.#life = new Life({ ...this.#options, ...this, logins: () => this.#login() }, this.#now)
    this.#life.network.isCut = !isOnline
    this.#life.start(url ?? `/${this.#options.bundle.pages[0]}`)
    await this.#rest(url ? `launch ${url}` : 'launch')
  }

  /** The system ends the app; only its storage survives. */
  kill(): void {
    if (!this.#life) return
    this.#unreportedRequests.push(...this.#life.network.requests.splice(0))
    this.#now = this.#life.clock.now
    this.#life.end()
    this.#life = null
  }

  async tap(words: Words, role?: string): Promise<void> {
    const seen = this.#one(words, role)
    const before = this.#here.view.handledEvents
    fire(deepest(seen.element), 'tap', { x: 1, y: 1 }, true)
    const opens = seen.element.getAttribute('open-type')
    // WeChat's own buttons report their result by an event of that name.
    if (this.host === 'wechat' && opens) fire(seen.element, opens.toLowerCase(), { errMsg: `${opens}:ok` }, false)
    if (this.#here.view.handledEvents === before)
      throw this.#miss(`nothing listens to a tap on ${seen.role} "${seen.name}"`)
    await this.#rest(`tap ${seen.role} "${seen.name}"`)
  }

  /** Types into a text field, found by its label or placeholder. */
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

  /** Scrolls the page and its scroll views to the end. */
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
    // The app hides the host's tabs and shows its own.
    if (!this.bars.areTabsShown) return this.tap(this.bars.tabs[index] ?? '', 'tab')
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

  /** Time passes on the phone only; the test moves the city's clock. */
  async pass(seconds: number): Promise<void> {
    await this.#here.pass(seconds * 1000)
    await this.#rest(`${seconds} s pass`)
  }

  /** Holds responses to such requests (`POST 330100 /holds`) back. */
  holdAnswers(to: RegExp): void {
    this.#here.network.holds = to
  }
  /** Delivers them. */
  async letAnswersIn(): Promise<void> {
    this.#here.network.release()
    await this.#rest('a late response')
  }

  /** Opens the running app by a code or a link; `scene` is the host's number for the way in. */
  async enter(query: Record<string, string>, scene?: number): Promise<void> {
    this.#here.background()
    this.#here.enter(query, scene)
    await this.#rest(`enter by ${JSON.stringify(query)}`)
  }

  /** A newer version of the program has been downloaded, or its download failed. */
  async update(came: 'ready' | 'failed'): Promise<void> {
    this.#here.update(came)
    await this.#rest(`an update: ${came}`)
  }
  /** How often the app restarted itself as the newer version. */
  get updated(): number {
    return this.#here.updated
  }

  async setOnline(isOnline: boolean): Promise<void> {
    this.#here.network.isCut = !isOnline
    this.#here.hostApi.setOnline(isOnline)
    await this.#rest(isOnline ? 'the network is back' : 'the network is gone')
  }

  /**
   * What hidden pages do. Opens another page over them, switches the network off and on, lets two minutes pass, then leaves
   * every page. Returns requests and data sent in that time, and timers and listeners that outlive their pages.
   */
  async unseen(over: string): Promise<string[]> {
    const here = this.#here
    const { arrives } = this.circumstances
    this.circumstances.arrives = () => 0
    if (here.stack.length < 10) here.steps.to(over)
    await here.rest()
    here.network.requests.splice(0)
    const before = this.crossings.length
    here.hostApi.setOnline(false)
    here.hostApi.setOnline(true)
    await here.pass(120_000)
    const requests = here.network.requests.map(({ method, path }) => `${method} ${path} was requested by a hidden page`)
    const sent = this.crossings.slice(before).map(({ page }) => `${page} was sent something while it was hidden`)
    here.steps.restart(over)
    await here.rest()
    const [timers, listeners] = [here.clock.pending, here.hostApi.listeners()]
    this.circumstances.arrives = arrives
    return [
      ...requests,
      ...sent,
      ...(timers > 0 ? [`${timers} timers are left when every page is left`] : []),
      ...(listeners > 0 ? [`${listeners} listeners for the network are left when every page is left`] : []),
    ]
  }

  get isRunning(): boolean {
    return this.#life !== null
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
  get bars(): Bars {
    return this.#here.bars
  }
  get title(): string {
    return this.bars.shown.title
  }
  get tabTexts(): readonly string[] {
    return this.bars.tabs
  }
  get calls(): readonly Call[] {
    return this.#here.hostApi.calls
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
    const requests = this.trace.flatMap((step) => step.requests).slice(-6)
    return new Error(
      [
        `${this.host}: ${text}`,
        `on ${this.page}:`,
        ...this.screen.lines().map((line) => `  ${line}`),
        'requests:',
        ...requests.map(({ method, path, status }) => `  ${method} ${path} ${status}`),
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
      requests: [...this.#unreportedRequests.splice(0), ...this.#here.network.requests.splice(0)],
      toasts: this.#here.toasts.splice(0),
    })
    this.inspect(this)
  }
}

/** A finger hits the innermost node. */
const deepest = (element: Element): Element =>
  element.firstElementChild ? deepest(element.firstElementChild) : element
