import { wordsIn } from '../support/words'
import { moneyMoves } from './cashier'
import { onlyPayment, owed, toCheckout } from './debts'
import { onBothBundles } from './stage'
import type { Walk } from './walk'

const { walk } = onBothBundles()
const { bills, paying } = wordsIn('zh-CN')
const { payment, states } = paying

/** Killed in the cashier, then back at the unpaid payment. */
async function leftOpen(on: Walk): Promise<void> {
  const { phone } = on
  const pay = await toCheckout(on, await owed(on))
  moneyMoves(on, 'no answer, not paid')
  await phone.tap(pay)
  await phone.launch('/pages/bills/index')
  await phone.tap(bills.seePayment)
}

walk('M6: a cancelled payment is closed, and the bill can be paid again', async (on) => {
  const { phone } = on
  await leftOpen(on)
  await phone.tap(payment.action.cancel)
  phone.sees(payment.cancelText)
  await phone.tap(payment.cancelYes)
  phone.sees(states.closed.title)
  expect(await onlyPayment(on)).toMatchObject({ state: 'closed' })
  expect(phone.screen.find(payment.action['pay-again'])).toHaveLength(1)
})

walk('M6: when paying and giving up cross, the city decides, and until then nothing can be paid', async (on) => {
  const { phone } = on
  await leftOpen(on)
  await on.fault('closing-crossed')
  await phone.tap(payment.action.cancel)
  await phone.tap(payment.cancelYes)
  phone.sees(states.closing.title)
  for (const action of ['pay', 'continue-cashier', 'pay-again', 'cancel'] as const)
    expect(phone.screen.find(payment.action[action])).toEqual([])
  await on.leap(20)
  await phone.tap(payment.action.check)
  phone.sees(new RegExp(`${states.paid.title}|${states.credited.title}`))
  await onlyPayment(on)
})

for (const fault of ['notification-repeated', 'notification-late', 'notification-lost'] as const) {
  walk(`M10: with "${fault}" a payment is credited once and never looks unpaid again`, async (on) => {
    const { phone } = on
    const pay = await toCheckout(on, await owed(on))
    await on.fault(fault)
    const till = moneyMoves(on, 'accepted')
    await phone.tap(pay)
    phone.sees(states.paid.title)
    const { length } = phone.trace
    for (let round = 0; round < 4; round += 1) {
      await on.leap(15)
      await phone.background()
      await phone.foreground()
    }
    phone.sees(states.credited.title)
    const since = phone.trace.slice(length).flatMap(({ says }) => says)
    for (const state of ['created', 'cashier-open', 'unknown', 'failed', 'closed'] as const)
      expect(since.join()).not.toContain(states[state].title)
    expect(till.opened).toBe(1)
    expect(await onlyPayment(on)).toMatchObject({ state: 'credited' })
  })
}
