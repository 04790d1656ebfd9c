import type { BarStyle, Bundle, TabStyle } from './bundle'

/** What hosts keep of each page's title bar. */
export interface TitleBar extends BarStyle {
  title: string
}

/** The host's bars above and below a page, as the app has set them. */
export class Bars {
  readonly tabs: string[]
  tabStyle: TabStyle
  /** False while the app hides them. */
  areTabsShown = true
  readonly #bundle: Bundle
  readonly #shown: () => { readonly route: string; readonly bar: TitleBar } | undefined

  constructor(bundle: Bundle, shown: () => { readonly route: string; readonly bar: TitleBar } | undefined) {
    this.#bundle = bundle
    this.#shown = shown
    this.tabs = bundle.tabs.map(({ text }) => text)
    this.tabStyle = bundle.tabStyle
  }

  /** The bar of a page that opens: its own title, else the app's. */
  ofPage(route: string): TitleBar {
    const json: Record<string, string> = JSON.parse(this.#bundle.files.get(`${route}.json`) ?? '{}')
    const own = this.#bundle.host === 'wechat' ? json.navigationBarTitleText : json.defaultTitle
    return { title: own ?? this.#bundle.title, ...this.#bundle.barStyle }
  }

  /** Changes what is written on, and the colours of, the bar of the page that is shown. */
  dress(change: Partial<TitleBar>): void {
    Object.assign(this.shown, change)
  }

  get shown(): TitleBar {
    return this.#shown()?.bar ?? { title: '', ...this.#bundle.barStyle }
  }

  /** Why the tabs can not be changed now, or null: hosts refuse it while a page without them is shown. */
  setTab(index: number, text: string): string | null {
    const wrong = this.#refusal()
    if (wrong === null) this.tabs[index] = text
    return wrong
  }

  setTabStyle(change: Partial<TabStyle>): string | null {
    const wrong = this.#refusal()
    if (wrong === null) this.tabStyle = { ...this.tabStyle, ...change }
    return wrong
  }

  showTabs(shown: boolean): string | null {
    const wrong = this.#refusal()
    if (wrong === null) this.areTabsShown = shown
    return wrong
  }

  #refusal(): string | null {
    return this.#bundle.tabs.some(({ page }) => page === this.#shown()?.route) ? null : 'not TabBar page'
  }
}
