import { formatFen } from '@/domain/money'
import { consent } from '@/text/consent'
import { wordsIn } from '../support/words'
import { moneyMoves } from './cashier'
import { numberOf, owed } from './debts'
import type { Walk } from './walk'

const { billing, booking, home, paying, settings } = wordsIn('zh-CN')

export interface Look {
  readonly elder?: boolean
  readonly theme?: 'light' | 'dark'
}

/** Through the app's main screens, as one citizen would; `see` is called on each. */
export async function tour(on: Walk, look: Look, see: (name: string) => Promise<void> | void): Promise<void> {
  const { phone } = on
  await phone.launch()
  if (look.elder || look.theme) {
    await phone.tapTab(3)
    await phone.tap(new RegExp(`^${home.display}`))
    if (look.elder) await phone.tap(new RegExp(`^${settings.elder}`), 'radio')
    if (look.theme) await phone.tap(settings[look.theme], 'radio')
    await see('display')
    await phone.tapTab(0)
  }
  await see('welcome')
  await phone.tap(home.chooseCity)
  await see('cities')
  await phone.tap(home.locate)
  phone.sees(consent['zh-CN'].title)
  await see('privacy sheet')
  await phone.tap(consent['zh-CN'].disagree)
  await phone.tap('杭州')
  await see('home')

  await phone.tap(home.kinds.water)
  await see('bind')
  await phone.type(/户号/, await numberOf(on, 'hz-water', 'several-due'))
  await phone.tap(billing.bind.lookUp)
  await see('bind, is this you')
  const { bill, link } = await owed(on, 'hz-electricity', 'huge')
  const amount = formatFen(bill.amountFen, { symbol: true })
  await phone.launch(link)
  await see('bill')
  await phone.tap(billing.bill.pay(amount))
  await phone.tap(paying.checkout.checked, 'checkbox')
  await see('checkout')
  moneyMoves(on, 'not known yet')
  await phone.tap(paying.checkout.pay(amount))
  await see('payment, unknown')
  await on.pass(90)
  await see('payment, credited')
  await phone.tap(paying.payment.action.receipt)
  await see('receipt')

  await phone.launch()
  await see('home with something to do')
  await phone.tapTab(1)
  await see('bills')
  await phone.tapTab(0)
  await phone.tap(home.book)
  await see('items')
  await phone.tap(/^居民身份证换领/)
  await see('halls')
  await phone.tap(/^杭州市民中心办事大厅/)
  await see('slots')
  await phone.tap(/^\d\d:\d\d.*余/, 'radio')
  await phone.type(new RegExp(booking.name), '李小明')
  await phone.type(new RegExp(booking.phone), '13800000001')
  await see('confirm')
  await phone.tap(booking.doConfirm)
  await see('appointment')
  await phone.launch()
  await phone.tapTab(2)
  await see('appointments')
  await phone.tapTab(3)
  await see('me')
  await phone.tap(new RegExp(`^${home.about}`))
  await see('about')
}
