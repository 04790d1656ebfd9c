import { formatFen } from '@/domain/money'
import type { BillPage, PaymentPage } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { moneyMoves } from './cashier'
import { numberOf } from './debts'
import { onBothBundles } from './stage'

const { walk } = onBothBundles()
const { home, billing, bills, paying, receipt } = wordsIn('zh-CN')

walk('a citizen chooses a city, finds a bill, pays it and holds the receipt', async (on) => {
  const { phone } = on
  await phone.launch()
  await phone.tap(home.chooseCity)
  await phone.tap('杭州')
  await phone.tap(home.kinds.gas)
  await phone.type(/^燃气户号/, await numberOf(on, 'hz-gas', 'one-due'))
  await phone.tap(billing.bind.lookUp)
  phone.sees('这是您要缴费的账户吗？', /\*/)
  await phone.tap(billing.bind.mine, 'radio')
  await phone.tap(billing.bind.bind)

  const [bill] = (await on.get<BillPage>('/bills')).items
  if (!bill) throw new Error('no bill')
  const amount = formatFen(bill.amountFen, { symbol: true })
  await phone.tap(new RegExp(bill.title))
  await phone.tap(billing.bill.pay(amount))
  phone.sees(paying.checkout.firstTitle)
  await phone.tap(paying.checkout.checked, 'checkbox')
  moneyMoves(on, 'accepted')
  await phone.tap(paying.checkout.pay(amount))
  phone.sees(paying.states.paid.title, paying.payment.paidStep, paying.payment.creditingStep)
  await on.pass(60)
  phone.sees(paying.states.credited.title)
  await phone.tap(paying.payment.action.receipt)
  phone.sees(receipt.verifyText)

  const { items } = await on.get<PaymentPage>('/payments')
  expect(items).toMatchObject([{ state: 'credited', amountFen: bill.amountFen }])
  phone.kill()
  await phone.launch()
  phone.sees(home.todoNone)
  await phone.tapTab(1)
  phone.sees(bills.nothingKnown)
})
