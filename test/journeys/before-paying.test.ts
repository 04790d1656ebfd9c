import { formatFen } from '@/domain/money'
import type { Bill } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { moneyMoves } from './cashier'
import { numberOf, onlyPayment, owed, paymentsOf, toCheckout } from './debts'
import { requestsOf, signIns } from './requests'
import { onBothBundles } from './stage'
import { doubleTap } from './taps'

const { walk } = onBothBundles()
const { billing, paying } = wordsIn('zh-CN')
const { checkout, states } = paying
const creating = /^POST \/payments$/

walk('M1: two taps on "pay" make one payment and open one cashier', async (on) => {
  const { phone } = on
  const pay = await toCheckout(on, await owed(on))
  const till = moneyMoves(on, 'accepted')
  await doubleTap(phone, pay)
  phone.sees(states.paid.title)
  expect(till.opened).toBe(1)
  expect(requestsOf(phone, creating)).toHaveLength(1)
  await onlyPayment(on)
})

walk('M1: when the answer to an order is lost, the same order is found and not a second one made', async (on) => {
  const { phone } = on
  const pay = await toCheckout(on, await owed(on))
  await on.fault('lost-answer', { operationId: 'createPayment', times: 1 })
  const till = moneyMoves(on, 'accepted')
  await phone.tap(pay)
  await on.pass(15)
  phone.sees(states.credited.title)
  expect(till.opened).toBe(1)
  expect(requestsOf(phone, creating)).toHaveLength(2)
  await onlyPayment(on)
})

walk(
  'M1: when no answer to an order ever comes nothing opens, and the next tap goes on with that order',
  async (on) => {
    const { phone } = on
    const pay = await toCheckout(on, await owed(on))
    await on.fault('lost-answer', { operationId: 'createPayment' })
    const till = moneyMoves(on, 'accepted')
    await phone.tap(pay)
    await on.pass(15)
    phone.sees(checkout.startFailed, checkout.startFailedText)
    expect(till.opened).toBe(0)
    await on.noFaults()
    await phone.tap(pay)
    phone.sees(states.paid.title)
    expect(till.opened).toBe(1)
    await onlyPayment(on)
  },
)

walk('M1: a bill that somebody else is paying is not taken from this citizen as well', async (on) => {
  const { phone } = on
  const pay = await toCheckout(on, await owed(on))
  await on.fault('somebody-paying')
  const till = moneyMoves(on, 'accepted')
  await phone.tap(pay)
  phone.sees(checkout.refused)
  expect(till.opened).toBe(0)
  expect(await paymentsOf(on)).toEqual([])
})

walk('M7: an amount that changed is shown beside the old one, and only a second yes is charged', async (on) => {
  const { phone } = on
  const { bill, amount, link } = await owed(on)
  const pay = await toCheckout(on, { amount, link })
  await on.fault('bill-changed', { times: 1 })
  const till = moneyMoves(on, 'accepted')
  await phone.tap(pay)
  const grown = (await on.get<Bill>(`/bills/${bill.id}`)).amountFen
  expect(grown).toBeGreaterThan(bill.amountFen)
  const now = formatFen(grown, { symbol: true })
  phone.sees(checkout.changedTitle, checkout.changedText, checkout.oldAmount, amount, checkout.newAmount, now)
  expect(till.opened).toBe(0)
  expect(await paymentsOf(on)).toEqual([])
  await phone.tap(checkout.payNew(now))
  phone.sees(states.paid.title)
  expect(till.opened).toBe(1)
  expect(await onlyPayment(on)).toMatchObject({ amountFen: grown })
})

walk('M8: a bill that was just paid by somebody else is paid again only after a question', async (on) => {
  const { phone } = on
  const pay = await toCheckout(on, await owed(on))
  await on.fault('recently-paid')
  const till = moneyMoves(on, 'accepted')
  await phone.tap(pay)
  phone.sees(checkout.recentTitle)
  await phone.tap(checkout.notNow)
  expect(till.opened).toBe(0)
  expect(await paymentsOf(on)).toEqual([])
  await phone.tap(pay)
  await phone.tap(checkout.payAnyway)
  phone.sees(states.paid.title)
  expect(till.opened).toBe(1)
})

walk('N1: a session that ends before the order is renewed unseen, and the cashier opens once', async (on) => {
  const { phone } = on
  const pay = await toCheckout(on, await owed(on))
  await on.fault('token-expired', { operationId: 'createPayment', times: 1 })
  const till = moneyMoves(on, 'accepted')
  await phone.tap(pay)
  phone.sees(states.paid.title)
  expect(till.opened).toBe(1)
  expect(signIns(phone)).toBe(2)
  await onlyPayment(on)
})

walk('N1: a session that ends while the result is awaited is renewed unseen, and nothing is paid twice', async (on) => {
  const { phone } = on
  const pay = await toCheckout(on, await owed(on))
  const till = moneyMoves(on, 'not known yet')
  await phone.tap(pay)
  phone.sees(states.unknown.title)
  await on.fault('token-expired', { times: 1 })
  await on.pass(90)
  phone.sees(states.credited.title)
  expect(till.opened).toBe(1)
  expect(signIns(phone)).toBe(2)
  expect(requestsOf(phone, creating)).toHaveLength(1)
  await onlyPayment(on)
})

for (const [fault, outcome] of [
  ['biller-not-answering', 'not-answering'],
  ['biller-closed', 'biller-closed'],
] as const) {
  walk(`M12: with "${fault}" nothing is ever shown as paid off`, async (on) => {
    const { phone } = on
    const { accountLink } = await owed(on)
    await on.fault(fault)
    await phone.launch(accountLink)
    phone.sees(billing.account.outcome[outcome].title)
    phone.seesNot(billing.account.outcome['nothing-due'].title)
    await phone.launch('/pages/billing/bind/index?city=330100&biller=hz-gas')
    await phone.type(/^燃气户号/, await numberOf(on, 'hz-gas', 'overdue'))
    await phone.tap(billing.bind.lookUp)
    if (outcome === 'not-answering') phone.sees(billing.bind.outcome[outcome].title)
    else phone.sees(billing.bind.outcome[outcome].title('07:00'))
    phone.sees(/不表示没有欠费/)
  })
}

walk('M12: an unknown number is not taken for a paid debt', async ({ phone }) => {
  await phone.launch('/pages/billing/bind/index?city=230100&biller=hrb-electricity')
  await phone.type(/^户号/, '4500199999')
  await phone.tap(billing.bind.lookUp)
  phone.sees(billing.bind.outcome['no-account'].title)
})
