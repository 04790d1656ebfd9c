import { answerOf, placesIn, withMore, withNewWord } from '../support/growth'
import type { WireAnswer } from '../support/loopback'
import { wordsIn } from '../support/words'
import { heldAndTyped, onlyVisit } from './bookings'
import { moneyMoves } from './cashier'
import { onlyPayment, owed, toCheckout } from './debts'
import { everyPage } from './every-page'
import { requestsOf } from './requests'
import { onBothBundles } from './stage'
import type { Walk } from './walk'

const { walk, bundleOf } = onBothBundles()
const { billing, bills, booking, terms, failures, home, paying } = wordsIn('zh-CN')

type Change = (body: unknown, schema: NonNullable<ReturnType<typeof answerOf>>['schema'], path: string) => unknown

/** The city's answers are changed on their way, each beside its schema. */
function grow({ phone }: Walk, change: Change) {
  phone.circumstances.onTheWay = ({ method, path }, answer) => {
    const [, target = ''] = path.split(' ')
    const found = answer.status < 300 && answer.text ? answerOf(method, target) : null
    return found ? { ...answer, text: JSON.stringify(change(JSON.parse(answer.text), found.schema, target)) } : answer
  }
}

const refusal = (status: number, code: string, headers: Record<string, string> = {}): WireAnswer => ({
  status,
  headers: { 'content-type': 'application/problem+json', 'x-request-id': 'req-77', ...headers },
  text: JSON.stringify({
    type: 'about:blank',
    title: '户号已冻结',
    detail: '请先到营业厅解冻。',
    status,
    code,
    requestId: 'req-77',
    retry: 'tomorrow',
  }),
})

/** Nothing that a page kept stands in for what cannot be read. */
const forgetKept = ({ phone }: Walk) => {
  for (const key of [...phone.storage.keys()]) if (key.startsWith('kept:')) phone.storage.delete(key)
}

const lost = [
  terms.somethingBroke,
  failures['app-error'].title,
  failures['contract-broken'].title,
  failures['app-outdated'].text,
  /undefined|NaN|unlisted|\[object|of-a-later-version/,
]

const start = ([before = '']: string[]) => new RegExp(`^${before}`)
const mayPay = [
  start(billing.bill.pay('¥').split('¥')),
  start(paying.checkout.pay('¥').split('¥')),
  ...(['pay', 'continue-cashier', 'pay-again'] as const).map((action) => paying.payment.action[action]),
]

/** What must not be stated or offered, where a word is new. */
const forbidden: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  'Payment.state': [...mayPay, paying.states.credited.title, paying.states.paid.title, paying.states.failed.title],
  'PaymentSummary.state': [paying.states.credited.title],
  'Bill.status': mayPay,
  'Lookup.outcome': [billing.account.outcome['nothing-due'].title],
  'PaymentBill.outcome': [new RegExp(`${paying.payment.outcome.credited} ¥`)],
  'Appointment.state': [booking.cancel, booking.cancelShort, booking.move],
  'Hold.state': [booking.doConfirm, booking.expired, booking.released],
  'BookingRules.visitor[]': [booking.doConfirm],
  'SlotDay.status': [booking.dayFull, booking.dayClosedPlain],
}

walk('N11: a new word in any list costs no page, and nothing wrong is stated about money or slots', async (on) => {
  const { phone } = on
  await phone.launch()
  await phone.tap(home.chooseCity)
  await phone.tap('杭州')
  const pages = await everyPage(on, bundleOf(on.host).pages)
  const found = new Map<string, string[]>()
  for (const [page, [query]] of pages) {
    grow(on, (body, schema) => {
      for (const place of placesIn(body, schema)) {
        const known = found.get(place) ?? []
        if (!known.includes(page)) found.set(place, [...known, page])
      }
      return body
    })
    forgetKept(on)
    await phone.launch(`/${page}${query}`)
  }
  // What the sandbox's pages never answer with is in test/services/growing.test.ts.
  expect(found.size).toBeGreaterThan(20)
  const failures: string[] = []
  // Answers come in any order; what both hosts did is compared.
  for (const [place, asking] of [...found].sort(([one], [other]) => (one < other ? -1 : 1))) {
    grow(on, (body, schema) => withNewWord(body, schema, place))
    // Every page reads the manifest: two pages of each folder are enough, and all that depend on it.
    const chosen = forbidden[place] ? asking : asking.slice(0, 2)
    for (const page of chosen) {
      forgetKept(on)
      await phone.launch(`/${page}${pages.get(page)?.[0]}`)
      const wrong = [...lost, ...(forbidden[place] ?? [])].filter((words) => phone.screen.says(words))
      const dead = phone.page !== page ? [`went to ${phone.page}`] : []
      if (wrong.length + dead.length > 0)
        failures.push(`${place} on ${page}: ${[...wrong, ...dead].join(', ')}\n${phone.screen.lines().join('\n')}`)
    }
  }
  expect(failures).toEqual([])
})

walk('N11: with a new member in every object of every answer a bill is paid and a visit booked', async (on) => {
  const { phone } = on
  grow(on, withMore)
  const pay = await toCheckout(on, await owed(on))
  const till = moneyMoves(on, 'accepted')
  await phone.tap(pay)
  phone.sees(paying.states.paid.title)
  expect(till.opened).toBe(1)
  await onlyPayment(on)
  await heldAndTyped(on)
  await phone.tap(booking.doConfirm)
  phone.sees(booking.codeHint)
  await onlyVisit(on)
})

walk('N11: an order whose state is new opens no cashier and is being checked', async (on) => {
  const { phone } = on
  const { amount, link } = await owed(on)
  const pay = await toCheckout(on, { amount, link })
  grow(on, (body, schema) => withNewWord(body, schema, 'Payment.state'))
  const till = moneyMoves(on, 'accepted')
  await phone.tap(pay)
  expect(till.opened).toBe(0)
  phone.sees(paying.states.unlisted.title)
  for (const words of mayPay) expect(phone.screen.find(words)).toEqual([])
  // The next launch still has it, and checks it before it offers anything else.
  await phone.launch(link)
  phone.sees(bills.checking(amount))
  expect(phone.screen.find(billing.bill.pay(amount))).toEqual([])
  await onlyPayment(on)
})

walk('N11: a cashier of a new kind is never opened', async (on) => {
  const { phone } = on
  const pay = await toCheckout(on, await owed(on))
  grow(on, (body, schema) => withNewWord(body, schema, 'CashierInvocation.kind'))
  const till = moneyMoves(on, 'accepted')
  await phone.tap(pay)
  expect(till.opened).toBe(0)
  // The order was read again: its page says that nothing was taken.
  phone.sees(paying.states.created.title)
  await onlyPayment(on)
})

walk('N11: a refusal for a new reason shows the city’s own text, and is not repeated', async (on) => {
  const { phone } = on
  const { link, amount } = await owed(on)
  const pay = await toCheckout(on, { link, amount })
  await on.fault('bill-changed', { times: 1 })
  phone.circumstances.onTheWay = ({ method }, answer) => (method === 'POST' ? refusal(409, 'account-frozen') : answer)
  await phone.tap(pay)
  phone.sees('请先到营业厅解冻。')
  expect(requestsOf(phone, /^POST \/payments$/)).toHaveLength(1)
  phone.circumstances.onTheWay = ({ path }, answer) =>
    path.includes('/bills/') ? refusal(403, 'account-frozen') : answer
  forgetKept(on)
  await phone.launch(link)
  phone.sees('户号已冻结', '请先到营业厅解冻。')
  expect(requestsOf(phone, /^GET \/bills\//).filter(({ status }) => status === 403)).toHaveLength(1)
})

walk('N11: a city of another major version asks for a newer app, and the way to another city stays', async (on) => {
  const { phone } = on
  await phone.launch()
  grow(on, (body, _, path) => (path === '/manifest' ? { ...(body as object), contract: '2.0', billers: 7 } : body))
  await phone.tap(home.chooseCity)
  await phone.tap('杭州')
  phone.sees(failures['app-outdated'].title, failures['app-outdated'].text)
  expect(phone.screen.find(home.changeCity('杭州'))).toHaveLength(1)
})

for (const [name, header] of [
  ['milliseconds for seconds', '86400000'],
  ['a date in 2029', 'Fri, 23 Nov 2029 02:00:00 GMT'],
] as const) {
  walk(
    `N16: a busy city that says ${name} is left alone for two minutes at most, and a tap reads at once`,
    async (on) => {
      const { phone } = on
      const { amount, link } = await owed(on)
      phone.circumstances.onTheWay = (_, answer) => ({
        ...answer,
        status: 429,
        headers: { 'retry-after': header },
        text: '',
      })
      await phone.launch(link)
      await on.leap(20)
      phone.sees(failures.busy.title, failures.busyFor(120))
      phone.circumstances.onTheWay = (_, answer) => answer
      await phone.tap(terms.retry)
      expect(phone.screen.find(billing.bill.pay(amount))).toHaveLength(1)
    },
  )
}
