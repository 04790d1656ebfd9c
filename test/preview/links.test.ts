import { walks } from '../support/walks'
import { wordsIn } from '../support/words'

const { phone } = walks({ demo: true })
const { bills, booking, terms, failures, home } = wordsIn('zh-CN')

const badLinks = [
  '/pages/billing/bill/index?city=330100',
  '/pages/billing/bill/index?city=33010&bill=b-1',
  '/pages/billing/bill/index?city=330100&bill=%3Cscript%3Ealert(1)%3C%2Fscript%3E',
  '/pages/paying/checkout/index?city=..%2F..&bill=b-1',
  '/pages/paying/payment/index?payment=p-1',
  '/pages/booking/slots/index?city=330100&hall=%00&item=id-card-renewal',
  '/pages/booking/appointment/index',
]

test.each(badLinks)('N8: the link %s says that it can not be opened and leads home', async (link) => {
  const citizen = await phone({ city: '330100', citizen: 'curious' })
  await citizen.open(link)
  await citizen.sees(failures.badLink.title)
  await citizen.tap(terms.home)
  await citizen.sees(home.services)
})

test("N8: a link to somebody else's bill finds nothing", async () => {
  const citizen = await phone({ city: '330100', citizen: 'curious' })
  await citizen.open('/pages/billing/bill/index?city=330100&bill=b-0000000000000000')
  await citizen.sees(failures.notFound.title)
  await citizen.tap(terms.home)
  await citizen.sees(home.services)
})

test('N8: a link to a page that is not there leads home', async () => {
  const citizen = await phone({ city: '330100', citizen: 'curious' })
  await citizen.open('/pages/nowhere/index')
  await citizen.sees(home.services)
})

test('N8: a phone whose storage holds nonsense starts as a new one', async () => {
  const citizen = await phone({ citizen: 'tinkerer' })
  await citizen.open()
  await citizen.find(home.chooseCity).waitFor()
  await citizen.page.evaluate(() => {
    localStorage.setItem('city-services:settings', '{"version":1,"value":{"textSize":"huge"}}')
    localStorage.setItem('city-services:city', '{"version":1,"value":{"city":"../etc","recents":7}}')
    localStorage.setItem('city-services:journal', '{"version":1,"value":[{"key":1},null,"paid"]}')
    localStorage.setItem('city-services:session', 'no JSON')
  })
  await citizen.page.reload()
  await citizen.find(home.chooseCity).waitFor()
})

test('N9: a city in maintenance says so, can be read, and takes neither money nor visits', async () => {
  const citizen = await phone({ city: '460200', citizen: 'on-holiday' })
  await citizen.open()
  await citizen.sees(home.readOnly)
  await citizen.sees('0898-12345')
  await citizen.tapTab(home.tabs.bills)
  await citizen.sees(bills.readOnly)
  await citizen.tap(/^电费/)
  await citizen.tap(/^2026年10月电费/)
  expect(await citizen.find(/^缴纳/).count()).toBe(0)
  await citizen.open()
  await citizen.tap(home.book)
  await citizen.tap('居民身份证换领')
  await citizen.find(/^三亚/).first().click()
  await citizen.sees(booking.readOnly)
})
