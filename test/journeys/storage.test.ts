import { wordsIn } from '../support/words'
import { aFreeTime, onlyVisit, timesLink, typeVisitor } from './bookings'
import { moneyMoves } from './cashier'
import { onlyPayment, owed, paymentsOf, toCheckout } from './debts'
import { onBothBundles } from './stage'

const { walk } = onBothBundles()
const { billing, bills, booking, home, paying, payments } = wordsIn('zh-CN')
const { checkout, payment, states } = paying

walk(
  'N10: with full storage the citizen is warned before paying that the phone cannot store the payment',
  async (on) => {
    const { phone } = on
    const pay = await toCheckout(on, await owed(on))
    phone.circumstances.isStorageFull = true
    const till = moneyMoves(on, 'no answer, paid')
    await phone.tap(pay)
    phone.sees(checkout.noRoomTitle, checkout.noRoomText)
    await phone.tap(checkout.notNow)
    expect(till.opened).toBe(0)
    expect(await paymentsOf(on)).toEqual([])
    await phone.tap(pay)
    await phone.tap(checkout.payWithoutRoom)
    expect(till.opened).toBe(1)
    // Killed in the cashier, nothing noted: the city has it, under the reference in the call.
    phone.kill()
    await phone.launch('/pages/paying/payments/index?city=330100')
    expect(await onlyPayment(on)).toBeDefined()
    phone.sees(new RegExp([payments.state.paid, payments.state.credited].join('|')))
  },
)

walk('N10: with full storage a city is chosen and a visit booked all the same', async (on) => {
  const { phone } = on
  phone.circumstances.isStorageFull = true
  await phone.launch()
  await phone.tap(home.chooseCity)
  await phone.tap('杭州')
  phone.sees(home.services)
  await phone.tap(home.book)
  await phone.tap(/^居民身份证换领/)
  await phone.tap(/^杭州市民中心办事大厅/)
  await phone.tap(aFreeTime, 'radio')
  await typeVisitor(phone)
  await phone.tap(booking.doConfirm)
  phone.sees(booking.codeHint)
  await onlyVisit(on)
})

walk('N10: a payment that was under way when the storage was wiped is found, and not made again', async (on) => {
  const { phone } = on
  const { link, amount } = await owed(on)
  const pay = await toCheckout(on, { link, amount })
  moneyMoves(on, 'no answer, not paid')
  await phone.tap(pay)
  phone.kill()
  phone.storage.clear()
  await phone.launch(link)
  phone.sees(billing.bill.payingMine)
  expect(phone.screen.find(billing.bill.pay(amount))).toEqual([])
  await phone.tap(billing.bill.seePayment)
  const till = moneyMoves(on, 'accepted')
  await phone.tap(new RegExp(`^(${payment.action.pay}|${payment.action['continue-cashier']})$`))
  phone.sees(states.paid.title)
  expect(till.opened).toBe(1)
  await onlyPayment(on)
})

walk('N8: a phone whose storage holds nonsense starts as a new one', async (on) => {
  const { phone } = on
  await phone.launch()
  await phone.tap(home.chooseCity)
  await phone.tap('杭州')
  const keys = [...phone.storage.keys()]
  expect(keys.length).toBeGreaterThan(2)
  const nonsense = JSON.stringify({ version: 1, value: { city: '../etc', recents: 7, entries: [{ key: 1 }, null] } })
  for (const [key, kept] of [...phone.storage]) {
    // As this host keeps what the app writes: as a text, or as an object.
    phone.storage.set(key, typeof JSON.parse(kept) === 'string' ? JSON.stringify(nonsense) : nonsense)
  }
  await phone.launch()
  phone.sees(home.welcome)
  for (const key of keys) phone.storage.set(key, JSON.stringify('no JSON'))
  await phone.launch(timesLink)
  expect(phone.screen.find(aFreeTime, 'radio')).not.toEqual([])
})

walk('N12: an older program beside newer stored data: nothing of it is lost, and no bill is paid twice', async (on) => {
  const { phone } = on
  const { amount, link } = await owed(on)
  const pay = await toCheckout(on, { amount, link })
  moneyMoves(on, 'no answer, not paid')
  await phone.tap(pay)
  phone.kill()
  // As this host keeps what the app writes: as a text, or as an object.
  const isText = typeof JSON.parse(phone.storage.get('journal') ?? '') === 'string'
  const read = (key: string) => {
    const kept = JSON.parse(phone.storage.get(key) ?? 'null')
    return typeof kept === 'string' ? JSON.parse(kept) : kept
  }
  const write = (key: string, value: unknown) =>
    phone.storage.set(key, JSON.stringify(isText ? JSON.stringify(value) : value))
  const { value } = read('journal')
  const theme = { textSize: 'normal', theme: 'sepia', contrast: false, language: 'zh-CN' }
  for (const state of [{ toString: 1 }, 'half-paid', 7]) {
    write('journal', { version: 1, value: [{ ...value[0], state, cashier: 'later' }, { of: 'another kind' }, null] })
    write('settings', { version: 1, value: theme })
    await phone.launch()
    phone.sees(bills.checking(amount))
    await phone.launch(link)
    expect(phone.screen.find(billing.bill.pay(amount))).toEqual([])
    expect(read('settings').value).toEqual(theme)
    expect(JSON.stringify(read('journal'))).toContain('another kind')
  }
  const newer = { version: 2, value: [{ ...value[0], state: 'half-paid' }], index: { of: 'version 2' } }
  write('journal', newer)
  write('settings', { version: 2, value: theme })
  write('city', { version: 2, value: [] })
  await phone.launch(link)
  expect(phone.screen.find(billing.bill.pay(amount))).toEqual([])
  const other = await owed(on, 'hz-gas', 'overdue')
  const payOther = await toCheckout(on, other)
  const till = moneyMoves(on, 'not known yet')
  await phone.tap(payOther)
  expect(till.opened).toBe(1)
  expect(read('journal')).toEqual(newer)
  expect(read('settings')).toEqual({ version: 2, value: theme })
  await phone.launch('/pages/bills/index')
  phone.sees(bills.unfinished(amount), bills.checking(other.amount))
  expect(await paymentsOf(on)).toHaveLength(2)
})
