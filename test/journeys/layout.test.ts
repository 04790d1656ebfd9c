import type { Browser, Page } from 'playwright-core'
import type { HostName } from '../engine/bundle'
import { paint } from '../engine/paint'
import { launchBrowser } from '../support/browser'
import { brokenIn, type Promises, themes } from './layout'
import { onBothBundles } from './stage'
import { type Look, tour } from './tour/tour'

const { run, bundleOf } = onBothBundles()
let browser: Browser
let page: Page
beforeAll(async () => {
  browser = await launchBrowser()
  page = await browser.newPage({ viewport: { width: 375, height: 812 }, isMobile: true, hasTouch: true })
})
afterAll(() => browser?.close())

/** Elsewhere targets are 44 dp. */
const usual: Promises = { text: 11, target: 44, lines: 1, themes: [] }
const large: Promises = { text: 18, target: 60, lines: 1.3, themes: [] }

interface Case {
  readonly name: string
  readonly host?: HostName
  readonly look: Look
  /** The phone's own font size, over the usual one; 2 is more than any phone offers. */
  readonly fontScale?: number
  readonly promises: Promises
}

const cases: readonly Case[] = [
  { name: 'as it comes, in all four themes', look: {}, promises: { ...usual, themes } },
  { name: 'in large text, in all four themes', look: { elder: true }, promises: { ...large, themes } },
  { name: 'with the largest font of the phone', look: {}, fontScale: 2, promises: usual },
  { name: 'in large text with the largest font', look: { elder: true }, fontScale: 2, promises: large },
  { name: 'in English', look: { language: 'en' }, promises: usual },
  {
    name: 'in English, in large text with the largest font',
    look: { language: 'en', elder: true },
    fontScale: 2,
    promises: large,
  },
  { name: 'in Alipay, in large text', host: 'alipay', look: { elder: true }, promises: large },
]

test.each(cases)(
  'every screen keeps its promises $name',
  async ({ host = 'wechat', look, fontScale = 1, promises }) => {
    const broken: string[] = []
    const pages = new Set<string>()
    await run(host, async (on) => {
      on.phone.circumstances.fontScale = fontScale
      await tour(on, bundleOf(host).pages, look, async (name) => {
        await page.setContent(paint(on.phone, bundleOf(host)))
        pages.add(on.phone.page)
        for (const fault of await brokenIn(page, promises)) broken.push(`${name}: ${fault}`)
      })
    })
    expect(broken).toEqual([])
    // Each page has been seen.
    expect([...pages].sort()).toEqual([...bundleOf(host).pages].sort())
  },
)
