import type { Grant, PaymentPage, Report, Verification } from '../../../contract/wire/types.gen'
import { hangzhou, sanya } from '../walk'
import type { Guide } from './tour'

/** The citizen's own pages, and the screens when nothing works. */
export async function rest({ phone, words, see, ...guide }: Guide): Promise<void> {
  const { home } = words
  await phone.launch()
  await phone.tapTab(3)
  await see('me')
  await phone.tap(new RegExp(`^${words.me.messages}`))
  await see('messages')
  await phone.tap(words.messages.grants.entry)
  await see('what the host may show')
  await phone.launch('/pages/problem/index?requestId=req-0123456789abcdef')
  await see('problem')
  await family({ phone, words, see, ...guide })
  const [paid] = (await guide.get<PaymentPage>('/payments')).items
  await phone.launch(`/pages/billing/keep/index?city=${hangzhou}&payment=${paid?.id}`)
  await see('keep a bill that was found')
  await guide.others()
  await phone.launch('/pages/billing/bill/index?city=33010&bill=b-1')
  await see('a bad link')
  await guide.fault('error-500')
  await phone.launch('/pages/booking/items/index?city=510100')
  await guide.pass(30)
  await see('the city does not answer')
  await guide.noFaults()
  await phone.launch('/pages/cities/index')
  await phone.tap(guide.language === 'en' ? 'Sanya' : '三亚')
  await phone.launch()
  phone.sees(home.readOnly)
  await see(`home of ${sanya}, in maintenance`)
  await phone.tapTab(1)
  await see('bills, in maintenance')
  await guide.fault('report-unanswered')
  const about = { kind: 'app', id: '1.0.0' }
  const { id } = await guide.send<Report>('/reports', { about, reason: 'other', text: '打不开账单' })
  await guide.sandbox.control('POST', '/clock', { advanceSeconds: 5 * 86_400 })
  await phone.launch(`/pages/report/detail/index?city=${hangzhou}&report=${id}`)
  phone.sees(words.reports.overdue)
  await see('my report, overdue')
  await phone.launch(`/pages/report/list/index?city=${hangzhou}`)
  await see('my reports')
}

/** A citizen whose real name is known lets somebody act for them. */
async function family({ phone, see, ...on }: Guide) {
  const person = { level: 'real-name', name: '李小明', idNumber: '11010519491231002X' }
  const { id } = await on.send<Verification>('/verifications', person)
  await on.sandbox.control('POST', '/verify', { act: 'pass' })
  await on.get(`/verifications/${id}`)
  const invitation = { role: 'giver', things: ['bills', 'pay', 'book'], endsOn: '2027-11-23' }
  const grant = await on.send<Grant>('/family/grants', invitation)
  await phone.launch(`/pages/family/grant/index?city=${hangzhou}&grant=${grant.id}`)
  await see('family, an invitation')
  await phone.launch(`/pages/family/list/index?city=${hangzhou}`)
  await see('family')
}
