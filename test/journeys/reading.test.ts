import { formatFen } from '@/domain/money'
import type { Account, AccountMatch, BillPage } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { booked, timesLink } from './bookings'
import { owed } from './debts'
import { onBothBundles } from './stage'
import { hangzhou, type Walk } from './walk'

const { walk } = onBothBundles()
const { billing, bills, terms, failures, home, payments, appointments } = wordsIn('zh-CN')

const city = `?city=${hangzhou}`
const begin = async ({ phone }: Walk) => {
  await phone.launch()
  await phone.tap(home.chooseCity)
  await phone.tap('杭州')
}

async function bind(on: Walk, billerId: string, number: string): Promise<void> {
  const match = await on.send<AccountMatch>('/account-matches', { billerId, number })
  if (match.outcome !== 'matched') throw new Error(match.outcome)
  await on.send<Account>('/accounts', { matchId: match.matchId, relation: 'mine' })
}

/** Every list that may be empty: where it is, and what it says when the city has just answered that there is nothing. */
const emptyLists: readonly [name: string, link: string | number, none: string][] = [
  ['to do on home', 0, home.todoNone],
  ['accounts', 1, bills.noAccountsTitle],
  ['visits', 2, appointments.none],
  ['payments', `/pages/paying/payments/index${city}`, payments.none],
  ['all bills', `/pages/billing/list/index${city}`, billing.list.none],
  ['bills to choose from', `/pages/billing/choose/index${city}`, billing.choose.none],
]

walk('S15: an empty list is stated after a response only, never from the cache', async (on) => {
  const { phone } = on
  await begin(on)
  for (const [, link, none] of emptyLists) {
    const open = (isOnline: boolean) => phone.launch(typeof link === 'string' ? link : undefined, { isOnline })
    const goThere = async () => {
      if (typeof link === 'number' && link > 0) await phone.tapTab(link)
    }
    await open(true)
    await goThere()
    phone.sees(none)
    await open(false)
    await goThere()
    await phone.pass(10)
    phone.seesNot(none)
    phone.sees(failures.offline.title)
    await phone.setOnline(true)
    await phone.pass(5)
    phone.sees(none)
  }
})

walk(
  'S15: an hour later without network each page says how old it is, and is read again when the network is back',
  async (on) => {
    const { phone } = on
    await begin(on)
    const { link: bill, accountLink } = await owed(on)
    const { link: visit } = await booked(on, '2026-11-27')
    const pages: readonly (string | number)[] = [
      0,
      1,
      2,
      3,
      bill,
      accountLink,
      visit,
      timesLink,
      `/pages/booking/items/index${city}`,
      `/pages/booking/halls/index${city}`,
      `/pages/billing/list/index${city}`,
      `/pages/billing/choose/index${city}`,
    ]
    for (const page of pages) {
      await (typeof page === 'number' ? phone.tapTab(page) : phone.launch(page))
      await phone.pass(2)
      phone.seesNot(/^网络不通/)
      await phone.background()
      await phone.setOnline(false)
      await on.leap(3600)
      await phone.foreground()
      await phone.pass(10)
      phone.sees(/^网络不通，显示的是.*(今天|小时|分钟前|昨天)/)
      await phone.setOnline(true)
      await phone.pass(5)
      phone.seesNot(/^网络不通/)
      if (typeof page === 'string') await phone.launch()
    }
  },
)

walk('N13: home and the bills count all that is due, however many, and home shows the most urgent', async (on) => {
  const { phone } = on
  await begin(on)
  await bind(on, 'hz-water', '86009999')
  const { bill: late } = await owed(on, 'hz-gas', 'overdue')
  const due: BillPage['items'] = []
  let next: string | undefined
  do {
    const page: BillPage = await on.get(`/bills?due=true${next ? `&cursor=${next}` : ''}`)
    due.push(...page.items)
    next = page.next
  } while (next !== undefined)
  // The city lists the newest first, twenty a page: the overdue one comes last.
  expect([due.length, due.at(-1)?.id]).toEqual([42, late.id])
  await phone.launch()
  phone.sees(home.billsMore(39))
  expect(phone.screen.find(new RegExp(`^${late.title}.*逾期`), 'button')).toHaveLength(1)
  await phone.tapTab(1)
  phone.sees(`${bills.dueTotal} · ${bills.dueCount(42)}`)
  const total = due.reduce((sum, { amountFen }) => sum + amountFen, 0)
  expect(phone.screen.lines().join('\n')).toContain(formatFen(total).replace(/,/g, ''))
})

walk('S15: while a biller does not answer its account is never shown as owing nothing', async (on) => {
  const { phone } = on
  await begin(on)
  await bind(on, 'hz-electricity', '3301002000031')
  await phone.tapTab(1)
  phone.sees(bills.nothingKnown)
  await on.fault('biller-not-answering')
  // What it said a day ago is no answer any more.
  await on.leap(25 * 3600)
  await phone.launch()
  await phone.tapTab(1)
  phone.seesNot(bills.nothingKnown)
  phone.sees(bills.lookUp, bills.notAsked(1))
})

walk('N4: a city that fails for long is waited for in words after three seconds, with its telephone', async (on) => {
  const { phone } = on
  await begin(on)
  const { link } = await owed(on)
  await on.fault('busy-429', { operationId: 'getBill' })
  await phone.launch(link)
  phone.seesNot(terms.waiting('杭州'))
  await on.leap(4)
  phone.sees(terms.waiting('杭州'), terms.waitingText, new RegExp(`^${terms.call} `))
  await on.noFaults()
  await on.leap(20)
  phone.seesNot(terms.waiting('杭州'))
})
