import type { FaultName } from '../../sandbox/faults'
import { wordsIn } from '../support/words'
import { aFreeTime, onlyVisit, timesLink, typeVisitor } from './bookings'
import { moneyMoves } from './cashier'
import { onlyPayment, owed, toCheckout } from './debts'
import { requestsOf } from './requests'
import { onBothBundles } from './stage'

const { walk } = onBothBundles()
const { billing, booking, terms, failures, home, paying } = wordsIn('zh-CN')

const brokenAnswers: [FaultName, string][] = [
  ['error-500', failures['city-error'].title],
  ['dropped-connection', failures.offline.title],
  ['html-instead-of-json', failures['not-json'].title],
  ['half-body', failures['not-json'].title],
  ['contract-breaking-answer', failures['contract-broken'].title],
  ['fractional-fen', failures['contract-broken'].title],
]

for (const [fault, title] of brokenAnswers) {
  walk(`N4: after "${fault}" a bill shows no amount but what happened, its number, and the way on`, async (on) => {
    const { phone } = on
    const { amount, link } = await owed(on)
    await on.fault(fault, { operationId: 'getBill' })
    await phone.launch(link)
    await on.leap(20)
    phone.sees(title, terms.requestIdHint)
    expect(phone.screen.lines().join()).not.toMatch(/[¥元]|\d\.\d/)
    expect(phone.screen.find(terms.home)).toHaveLength(1)
    await on.noFaults()
    await phone.tap(terms.retry)
    expect(phone.screen.find(billing.bill.pay(amount))).toHaveLength(1)
  })
}

for (const fault of ['half-body', 'contract-breaking-answer', 'error-500'] as const) {
  walk(`N4: with "${fault}" for an order no cashier opens, and the next tap makes no second one`, async (on) => {
    const { phone } = on
    const pay = await toCheckout(on, await owed(on))
    await on.fault(fault, { operationId: 'createPayment' })
    const till = moneyMoves(on, 'accepted')
    await phone.tap(pay)
    await on.leap(20)
    expect(till.opened).toBe(0)
    // An order that the city has all the same is read again, and its page offers to pay it.
    const isFound = fault === 'contract-breaking-answer'
    phone.sees(isFound ? paying.states.created.title : paying.checkout.startFailed)
    await on.noFaults()
    await phone.tap(isFound ? paying.payment.action.pay : pay)
    phone.sees(paying.states.paid.title)
    expect(till.opened).toBe(1)
    await onlyPayment(on)
  })
}

walk('N4: home with answers that are no JSON keeps its way to another city', async (on) => {
  const { phone } = on
  await on.fault('html-instead-of-json')
  await phone.launch()
  await phone.tap(home.chooseCity)
  await phone.tap('杭州')
  await on.leap(20)
  phone.sees(failures['not-json'].title)
  expect(phone.screen.find(home.changeCity('杭州'))).toHaveLength(1)
  await on.noFaults()
  await phone.tap(terms.retry)
  phone.sees(home.services)
})

walk('N3: a busy city gets no request until its Retry-After has passed, and then responds', async (on) => {
  const { phone } = on
  const { amount, link } = await owed(on)
  await on.fault('busy-429', { operationId: 'getBill', times: 1 })
  await phone.launch(link)
  await on.leap(3)
  expect(requestsOf(phone, /^GET \/bills\//).map(({ status }) => status)).toEqual([429])
  await on.leap(10)
  expect(requestsOf(phone, /^GET \/bills\//).map(({ status }) => status)).toEqual([429, 200])
  expect(phone.screen.find(billing.bill.pay(amount))).toHaveLength(1)
})

for (const phoneAt of ['2027-11-23T10:09:00+08:00', '2025-11-22T23:51:00-05:00']) {
  walk(
    `N5: on a phone that believes in ${phoneAt.slice(0, 10)} every deadline is the city's`,
    async (on) => {
      const { phone } = on
      const { amount, link } = await owed(on)
      await phone.launch(link)
      phone.seesNot(/逾期/)
      expect(phone.screen.find(billing.bill.pay(amount))).toHaveLength(1)
      await phone.launch(timesLink)
      phone.sees(new RegExp(`^${booking.today}，11月23日`))
      await phone.tap(aFreeTime, 'radio')
      await typeVisitor(phone)
      await on.leap(200)
      phone.sees(/^01:[34]\d$/)
      await on.leap(101)
      phone.sees(booking.expired)
      await phone.tap(booking.holdAgain)
      await phone.tap(booking.doConfirm)
      phone.sees(booking.codeHint)
      await onlyVisit(on)
    },
    { phoneAt },
  )
}
