import {
  type Browser,
  type BrowserContext,
  chromium,
  type FrameLocator,
  type Locator,
  type Page,
} from 'playwright-core'
import { chromiumFlags, findChromium } from './chromium.mjs'
import type { Preview } from './preview-server'

export type Role = 'button' | 'radio' | 'checkbox' | 'switch' | 'tab' | 'heading' | 'dialog'
type Name = string | RegExp

export interface PhoneOptions {
  readonly width?: number
  readonly height?: number
  /** Dots to a pixel: more for pictures. */
  readonly sharpness?: number
  readonly language?: 'zh-CN' | 'en'
  readonly textSize?: 'normal' | 'elder'
  readonly theme?: 'light' | 'dark'
  /** The chosen city; without it none is chosen. */
  readonly city?: string
  /** The same name is the same citizen, in every city. */
  readonly citizen?: string
  /** Lets the test move the phone's own clock. */
  readonly ownClock?: boolean
}

/** A phone in a citizen's hand: finds things as they are seen and read aloud, never by how they are built. */
export interface Phone {
  readonly page: Page
  readonly context: BrowserContext
  /** Opens the app, at a link if given. */
  open(link?: string): Promise<void>
  /** Kills the app as a host does, and opens it again at home. Storage stays. */
  restart(): Promise<void>
  /** What can be tapped and whose name begins so: the title of a cell comes first, then its note. */
  find(name: Name, role?: Role): Locator
  tap(name: Name, role?: Role): Promise<void>
  /** A tab at the bottom. */
  tapTab(text: string): Promise<void>
  type(label: string, text: string): Promise<void>
  valueOf(label: string): Promise<string>
  /** Waits until it is visible. */
  sees(text: Name, patienceMs?: number): Promise<void>
  /** Waits until it is hidden; fails when it stays. */
  seesNot(text: Name): Promise<void>
  /** All text of the visible page. */
  reads(): Promise<string>
  /** The simulated cashier over the page. */
  readonly till: FrameLocator
  /** Uncaught errors, console errors, foreign requests; empty in a good walk. */
  readonly problems: string[]
  close(): Promise<void>
}

export function launchBrowser(): Promise<Browser> {
  const executablePath = findChromium()
  if (!executablePath) throw new Error('There is no Chromium: `npm test -- browser` says what to do')
  return chromium.launch({ executablePath, args: chromiumFlags })
}

const usualPatienceMs = 10_000

/** A fresh phone with the app's preview on it. */
export async function openPhone(browser: Browser, preview: Preview, options: PhoneOptions = {}): Promise<Phone> {
  const { width = 375, height = 812, language = 'zh-CN', sharpness = 1, theme = 'light', textSize = 'normal' } = options
  const context = await browser.newContext({
    viewport: { width, height },
    deviceScaleFactor: sharpness,
    locale: language,
    // Dates are the city's, in any time zone.
    timezoneId: 'America/New_York',
    isMobile: true,
    hasTouch: true,
    colorScheme: theme,
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(usualPatienceMs)
  const settings = { textSize, theme: 'system', contrast: false, language }
  const kept: Record<string, unknown> = { settings: { version: 1, value: settings } }
  if (options.citizen) kept.citizen = `preview-${options.citizen}`
  if (options.city) kept.city = { version: 1, value: { city: options.city, recents: [] } }
  await context.addInitScript((first) => {
    if (window.top !== window || !window.location.protocol.startsWith('http')) return
    for (const [key, value] of Object.entries(first)) {
      // Only what is there before the app was ever opened: later it is the app's.
      if (localStorage.getItem(`city-services:${key}`) === null)
        localStorage.setItem(`city-services:${key}`, JSON.stringify(value))
    }
  }, kept)
  if (options.ownClock) await context.clock.install()
  const page = await context.newPage()
  const problems = watch(page)

  const visible = (locator: Locator) => locator.filter({ visible: true })
  const find = (name: Name, role: Role = 'button') =>
    visible(page.getByRole(role, { name: typeof name === 'string' ? beginsWith(name) : name }))
  const written = (text: Name) => visible(page.getByText(text)).first()
  const input = (label: string) => visible(page.locator(`[aria-label^=${JSON.stringify(label)}] :is(input, textarea)`))
  const goTo = (link: string) => page.goto(`${preview.address}/#${link}`)

  const reads = () => visible(page.locator('.taro_page')).last().innerText()
  const orSayWhatIsThere = (act: Promise<void>) =>
    act.catch(async (error: Error) => {
      const shown = await reads().catch(() => 'no page')
      throw new Error(`${error.message}\nat ${page.url()} the page says:\n${shown}`)
    })

  return {
    page,
    context,
    problems,
    async open(link = '/pages/home/index') {
      // The same address with another fragment would not reload.
      if (page.url() !== 'about:blank') await page.goto('about:blank')
      await goTo(link)
    },
    async restart() {
      await page.goto('about:blank')
      await goTo('/pages/home/index')
    },
    find,
    tap: (name, role) => orSayWhatIsThere(find(name, role).click()),
    tapTab: (text) => visible(page.locator('.taro-tabbar__tabbar a', { hasText: text })).click(),
    type: (label, text) => input(label).fill(text),
    valueOf: (label) => input(label).inputValue(),
    sees: (text, patienceMs = usualPatienceMs) => orSayWhatIsThere(written(text).waitFor({ timeout: patienceMs })),
    seesNot: (text) => orSayWhatIsThere(written(text).waitFor({ state: 'hidden' })),
    reads,
    till: page.frameLocator('iframe[title="Simulated till"]'),
    close: () => context.close(),
  }
}

const beginsWith = (name: string) => new RegExp(`^${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)

/** Errors of the page, and requests to any other machine. */
function watch(page: Page): string[] {
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.stack ?? error.message}`))
  page.on('console', (message) => {
    // Chromium notes every answer of 400 and above and every dropped connection; those are the city's.
    const isNetwork = /^Failed to load resource/.test(message.text())
    if (message.type() === 'error' && !isNetwork) problems.push(`console: ${message.text()}`)
  })
  page.on('request', (request) => {
    const url = request.url()
    if (!/^(http:\/\/127\.0\.0\.1:\d+\/|data:|blob:|about:)/.test(url)) problems.push(`foreign request: ${url}`)
  })
  return problems
}
