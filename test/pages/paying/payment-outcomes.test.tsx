import '../../support/match-media'
import { act, screen, waitFor, within } from '@testing-library/react'
import type { Bill } from '@/domain/bill'
import { asId, type BillerId, type CityId } from '@/domain/ids'
import { formatFen } from '@/domain/money'
import type { Payment } from '@/domain/payment'
import PaymentPage from '@/pages/paying/payment'
import ReceiptPage from '@/pages/paying/receipt'
import ReportPage from '@/pages/report/form'
import { services } from '@/services'
import { receiptsOf } from '@/services/receipts'
import { refundsOf } from '@/services/refunds'
import { stores } from '@/stores'
import { paying } from '@/text/paying/payment'
import { receipt } from '@/text/paying/receipt'
import { report as reportTexts } from '@/text/report'
import type { TestSandbox } from '../../support/sandbox'
import { button, city, hasButton, open, sees, stage, startCity, tap } from '../stage'
import { becomes, billsDue, createPayment, newDay } from './stage'

jest.setTimeout(60_000)

const { payment: t, states, refundFailed } = paying['zh-CN']
const paper = receipt['zh-CN']
const report = reportTexts['zh-CN']
const yuan = (amountFen: number) => formatFen(amountFen, { symbol: true })
let sandbox: TestSandbox

beforeAll(async () => {
  sandbox = await startCity()
}, 90_000)
beforeEach(() => newDay(sandbox), 30_000)
afterEach(() => jest.restoreAllMocks())
afterAll(() => sandbox?.close())

const fault = (name: string) => sandbox.control('PUT', '/faults', { name })
const faultsOff = () => sandbox.control('DELETE', '/faults')
const later = (seconds: number) => sandbox.control('POST', '/clock', { advanceSeconds: seconds })
const pay = ({ id }: Payment) => sandbox.control('POST', '/pay', { paymentId: id })
const key = () => services.newIdempotencyKey()
const openPayment = ({ id }: { id: string }) => open(PaymentPage, { city, payment: id })
const now = ({ id }: Payment) => services.payments.get(city, id)
const startsPaying = [t.action.pay, t.action['continue-cashier'], t.action['pay-again']]
const offered = () => startsPaying.filter((name) => hasButton(name))
const twoBills = async () => (await billsDue('severalDue')).slice(0, 2) as [Bill, Bill]

/** A paid payment of two bills, of which the biller takes one only. */
async function halfCredited() {
  const payment = await createPayment(...(await twoBills()))
  await fault('credit-refused')
  await pay(payment)
  await later(120)
  return payment
}

test('a payment that failed shows that nothing was charged, and may be paid again', async () => {
  const [bill] = await billsDue('oneDue')
  const payment = await createPayment(bill)
  await services.payments.reportCashierResult(
    city,
    payment.id,
    { outcome: 'failed', reason: 'declined', detail: '4000' },
    key(),
  )
  await becomes(payment, 'failed')
  openPayment(payment)
  await sees(states.failed.text)
  expect(offered()).toEqual([t.action['pay-again']])
  await tap(button(t.action['pay-again']))
  const [address] = stage.opened('redirectTo')
  expect(decodeURIComponent(String(address))).toBe(
    `/pages/paying/checkout/index?city=330100&bills=${bill.id}:${bill.amountFen}`,
  )
})

test('M6: a payment that crosses its closing is "closing", offers no paying, and ends as the city says', async () => {
  const [bill] = await billsDue('oneDue')
  const payment = await createPayment(bill)
  await fault('closing-crossed')
  await fault('paid-not-credited')
  openPayment(payment)
  await tap(button(t.action.cancel))
  await tap(button(t.cancelYes))
  await sees(states.closing.title)
  expect(offered()).toEqual([])
  await later(20)
  await screen.findByText(states.paid.title, undefined, { timeout: 20_000 })
  expect(offered()).toEqual([])
})

test('M6: money that arrives after the end goes back, with its reason', async () => {
  const [bill] = await billsDue('oneDue')
  const payment = await createPayment(bill)
  await services.payments.close(city, payment.id, key())
  await sandbox.control('POST', '/pay', { paymentId: payment.id, force: true })
  await waitFor(async () => expect((await now(payment)).state).not.toBe('closed'), { timeout: 20_000 })
  openPayment(payment)
  await sees('订单关闭后收到付款，自动退回')
  await sees(t.notCreditedStep)
  expect(screen.queryByText(states.closed.title)).toBeNull()
})

test('M11: a refund on its way shows its steps, reference, expected day and whom to call', async () => {
  await fault('refund-pending')
  const payment = await halfCredited()
  await becomes(payment, 'refunding')
  openPayment(payment)
  await sees(states.refunding.title)
  const [refund] = await services.of(refundsOf).list(city, payment.id)
  await sees(refund?.reference ?? '')
  await sees(t.refundContact(refund?.contactPhone ?? ''))
  await sees(/^预计 .* 前到账$/)
  await sees(t.partCreditedStep)
  await sees(t.refundingStep)
  expect(offered()).toEqual([])
  await tap(button(t.refundContact(refund?.contactPhone ?? '')))
  expect(stage.calls.some(({ name }) => name === 'makePhoneCall')).toBe(true)
})

test('M11: a refund that failed is never called on its way: it says where the money is and what to do', async () => {
  await fault('refund-failed')
  const payment = await halfCredited()
  await becomes(payment, 'refunding')
  await waitFor(
    async () =>
      expect((await services.of(refundsOf).list(city, payment.id)).map(({ state }) => state)).toEqual(['failed']),
    { timeout: 20_000 },
  )
  openPayment(payment)
  await sees(refundFailed.title)
  await sees(refundFailed.text)
  await sees(t.refundState.failed)
  expect(screen.queryByText(states.refunding.title)).toBeNull()
  expect(offered()).toEqual([])
  await tap(button(t.action.report))
  open(ReportPage, { city, payment: payment.id })
  await tap(button(report.submit))
  await sees(report.doneTitle)
  const [sent] = (await services.reports.list(city)).items
  expect(sent).toMatchObject({ reason: 'refund-late', about: { kind: 'payment', id: payment.id } })
  expect(sent?.text).toContain(payment.reference)
})

test('M11: partly refunded: what came back is named, and the bill that is not settled leads to itself', async () => {
  const payment = await halfCredited()
  await becomes(payment, 'partly-refunded')
  openPayment(payment)
  await sees(states['partly-refunded'].text)
  const { bills, refundedFen } = await now(payment)
  const back = bills.find(({ outcome }) => outcome === 'refunded')
  await sees(t.refundedStep)
  expect(refundedFen).toBe(back?.amountFen)
  expect(screen.queryAllByText(yuan(refundedFen)).length).toBeGreaterThan(0)
  await tap(screen.findByText(t.outcome.refunded))
  expect(stage.opened('navigateTo')).toEqual([`/pages/billing/bill/index?city=330100&bill=${back?.billId}`])
})

test('M9, M5: each bill has its own clock; one that is late makes the report the main thing', async () => {
  const [electricity] = await billsDue('oneDue')
  const [water] = await billsDue('water')
  const payment = await createPayment(electricity, water)
  await fault('paid-not-credited')
  await pay(payment)
  await becomes(payment, 'paid')
  const { unmount } = openPayment(payment)
  await waitFor(() => expect(screen.queryAllByText(/承诺 .* 前入账$/)).toHaveLength(3), { timeout: 20_000 })
  expect(hasButton(t.action.report)).toBe(false)
  unmount()
  // Electricity promises ten minutes, water two hours.
  await later(1800)
  openPayment(payment)
  await sees(t.lateTitle)
  expect(screen.queryAllByText(/已超时$/)).toHaveLength(1)
  await button(t.action.report)
  expect(offered()).toEqual([])
})

test('a fee stands beside the bills and is part of what was paid', async () => {
  const chengdu = asId<CityId>('510100')
  const { accounts } = (await sandbox.control('GET', '/accounts')) as { accounts: Record<string, string>[] }
  const fine = accounts.find(({ billerId }) => billerId === 'cd-fine')
  const match = await services.accounts.match(chengdu, asId<BillerId>('cd-fine'), fine?.number ?? '')
  if (match.outcome !== 'matched') throw new Error(match.outcome)
  const account = await services.accounts.bind(chengdu, { matchId: match.matchId, relation: 'mine' }, key())
  const lookup = await services.bills.lookUp(chengdu, account.id)
  const [bill] = lookup.outcome === 'bill' ? lookup.bills : []
  if (!bill) throw new Error(lookup.outcome)
  const totalFen = bill.amountFen + 200
  const request = { bills: [{ billId: bill.id, version: bill.version }], totalFen }
  const { payment } = await services.payments.create(chengdu, request, key())
  const page = open(PaymentPage, { city: chengdu, payment: payment.id })
  await sees(t.fee)
  await sees(yuan(200))
  page.unmount()
  await sandbox.control('POST', '/pay', { paymentId: payment.id })
  await waitFor(async () => expect((await services.payments.get(chengdu, payment.id)).receiptId).toBeDefined(), {
    timeout: 20_000,
  })
  const { receiptId } = await services.payments.get(chengdu, payment.id)
  open(ReceiptPage, { city: chengdu, receipt: receiptId ?? '' })
  await sees(paper.fee)
  expect(screen.queryAllByText(yuan(bill.amountFen)).length).toBeGreaterThan(0)
})

test('a basket that was refunded is paid again as a basket', async () => {
  const bills = await twoBills()
  const payment = await createPayment(...bills)
  await services.payments.close(city, payment.id, key())
  openPayment(payment)
  await tap(button(t.action['pay-again']))
  const [address] = stage.opened('redirectTo')
  const selection = bills.map(({ id, amountFen }) => `${id}:${amountFen}`).join()
  expect(decodeURIComponent(String(address))).toContain(`bills=${selection}`)
})

async function receiptOf(payment: Payment) {
  await waitFor(async () => expect((await now(payment)).receiptId).toBeDefined(), { timeout: 20_000 })
  return { city, receipt: (await now(payment)).receiptId ?? '' }
}

/** A payment in a city of before, whose billers issue papers without being asked. */
async function paidBefore() {
  const chengdu = asId<CityId>('510100')
  const { accounts } = (await sandbox.control('GET', '/accounts')) as { accounts: Record<string, string>[] }
  const home = accounts.find(({ billerId }) => billerId === 'cd-electricity')
  const match = await services.accounts.match(chengdu, asId<BillerId>('cd-electricity'), home?.number ?? '')
  if (match.outcome !== 'matched') throw new Error(match.outcome)
  const account = await services.accounts.bind(chengdu, { matchId: match.matchId, relation: 'mine' }, key())
  const lookup = await services.bills.lookUp(chengdu, account.id)
  const [bill] = lookup.outcome === 'bill' ? lookup.bills : []
  if (!bill) throw new Error(lookup.outcome)
  const request = { bills: [{ billId: bill.id, version: bill.version }], totalFen: bill.amountFen }
  const { payment } = await services.payments.create(chengdu, request, key())
  await pay(payment)
  const read = () => services.payments.get(chengdu, payment.id)
  await waitFor(async () => expect((await read()).receiptId).toBeDefined(), { timeout: 20_000 })
  return { payment, params: { city: chengdu, receipt: (await read()).receiptId ?? '' } }
}

test('the fiscal e-bill is awaited until a time, then has number and check code to copy', async () => {
  const { payment, params } = await paidBefore()
  await sandbox.control('POST', '/credit', { paymentId: payment.id })
  const { unmount } = open(ReceiptPage, params)
  await sees(paper.eBillState.issuing)
  await sees(paper.eBillBy)
  unmount()
  await later(600)
  open(ReceiptPage, params)
  await sees(paper.eBillState.issued)
  const { eBill } = await services.of(receiptsOf).get(params.city, asId(params.receipt))
  await sees(eBill.number ?? '')
  await sees(eBill.checkCode ?? '')
})

test('an e-bill that is late says so; one that failed says what to do', async () => {
  await fault('paid-not-credited')
  const { payment, params } = await paidBefore()
  const early = open(ReceiptPage, params)
  await sees(paper.eBillText.issuing)
  early.unmount()
  await later(90_000)
  const late = open(ReceiptPage, params)
  await sees(paper.eBillLate)
  late.unmount()
  await faultsOff()
  await fault('ebill-failed')
  await sandbox.control('POST', '/credit', { paymentId: payment.id })
  await later(600)
  open(ReceiptPage, params)
  await sees(paper.eBillText.failed)
  await tap(button(paper.report))
  expect(stage.opened('navigateTo')).toEqual([`/pages/report/form/index?city=510100&payment=${payment.id}`])
})

test('a receipt of which a part went back says so, and copies without a name', async () => {
  const payment = await halfCredited()
  await becomes(payment, 'partly-refunded')
  open(ReceiptPage, await receiptOf(payment))
  await sees(paper.backTitle)
  await sees(paper.outcome.refunded)
  await tap(button(paper.copyAll))
  const copied = stage.calls.find(({ name }) => name === 'setClipboardData')?.options.data
  expect(copied).toContain(payment.reference)
  const payer = (await services.of(receiptsOf).get(city, asId((await receiptOf(payment)).receipt))).payer
  expect(copied).not.toContain(payer)
})

test('the same in English', async () => {
  const payment = await halfCredited()
  await becomes(payment, 'partly-refunded')
  open(PaymentPage, { city, payment: payment.id }, 'en')
  await sees(paying.en.states['partly-refunded'].text)
  await sees(paying.en.payment.refundedStep)
  expect(within(document.body).queryByText(/[一-龥]{4,}已/)).toBeNull()
})

test('the journal of a payment that ended in pieces is closed, and forgotten in time', async () => {
  const payment = await halfCredited()
  stores.journal.getState().write({
    key: key(),
    cityId: city,
    bills: payment.bills.map(({ billId, version }) => ({ billId, version })),
    amountFen: payment.amountFen,
    createdAt: payment.createdAt,
    paymentId: payment.id,
    cashier: 'none',
  })
  await becomes(payment, 'partly-refunded')
  openPayment(payment)
  await sees(states['partly-refunded'].title)
  expect(stores.journal.getState().intents).toMatchObject([{ state: 'partly-refunded', endedAt: expect.any(String) }])
  await act(async () => void stores.journal.getState().tidy(Date.now() + 4000 * 86_400_000))
  expect(stores.journal.getState().intents).toEqual([])
})
