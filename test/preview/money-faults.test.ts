import { formatFen } from '@/domain/money'
import type { Phone } from '../support/browser'
import { type Debtor, debtorOf } from '../support/debtor'
import { walks } from '../support/walks'
import { wordsIn } from '../support/words'

const { preview, phone } = walks()
const { billing, bills, home, paying, report } = wordsIn('zh-CN')
const { checkout, payment, said } = paying

/** From the bill to the button that pays. */
async function toCheckout(citizen: Phone, debtor: Debtor) {
  const amount = formatFen(debtor.bill.amountFen, { symbol: true })
  await citizen.open(debtor.billLink)
  await citizen.tap(billing.bill.pay(amount))
  await citizen.tap(checkout.checked, 'checkbox')
  return checkout.pay(amount)
}

const creates = () => preview().asked.filter(({ method, path }) => method === 'POST' && path.endsWith('/payments'))

/** Nothing on the page may start or go on with a payment. */
async function offersNoPaying(citizen: Phone) {
  for (const name of [payment.action.pay, payment.action['continue-cashier'], payment.action['pay-again']])
    expect(await citizen.find(name).count()).toBe(0)
}

test('M1: a double tap on "pay" makes one payment', async () => {
  const debtor = await debtorOf(preview(), 'double-tap', 'gas')
  const citizen = await phone({ citizen: 'double-tap', city: '330100' })
  const pay = await toCheckout(citizen, debtor)
  await citizen.find(pay).dblclick()
  await citizen.till.getByRole('button', { name: '确认付款' }).waitFor()
  expect(creates()).toHaveLength(1)
  expect(await debtor.payments()).toHaveLength(1)
})

test('M1: when the answer to an order is lost, the same order is found and not a second one made', async () => {
  const debtor = await debtorOf(preview(), 'lost-answer', 'tax')
  const citizen = await phone({ citizen: 'lost-answer', city: '330100' })
  const pay = await toCheckout(citizen, debtor)
  await preview().fault({ name: 'lost-answer', operationId: 'createPayment', times: 1 })
  await citizen.tap(pay)
  await citizen.till.getByRole('button', { name: '确认付款' }).click()
  await citizen.sees(said.paid.title)
  expect(creates().map(({ status }) => status)).toEqual([0, expect.any(Number)])
  expect(await debtor.payments()).toHaveLength(1)
})

test('M1: when no answer to an order ever comes, nothing opens; tapping again goes on with the same order', async () => {
  const debtor = await debtorOf(preview(), 'no-answer', 'fine')
  const citizen = await phone({ citizen: 'no-answer', city: '330100' })
  const pay = await toCheckout(citizen, debtor)
  await preview().fault({ name: 'lost-answer', operationId: 'createPayment' })
  await citizen.tap(pay)
  await citizen.sees(checkout.startFailed)
  await preview().noFaults()
  await citizen.tap(pay)
  await citizen.till.getByRole('button', { name: '确认付款' }).click()
  await citizen.sees(said.paid.title)
  expect(await debtor.payments()).toHaveLength(1)
})

test('M2: while the cashier does not know, the page says so and offers no paying; then the truth is shown', async () => {
  const debtor = await debtorOf(preview(), 'unsure', 'lateGas')
  const amount = formatFen(debtor.bill.amountFen, { symbol: true })
  const citizen = await phone({ citizen: 'unsure', city: '330100' })
  const pay = await toCheckout(citizen, debtor)
  await preview().fault({ name: 'unknown-result' })
  await citizen.tap(pay)
  await citizen.till.getByRole('button', { name: '确认付款' }).click()
  await citizen.sees(said.unknown.title)
  await offersNoPaying(citizen)
  await citizen.tap(payment.action.check)
  await citizen.sees(said.unknown.title)

  await citizen.open(debtor.billLink)
  await citizen.sees(bills.checking(amount))
  expect(await citizen.find(/^缴纳/).count()).toBe(0)

  await preview().noFaults()
  await citizen.tap(billing.bill.seePayment)
  await citizen.sees(said.paid.title)
  expect(await debtor.payments()).toHaveLength(1)
})

test('M3: a cashier that says "cancelled" although money moved is not believed', async () => {
  const debtor = await debtorOf(preview(), 'crossed', 'lateElectricity')
  const citizen = await phone({ citizen: 'crossed', city: '330100' })
  await citizen.tap(await toCheckout(citizen, debtor))
  await citizen.till.getByRole('button', { name: /^提示取消/ }).click()
  await citizen.sees(said.paid.title)
})

test('M4: an app killed in the cashier finds its payment at the next start and finishes the story', async () => {
  const debtor = await debtorOf(preview(), 'killed', 'electricity')
  const amount = formatFen(debtor.bill.amountFen, { symbol: true })
  const citizen = await phone({ citizen: 'killed', city: '330100' })
  const pay = await toCheckout(citizen, debtor)
  await preview().fault({ name: 'paid-not-credited' })
  await citizen.tap(pay)
  // The till closes the app after the money left; no callback ever comes.
  await citizen.till.getByRole('button', { name: /^付款后应用被关闭/ }).click()

  await citizen.sees(bills.paid(amount))
  await offersNoPaying(citizen)
  await preview().noFaults()
  await preview().pass(60)
  await citizen.tap(bills.seePayment)
  await citizen.sees(said.credited.title)
  await citizen.open()
  await citizen.sees(home.services)
  await citizen.seesNot(bills.paid(amount))
  expect(await debtor.payments()).toHaveLength(1)
})

test('M4: an app killed before paying offers to go on with the very same order', async () => {
  const debtor = await debtorOf(preview(), 'killed-early', 'manyElectricity')
  const amount = formatFen(debtor.bill.amountFen, { symbol: true })
  const citizen = await phone({ citizen: 'killed-early', city: '330100' })
  await citizen.tap(await toCheckout(citizen, debtor))
  await citizen.till.getByRole('button', { name: '确认付款' }).waitFor()
  await citizen.restart()
  await citizen.sees(bills.unfinished(amount))
  await citizen.tap(bills.seePayment)
  await citizen.tap(payment.action['continue-cashier'])
  await citizen.till.getByRole('button', { name: '确认付款' }).click()
  await citizen.sees(said.paid.title)
  expect(await debtor.payments()).toHaveLength(1)
})

test('M5: past the promise a report is offered, filled in', async () => {
  const debtor = await debtorOf(preview(), 'waiting', 'water')
  const citizen = await phone({ citizen: 'waiting', city: '330100' })
  const pay = await toCheckout(citizen, debtor)
  await preview().fault({ name: 'paid-not-credited' })
  await citizen.tap(pay)
  await citizen.till.getByRole('button', { name: '确认付款' }).click()
  await citizen.sees(said.paid.title)
  await preview().pass(121 * 60)
  await citizen.tap(payment.action.check)
  await citizen.sees(payment.lateTitle)
  await citizen.tap(payment.action.report)
  const [paid] = await debtor.payments()
  await citizen.sees(report.payment.lead)
  expect(await citizen.valueOf(report.text)).toContain(paid?.reference)
  await citizen.tap(report.submit)
  await citizen.sees(report.doneTitle)
})

test('M11: money on its way back is called a refund, with its reference, and is not asked to be paid again', async () => {
  const debtor = await debtorOf(preview(), 'refunded', 'refund')
  const amount = formatFen(debtor.bill.amountFen, { symbol: true })
  const citizen = await phone({ citizen: 'refunded', city: '330100' })
  const pay = await toCheckout(citizen, debtor)
  await preview().fault({ name: 'credit-refused' })
  await citizen.tap(pay)
  await citizen.till.getByRole('button', { name: '确认付款' }).click()
  await citizen.sees(payment.paidStep)
  await preview().pass(10)
  await citizen.tap(payment.action.check)
  await citizen.sees(said.refunding.title)
  await citizen.sees(payment.refundReference)
  await offersNoPaying(citizen)
  await citizen.open()
  await citizen.sees(bills.refunding(amount))
})

test('M7: an amount that changed is shown beside the old one, and nothing is charged until asked again', async () => {
  const debtor = await debtorOf(preview(), 'changed', 'huge')
  const citizen = await phone({ citizen: 'changed', city: '330100' })
  const pay = await toCheckout(citizen, debtor)
  await preview().fault({ name: 'bill-changed', times: 1 })
  await citizen.tap(pay)
  await citizen.sees(checkout.changedTitle)
  const oldFen = debtor.bill.amountFen
  const newFen = (await debtor.billNow()).amountFen
  expect(newFen).toBeGreaterThan(oldFen)
  const question = await citizen.find(checkout.changedTitle, 'dialog').innerText()
  expect(question).toContain(formatFen(oldFen, { symbol: true }))
  expect(question).toContain(formatFen(newFen, { symbol: true }))
  expect(await debtor.payments()).toEqual([])

  await citizen.tap(checkout.payNew(formatFen(newFen, { symbol: true })))
  await citizen.till.getByText(formatFen(newFen)).waitFor()
  await citizen.till.getByRole('button', { name: '确认付款' }).click()
  await citizen.sees(said.paid.title)
  expect(await debtor.payments()).toMatchObject([{ amountFen: newFen }])
})
