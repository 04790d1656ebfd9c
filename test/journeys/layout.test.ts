import type { Browser, Page } from 'playwright-core'
import { paint } from '../engine/paint'
import { launchBrowser } from '../support/browser'
import { faintTexts, runsOut, tooSmall } from './layout'
import { onBothBundles } from './stage'
import { tour } from './tour'

const { run, bundleOf } = onBothBundles()
let browser: Browser
let page: Page
beforeAll(async () => {
  browser = await launchBrowser()
  page = await browser.newPage({ viewport: { width: 375, height: 812 }, isMobile: true, hasTouch: true })
})
afterAll(() => browser?.close())

/** Lays out every screen of the tour and asks something of it. */
async function ofEachScreen(look: { elder?: boolean; fontScale?: number }, ask: (page: Page) => Promise<string[]>) {
  const said: string[] = []
  let seen = 0
  await run('wechat', async (on) => {
    on.phone.circumstances.fontScale = look.fontScale ?? 1
    await tour(on, look, async (name) => {
      await page.setContent(paint(on.phone, bundleOf('wechat')))
      seen += 1
      for (const fault of await ask(page)) said.push(`${name}: ${fault}`)
    })
  })
  expect(seen).toBeGreaterThanOrEqual(20)
  return said
}

test('with large text no word is under 18 dp and no main target under 60 dp', async () => {
  expect(await ofEachScreen({ elder: true }, tooSmall)).toEqual([])
})

test('in all four themes text stands out from its ground by 4.5 to 1', async () => {
  const inAllThemes = async (shown: Page) => {
    const said: string[] = []
    for (const classes of [[], ['screen--dark'], ['screen--contrast'], ['screen--dark', 'screen--contrast']]) {
      await shown.evaluate((wanted) => {
        for (const root of document.querySelectorAll('.screen')) {
          root.classList.remove('screen--dark', 'screen--contrast')
          root.classList.add(...wanted)
        }
      }, classes)
      said.push(...(await faintTexts(shown)).map((fault) => `${classes.join(' ') || 'light'}: ${fault}`))
    }
    return said
  }
  expect(await ofEachScreen({}, inAllThemes)).toEqual([])
})

test.each([{ elder: true }, { elder: false }])(
  'with the largest font of the phone nothing is cut or runs out of 375 px, large text %p',
  async ({ elder }) => {
    expect(await ofEachScreen({ elder, fontScale: 2 }, runsOut)).toEqual([])
  },
)
