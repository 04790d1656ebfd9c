import { wordsIn } from '../support/words'
import { moneyMoves } from './cashier'
import { onlyPayment, owed, toCheckout } from './debts'
import { onBothBundles } from './stage'

const { walk } = onBothBundles()
const { billing, bills, paying, payments } = wordsIn('zh-CN')

/** Money that is not as it was shown, and the same words about it everywhere. */

for (const name of ['cashier-for-paid', 'cashier-other-amount', 'cashier-other-kind'] as const) {
  walk(`M14: with "${name}" no cashier opens; the payment is read again and shown as it is`, async (on) => {
    const { phone } = on
    const debt = await owed(on)
    const pay = await toCheckout(on, debt)
    const till = moneyMoves(on, 'accepted')
    await on.fault(name, { times: 1 })
    await phone.tap(pay)
    phone.sees(paying.states.created.title)
    expect(till.opened).toBe(0)
    await on.fault(name, { times: 1 })
    await phone.tap(paying.payment.action.pay)
    expect(till.opened).toBe(0)
    await phone.tap(paying.payment.action['continue-cashier'])
    expect(till.opened).toBe(1)
    await on.pass(15)
    phone.sees(paying.states.credited.title)
    await onlyPayment(on)
  })
}

walk('M18: a bill whose lines do not add up shows its amount and says why the lines are missing', async (on) => {
  const { phone } = on
  const { link, amount } = await owed(on, 'hz-electricity')
  await on.fault('wrong-sums')
  await phone.launch(link)
  phone.sees(billing.bill.linesLeftOut)
  phone.seesNot(billing.bill.breakdown)
  phone.sees(billing.bill.pay(amount))
})

walk('M11: a refund that failed looks the same on the bill, in the records and on the payment', async (on) => {
  const { phone } = on
  const debt = await owed(on)
  const pay = await toCheckout(on, debt)
  moneyMoves(on, 'accepted')
  await on.fault('credit-refused', { times: 1 })
  await on.fault('refund-failed')
  await phone.tap(pay)
  await on.pass(45)
  phone.sees(paying.refundFailed.title)
  await phone.tap(paying.payment.allPayments)
  phone.sees(payments.state['refund-failed'])
  phone.sees(bills.refundFailedText)
  await phone.launch(debt.link)
  phone.sees(bills.progress.refundFailed)
  phone.sees(bills.refundFailedText)
  phone.seesNot(bills.refundingText)
  phone.seesNot(bills.status.overdue)
})
