import { formatFen } from '@/domain/money'
import type { HostName } from '../engine/bundle'
import { wordsIn } from '../support/words'
import { moneyMoves } from './cashier'
import { owed } from './debts'
import { onBothBundles } from './stage'

const { run } = onBothBundles()
const { billing, booking, home, paying } = wordsIn('zh-CN')

/** How often data may cross to the pages for one act, and how many bytes of it. Lower them when less is needed. */
const budgets: Readonly<Record<string, readonly [calls: number, bytes: number]>> = {
  'first launch': [1, 1_100],
  'open the cities': [1, 33_300],
  'choose a city': [3, 10_700],
  'launch in a city': [2, 8_200],
  'open the bills': [2, 6_400],
  'open a bill': [3, 8_100],
  'open the checkout': [2, 6_100],
  'tick a box': [1, 600],
  pay: [3, 10_100],
  'open the receipt': [3, 12_900],
  'open the items': [2, 13_600],
  'open the halls': [2, 11_600],
  'open the times': [3, 31_700],
  'take a time': [3, 5_900],
  'confirm a visit': [2, 21_000],
  'look at oneself': [1, 5_500],
}

async function measure(host: HostName): Promise<Record<string, [number, number]>> {
  const figures: Record<string, [number, number]> = {}
  await run(host, async (on) => {
    const { phone } = on
    const act = async (name: string, work: () => Promise<void>) => {
      const before = phone.crossings.length
      await work()
      const crossed = phone.crossings.slice(before)
      figures[name] = [crossed.length, crossed.reduce((sum, { bytes }) => sum + bytes, 0)]
    }
    await act('first launch', () => phone.launch())
    await act('open the cities', () => phone.tap(home.chooseCity))
    await act('choose a city', () => phone.tap('杭州'))
    const { bill, link } = await owed(on)
    const amount = formatFen(bill.amountFen, { symbol: true })
    await act('launch in a city', () => phone.launch())
    await act('open the bills', () => phone.tapTab(1))
    await act('open a bill', () => phone.launch(link))
    await act('open the checkout', () => phone.tap(billing.bill.pay(amount)))
    await act('tick a box', () => phone.tap(paying.checkout.checked, 'checkbox'))
    moneyMoves(on, 'accepted')
    await act('pay', () => phone.tap(paying.checkout.pay(amount)))
    await on.pass(75)
    await act('open the receipt', () => phone.tap(paying.payment.action.receipt))
    await phone.launch()
    await act('open the items', () => phone.tap(home.book))
    await act('open the halls', () => phone.tap(/^居民身份证换领/))
    await act('open the times', () => phone.tap(/^杭州市民中心办事大厅/))
    await act('take a time', () => phone.tap(/^\d\d:\d\d.*余/, 'radio'))
    await phone.type(new RegExp(booking.name), '李小明')
    await phone.type(new RegExp(booking.phone), '13800000001')
    await act('confirm a visit', () => phone.tap(booking.doConfirm))
    await phone.launch()
    await act('look at oneself', () => phone.tapTab(3))
  })
  return figures
}

test.each(['wechat', 'alipay'] as const)('in %s no act sends more to the pages than its budget', async (host) => {
  const figures = await measure(host)
  if (process.env.FIGURES) process.stdout.write(`${JSON.stringify(figures)}\n`)
  expect(Object.keys(figures)).toEqual(Object.keys(budgets))
  const over = Object.entries(figures).filter(([name, [calls, bytes]]) => {
    const [mostCalls = 0, mostBytes = 0] = budgets[name] ?? []
    return calls > mostCalls || bytes > mostBytes
  })
  expect(over).toEqual([])
})
