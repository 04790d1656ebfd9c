import { formatFen } from '@/domain/money'
import type { Payment, Receipt, ReportPage } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { moneyMoves } from './cashier'
import { onlyPayment, owed, paymentsOf, toCheckout } from './debts'
import { onBothBundles } from './stage'
import type { Walk } from './walk'

const { walk } = onBothBundles()
const { billing, bills, terms, paying, payments, receipt: receiptText, report } = wordsIn('zh-CN')
const { checkout, payment, states } = paying

/** A gas bill is paid; the city has what became of it. */
async function paid(on: Walk): Promise<Payment> {
  const pay = await toCheckout(on, await owed(on))
  moneyMoves(on, 'accepted')
  await on.phone.tap(pay)
  const known = await onlyPayment(on)
  return on.get<Payment>(`/payments/${known?.id}`)
}

walk('M5: past the promise a report is offered, filled in, and the city has it', async (on) => {
  const { phone } = on
  await on.fault('paid-not-credited')
  const { reference, id } = await paid(on)
  phone.sees(states.paid.title, payment.creditingStep)
  await on.leap(61 * 60)
  await phone.tap(payment.action.check)
  phone.sees(payment.lateTitle, payment.lateText)
  await phone.tap(payment.action.report)
  phone.sees(report.payment.lead, reference)
  expect(phone.screen.lines().join()).toMatch(new RegExp(`textbox .*${reference}`))
  await phone.tap(report.submit)
  phone.sees(report.doneTitle)
  const [sent] = (await on.get<ReportPage>('/reports')).items
  expect(sent).toMatchObject({ about: { kind: 'payment', id }, reason: 'not-credited' })
  await phone.tap(report.payment.back)
  phone.sees(states.paid.title)
})

walk('M9: of two bills under one cashier one is credited and one goes back, and each says so', async (on) => {
  const { phone } = on
  const gas = await owed(on)
  const fine = await owed(on, 'hz-fine')
  const total = formatFen(gas.bill.amountFen + fine.bill.amountFen, { symbol: true })
  await phone.launch('/pages/billing/choose/index?city=330100')
  await phone.tap(new RegExp(gas.bill.title), 'checkbox')
  await phone.tap(new RegExp(fine.bill.title), 'checkbox')
  phone.sees(billing.choose.total(2))
  await phone.tap(billing.choose.pay(total))
  await phone.tap(checkout.checked, 'checkbox')
  await on.fault('credit-refused')
  const till = moneyMoves(on, 'accepted')
  await phone.tap(checkout.pay(total))
  expect(till.opened).toBe(1)
  await on.leap(60)
  await phone.tap(payment.action.check)
  const known = await onlyPayment(on)
  const { bills } = await on.get<Payment>(`/payments/${known?.id}`)
  expect(bills.map(({ outcome }) => outcome).sort()).toEqual(['credited', 'not-credited'])
  for (const { title, outcome } of bills)
    expect(phone.screen.find(new RegExp(`^${title} ${payment.outcome[outcome]}`))).toHaveLength(1)
  phone.sees(payment.partCreditedStep, payment.refundReference)
})

walk('M11: a refund that fails and comes after all is shown step by step, with whom to call', async (on) => {
  const { phone } = on
  await on.fault('credit-refused')
  await on.fault('refund-failed')
  const { id, bills } = await paid(on)
  await on.leap(60)
  await phone.tap(payment.action.check)
  phone.sees(
    states.refunding.title,
    payment.refundState.pending,
    /^预计 .+ 前到账$/,
    payment.refundContact('0571-12345'),
  )
  offersNoPaying(on)
  await on.leap(3600)
  await phone.tap(payment.action.check)
  phone.sees(paying.refundFailed.title, payment.refundState.failed)
  offersNoPaying(on)
  await on.noFaults()
  await on.leap(2 * 3600)
  phone.sees(states.refunded.title, payment.refundState.succeeded)
  expect(await on.get<Payment>(`/payments/${id}`)).toMatchObject({ state: 'refunded' })
  // The money is back, so the same bill may be paid again.
  await phone.tap(payment.action['pay-again'])
  phone.sees(bills[0]?.title ?? '')
})

walk('M11: home calls money on its way back a refund', async (on) => {
  const { phone } = on
  await on.fault('credit-refused')
  const { amountFen } = await paid(on)
  await on.leap(60)
  await phone.tap(payment.action.check)
  phone.sees(states.refunding.title)
  await phone.launch()
  phone.sees(bills.refunding(formatFen(amountFen, { symbol: true })))
})

walk('payments are listed, and a receipt is copied without a name in it', async (on) => {
  const { phone } = on
  const { id, reference, amountFen } = await paid(on)
  await on.leap(60)
  const { receiptId } = await on.get<Payment>(`/payments/${id}`)
  const receipt = await on.get<Receipt>(`/receipts/${receiptId}`)
  await phone.launch('/pages/paying/payments/index?city=330100')
  await phone.tap(new RegExp(`${payments.state.credited}.*${formatFen(amountFen, { symbol: true })}$`))
  await phone.tap(payment.action.receipt)
  phone.sees(receipt.number, reference, receipt.payer)
  await phone.tap(receiptText.copyAll)
  expect(phone.trace.at(-1)?.toasts).toEqual([terms.copied])
  const copied = JSON.stringify(phone.calls.filter(({ name }) => name.startsWith('setClipboard')))
  expect(copied).toContain(`${receipt.number}，支付单号 ${reference}`)
  expect(copied).not.toContain(receipt.payer)
})

walk(
  'all bills are searched and filtered, and a search without a find does not say that nothing is due',
  async (on) => {
    const { phone } = on
    await owed(on)
    await owed(on, 'hz-fine')
    await phone.launch('/pages/billing/list/index?city=330100')
    await phone.type(new RegExp(billing.list.search), '燃气')
    expect(phone.screen.find(/燃气费/, 'button').length).toBeGreaterThan(1)
    expect(phone.screen.find(/罚款/, 'button')).toEqual([])
    await phone.tap(billing.list.open)
    expect(phone.screen.find(/燃气费/, 'button')).toHaveLength(1)
    await phone.type(new RegExp(billing.list.search), '没有这种账单')
    phone.sees(billing.list.noneFound, billing.list.noneFoundText)
  },
)

walk('a part of a heating bill is paid, and what is left stays due', async (on) => {
  const { phone } = on
  const { bill, link } = await owed(on, 'hrb-heating')
  await phone.launch(link)
  await phone.tap(billing.bill.part)
  await phone.type(new RegExp(`^${billing.bill.sum}`), '100')
  phone.sees(billing.bill.sumLow('¥500.00'))
  await phone.type(new RegExp(`^${billing.bill.sum}`), '600')
  await phone.tap(billing.bill.goPay('¥600.00'))
  phone.sees(checkout.left, formatFen(bill.amountFen - 60_000, { symbol: true }))
  await phone.tap(checkout.checked, 'checkbox')
  const till = moneyMoves(on, 'accepted')
  await phone.tap(checkout.pay('¥600.00'))
  phone.sees(states.paid.title)
  expect(till.opened).toBe(1)
  await on.leap(60)
  expect(await paymentsOf(on, '230100')).toMatchObject([{ state: 'credited', amountFen: 60_000 }])
  await phone.launch(link)
  phone.sees(billing.bill.left, formatFen(bill.amountFen - 60_000, { symbol: true }))
})

walk('a prepaid meter is topped up by one of the offered amounts', async (on) => {
  const { phone } = on
  const { link } = await owed(on, 'cd-gas', 'prepaid')
  await phone.launch(link)
  await phone.tap(billing.bill.topUp)
  phone.sees(billing.bill.topUpTitle)
  await phone.tap('¥100', 'radio')
  await phone.tap(billing.bill.goPay('¥100.00'))
  await phone.tap(checkout.checked, 'checkbox')
  const till = moneyMoves(on, 'accepted')
  await phone.tap(checkout.pay('¥100.00'))
  phone.sees(states.paid.title)
  expect(till.opened).toBe(1)
  expect(await paymentsOf(on, '510100')).toMatchObject([{ amountFen: 10_000 }])
})

/** Nothing on this screen starts another payment. */
function offersNoPaying({ phone }: Walk) {
  for (const words of [payment.action.pay, payment.action['continue-cashier'], payment.action['pay-again']])
    expect(phone.screen.find(words)).toEqual([])
}
