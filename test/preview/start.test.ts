import type { Phone } from '../support/browser'
import { walks } from '../support/walks'
import { wordsIn } from '../support/words'

const { preview, phone } = walks({ demo: true })

test('a cold start shows the services of the city after at most three requests', async () => {
  const citizen = await phone({ city: '330100', citizen: 'early' })
  await citizen.open()
  await citizen.find(wordsIn('zh-CN').home.book).waitFor()
  expect(preview().requests.length).toBeGreaterThan(0)
  expect(preview().requests.length).toBeLessThanOrEqual(3)
})

test('large text, dark and English are chosen in settings and are still there at the next start', async () => {
  const { home, me, settings } = wordsIn('zh-CN')
  const citizen = await phone({ city: '330100', citizen: 'chooser' })
  await citizen.open()
  await citizen.tapTab(home.tabs.me)
  await citizen.tap(me.display)
  await citizen.tap(settings.elder, 'radio')
  await citizen.tap(settings.dark, 'radio')
  await citizen.tap('English', 'radio')
  await citizen.sees(wordsIn('en').settings.textSize)
  await citizen.restart()
  await citizen.sees(wordsIn('en').home.services)
  const look = await citizen.page
    .locator('.screen')
    .last()
    .evaluate((root) => {
      const { backgroundColor, fontSize } = getComputedStyle(root)
      return { backgroundColor, fontSize }
    })
  expect(look).toEqual({ backgroundColor: 'rgb(16, 20, 19)', fontSize: '20px' })
})

/**
 * Words under 18 px and targets under 60 px on the page shown. Not counted: the host's tab bar, the letters beside the
 * cities, which the search above them replaces, and the edge of a box around its input.
 */
const tooSmall = (citizen: Phone) =>
  citizen.page.evaluate(() => {
    const isSeen = (element: Element) => element.checkVisibility() && element.getBoundingClientRect().width > 1
    const root = Array.from(document.querySelectorAll('.screen')).filter(isSeen).at(-1)
    const all = Array.from(root?.querySelectorAll('*') ?? []).filter(isSeen)
    const own = (element: Element) =>
      Array.from(element.childNodes)
        .filter((node) => node.nodeType === Node.TEXT_NODE)
        .map((node) => node.textContent?.trim())
        .join('')
    const words = all
      .filter((element) => own(element) !== '' && Number.parseFloat(getComputedStyle(element).fontSize) < 18)
      .map((element) => `${getComputedStyle(element).fontSize} "${own(element)}"`)
    const targets = all
      .filter((element) => element.matches('[role=button],[role=radio],[role=checkbox],[role=switch],[role=tab],input'))
      .filter((element) => element.getBoundingClientRect().height < (element.matches('input') ? 57.5 : 59.5))
      .map(
        (element) => `${element.getBoundingClientRect().height}px high: ${element.className} "${element.textContent}"`,
      )
    return { words, targets: Array.from(new Set(targets)) }
  })

const elderPages = [
  ['home', '/pages/home/index', wordsIn('zh-CN').elder.pay],
  ['bills', '/pages/bills/index', /^水费/],
  ['visits', '/pages/appointments/index', /^居民身份证换领/],
  ['items', '/pages/booking/items/index?city=330100', /^居民身份证换领/],
  ['cities', '/pages/cities/index', '杭州'],
  ['settings', '/pages/settings/display/index', /./],
] as const

test.each(elderPages)('with large text, %s has no word under 18 and no target under 60', async (_, link, sign) => {
  const citizen = await phone({ city: '330100', citizen: 'grandmother', textSize: 'elder' })
  await citizen.open(link)
  if (link.includes('settings')) await citizen.sees(wordsIn('zh-CN').settings.elder)
  else await citizen.find(sign).first().waitFor()
  expect(await tooSmall(citizen)).toEqual({ words: [], targets: [] })
})

test.each(elderPages)('on a narrow phone with large text, %s does not run out of the screen', async (_, link) => {
  const citizen = await phone({ city: '330100', citizen: 'grandmother', textSize: 'elder', width: 320 })
  await citizen.open(link)
  await citizen.page.waitForLoadState('networkidle')
  const { wide, inner } = await citizen.page.evaluate(() => ({
    wide: document.documentElement.scrollWidth,
    inner: window.innerWidth,
  }))
  expect(wide).toBeLessThanOrEqual(inner)
})

test('a city tapped while its list is still opening leads back to a home that is seen', async () => {
  const { home } = wordsIn('zh-CN')
  const citizen = await phone({ citizen: 'quick' })
  await citizen.open()
  await citizen.find(home.chooseCity).first().waitFor()
  // Both taps in one breath: no waiting for a page to stand still.
  await citizen.page.evaluate(
    ([first, second]) =>
      new Promise<void>((resolve) => {
        const tapped = (text: string) => {
          const found = Array.from(document.querySelectorAll<HTMLElement>('[role=button]')).find(
            (element) => element.checkVisibility() && element.innerText.trim().startsWith(text),
          )
          found?.click()
          return !!found
        }
        tapped(first as string)
        const timer = setInterval(() => {
          if (!tapped(second as string)) return
          clearInterval(timer)
          resolve()
        }, 5)
      }),
    [home.chooseCity, '杭州'],
  )
  await citizen.sees(home.services)
  await citizen.page.waitForTimeout(1000)
  expect(await citizen.reads()).toContain(home.services)
})
