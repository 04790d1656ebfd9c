import { formatFen } from '@/domain/money'
import { list } from '@/text/billing/list'
import type { Receipt, Report } from '../../contract/wire/types.gen'
import type { HostName } from '../engine/bundle'
import { wordsIn } from '../support/words'
import { moneyMoves } from './cashier'
import { onlyPayment, owed } from './debts'
import { onBothBundles } from './stage'
import { hangzhou, type Walk } from './walk'

const { run } = onBothBundles()
const { billing, booking, cities, home, me, messages, paying, recall, reports, settings, tickets } = wordsIn('zh-CN')
const english = wordsIn('en')
const aFreeTime = /^\d\d:\d\d.*余/

/** How often data may cross to the pages for one act, and how many bytes of it: as measured, and a tenth more. */
const budgets: Readonly<Record<string, readonly [calls: number, bytes: number]>> = {
  'first launch': [1, 850],
  'open the cities': [2, 8_690],
  // Counties are found as well.
  'search a city': [1, 1_500],
  'see all cities again': [1, 510],
  'choose a city': [3, 4_500],
  // Each part of what is to do is shown as soon as the city has given it.
  'launch in a city': [3, 5_000],
  'open the bills': [2, 3_200],
  // That there is none is stated after an answer only (S15).
  'open the visits': [2, 1_910],
  'look at oneself': [1, 3_860],
  'home a second time': [0, 0],
  'bills a second time': [0, 0],
  'visits a second time': [0, 0],
  'oneself a second time': [0, 0],
  'go to the background': [0, 0],
  'come back from it': [0, 0],
  'open all bills': [2, 10_260],
  'filter the bills': [2, 8_550],
  'open a bill': [3, 4_400],
  'open the checkout': [3, 3_450],
  'tick a box': [1, 560],
  pay: [5, 6_540],
  'a poll with nothing new': [0, 0],
  'the money is credited': [1, 1_260],
  'open the receipt': [3, 8_200],
  'verify a receipt': [2, 6_400],
  'ask what a recall means': [1, 2_340],
  'open the records': [2, 1_130],
  'open the items': [2, 5_450],
  'open the halls': [2, 7_570],
  'open the times': [4, 10_700],
  'half a minute later': [0, 0],
  'choose another day': [2, 5_530],
  'see the days as months': [1, 6_140],
  'choose the afternoon': [1, 330],
  'take a time': [5, 7_000],
  'type a name': [1, 440],
  'confirm a visit': [3, 9_030],
  'open the times to move it': [5, 10_940],
  'choose another time': [4, 3_900],
  'move a visit': [2, 8_660],
  'ask what cancelling costs': [1, 1_050],
  'cancel a visit': [2, 3_620],
  'open the numbers': [2, 1_610],
  'open a queue': [2, 2_850],
  'take a number': [3, 3_590],
  'open the messages': [2, 1_400],
  'what the host may show': [2, 1_880],
  'open my reports': [2, 990],
  'open a report': [2, 3_460],
  'begin a reply': [1, 3_590],
  'type a reply': [1, 580],
  'send a reply': [2, 3_880],
  'open the settings': [1, 3_520],
  'large text': [1, 340],
  'usual text': [1, 320],
  'in English': [1, 1_640],
  'back from the settings': [1, 2_970],
}

type Figures = Record<string, [calls: number, bytes: number]>

/** All of it in one life of a citizen, in this order. */
async function live(on: Walk, act: (name: string, work: () => Promise<void>) => Promise<void>): Promise<void> {
  const { phone } = on
  await act('first launch', () => phone.launch())
  await act('open the cities', () => phone.tap(home.chooseCity))
  await act('search a city', () => phone.type(new RegExp(cities.search), 'cd'))
  await act('see all cities again', () => phone.type(new RegExp(cities.search), ''))
  await act('choose a city', () => phone.tap('杭州'))
  const { bill, link } = await owed(on)
  const amount = formatFen(bill.amountFen, { symbol: true })

  await act('launch in a city', () => phone.launch())
  await act('open the bills', () => phone.tapTab(1))
  await act('open the visits', () => phone.tapTab(2))
  await act('look at oneself', () => phone.tapTab(3))
  await act('home a second time', () => phone.tapTab(0))
  await act('bills a second time', () => phone.tapTab(1))
  await act('visits a second time', () => phone.tapTab(2))
  await act('oneself a second time', () => phone.tapTab(3))
  await act('go to the background', () => phone.background())
  await act('come back from it', () => phone.foreground())

  await act('open all bills', () => phone.launch(`/pages/billing/list/index?city=${hangzhou}`))
  await act('filter the bills', () => phone.tap(list['zh-CN'].settled, 'radio'))
  await act('open a bill', () => phone.launch(link))
  await act('open the checkout', () => phone.tap(billing.bill.pay(amount)))
  await act('tick a box', () => phone.tap(paying.checkout.checked, 'checkbox'))
  moneyMoves(on, 'accepted')
  await act('pay', () => phone.tap(paying.checkout.pay(amount)))
  await act('a poll with nothing new', () => on.pass(3))
  expect(phone.trace.at(-1)?.requests).not.toEqual([])
  await act('the money is credited', () => on.pass(65))
  await act('open the receipt', () => phone.tap(paying.payment.action.receipt))
  const paid = await onlyPayment(on)
  const { verifyText } = await on.get<Receipt>(`/receipts/${paid?.receiptId}`)
  const code = encodeURIComponent(verifyText)
  await act('verify a receipt', () => phone.launch(`/pages/verify/index?code=${code}`))
  await phone.launch(`/pages/paying/payment/index?city=${hangzhou}&payment=${paid?.id}`)
  await act('ask what a recall means', () => phone.tap(recall.offer))
  await phone.launch()
  await act('open the records', () => phone.tap(home.payments))

  await phone.launch()
  await act('open the items', () => phone.tap(home.book))
  await act('open the halls', () => phone.tap(/^居民身份证换领/))
  await act('open the times', () => phone.tap(/^杭州市民中心办事大厅/))
  await act('half a minute later', () => on.pass(30))
  await act('choose another day', () => phone.tap(/^周三/, 'radio'))
  await act('see the days as months', () => phone.tap(booking.asMonth, 'radio'))
  await act('choose the afternoon', () => phone.tap(booking.afternoon, 'radio'))
  await act('take a time', () => phone.tap(aFreeTime, 'radio'))
  await act('type a name', () => phone.type(new RegExp(booking.name), '李小明'))
  await phone.type(new RegExp(booking.phone), '13800000001')
  await act('confirm a visit', () => phone.tap(booking.doConfirm))
  await act('open the times to move it', () => phone.tap(booking.move))
  await act('choose another time', () => phone.tap(aFreeTime, 'radio'))
  await act('move a visit', () => phone.tap(booking.doMove))
  await act('ask what cancelling costs', () => phone.tap(booking.cancel))
  await act('cancel a visit', () => phone.tap(booking.cancel))

  await act('open the numbers', () => phone.launch(`/pages/tickets/list/index?city=${hangzhou}`))
  await act('open a queue', () => phone.tap(/^杭州市西湖区人民政府政务服务中心/))
  await act('take a number', () => phone.tap(tickets.take))

  const about = { kind: 'app', id: '1.0.0' }
  await on.send<Report>('/reports', { about, reason: 'other', text: '打不开账单' })
  await act('open the messages', () => phone.launch(`/pages/messages/list/index?city=${hangzhou}`))
  await act('what the host may show', () => phone.tap(messages.grants.entry))
  await act('open my reports', () => phone.launch(`/pages/report/list/index?city=${hangzhou}`))
  await act('open a report', () => phone.tap(new RegExp(`^${reports.about.app}`)))
  await act('begin a reply', () => phone.tap(reports.reply))
  await act('type a reply', () => phone.type(new RegExp(reports.replyText), '还是不行'))
  await act('send a reply', () => phone.tap(reports.send))

  await phone.launch()
  await phone.tapTab(3)
  await act('open the settings', () => phone.tap(new RegExp(`^${me.display}`)))
  await act('large text', () => phone.tap(new RegExp(`^${settings.elder}`), 'radio'))
  await act('usual text', () => phone.tap(settings.normal, 'radio'))
  await act('in English', () => phone.tap('English', 'radio'))
  await act('back from the settings', () => phone.back())
  phone.sees(english.me.display)
}

async function measure(host: HostName): Promise<Figures> {
  const figures: Figures = {}
  await run(host, (on) =>
    live(on, async (name, work) => {
      const before = on.phone.crossings.length
      await work()
      const crossed = on.phone.crossings.slice(before)
      figures[name] = [crossed.length, crossed.reduce((sum, { bytes }) => sum + bytes, 0)]
    }),
  )
  return figures
}

/** What is wrong with a budget, in words: too small for what a host is sent, or so large that it would hide a change. */
function faultsIn(hosts: readonly Figures[]): string[] {
  return Object.entries(budgets).flatMap(([name, [mostCalls, mostBytes]]) => {
    const calls = Math.max(...hosts.map((figures) => figures[name]?.[0] ?? 0))
    const bytes = Math.max(...hosts.map((figures) => figures[name]?.[1] ?? 0))
    const measured = `${name}: ${calls} calls, ${bytes} bytes; its budget is ${mostCalls} calls, ${mostBytes} bytes`
    if (calls > mostCalls || bytes > mostBytes) return [`${measured}. Send less.`]
    if (calls < mostCalls || mostBytes > bytes * 1.25) return [`${measured}. Good: lower it.`]
    return []
  })
}

test('on both hosts every act sends as much to the pages as its budget says', async () => {
  const hosts = [await measure('wechat'), await measure('alipay')]
  if (process.env.FIGURES) process.stdout.write(hosts.map((figures) => `${JSON.stringify(figures)}\n`).join(''))
  for (const figures of hosts) expect(Object.keys(figures)).toEqual(Object.keys(budgets))
  expect(faultsIn(hosts)).toEqual([])
})
