import '../../support/match-media'
import { get } from 'node:http'
import { act, screen, waitFor } from '@testing-library/react'
import type { Bill } from '@/domain/bill'
import { formatFen } from '@/domain/money'
import type { Payment, PaymentState } from '@/domain/payment'
import PaymentPage from '@/pages/paying/payment'
import PaymentsPage from '@/pages/paying/payments'
import ReceiptPage from '@/pages/paying/receipt'
import ReportPage from '@/pages/report/form'
import { services } from '@/services'
import { stores } from '@/stores'
import { paying } from '@/text/paying/payment'
import { payments as paymentsText } from '@/text/paying/payments'
import { receipt } from '@/text/paying/receipt'
import { report as reportTexts } from '@/text/report'
import type { TestSandbox } from '../../support/sandbox'
import { button, city, comeBack, hasButton, open, sees, stage, startCity, tap } from '../stage'
import { becomes, billsDue, createPayment, newDay, payments, settle, till } from './stage'

jest.setTimeout(60_000)

const { payment: t, states } = paying['zh-CN']
const { state: stateText } = paymentsText['zh-CN']
const yuan = (amountFen: number) => formatFen(amountFen, { symbol: true })
let sandbox: TestSandbox

beforeAll(async () => {
  sandbox = await startCity()
}, 90_000)
beforeEach(() => newDay(sandbox), 30_000)
afterEach(() => jest.restoreAllMocks())
afterAll(() => sandbox?.close())

const fault = (name: string) => sandbox.control('PUT', '/faults', { name })
const pay = ({ id }: Payment, act = 'pay') => sandbox.control('POST', '/pay', { paymentId: id, act })
const hint = (payment: Payment, outcome: 'unknown' | 'cancelled') =>
  services.payments.reportCashierResult(city, payment.id, { outcome, detail: '' }, services.newIdempotencyKey())
const openPayment = ({ id }: { id: string }) => open(PaymentPage, { city, payment: id })

/** The till's page, as a browser loads it: a payment that is looked at there is one whose cashier is open. */
const loadTill = ({ id }: Payment) =>
  new Promise((done) => get(`${sandbox.address}/till/${id}`, (response) => response.resume().on('end', done)))

/** How a payment comes into each state at the city. */
const ways: Partial<Record<PaymentState, (payment: Payment) => Promise<unknown>>> = {
  created: async () => undefined,
  'cashier-open': loadTill,
  async unknown(payment) {
    await fault('unknown-result')
    await hint(payment, 'unknown')
  },
  async paid(payment) {
    await fault('paid-not-credited')
    await pay(payment)
  },
  credited: (payment) => settle(sandbox, payment),
  async closed(payment) {
    await services.payments.close(city, payment.id, services.newIdempotencyKey())
  },
  async refunding(payment) {
    await fault('credit-refused')
    await fault('refund-failed')
    await pay(payment)
  },
  async refunded(payment) {
    await fault('credit-refused')
    await pay(payment)
    await becomes(payment, 'refunding')
    await sandbox.control('POST', '/refund', { paymentId: payment.id })
  },
}

const startsPaying = [t.action.pay, t.action['continue-cashier'], t.action['pay-again']]
const offered = () => startsPaying.filter((name) => hasButton(name))

test.each<[PaymentState, string[]]>([
  ['created', [t.action.pay]],
  ['cashier-open', [t.action['continue-cashier']]],
  ['unknown', []],
  ['paid', []],
  ['credited', []],
  ['closed', [t.action['pay-again']]],
  ['refunding', []],
  ['refunded', [t.action['pay-again']]],
])('a payment that is %s says so, and offers no more paying than the table allows', async (state, paying) => {
  const [bill] = await billsDue('oneDue')
  const payment = await createPayment(bill)
  await ways[state]?.(payment)
  await becomes(payment, state)
  openPayment(payment)
  await sees(states[state].text)
  expect(screen.queryAllByRole('heading', { name: states[state].title })).toHaveLength(1)
  expect(offered()).toEqual(paying)
})

test('M9: one bill that was not credited hides nothing of the other', async () => {
  const [one, other] = (await billsDue('severalDue')) as [Bill, Bill]
  const payment = await createPayment(one, other)
  await fault('credit-refused')
  await pay(payment)
  await sandbox.control('POST', '/clock', { advanceSeconds: 120 })
  await becomes(payment, 'partly-refunded')
  openPayment(payment)
  await sees(states['partly-refunded'].title)
  await sees(t.outcome.credited)
  await sees(t.outcome.refunded)
  await sees(t.refundState.succeeded)
})

test('M2: while the result is unknown the page keeps asking, and shows the truth once there is one', async () => {
  const [bill] = await billsDue('oneDue')
  const payment = await createPayment(bill)
  await ways.unknown?.(payment)
  openPayment(payment)
  await sees(states.unknown.title)
  await sandbox.control('DELETE', '/faults')
  await pay(payment)
  // Nobody taps: the page asks by itself.
  await screen.findByText(/^(付款成功|缴费完成)/, undefined, { timeout: 15_000 })
})

test('M2: a hidden page does not ask, and asks at once when it is shown again', async () => {
  const [bill] = await billsDue('oneDue')
  const payment = await createPayment(bill)
  await ways.unknown?.(payment)
  openPayment(payment)
  await sees(states.unknown.title)
  act(() => stage.emit('hide'))
  const get = jest.spyOn(services.payments, 'get')
  await sandbox.control('DELETE', '/faults')
  await pay(payment)
  await new Promise((resolve) => setTimeout(resolve, 7_000))
  expect(get).not.toHaveBeenCalled()
  expect(screen.queryByText(states.unknown.title)).not.toBeNull()
  await comeBack()
  await screen.findByText(/^(付款成功|缴费完成)/, undefined, { timeout: 15_000 })
})

test('M3: the cashier says "cancelled" although money moved: the city is asked, and the page shows paid', async () => {
  const [bill] = await billsDue('oneDue')
  const payment = await createPayment(bill)
  await fault('paid-not-credited')
  await loadTill(payment)
  openPayment(payment)
  await tap(button(t.action['continue-cashier']))
  await till.act(sandbox, 'cancel-but-paid')
  await sees(states.paid.title)
  expect(offered()).toEqual([])
})

test('M3: a cancelled payment is not called unpaid while the city cannot be asked', async () => {
  const [bill] = await billsDue('oneDue')
  const payment = await createPayment(bill)
  await loadTill(payment)
  openPayment(payment)
  await tap(button(t.action['continue-cashier']))
  await till.open()
  await fault('dropped-connection')
  await till.act(sandbox, 'cancel-but-paid')
  await sees(states.unknown.title)
  await sees(t.checkFailed)
  expect(offered()).toEqual([])
})

test('going on with a payment uses the same payment, and stores it first', async () => {
  const [bill] = await billsDue('oneDue')
  const payment = await createPayment(bill)
  await loadTill(payment)
  openPayment(payment)
  await tap(button(t.action['continue-cashier']))
  const frame = await till.open()
  expect(frame.src).toContain(payment.id)
  expect(stores.journal.getState().intents).toMatchObject([{ paymentId: payment.id, cashier: 'none' }])
  expect(await payments()).toHaveLength(1)
})

test('M6: closing a payment that was paid meanwhile shows what the city says, not what was wished', async () => {
  const [bill] = await billsDue('oneDue')
  const payment = await createPayment(bill)
  openPayment(payment)
  await tap(button(t.action.cancel))
  await fault('notification-lost')
  await pay(payment)
  await tap(button(t.cancelYes))
  await waitFor(() => expect(screen.queryByText(states['cashier-open'].title)).toBeNull(), { timeout: 20_000 })
  expect(screen.queryByText(states.closed.title)).toBeNull()
  await screen.findByText(/^(付款成功|缴费完成|正在退款|已退款)/, undefined, { timeout: 20_000 })
})

test('M5: past the promise the two clocks differ, and the report is filled in with two taps', async () => {
  const [bill] = await billsDue('oneDue')
  const payment = await createPayment(bill)
  await fault('paid-not-credited')
  await pay(payment)
  await becomes(payment, 'paid')
  const { unmount } = openPayment(payment)
  await sees(t.paidStep)
  await sees(t.creditingStep)
  expect(hasButton(t.action.report)).toBe(false)
  await sandbox.control('POST', '/clock', { advanceSeconds: 3600 })
  await tap(button(t.action.check))
  await sees(t.lateTitle)
  await tap(button(t.action.report))
  expect(stage.opened('navigateTo')).toEqual([`/pages/report/form/index?city=330100&payment=${payment.id}`])
  unmount()

  open(ReportPage, { city, payment: payment.id })
  const report = reportTexts['zh-CN']
  await tap(button(report.submit))
  await sees(report.doneTitle)
  const [sent] = (await services.reports.list(city)).items
  expect(sent).toMatchObject({ about: { kind: 'payment', id: payment.id }, reason: 'not-credited' })
  expect(sent?.text).toContain(payment.reference)
  await sees(sent?.reference ?? 'no reference')
})

test('a payment that cannot be read offers to try again and never to pay', async () => {
  const [bill] = await billsDue('oneDue')
  const payment = await createPayment(bill)
  stores.journal.getState().write({
    key: services.newIdempotencyKey(),
    cityId: city,
    bills: [{ billId: bill.id, version: bill.version }],
    amountFen: bill.amountFen,
    createdAt: bill.asOf,
    paymentId: payment.id,
    cashier: 'none',
  })
  await fault('html-instead-of-json')
  openPayment(payment)
  await sees(t.loadFailedNote)
  expect(offered()).toEqual([])
  await sandbox.control('DELETE', '/faults')
  await tap(button('重试'))
  await sees(states['cashier-open'].title)
})

test('the list of payments says what each is, and never in the colour of success', async () => {
  const [one, other] = (await billsDue('severalDue')) as [Bill, Bill]
  const paid = await createPayment(one)
  await settle(sandbox, paid)
  await createPayment(other)
  open(PaymentsPage, { city })
  await sees(stateText.credited)
  await sees(stateText.created)
  expect(document.querySelectorAll('.tag--ok')).toHaveLength(0)
  await sees(yuan(other.amountFen))
})

test('a receipt that was seen once opens without network, and says how old it is', async () => {
  const [bill] = await billsDue('oneDue')
  const payment = await createPayment(bill)
  await ways.credited?.(payment)
  const { receiptId } = await services.payments.get(city, payment.id)
  const params = { city, receipt: receiptId ?? '' }
  const { unmount } = open(ReceiptPage, params)
  await sees(payment.reference)
  unmount()
  await fault('dropped-connection')
  open(ReceiptPage, params)
  await sees(/^网络不通/)
  await sees(payment.reference)
  await screen.findByRole('img', { name: receipt['zh-CN'].verify })
})
