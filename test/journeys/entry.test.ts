import { wordsIn } from '../support/words'
import { moneyMoves } from './cashier'
import { owed, toCheckout } from './debts'
import { onBothBundles } from './stage'

const { walk, run } = onBothBundles()
const { terms, failures, home, paying } = wordsIn('zh-CN')

const hall = '9007199254740995'
const page = `https://hangzhou.city-services.example/pages/booking/items/index?city=330100&hall=${hall}`
const link = (query: Record<string, string>) =>
  `/pages/home/index?${Object.entries(query)
    .map((pair) => pair.join('='))
    .join('&')}`

walk('N19: a printed code, an ordinary link and a message open the same page', async ({ phone }) => {
  const seen: string[][] = []
  for (const query of [
    { scene: `330100.h.${hall}` },
    { q: encodeURIComponent(encodeURIComponent(page)) },
    { qrCode: encodeURIComponent(page) },
  ]) {
    await phone.launch(link(query))
    expect(phone.stack).toEqual(['pages/home/index', 'pages/booking/items/index'])
    seen.push([...phone.screen.lines()])
  }
  expect(seen[1]).toEqual(seen[0])
  expect(seen[2]).toEqual(seen[0])
})

walk('N19, N8: a code that is junk leads home and says so', async ({ phone }) => {
  for (const query of [{ scene: '%00%00' }, { scene: '330100.z.1' }, { q: 'javascript%3Aalert(1)' }]) {
    await phone.launch(link(query))
    expect(phone.page).toBe('pages/home/index')
    phone.sees(failures.badLink.title, failures.badLink.text)
    await phone.tap(terms.close)
    phone.seesNot(failures.badLink.title)
  }
  await phone.launch(link({ scene: '440100' }))
  phone.sees(home.cityNotOpen('广州'))
})

// By itself each: WeChat reopens its pages for a code, Alipay leaves them where they are.
for (const host of ['wechat', 'alipay'] as const) {
  test(`N19: ${host}: a code is read while the app is open, and another city raises a question`, async () => {
    await run(host, async ({ phone }) => {
      await phone.launch(link({ scene: '330100' }))
      phone.sees(home.services)
      await phone.enter({ scene: `330100.h.${hall}` })
      expect(phone.page).toBe('pages/booking/items/index')
      await phone.enter({ scene: '510100' })
      phone.sees(home.otherCity('成都'))
      await phone.tap(home.otherCityNo('杭州'))
      phone.seesNot(home.otherCity('成都'))
    })
  })

  test(`N19: ${host}: money comes first: a code does not replace a payment`, async () => {
    await run(host, async (on) => {
      const { phone } = on
      const { amount, link: bill } = await owed(on)
      const pay = await toCheckout(on, { amount, link: bill })
      moneyMoves(on, 'not known, and not paid')
      await phone.tap(pay)
      phone.sees(paying.states.unknown.title)
      await phone.enter({ scene: `330100.h.${hall}` })
      expect(phone.page).toBe('pages/paying/payment/index')
      phone.kill()
    })
  })
}

walk('N18: a new version is offered on a tab, never while a payment is open, and once', async (on) => {
  const { phone } = on
  const { amount, link: bill } = await owed(on)
  const pay = await toCheckout(on, { amount, link: bill })
  await phone.update('ready')
  phone.seesNot(home.newVersion)
  moneyMoves(on, 'accepted')
  await phone.tap(pay)
  phone.seesNot(home.newVersion)
  await on.pass(130)
  await phone.launch()
  await phone.update('failed')
  phone.seesNot(home.newVersion)
  await phone.update('ready')
  phone.sees(home.newVersion, home.newVersionText)
  await phone.tap(home.newVersionNo)
  phone.seesNot(home.newVersion)
  await phone.tapTab(1)
  phone.seesNot(home.newVersion)
  await phone.launch()
  await phone.update('ready')
  await phone.tap(home.newVersionYes)
  expect(phone.updated).toBe(1)
})
