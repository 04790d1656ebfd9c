import { formatFen } from '@/domain/money'
import type { AppointmentPage } from '../../contract/wire/types.gen'
import type { FaultName } from '../../sandbox/faults'
import { signIn } from '../support/citizen'
import { debtorOf, numberOf } from '../support/debtor'
import { walks } from '../support/walks'
import { wordsIn } from '../support/words'

const { preview, phone } = walks()
const { billing, bills, booking, terms, failures, home } = wordsIn('zh-CN')
const beginning = (sentence: (part: string) => string) => sentence('|').split('|')[0] ?? ''

test('N1: a session that ends in the middle of a form is renewed unseen, and the form is kept', async () => {
  const citizen = await phone({ citizen: 'long-reader', city: '330100' })
  await citizen.open('/pages/booking/slots/index?city=330100&hall=9007199254740995&item=id-card-renewal')
  await citizen
    .find(/^\d\d:\d\d.*余/, 'radio')
    .first()
    .click()
  await citizen.type(booking.name, '王秀英')
  await citizen.type(booking.phone, '13900000002')
  preview().asked.length = 0
  await preview().fault({ name: 'token-expired', operationId: 'confirmHold', times: 1 })
  await citizen.tap(booking.doConfirm)
  await citizen.sees(booking.codeHint)
  const asked = preview().asked.slice(0, 3)
  expect(asked.map(({ path, status }) => [path, status])).toEqual([
    ['/330100/appointments', 401],
    ['/330100/sessions', 201],
    ['/330100/appointments', 201],
  ])
  const known = await signIn(preview().sandbox.city('330100'), 'long-reader')
  expect((await known.get<AppointmentPage>('/appointments')).body.items).toHaveLength(1)
})

test('N2: without network what was read before is shown with its age, and the rest says how to go on', async () => {
  const debtor = await debtorOf(preview(), 'in-the-lift', 'gas')
  const citizen = await phone({ citizen: 'in-the-lift', city: '330100' })
  await citizen.open()
  await citizen.sees(debtor.bill.title)
  await citizen.tapTab(home.tabs.bills)
  await citizen.sees(bills.dueTotal)

  preview().cut = true
  await citizen.open('/pages/bills/index')
  await citizen.sees(formatFen(debtor.bill.amountFen, { symbol: true }))
  await citizen.sees(beginning(terms.asOfOffline))
  await citizen.open('/pages/booking/items/index?city=330100')
  await citizen.sees(failures.offline.title)
  // All attempts are over before the network is back.
  await citizen.sees(terms.retry)
  preview().cut = false
  await citizen.tap(terms.retry)
  await citizen.sees('居民身份证换领')
})

test('N3: a busy city is left alone for as long as it asks, and then answers', async () => {
  const debtor = await debtorOf(preview(), 'patient', 'tax')
  const citizen = await phone({ citizen: 'patient', city: '330100' })
  await citizen.open(debtor.accountLink)
  await citizen.sees(debtor.bill.title)
  preview().asked.length = 0
  await preview().fault({ name: 'busy-429', operationId: 'getBill', times: 1 })
  await citizen.tap(debtor.bill.title)
  await citizen.sees(billing.bill.breakdown, 15_000)
  const after = preview().asked.findIndex(({ status }) => status === 429)
  const [refused, next] = preview().asked.slice(after, after + 2)
  expect(refused?.status).toBe(429)
  expect((next?.atMs ?? 0) - (refused?.atMs ?? 0)).toBeGreaterThanOrEqual(5_000)
})

const brokenAnswers: [FaultName, string][] = [
  ['error-500', failures['city-error'].title],
  ['dropped-connection', failures.offline.title],
  ['html-instead-of-json', failures['not-json'].title],
  ['half-body', failures['not-json'].title],
  ['contract-breaking-answer', failures['contract-broken'].title],
  ['fractional-fen', failures['contract-broken'].title],
]

test.each(brokenAnswers)(
  'N4: after "%s" a bill says what happened, shows no amount, and can be read later',
  async (name, title) => {
    const debtor = await debtorOf(preview(), `broken-${name}`, 'fine')
    const citizen = await phone({ citizen: `broken-${name}`, city: '330100' })
    await preview().fault({ name, operationId: 'getBill' })
    await citizen.open(debtor.billLink)
    await citizen.sees(title, 20_000)
    await citizen.sees(terms.requestIdHint)
    const shown = await citizen.reads()
    expect(shown).not.toMatch(/[¥元]|\d\.\d/)
    await citizen.find(terms.home).waitFor()
    await preview().noFaults()
    await citizen.tap(terms.retry)
    await citizen.sees(billing.bill.pay(formatFen(debtor.bill.amountFen, { symbol: true })))
  },
)

test('N4: home with answers that are no JSON keeps its way to another city', async () => {
  const citizen = await phone({ citizen: 'hotel-guest', city: '330100' })
  await preview().fault({ name: 'html-instead-of-json' })
  await citizen.open()
  await citizen.sees(failures['not-json'].title)
  await preview().noFaults()
  await citizen.tap(terms.retry)
  await citizen.sees(home.services)
})

test('M12: a biller that does not answer is never taken for "nothing due"', async () => {
  const debtor = await debtorOf(preview(), 'unanswered', 'lateGas')
  const citizen = await phone({ citizen: 'unanswered', city: '330100' })
  await preview().fault({ name: 'biller-not-answering' })
  await citizen.open(debtor.accountLink)
  await citizen.sees(billing.account.outcome['not-answering'].title)
  await citizen.seesNot(billing.account.outcome['nothing-due'].title)
  await citizen.open('/pages/billing/bind/index?city=330100&biller=hz-gas')
  await citizen.type('燃气户号', await numberOf(preview(), 'gas'))
  await citizen.tap(billing.bind.lookUp)
  await citizen.sees(billing.bind.outcome['not-answering'].title)
})
