import '../../support/match-media'
import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { formatFen } from '@/domain/money'
import { instantOf } from '@/domain/time'
import BillPage from '@/pages/billing/bill'
import CheckoutPage from '@/pages/paying/checkout'
import { services } from '@/services'
import { stores } from '@/stores'
import { bills as billTexts } from '@/text/bills'
import { checkout as checkoutTexts } from '@/text/paying/checkout'
import type { TestSandbox } from '../../support/sandbox'
import { button, city, hasButton, newCitizen, open, sees, stage, startCity, tap } from '../stage'
import { billsDue, bindAccount, createPayment, newDay, payments, settle, storedJournal, till } from './stage'

jest.setTimeout(60_000)

const checkout = checkoutTexts['zh-CN']
const yuan = (amountFen: number) => formatFen(amountFen, { symbol: true })
let sandbox: TestSandbox

beforeAll(async () => {
  sandbox = await startCity()
}, 90_000)
beforeEach(() => newDay(sandbox), 30_000)
afterEach(() => jest.restoreAllMocks())
afterAll(() => sandbox?.close())

/** Opens the checkout of a bill and ticks what must be ticked. */
async function openCheckout(bill: { id: string; amountFen: number }) {
  open(CheckoutPage, { city, bill: bill.id })
  await tap(screen.findByRole('checkbox', { name: checkout.checked }, { timeout: 20_000 }))
  return button(checkout.pay(yuan(bill.amountFen)))
}

const wentToPayment = () =>
  waitFor(
    () => {
      const [address] = stage.opened('redirectTo')
      expect(String(address)).toMatch(/^\/pages\/paying\/payment\/index\?city=330100&payment=/)
      return String(address).split('payment=')[1] as string
    },
    { timeout: 20_000 },
  )

test('M1: two taps on "pay" in the same moment make one payment', async () => {
  const [bill] = await billsDue('oneDue')
  const pay = await openCheckout(bill)
  act(() => {
    fireEvent.click(pay)
    fireEvent.click(pay)
  })
  await till.open()
  expect(await payments()).toHaveLength(1)
  expect(storedJournal()).toHaveLength(1)
})

test('M1: after a lost response the same key is sent again, and there is one payment', async () => {
  const [bill] = await billsDue('oneDue')
  const pay = await openCheckout(bill)
  await sandbox.control('PUT', '/faults', { name: 'lost-answer', operationId: 'createPayment' })
  await tap(pay)
  await sees(checkout.startFailed)
  expect(till.isOpen()).toBe(false)
  const [before] = storedJournal()
  await sandbox.control('DELETE', '/faults')
  await tap(button(checkout.pay(yuan(bill.amountFen))))
  await till.open()
  expect(storedJournal().map(({ key }) => key)).toEqual([before?.key])
  expect(await payments()).toHaveLength(1)
})

test('M4: the intent is stored, with its payment, before the cashier opens', async () => {
  const [bill] = await billsDue('oneDue')
  let atOpening: unknown = null
  const append = document.body.appendChild.bind(document.body)
  jest.spyOn(document.body, 'appendChild').mockImplementation((node) => {
    if (node instanceof HTMLIFrameElement) atOpening = storedJournal()
    return append(node)
  })
  await tap(openCheckout(bill))
  await till.open()
  const [payment] = await payments()
  expect(atOpening).toEqual([
    expect.objectContaining({
      paymentId: payment?.id,
      cashier: 'none',
      amountFen: bill.amountFen,
      bills: [{ billId: bill.id, version: bill.version }],
    }),
  ])
})

test('M4: before the city is asked for a payment, the intent is stored already', async () => {
  const [bill] = await billsDue('oneDue')
  const pay = await openCheckout(bill)
  await sandbox.control('PUT', '/faults', { name: 'dropped-connection', operationId: 'createPayment' })
  await tap(pay)
  await sees(checkout.startFailed)
  expect(storedJournal()).toMatchObject([{ bills: [{ billId: bill.id }] }])
  expect(storedJournal()[0]).not.toHaveProperty('paymentId')
})

test('whatever the cashier reports, the payment page comes next and no second payment is made', async () => {
  const [bill] = await billsDue('oneDue')
  await tap(openCheckout(bill))
  await till.act(sandbox, 'cancel')
  const id = await wentToPayment()
  expect((await payments()).map((payment) => payment.id)).toEqual([id])
  expect(storedJournal()).toMatchObject([{ paymentId: id, cashier: 'cancelled' }])
})

test('M4: a bill whose payment is under way leads to that payment, not to another one', async () => {
  const [bill] = await billsDue('oneDue')
  const payment = await createPayment(bill)
  open(CheckoutPage, { city, bill: bill.id })
  expect(await wentToPayment()).toBe(payment.id)
  expect(hasButton(/^支付/)).toBe(false)
})

test('M4: a payment in the journal comes before anything that the bill offers', async () => {
  const [bill] = await billsDue('oneDue')
  const payment = await createPayment(bill)
  await sandbox.control('PUT', '/faults', { name: 'error-500', operationId: 'getPayment' })
  stores.journal.getState().write({
    key: services.newIdempotencyKey(),
    cityId: city,
    bills: [{ billId: bill.id, version: bill.version }],
    amountFen: bill.amountFen,
    createdAt: bill.asOf,
    paymentId: payment.id,
    cashier: 'none',
  })
  open(BillPage, { city, bill: bill.id })
  await sees(billTexts['zh-CN'].checking(yuan(bill.amountFen)))
  expect(hasButton(/^缴纳/)).toBe(false)
  await tap(button('查看支付进度'))
  expect(stage.opened('navigateTo')).toEqual([`/pages/paying/payment/index?city=330100&payment=${payment.id}`])
})

test('M4: while a request whose response was lost is looked for, its bill offers no paying', async () => {
  const [bill] = await billsDue('oneDue')
  stores.journal.getState().write({
    key: services.newIdempotencyKey(),
    cityId: city,
    bills: [{ billId: bill.id, version: bill.version }],
    amountFen: bill.amountFen,
    createdAt: instantOf(services.serverNow(city)),
  })
  open(BillPage, { city, bill: bill.id })
  await sees(billTexts['zh-CN'].checking(yuan(bill.amountFen)))
  await sees(bill.title)
  expect(hasButton(/^缴纳/)).toBe(false)
})

test('M7: a changed amount is shown beside the old one, and nothing is charged before a yes', async () => {
  const [bill] = await billsDue('oneDue')
  const pay = await openCheckout(bill)
  await sandbox.control('PUT', '/faults', { name: 'bill-changed', times: 1 })
  await tap(pay)
  const question = await screen.findByRole('dialog', { name: checkout.changedTitle }, { timeout: 20_000 })
  const now = await services.bills.get(city, bill.id)
  expect(now.amountFen).not.toBe(bill.amountFen)
  expect(question.textContent).toContain(yuan(bill.amountFen))
  expect(question.textContent).toContain(yuan(now.amountFen))
  expect(await payments()).toEqual([])
  expect(till.isOpen()).toBe(false)
  await tap(button(checkout.payNew(yuan(now.amountFen))))
  await till.open()
  expect(await payments()).toMatchObject([{ amountFen: now.amountFen }])
})

test('M7: "not now" leaves nothing behind', async () => {
  const [bill] = await billsDue('oneDue')
  const pay = await openCheckout(bill)
  await sandbox.control('PUT', '/faults', { name: 'bill-changed', times: 1 })
  await tap(pay)
  await tap(button(checkout.notNow))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
  expect(await payments()).toEqual([])
  expect(stores.journal.getState().intents.every(({ endedAt }) => endedAt !== undefined)).toBe(true)
})

test('M8: a bill that somebody paid just now is only paid after a warning', async () => {
  const [bill] = await billsDue('oneDue')
  await sandbox.control('POST', '/paid-elsewhere', { billId: bill.id })
  await tap(openCheckout(bill))
  await screen.findByRole('dialog', { name: checkout.recentTitle }, { timeout: 20_000 })
  expect(await payments()).toEqual([])
  await tap(button(checkout.payAnyway))
  await till.open()
  expect(await payments()).toHaveLength(1)
})

test('M8: the first payment of an account asks to check holder and address', async () => {
  const [bill] = await billsDue('oneDue')
  open(CheckoutPage, { city, bill: bill.id })
  await sees(checkout.firstTitle)
  await tap(button(checkout.pay(yuan(bill.amountFen))))
  expect(await payments()).toEqual([])
  expect(till.isOpen()).toBe(false)
})

test('N10: with no room to note the payment down it says so, and pays only after a yes', async () => {
  const [bill] = await billsDue('oneDue')
  const pay = await openCheckout(bill)
  const keep = Storage.prototype.setItem
  jest.spyOn(Storage.prototype, 'setItem').mockImplementation(function (this: Storage, key: string, text: string) {
    if (key.endsWith(':journal')) throw new Error('QuotaExceededError')
    keep.call(this, key, text)
  })
  await tap(pay)
  await screen.findByRole('dialog', { name: checkout.noRoomTitle }, { timeout: 20_000 })
  expect(await payments()).toEqual([])
  await tap(button(checkout.payWithoutRoom))
  await till.open()
  expect(await payments()).toHaveLength(1)
})

test('a bill that somebody else settled offers no paying', async () => {
  const [bill] = await billsDue('oneDue')
  await settle(sandbox, await createPayment(bill))
  await newCitizen()
  await bindAccount('oneDue')
  open(CheckoutPage, { city, bill: bill.id })
  await sees(checkout.settledTitle)
  expect(hasButton(/^支付/)).toBe(false)
})
