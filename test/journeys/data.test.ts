import { consent } from '@/text/parts/consent'
import type { AppointmentPage, ConsentList, ReportPage } from '../../contract/wire/types.gen'
import { newKey } from '../support/booking'
import { electricity, signIn } from '../support/citizen'
import { wordsIn } from '../support/words'
import { requestsOf } from './requests'
import { onBothBundles } from './stage'
import { hangzhou, type Walk } from './walk'

const { walk } = onBothBundles()
const { booking, data, home, me, report, settings, terms } = wordsIn('zh-CN')
const ask = consent['zh-CN']
const chengdu = '510100'
const times = `/pages/booking/slots/index?city=${chengdu}&hall=9007199254741101&item=id-card-renewal`
const aFreeTime = /^\d\d:\d\d.*余/
const document = '使用证件号码'

/** The form of a visit in Chengdu, filled in. */
async function fillIn({ phone }: Walk) {
  await phone.launch(times)
  await phone.tap(aFreeTime, 'radio')
  await phone.type(new RegExp(booking.name), '李小明')
  await phone.type(new RegExp(booking.phone), '13800000001')
  await phone.type(new RegExp(booking.documents['id-card'].number), '11010519491231002X')
}

/** The same citizen on another phone. */
const elsewhere = (on: Walk, city = chengdu) =>
  signIn(on.sandbox.city(city), `${on.host === 'wechat' ? 'wx' : 'ali'}-walker-${newKey().slice(0, 8)}`, on.host)
const visitsOf = async (on: Walk) => (await on.get<AppointmentPage>('/appointments', chengdu)).items
const documentOf = async (on: Walk) =>
  (await on.get<ConsentList>('/citizen/consents', chengdu)).items.find((each) => each.consent === 'document-number')

/** From 我的 to what was agreed to. */
async function toConsents({ phone }: Walk) {
  await phone.launch()
  await phone.tap(home.chooseCity)
  await phone.tap('成都')
  await phone.tapTab(3)
  await phone.tap(me.privacy)
  await phone.tap(settings.myData.consents)
}

walk('N20: a number is asked for with its own text; refused costs nothing that was typed, agreed books', async (on) => {
  const { phone } = on
  await fillIn(on)
  await phone.tap(booking.doConfirm)
  phone.sees(document, ask.version(2, true))
  await phone.tap(ask.disagree)
  phone.sees(/028-12345/)
  expect(await visitsOf(on)).toEqual([])
  expect(await documentOf(on)).toBeUndefined()
  await phone.tap(booking.doConfirm)
  await phone.tap(ask.agree)
  phone.sees(booking.codeHint)
  expect(requestsOf(phone, /^POST \/appointments$/)).toHaveLength(3)
  expect(await documentOf(on)).toMatchObject({ given: true, agreed: { version: 2 } })
})

walk('N20: what is withdrawn on its page is asked for again the next time, and says so', async (on) => {
  const { phone } = on
  await fillIn(on)
  await phone.tap(booking.doConfirm)
  await phone.tap(ask.agree)
  phone.sees(booking.codeHint)
  await toConsents(on)
  await phone.tap(new RegExp(`^${document}`))
  phone.sees(data.consents.versionOf(2), data.consents.content)
  await phone.setOnline(false)
  await phone.tap(data.consents.withdraw)
  await phone.tap(data.consents.withdraw)
  await on.pass(30)
  phone.sees(data.consents.failed.withdraw)
  await phone.setOnline(true)
  await phone.tap(data.consents.withdraw)
  phone.sees(data.consents.effect['document-number'])
  await phone.tap(data.consents.withdraw)
  phone.sees(data.consents.standing.withdrawn)
  expect(await documentOf(on)).toMatchObject({ given: false })
  await phone.tap(terms.close)
  const [visit] = await visitsOf(on)
  await on.send(`/appointments/${visit?.id}/cancellation`, {}, chengdu)
  await fillIn(on)
  await phone.tap(booking.doConfirm)
  phone.sees(document, ask.reason.withdrawn)
  await phone.tap(ask.agree)
  phone.sees(booking.codeHint)
})

walk('N20: a consent that another phone withdraws meanwhile is asked for there and then', async (on) => {
  const { phone } = on
  const other = await elsewhere(on)
  const set = (body: object) => other.send('/citizen/consents/document-number', body, newKey(), 'PUT')
  await set({ given: true, version: 2 })
  await fillIn(on)
  await set({ given: false })
  await phone.tap(booking.doConfirm)
  phone.sees(ask.reason.withdrawn)
  await phone.tap(ask.agree)
  phone.sees(booking.codeHint)
})

walk('who used my data is read, filtered and explained, and a use that is not mine is reported', async (on) => {
  const { phone } = on
  const other = await elsewhere(on, hangzhou)
  await other.billsOf('hz-electricity', electricity.oneDue)
  await other.get('/citizen/data')
  await phone.launch(`/pages/data/uses/index?city=${hangzhou}`)
  phone.sees('国网杭州供电公司', '本人')
  await phone.tap(new RegExp(`^${data.uses.filter}`))
  await phone.tap(data.uses.purposes.copy, 'radio')
  phone.sees('本人')
  phone.seesNot('国网杭州供电公司')
  await phone.tap(/^本人/)
  phone.sees(data.uses.explain.copy)
  await phone.tap(data.uses.report)
  phone.sees(report['data-use'].lead)
  await phone.tap(report.submit)
  phone.sees(report.doneTitle)
  const { items } = await on.get<ReportPage>('/reports')
  expect(items.map(({ reason, text }) => [reason, text])).toEqual([['unknown-use', report.unknownUse]])
  await phone.tap(report['data-use'].back)
  phone.sees(data.uses.lead)
})

walk('a citizen of whom nothing is used reads that; without network the list says so and comes back', async (on) => {
  const { phone } = on
  await phone.launch(`/pages/data/uses/index?city=${hangzhou}`)
  phone.sees(data.uses.none)
  await phone.launch(`/pages/data/consents/index?city=${hangzhou}`)
  phone.seesNot(data.consents.none)
  await phone.launch()
  await phone.tap(home.chooseCity)
  await phone.tap('杭州')
  await phone.tapTab(3)
  await phone.tap(me.privacy)
  await phone.setOnline(false)
  await phone.tap(settings.myData.uses)
  await on.pass(30)
  phone.seesNot(data.uses.none)
  await phone.setOnline(true)
  await on.pass(5)
  phone.sees(data.uses.none)
})

walk('a city without these operations hides their entries', async ({ phone }) => {
  await phone.launch()
  await phone.tap(home.chooseCity)
  await phone.tap('哈尔滨')
  await phone.tapTab(3)
  await phone.tap(me.privacy)
  phone.sees(settings.privacyLead)
  phone.seesNot(settings.myData.consents)
  phone.seesNot(settings.myData.uses)
})
