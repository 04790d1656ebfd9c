import { consent } from '@/text/parts/consent'
import type { AccountPage } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { numberOf, owed } from './debts'
import { onBothBundles } from './stage'
import type { Walk } from './walk'

const { walk } = onBothBundles()
const { billing, cities, terms, home, me, settings } = wordsIn('zh-CN')
const english = wordsIn('en')
const privacy = consent['zh-CN']

async function inHangzhou({ phone }: Walk) {
  await phone.launch()
  await phone.tap(home.chooseCity)
  await phone.tap('杭州')
  phone.sees(home.services)
}

walk('a citizen changes the city, and the app opens there the next time', async (on) => {
  const { phone } = on
  await inHangzhou(on)
  await phone.tap(home.changeCity('杭州'))
  await phone.type(new RegExp(cities.search), 'cd')
  await phone.tap('成都')
  phone.sees(home.services)
  expect(phone.screen.find(home.changeCity('成都'))).toHaveLength(1)
  phone.kill()
  await phone.launch()
  expect(phone.screen.find(home.changeCity('成都'))).toHaveLength(1)
})

walk('large text, dark and English are chosen in settings and are still there at the next launch', async (on) => {
  const { phone } = on
  await inHangzhou(on)
  await phone.tapTab(3)
  await phone.tap(new RegExp(`^${me.display}`))
  await phone.tap(new RegExp(`^${settings.elder}`), 'radio')
  await phone.tap(settings.dark, 'radio')
  await phone.tap('English', 'radio')
  phone.sees(english.settings.textSize)
  expect(phone.title).toBe(english.settings.display)
  // Hosts change tabs only while they are shown.
  await phone.back()
  expect(phone.title).toBe(english.home.tabs.me)
  expect(phone.tabTexts).toEqual(Object.values(english.home.tabs))
  phone.kill()
  await phone.launch()
  phone.sees(english.elder.all)
  const look = phone.root.querySelector('.screen')?.getAttribute('class')
  expect(look).toContain('screen--elder')
  expect(look).toContain('screen--dark')
})

walk('without any permission a citizen finds a city and a bill', async (on) => {
  const { phone } = on
  Object.assign(phone.circumstances, { location: 'refused', scan: 'refused', messages: 'refused', calendar: 'refused' })
  await phone.launch()
  await phone.tap(home.chooseCity)
  await phone.tap(cities.locate)
  phone.sees(privacy.title)
  await phone.tap(privacy.disagree)
  phone.sees(cities.locateDenied)
  await phone.tap(cities.locate)
  await phone.tap(privacy.agree)
  phone.sees(cities.locateDenied)
  await phone.tap('杭州')
  await phone.tap(home.kinds.gas)
  await phone.tap(billing.bind.scan)
  await phone.type(/^燃气户号/, await numberOf(on, 'hz-gas', 'one-due'))
  await phone.tap(billing.bind.lookUp)
  phone.sees('这是您要缴费的账户吗？')
})

walk('with consent the citizen’s city is found', async ({ phone }) => {
  await phone.launch()
  await phone.tap(home.chooseCity)
  await phone.tap(cities.locate)
  await phone.tap(privacy.agree)
  phone.sees(cities.located('杭州'))
})

walk('a session that ends in the middle of a form costs nothing that was typed', async (on) => {
  const { phone } = on
  await owed(on)
  await inHangzhou(on)
  await phone.tap(home.kinds.water)
  await phone.type(/户号/, await numberOf(on, 'hz-water', 'several-due'))
  await on.pass(40 * 60)
  await phone.tap(billing.bind.lookUp)
  phone.sees('这是您要缴费的账户吗？')
  await phone.tap(billing.bind.mine, 'radio')
  await phone.tap(billing.bind.bind)
  expect((await on.get<AccountPage>('/accounts')).items).toHaveLength(2)
  const signedIn = phone.trace.flatMap(({ requests }) => requests).filter(({ path }) => path.endsWith('/sessions'))
  expect(signedIn).toHaveLength(2)
})

walk('without network the app says so, and goes on when it is back', async (on) => {
  const { phone } = on
  await inHangzhou(on)
  await phone.setOnline(false)
  await phone.tap(home.kinds.gas)
  await phone.type(/^燃气户号/, await numberOf(on, 'hz-gas', 'one-due'))
  await phone.tap(billing.bind.lookUp)
  await on.pass(5)
  phone.seesNot('这是您要缴费的账户吗？')
  await phone.setOnline(true)
  await phone.tap(billing.bind.lookUp)
  phone.sees('这是您要缴费的账户吗？')
})

walk('"just now" does not stay while a page is looked at', async (on) => {
  const { phone } = on
  await phone.launch((await owed(on)).link)
  // A page that has just loaded says nothing of its age.
  phone.seesNot(/更新$/)
  await on.pass(160)
  phone.sees(terms.asOf('2 分钟前'))
  expect(phone.trace.flatMap(({ requests }) => requests).filter(({ path }) => path.includes('/bills/'))).toHaveLength(1)
})
