import { refusals } from '@/text/booking/refusals'
import { wordsIn } from '../support/words'
import { moneyMoves } from './cashier'
import { owed, paymentsOf } from './debts'
import { onBothBundles } from './stage'

const { walk } = onBothBundles()
const { billing, bills, booking, terms, failures, home, paying } = wordsIn('zh-CN')

const badLinks = [
  '/pages/billing/bill/index?city=330100',
  '/pages/billing/bill/index?city=33010&bill=b-1',
  '/pages/billing/bill/index?city=330100&bill=%3Cscript%3Ealert(1)%3C%2Fscript%3E',
  '/pages/paying/checkout/index?city=..%2F..&bill=b-1',
  '/pages/paying/checkout/index?city=330100&bills=b-1:-5',
  '/pages/paying/payment/index?payment=p-1',
  '/pages/paying/receipt/index?city=330100&receipt=%00',
  '/pages/paying/receipt/index?city=330100&receipt=%E0%A4%A',
  '/pages/booking/slots/index?city=330100&hall=..%2F..&item=id-card-renewal',
  '/pages/booking/appointment/index',
  '/pages/booking/confirm/index?city=330100&hold=',
]

walk('N8: whatever somebody wrote into a link, it says that it can not be opened and leads home', async ({ phone }) => {
  for (const link of badLinks) {
    await phone.launch(link)
    phone.sees(failures.badLink.title, failures.badLink.text)
    await phone.tap(terms.home)
    phone.sees(home.welcome)
  }
  expect(phone.trace.flatMap(({ requests }) => requests)).toEqual([])
})

walk("N8: a link to somebody else's bill, payment or visit finds nothing and leads home", async ({ phone }) => {
  for (const link of [
    '/pages/billing/bill/index?city=330100&bill=b-0000000000000000',
    '/pages/paying/payment/index?city=330100&payment=p-00000000000000',
    '/pages/booking/appointment/index?city=330100&appointment=ap-00000000000000',
  ]) {
    await phone.launch(link)
    phone.sees(failures.notFound.title)
    await phone.tap(terms.home)
    phone.sees(home.welcome)
  }
})

walk('N8: a link to a page that does not exist leads home', async (on) => {
  const { phone } = on
  await phone.launch('/pages/nowhere/index?city=330100')
  expect(phone.page).toBe('pages/home/index')
  phone.sees(home.welcome)
})

walk('N8: a code without a bill fills nothing in and sends no request', async (on) => {
  const { phone } = on
  const { scanned } = billing.bind
  await phone.launch('/pages/billing/bind/index?city=330100&biller=hz-gas')
  const before = phone.trace.flatMap(({ requests }) => requests).length
  for (const [reads, text] of [
    ['https://pay.example/?to=6222020200112233', scanned.none],
    ['javascript:alert(1)', scanned.none],
    ['9'.repeat(5000), scanned.none],
  ] as const) {
    phone.circumstances.scan = { reads }
    await phone.tap(billing.bind.scan)
    phone.sees(text)
    expect(phone.screen.lines().join()).toMatch(/textbox "燃气户号[^=]*" = ""/)
  }
  expect(phone.trace.flatMap(({ requests }) => requests)).toHaveLength(before)
})

walk('N6: a link to a bill of another city raises a question before any money moves', async (on) => {
  const { phone } = on
  const { link, amount } = await owed(on)
  await phone.launch()
  await phone.tap(home.chooseCity)
  await phone.tap('成都')
  await phone.launch(link)
  await phone.tap(billing.bill.pay(amount))
  await phone.tap(paying.checkout.checked, 'checkbox')
  const till = moneyMoves(on, 'accepted')
  await phone.tap(paying.checkout.pay(amount))
  phone.sees(paying.checkout.otherCityTitle('杭州'), paying.checkout.otherCityText('成都'))
  await phone.tap(paying.checkout.notNow)
  expect(till.opened).toBe(0)
  expect(await paymentsOf(on)).toEqual([])
  await phone.tap(paying.checkout.pay(amount))
  await phone.tap(paying.checkout.otherCityYes)
  phone.sees(paying.states.paid.title)
  expect(till.opened).toBe(1)
  // The chosen city is still the one that was chosen.
  await phone.launch()
  expect(phone.screen.find(home.changeCity('成都'))).toHaveLength(1)
})

walk(
  'N9: a city in maintenance says so with its telephone, can be read, and takes neither money nor visits',
  async (on) => {
    const { phone } = on
    const { link } = await owed(on, 'sy-electricity')
    await phone.launch()
    await phone.tap(home.chooseCity)
    await phone.tap('三亚')
    phone.sees(home.readOnly, '0898-12345')
    await phone.tapTab(1)
    phone.sees(bills.readOnly, bills.readOnlyText)
    await phone.launch(link)
    phone.sees(billing.bill.readOnly)
    expect(phone.screen.find(/^缴纳/)).toEqual([])
    await phone.launch('/pages/booking/slots/index?city=460200&hall=9007199254741301&item=id-card-renewal')
    phone.sees(booking.readOnly, refusals['zh-CN'].pausedText)
    await phone.tap(/^\d\d:\d\d.*余/, 'radio')
    expect(phone.trace.at(-1)?.toasts).toEqual([booking.readOnly])
    expect(phone.page).toBe('pages/booking/slots/index')
  },
)
