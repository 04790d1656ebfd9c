import { formatFen } from '@/domain/money'
import type { BillPage } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { visitsOf } from './bookings'
import { moneyMoves } from './cashier'
import { numberOf, onlyPayment } from './debts'
import { onBothBundles } from './stage'
import type { Walk } from './walk'

const { walk } = onBothBundles()

/** Chinese on screens that are to be English. A masked name is as it is in the city's books. */
const chinese = ({ phone }: Walk, from: number) =>
  phone.trace
    .slice(from)
    .flatMap(({ page, title, says }) => [title, ...says].map((line) => `${page}: ${line}`))
    .filter((line) => /[\u4e00-\u9fff]/.test(line.replace(/: [\u4e00-\u9fff]\*+[\u4e00-\u9fff]?$/, '')))

/** Both errands from start to end, in one language. */
async function paysAndBooks(on: Walk, language: 'zh-CN' | 'en', isElder = false) {
  const { phone } = on
  const { billing, booking, elder, home, kinds, paying, receipt } = wordsIn(language)
  const isEnglish = language === 'en'
  await phone.tap(home.chooseCity)
  await phone.tap(isEnglish ? 'Hangzhou' : '杭州')
  if (isElder) await phone.tap(elder.all)
  await phone.tap(home.kinds.tax)
  await phone.type(isEnglish ? /^Assessment number/ : /^应征凭证序号/, await numberOf(on, 'hz-tax', 'one-due'))
  await phone.tap(billing.bind.lookUp)
  phone.sees(kinds.tax.confirm)
  await phone.tap(billing.bind.mine, 'radio')
  await phone.tap(billing.bind.bind)
  const [bill] = (await on.get<BillPage>('/bills')).items
  const amount = formatFen(bill?.amountFen ?? 0, { symbol: true })
  await phone.tap(new RegExp(`${amount}$`))
  await phone.tap(billing.bill.pay(amount))
  await phone.tap(paying.checkout.checked, 'checkbox')
  moneyMoves(on, 'accepted')
  await phone.tap(paying.checkout.pay(amount))
  phone.sees(paying.states.paid.title)
  await on.leap(60)
  phone.sees(paying.states.credited.title)
  await phone.tap(paying.payment.action.receipt)
  phone.sees(receipt.verifyText)
  expect(await onlyPayment(on)).toMatchObject({ state: 'credited', amountFen: bill?.amountFen })

  await phone.launch()
  await phone.tap(home.book)
  await phone.tap(isEnglish ? /^Renew an ID card/ : /^居民身份证换领/)
  await phone.tap(isEnglish ? /^Hangzhou Citizens/ : /^杭州市民中心办事大厅/)
  await phone.tap(isEnglish ? /^\d\d:\d\d.* left/ : /^\d\d:\d\d.*余/, 'radio')
  phone.sees(booking.held)
  await phone.type(new RegExp(`^${booking.name}`), 'Li Xiaoming')
  await phone.type(new RegExp(`^${booking.phone}`), '13800000001')
  await phone.tap(booking.doConfirm)
  phone.sees(booking.codeHint)
  expect(await visitsOf(on)).toHaveLength(1)
}

walk('in English a citizen pays a bill and books a visit, and meets no other language', async (on) => {
  const { phone } = on
  await phone.launch('/pages/settings/display/index')
  await phone.tap('English', 'radio')
  const from = phone.trace.length
  await phone.launch()
  await paysAndBooks(on, 'en')
  expect(chinese(on, from)).toEqual([])
})

walk('with large text a citizen pays a bill and books a visit, and every page has it', async (on) => {
  const { phone } = on
  const { me } = wordsIn('zh-CN')
  await phone.launch('/pages/me/index')
  await phone.tap(new RegExp(`^${me.elderOn}`), 'switch')
  const without = new Set<string>()
  const inspect = phone.inspect
  phone.inspect = () => {
    inspect(phone)
    if (!phone.root.querySelector('.screen--elder')) without.add(phone.page)
  }
  await phone.launch()
  await paysAndBooks(on, 'zh-CN', true)
  expect([...without]).toEqual([])
})
