import type { Payment } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { moneyMoves } from './cashier'
import { onlyPayment, owed, toCheckout } from './debts'
import { requestsOf } from './requests'
import { onBothBundles } from './stage'
import { doubleTap } from './taps'
import type { Walk } from './walk'

const { walk } = onBothBundles()
const { paying, recall } = wordsIn('zh-CN')

/** Somebody else's bill is paid by mistake; its page is open. */
async function paid(on: Walk): Promise<void> {
  await on.phone.launch()
  const pay = await toCheckout(on, await owed(on))
  moneyMoves(on, 'accepted')
  await on.phone.tap(pay)
  on.phone.sees(paying.states.paid.title)
}

const paymentOf = async (on: Walk) => on.get<Payment>(`/payments/${(await onlyPayment(on))?.id}`)

walk('M17: a wrong account that was just paid: two taps stop it, and the money comes back', async (on) => {
  const { phone } = on
  await paid(on)
  await phone.tap(recall.offer)
  phone.sees(recall.stops)
  await doubleTap(phone, recall.doIt)
  phone.sees(recall.stopped, paying.states.refunding.title)
  phone.seesNot(recall.offer)
  expect(requestsOf(phone, /recalls$/)).toHaveLength(1)
  await on.leap(60)
  expect(await paymentOf(on)).toMatchObject({ state: 'refunded', bills: [{ outcome: 'refunded' }] })
  await on.leap(60)
  phone.sees(paying.states.refunded.title)
})

walk('M17: after crediting the biller decides by a date; it agrees, and the money comes back', async (on) => {
  const { phone } = on
  await paid(on)
  await on.leap(60)
  phone.sees(paying.states.credited.title)
  await on.fault('recall-undecided')
  await phone.tap(recall.offer)
  phone.sees(recall.decides(3))
  await phone.tap(recall.doIt)
  phone.sees(recall.waiting, /^11月26日.+前答复$/)
  await on.leap(600)
  await on.noFaults()
  await on.leap(600)
  await phone.background()
  await phone.foreground()
  phone.sees(recall.agreed)
})

walk(
  'M17: the biller declines: its words stand there, the money stays, and nothing offers to ask again',
  async (on) => {
    const { phone } = on
    await paid(on)
    await on.leap(60)
    await on.fault('recall-declined', { times: 1 })
    await phone.tap(recall.offer)
    await phone.tap(recall.doIt)
    await on.leap(60)
    await phone.background()
    await phone.foreground()
    phone.sees(recall.declined, '户主已确认这笔缴费，请与对方协商退还。')
    phone.seesNot(recall.offer)
    expect(await paymentOf(on)).toMatchObject({ state: 'credited' })
  },
)

walk(
  'M17: the answer to a recall is lost: the money is in one place, and a second tap is the same recall',
  async (on) => {
    const { phone } = on
    await paid(on)
    await on.fault('lost-answer', { operationId: 'recallPayment', times: 3 })
    await phone.tap(recall.offer)
    await phone.tap(recall.doIt)
    await on.pass(30)
    await phone.background()
    await phone.foreground()
    phone.sees(recall.stopped)
    await on.leap(60)
    expect(await paymentOf(on)).toMatchObject({ state: 'refunded' })
  },
)
