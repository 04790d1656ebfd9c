import type { Finding, Grant, Hold, PaymentPage, Report, Ticket, Verification } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { booked, freeSlots, hall, item } from './bookings'
import { moneyMoves } from './cashier'
import { owed, toCheckout } from './debts'
import { hangzhou, type Walk } from './walk'

const {
  billing,
  booking,
  cities,
  data,
  failures,
  family,
  finding,
  home,
  mandate,
  identity,
  me,
  papers,
  messages,
  paying,
  payments,
  receipt,
  report,
  reports,
  settings,
  unbound,
  appointments,
  tickets,
  verify,
  visitors,
} = wordsIn('zh-CN')

type PageLine = readonly [query: string, sentence?: string]

/**
 * Each page of a bundle: the query that opens it, with ids that are real, and a sentence that this page alone says. A page
 * without a line opens with the city alone.
 */
export async function everyPage(on: Walk, pages: readonly string[]): Promise<Map<string, PageLine>> {
  const gas = await owed(on)
  const fine = await owed(on, 'hz-fine')
  const account = gas.accountLink.split('account=')[1]
  moneyMoves(on, 'accepted')
  await on.phone.tap(await toCheckout(on, gas))
  await on.leap(60)
  const [paid] = (await on.get<PaymentPage>('/payments')).items
  const { receiptId } = await on.get<{ receiptId: string }>(`/payments/${paid?.id}`)
  const { visit } = await booked(on, '2026-11-26')
  const [slot] = await freeSlots(on, '2026-11-27')
  const hold = await on.send<Hold>('/holds', { slotId: slot?.id, itemId: item })
  const late = { billerId: 'hz-fine', number: '330106190022351', proof: '古丽努尔·买买提' }
  const found = await on.send<Finding>('/findings', late)
  const foundBill = found.outcome === 'found' ? found.bills[0]?.id : undefined
  const about = { kind: 'app', id: '1.0.0' }
  const sent = await on.send<Report>('/reports', { about, reason: 'other', text: '打不开账单' })
  const queue = '9007199254740997'
  const ticket = await on.send<Ticket>('/tickets', { hallId: queue })
  const { id } = await on.send<Verification>('/verifications', {
    ...{ level: 'real-name', name: '李小明', idNumber: '11010519491231002X' },
  })
  await on.sandbox.control('POST', '/verify', { act: 'pass' })
  await on.get(`/verifications/${id}`)
  const asked = await on.send<Grant>('/family/grants', {
    role: 'actor',
    things: ['bills', 'pay'],
    endsOn: '2027-11-23',
  })
  const of = (more: string) => `?city=${hangzhou}&${more}`
  const lines: Record<string, PageLine> = {
    'pages/home/index': ['', home.services],
    'pages/bills/index': ['', billing.list.title],
    'pages/appointments/index': ['', appointments.upcoming],
    'pages/me/index': ['', me.helloText],
    'pages/cities/index': ['', cities.allCities],
    'pages/problem/index': ['?requestId=r-1', failures['app-error'].title],
    'pages/billing/bind/index': [of('biller=hz-gas'), '先查到户主和地址，您确认后才会绑定。'],
    'pages/billing/account/index': [of(`account=${account}`), '管理户号'],
    'pages/mandate/index': [of(`account=${account}`), mandate.how],
    'pages/billing/bill/index': [of(`bill=${fine.bill.id}`), billing.bill.breakdown],
    'pages/billing/list/index': [of(''), billing.list.settled],
    'pages/billing/choose/index': [of(''), billing.choose.lead],
    'pages/billing/find/index': [of(''), unbound.lead],
    'pages/billing/found/index': [of(`bill=${foundBill}`), unbound.textNote],
    'pages/billing/keep/index': [of(`payment=${paid?.id}`), unbound.keepGone],
    'pages/paying/checkout/index': [of(`bill=${fine.bill.id}`), paying.checkout.amount],
    'pages/paying/payment/index': [of(`payment=${paid?.id}`), paying.states.credited.text],
    'pages/paying/payments/index': [of(''), payments.month(2026, 11)],
    'pages/paying/receipt/index': [of(`receipt=${receiptId}`), receipt.verifyText],
    'pages/papers/index': [of(`payment=${paid?.id}`), papers.states['not-issued-here']],
    'pages/verify/index': ['', verify.lead],
    'pages/finding/services/index': [of(''), finding.mostUsed],
    'pages/finding/favourites/index': [of(''), finding.saveLead],
    'pages/booking/items/index': [of(''), '居民身份证换领'],
    'pages/booking/halls/index': [of(''), '杭州市民中心办事大厅'],
    'pages/booking/slots/index': [of(`hall=${hall}&item=${item}`), booking.today],
    'pages/booking/confirm/index': [of(`hold=${hold.id}`), booking.held],
    'pages/booking/appointment/index': [of(`appointment=${visit.id}`), booking.codeHint],
    'pages/family/list/index': [of(''), family.open],
    'pages/family/invite/index': [of(''), family.make],
    'pages/family/accept/index': [of(''), family.codeField],
    'pages/family/grant/index': [of(`grant=${asked.id}`), family.codeText],
    'pages/family/things/index': [of(''), family.thingsNote],
    'pages/booking/visitors/index': [of(''), visitors.none],
    'pages/tickets/list/index': [of(''), tickets.lead],
    'pages/tickets/take/index': [of(`hall=${queue}`), tickets.rules],
    'pages/tickets/ticket/index': [of(`ticket=${ticket.id}`), tickets.number],
    'pages/report/form/index': [of(`payment=${paid?.id}`), report.payment.lead],
    'pages/report/list/index': [of(''), reports.of(reports.about.app, report.reasons.other)],
    'pages/report/detail/index': [of(`report=${sent.id}`), reports.talk],
    'pages/identity/index': [of(`level=real-name&hall=${hall}`), identity.sent],
    'pages/messages/list/index': [of(''), messages.grants.entry],
    'pages/messages/grants/index': [of(''), messages.grants.lead],
    'pages/data/consents/index': [of(''), data.consents.lead],
    'pages/data/uses/index': [of(''), data.uses.lead],
    'pages/data/copy/index': [of(''), data.copy.before],
    'pages/data/erasure/index': [of(''), data.erasure.understood],
    'pages/data/phone/index': ['', data.phone.lead],
    'pages/settings/display/index': ['', settings.elderNote],
    'pages/settings/about/index': ['', settings.promiseMoney],
    'pages/settings/privacy/index': ['', settings.privacyLead],
  }
  expect(pages).toEqual(expect.arrayContaining(Object.keys(lines)))
  return new Map(pages.map((page) => [page, lines[page] ?? [of('')]]))
}
