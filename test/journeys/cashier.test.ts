import { formatFen } from '@/domain/money'
import type { PaymentState } from '@/domain/payment'
import { wordsIn } from '../support/words'
import { liveRegions } from './accessibility'
import { type EndingName, moneyMoves, type Till } from './cashier'
import { onlyPayment, owed } from './debts'
import { onBothBundles } from './stage'
import type { Walk } from './walk'

const { walk, walkOn } = onBothBundles()
const { billing, bills, paying } = wordsIn('zh-CN')

/** Up to the cashier, which ends as given. */
async function pay(on: Walk, name: EndingName): Promise<Till> {
  const { phone } = on
  const { bill, link } = await owed(on)
  const amount = formatFen(bill.amountFen, { symbol: true })
  await phone.launch(link)
  await phone.tap(billing.bill.pay(amount))
  await phone.tap(paying.checkout.checked, 'checkbox')
  const till = moneyMoves(on, name)
  await phone.tap(paying.checkout.pay(amount))
  return till
}

/** Nothing on this screen starts another payment. */
function offersNoPayment({ phone }: Walk) {
  for (const words of [
    paying.payment.action.pay,
    paying.payment.action['continue-cashier'],
    paying.payment.action['pay-again'],
  ])
    expect(phone.screen.find(words)).toEqual([])
}

/**
 * How a cashier ends, the state on the screen after it closes, the one after the city has queried the vendor again, and the
 * city's own state then where it differs.
 */
const outcomes: [EndingName, PaymentState, PaymentState, PaymentState?][] = [
  ['accepted', 'paid', 'credited'],
  ['cancelled', 'cashier-open', 'cashier-open'],
  ['cancelled, but paid', 'paid', 'credited'],
  ['not known yet', 'unknown', 'credited'],
  ['not known, and paid', 'paid', 'credited'],
  ['not known, and not paid', 'unknown', 'unknown', 'cashier-open'],
  ['left by another way', 'paid', 'credited'],
  ['a new answer', 'paid', 'credited'],
  ['not permitted', 'failed', 'failed'],
]

for (const [name, first, later, known = later] of outcomes) {
  walk(`a cashier that ends with "${name}" leads to what the city says`, async (on) => {
    const till = await pay(on, name)
    on.phone.sees(paying.states[first].title)
    if (first === 'unknown' || first === 'paid') offersNoPayment(on)
    expect(liveRegions(on.phone)).not.toEqual([])
    await on.pass(150)
    on.phone.sees(paying.states[later].title)
    if (later === 'unknown') offersNoPayment(on)
    expect(till.opened).toBe(1)
    expect(await onlyPayment(on)).toMatchObject({ state: known })
  })
}

for (const name of ['declined', 'the call fails'] as const) {
  walkOn('alipay', `a cashier that ends with "${name}" leads to what the city says`, async (on) => {
    const till = await pay(on, name)
    on.phone.sees(name === 'declined' ? paying.states.failed.title : paying.states.unknown.title)
    expect(till.opened).toBe(1)
    await onlyPayment(on)
  })
}

for (const name of ['no answer, paid', 'no answer, not paid'] as const) {
  walk(`an app killed in a cashier with "${name}" finishes the story at the next launch`, async (on) => {
    const { phone } = on
    const till = await pay(on, name)
    phone.kill()
    await on.sandbox.control('POST', '/clock', { advanceSeconds: 120 })
    await phone.launch()
    await phone.tapTab(1)
    const isPaid = name === 'no answer, paid'
    if (isPaid) phone.seesNot(billing.bill.payingMine)
    else phone.sees(bills.seePayment)
    expect(till.opened).toBe(1)
    expect(await onlyPayment(on)).toMatchObject({ state: isPaid ? 'credited' : 'created' })
  })
}

for (const name of ['killed while deciding, then paid', 'killed while deciding, then not paid'] as const) {
  walk(`M13: an app ${name}: it is being checked, and nothing is offered, until the vendor has decided`, async (on) => {
    const { phone } = on
    const till = await pay(on, name)
    phone.kill()
    await phone.launch()
    phone.seesNot(bills.unfinishedText)
    phone.sees(bills.checkingText)
    await phone.tap(bills.seePayment)
    phone.sees(paying.states.unknown.title)
    offersNoPayment(on)
    await on.pass(30)
    if (name.endsWith('not paid')) phone.sees(paying.states['cashier-open'].title)
    else phone.sees(paying.states.credited.title)
    expect(till.opened).toBe(1)
    await onlyPayment(on)
  })
}

walk('a cashier that never answers leaves no dead end when the citizen comes back', async (on) => {
  const { phone } = on
  await pay(on, 'no answer, paid')
  await phone.background()
  await on.pass(10)
  await phone.foreground()
  await on.pass(90)
  phone.sees(paying.states.credited.title)
  expect(await onlyPayment(on)).toMatchObject({ state: 'credited' })
})
