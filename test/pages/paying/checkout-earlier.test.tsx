import '../../support/match-media'
import { screen, waitFor } from '@testing-library/react'
import type { Bill } from '@/domain/bill'
import { formatFen } from '@/domain/money'
import { instantOf } from '@/domain/time'
import CheckoutPage from '@/pages/paying/checkout'
import { services } from '@/services'
import { stores } from '@/stores'
import { checkout as texts } from '@/text/paying/checkout'
import type { TestSandbox } from '../../support/sandbox'
import { button, city, hasButton, open, sees, stage, startCity, tap } from '../stage'
import { billsDue, newDay, payments, storedJournal, till } from './stage'

jest.setTimeout(60_000)

const checkout = texts['zh-CN']
const yuan = (amountFen: number) => formatFen(amountFen, { symbol: true })
let sandbox: TestSandbox

beforeAll(async () => {
  sandbox = await startCity()
}, 90_000)
beforeEach(() => newDay(sandbox), 30_000)
afterEach(() => jest.restoreAllMocks())
afterAll(() => sandbox?.close())

const openBasket = (bills: string) => open(CheckoutPage, { city, bills })
const link = (bills: readonly Bill[]) => bills.map(({ id }) => id).join()
const check = () => tap(screen.findByRole('checkbox', { name: checkout.checked }, { timeout: 20_000 }))

/** A request of before the app was killed, without a response. */
async function lostRequest(bill: Bill, isCarriedOut: boolean) {
  const key = services.newIdempotencyKey()
  const bills = [{ billId: bill.id, version: bill.version }]
  const createdAt = instantOf(services.serverNow(city))
  stores.journal.getState().write({ key, cityId: city, bills, amountFen: bill.amountFen, createdAt })
  if (!isCarriedOut) return null
  return (await services.payments.create(city, { bills, totalFen: bill.amountFen }, key)).payment
}

test('M4: a request whose response was lost is found by its key before anything is offered', async () => {
  const [bill, other] = (await billsDue('severalDue')) as [Bill, Bill]
  const payment = await lostRequest(bill, true)
  openBasket(link([bill, other]))
  await sees(checkout.toPayment)
  await waitFor(() => expect(String(stage.opened('redirectTo')[0])).toContain(payment?.id))
  expect(hasButton(/^支付/)).toBe(false)
})

test('M4: while a lost request may still arrive, another one for its bill has to wait; then it may be paid', async () => {
  const [bill, other] = (await billsDue('severalDue')) as [Bill, Bill]
  await lostRequest(bill, false)
  openBasket(link([bill, other]))
  await sees(checkout.stillOpenTitle)
  expect(hasButton(/^支付/)).toBe(false)
  await sandbox.control('POST', '/clock', { advanceSeconds: 180 })
  await services.manifest.get(city)
  await tap(button(checkout.checkAgain))
  await button(checkout.pay(yuan(bill.amountFen + other.amountFen)))
  expect(await payments()).toEqual([])
})

test('M4: the same request goes on with its own key', async () => {
  const [bill] = await billsDue('oneDue')
  await lostRequest(bill, false)
  const [before] = storedJournal()
  openBasket(bill.id)
  await check()
  await tap(button(checkout.pay(yuan(bill.amountFen))))
  await till.open()
  expect(storedJournal().map(({ key }) => key)).toEqual([before?.key])
  expect(await payments()).toHaveLength(1)
})
