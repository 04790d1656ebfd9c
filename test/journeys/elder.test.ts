import { formatFen } from '@/domain/money'
import type { BillPage } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { moneyMoves } from './cashier'
import { owed, toCheckout } from './debts'
import { onBothBundles } from './stage'
import type { Walk } from './walk'

const { walk } = onBothBundles()
const { billing, bills, terms, elder, failures, finding, home, me, paying } = wordsIn('zh-CN')

/** What a finger may press on the page itself, the tabs left out. */
const choices = ({ phone }: Walk) =>
  phone.screen
    .lines()
    .flatMap((line) => /^(button|link|radio|switch) "([^"]+)"/.exec(line)?.[2] ?? [])
    .map((name) => name.split(' ')[0])

async function inElderMode({ phone }: Walk) {
  await phone.launch('/pages/me/index')
  await phone.tap(new RegExp(`^${me.elderOn}`), 'switch')
  await phone.launch()
  await phone.tap(home.chooseCity)
  await phone.tap('杭州')
}

walk('elder mode: home has four things to do and one line for all else', async (on) => {
  const { phone } = on
  await inElderMode(on)
  phone.sees(elder.dueNone, elder.visitNone, elder.callNote('0571-12345'))
  expect(choices(on)).toHaveLength(6)
  phone.seesNot(home.todo)
  await phone.tap(elder.all)
  phone.sees(home.todo)
  // Nothing of the usual home is lost behind it.
  for (const name of [home.kinds.electricity, home.kinds.fine, home.book, home.halls, home.payments])
    expect(phone.screen.find(new RegExp(`^${name}`)).length).toBeGreaterThan(0)
  await phone.tap(home.search)
  await phone.type(new RegExp(finding.search), '身份证')
  phone.sees(/居民身份证/)
  await phone.back()
  await phone.tap(elder.less)
  phone.seesNot(home.todo)
})

walk('elder mode: what is due stands on the button that pays it', async (on) => {
  const { phone } = on
  await inElderMode(on)
  await owed(on, 'hz-water', 'several-due')
  await phone.launch()
  const due = (await on.get<BillPage>('/bills?due=true')).items
  const sum = due.reduce((fen, { amountFen }) => fen + amountFen, 0)
  expect(due.length).toBeGreaterThan(1)
  phone.sees(elder.dueSum(due.length, formatFen(sum, { symbol: true })))
  await phone.tap(new RegExp(`^${elder.pay}`))
  expect(phone.page).toBe('pages/bills/index')
  phone.seesNot(bills.choose)
  await phone.tap(elder.records)
  await phone.tap(bills.choose)
  expect(phone.page).toBe('pages/billing/choose/index')
})

walk('elder mode: a bill that was just paid is due no more, though the biller has not credited it', async (on) => {
  const { phone } = on
  await inElderMode(on)
  const { link, amount } = await owed(on)
  await phone.launch()
  phone.sees(elder.dueSum(1, amount))
  await on.fault('paid-not-credited')
  const pay = await toCheckout(on, { link, amount })
  moneyMoves(on, 'accepted')
  await phone.tap(pay)
  phone.sees(paying.states.paid.title)
  // The list that the phone keeps is older than what the phone knows.
  await on.fault('dropped-connection', { operationId: 'listBills' })
  await phone.launch()
  phone.seesNot(elder.dueSum(1, amount))
  await on.noFaults()
  await phone.launch()
  phone.sees(elder.dueNone)
})

walk('elder mode: nothing is stated about bills and visits that could not be read', async (on) => {
  const { phone } = on
  await inElderMode(on)
  await on.fault('error-500', { operationId: 'listBills' })
  await on.fault('error-500', { operationId: 'listAppointments' })
  await phone.launch()
  await on.pass(20)
  phone.sees(elder.dueUnknown, elder.visitUnknown)
  phone.seesNot(elder.dueNone)
  phone.seesNot(elder.visitNone)
})

walk('elder mode: every dead end has a telephone', async (on) => {
  const { phone } = on
  await phone.launch('/pages/me/index')
  await phone.tap(new RegExp(`^${me.elderOn}`), 'switch')
  await phone.launch('/pages/billing/bill/index?city=330100')
  phone.sees(failures.badLink.title, `${terms.call} 12345`)
  await phone.launch()
  await phone.tap(home.chooseCity)
  await phone.tap('杭州')
  for (const link of [
    '/pages/billing/bill/index?city=330100&bill=b-0000000000000000',
    '/pages/paying/payment/index?city=330100&payment=p-00000000000000',
    '/pages/booking/appointment/index?city=330100&appointment=ap-00000000000000',
    '/pages/booking/slots/index?city=330100&hall=1&item=nothing',
  ]) {
    await phone.launch(link)
    phone.sees(failures.notFound.title, `${terms.call} 0571-12345`)
  }
  await phone.tap(`${terms.call} 0571-12345`)
  expect(phone.calls.at(-1)?.name).toBe('makePhoneCall')
  await phone.launch('/pages/booking/items/index?city=330100')
  await phone.type(/./, 'zzz')
  phone.sees(`${terms.call} 0571-12345`)
})

walk(
  'elder mode: the tabs are ours, with words that can be read, and the host has its own back afterwards',
  async (on) => {
    const { phone } = on
    await phone.launch()
    expect(phone.bars.areTabsShown).toBe(true)
    expect(phone.screen.find(home.tabs.bills, 'tab')).toEqual([])
    await inElderMode(on)
    for (const [index, name] of [home.tabs.home, home.tabs.bills, home.tabs.appointments, home.tabs.me].entries()) {
      await phone.tapTab(index)
      expect(phone.bars.areTabsShown).toBe(false)
      expect(phone.screen.find(name, 'tab')).toHaveLength(1)
    }
    await phone.tap(new RegExp(`^${me.elderOn}`), 'switch')
    expect(phone.bars.areTabsShown).toBe(true)
    expect(phone.screen.find(home.tabs.me, 'tab')).toEqual([])
    phone.sees(me.display)
  },
)

walk('elder mode: an account shows what is due, and the rest on a tap', async (on) => {
  const { phone } = on
  await inElderMode(on)
  const { accountLink } = await owed(on, 'hz-electricity', 'huge')
  await phone.launch(accountLink)
  phone.seesNot(billing.account.unbind)
  await phone.tap(elder.account)
  phone.sees(billing.account.unbind, billing.account.usage.title)
})
