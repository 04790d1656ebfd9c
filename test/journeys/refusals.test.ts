import { consent } from '@/text/parts/consent'
import type { Account, AccountPage } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { booked } from './bookings'
import { moneyMoves } from './cashier'
import { onlyPayment, owed, toCheckout } from './debts'
import { onBothBundles } from './stage'
import type { Walk } from './walk'

const { walk, walkOn } = onBothBundles()
const { billing, bills, booking, terms, home, me, paying, settings } = wordsIn('zh-CN')
const { account } = billing
const privacy = consent['zh-CN']

const reminderOf = async (on: Walk): Promise<Account['reminder']> =>
  (await on.get<AccountPage>('/accounts')).items[0]?.reminder

walk('messages about bills are refused, allowed and revoked, each where the question is', async (on) => {
  const { phone } = on
  const { accountLink, bill } = await owed(on)
  phone.circumstances.messages = 'refused'
  await phone.launch(accountLink)
  phone.sees(account.remindOffer)
  await phone.tap(account.remindYes)
  phone.sees(account.remindRefused, account.remindRefusedText, bill.title)
  expect(await reminderOf(on)).toBeUndefined()
  phone.circumstances.messages = 'granted'
  await phone.tap(new RegExp(`^${account.remind}`), 'switch')
  phone.seesNot(account.remindRefused)
  expect(await reminderOf(on)).toMatchObject({ given: true })
  await phone.tap(new RegExp(`^${account.remind}`), 'switch')
  expect(await reminderOf(on)).toMatchObject({ given: false })
})

walk('without the location halls keep their usual order, and the map still shows the way', async (on) => {
  const { phone } = on
  const { link } = await booked(on)
  phone.circumstances.location = 'refused'
  await phone.launch('/pages/booking/halls/index?city=330100')
  await phone.tap(booking.byDistance)
  phone.sees(privacy.title, privacy.without)
  await phone.tap(privacy.disagree)
  phone.sees(booking.noDistance)
  await phone.tap(terms.retry)
  await phone.tap(privacy.agree)
  phone.sees(booking.noDistance)
  expect(phone.screen.find(/^杭州市民中心办事大厅/)).toHaveLength(1)
  await phone.launch(link)
  await phone.tap(booking.travel)
  phone.sees(booking.noTravel)
  expect(phone.screen.find(booking.mapHall('杭州市民中心办事大厅'))).toHaveLength(1)
})

walk('without the camera a bill code is typed', async (on) => {
  const { phone } = on
  phone.circumstances.scan = 'refused'
  await phone.launch('/pages/billing/bind/index?city=330100&biller=hz-gas')
  await phone.tap(billing.bind.scan)
  phone.sees(/请(重试或)?手动输入$/)
  expect(phone.screen.find(/^燃气户号/, 'textbox')).toHaveLength(1)
})

walkOn('wechat', 'without the calendar the visit is copied', async (on) => {
  const { phone } = on
  const { visit, link } = await booked(on)
  phone.circumstances.calendar = 'refused'
  await phone.launch(link)
  await phone.tap(booking.calendar)
  await phone.tap(privacy.disagree)
  await phone.tap(booking.calendar)
  await phone.tap(privacy.agree)
  expect(phone.trace.flatMap(({ toasts }) => toasts)).not.toContain(booking.calendarAdded)
  await phone.tap(booking.copyVisit)
  expect(phone.trace.at(-1)?.toasts).toEqual([terms.copied])
  expect(JSON.stringify(phone.calls)).toContain(visit.hall.address)
  phone.circumstances.calendar = 'granted'
  await phone.tap(booking.calendar)
  expect(phone.trace.at(-1)?.toasts).toEqual([booking.calendarAdded])
})

walkOn('alipay', 'without messages about visits the visit is copied', async (on) => {
  const { phone } = on
  const { visit, link } = await booked(on)
  phone.circumstances.messages = 'refused'
  await phone.launch(link)
  await phone.tap(booking.remind)
  expect(phone.trace.at(-1)?.toasts).toEqual([booking.notReminded])
  await phone.tap(booking.copyVisit)
  expect(phone.trace.at(-1)?.toasts).toEqual([terms.copied])
  expect(JSON.stringify(phone.calls)).toContain(visit.hall.address)
  phone.circumstances.messages = 'granted'
  await phone.tap(booking.remind)
  expect(phone.trace.at(-1)?.toasts).toEqual([booking.reminded])
})

walk('N17: what the phone keeps is cleared on a tap, but never a payment that is being checked', async (on) => {
  const { phone } = on
  const { amount, link } = await owed(on)
  const pay = await toCheckout(on, { amount, link })
  moneyMoves(on, 'not known, and not paid')
  await phone.tap(pay)
  phone.sees(paying.states.unknown.title)
  await phone.launch('/pages/me/index')
  await phone.tap(me.privacy)
  phone.sees(...Object.values(settings.privacyRows))
  await phone.tap(settings.clear)
  phone.sees(settings.clearText)
  await phone.tap(settings.clear)
  expect(phone.trace.at(-1)?.toasts).toEqual([settings.clearDone])
  expect([...phone.storage.keys()]).toEqual(['journal'])
  await phone.launch()
  phone.sees(home.welcome, bills.checking(amount))
  await phone.launch('/pages/bills/index')
  phone.sees(bills.checking(amount))
  await onlyPayment(on)
})

walk('"about" says what is promised, and its version can be copied', async (on) => {
  const { phone } = on
  await phone.launch('/pages/me/index')
  await phone.tap(me.about)
  phone.sees(settings.aboutText, settings.promiseMoney, settings.promiseSlots, settings.promiseAccess)
  await phone.tap(`${terms.copy} ${settings.version}`)
  expect(phone.trace.at(-1)?.toasts).toEqual([terms.copied])
})
