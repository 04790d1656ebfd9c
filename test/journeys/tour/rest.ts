import type { Report } from '../../../contract/wire/types.gen'
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
