import type { Payment, Report, ReportPage } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { booked, byHall } from './bookings'
import { moneyMoves } from './cashier'
import { onlyPayment, owed, toCheckout } from './debts'
import { onBothBundles } from './stage'
import { hangzhou, type Walk } from './walk'

const { walk } = onBothBundles()
const { booking, failures, home, me, paying, report, reports } = wordsIn('zh-CN')
const { payment } = paying
const anHourAndMore = 61 * 60
const fiveDays = 5 * 86_400

const answer = (on: Walk, reportId: string, more: object = {}) =>
  on.sandbox.control('POST', '/answer-report', { reportId, ...more })
const onlyReport = async (on: Walk): Promise<Report> => {
  const { items } = await on.get<ReportPage>('/reports')
  expect(items).toHaveLength(1)
  return on.get<Report>(`/reports/${items[0]?.id}`)
}
/** Shown again, a page reads again. */
const comeBack = async ({ phone }: Walk) => {
  await phone.background()
  await phone.foreground()
}
/** Made elsewhere, of the program itself. */
async function reported(on: Walk): Promise<{ id: string; link: string }> {
  const about = { kind: 'app', id: '1.0.0' }
  const { id } = await on.send<Report>('/reports', { about, reason: 'other', text: '打不开账单' })
  return { id, link: `/pages/report/detail/index?city=${hangzhou}&report=${id}` }
}

walk(
  'M5: a late payment is reported, answered, replied to and solved, from the payment and from oneself',
  async (on) => {
    const { phone } = on
    await on.fault('paid-not-credited')
    const pay = await toCheckout(on, await owed(on))
    moneyMoves(on, 'accepted')
    await phone.tap(pay)
    const { id = '' } = (await onlyPayment(on)) ?? {}
    const { reference } = await on.get<Payment>(`/payments/${id}`)
    await on.leap(anHourAndMore)
    await phone.tap(payment.action.check)
    await phone.tap(payment.action.report)
    await phone.tap(report.submit)
    await phone.tap(reports.see)
    phone.sees(reports.of(reports.about.payment, report.reasons['not-credited']), reports.waiting, reports.mine)
    const sent = await onlyReport(on)
    phone.sees(sent.reference)
    expect(sent.text).toContain(reference)

    // The payment knows of it, without a request of its own.
    await phone.back()
    expect(phone.screen.find(new RegExp(`^${reports.own} ${reports.standing.waiting}`))).toHaveLength(1)
    await answer(on, sent.id)
    await phone.tap(new RegExp(`^${reports.own}`))
    phone.sees('公共缴费服务中心', /^您好，您反映的情况已核实/)
    phone.seesNot(reports.waiting)

    await phone.tap(reports.reply)
    expect(phone.screen.find(reports.send)[0]?.isDisabled).toBe(true)
    await phone.type(new RegExp(reports.replyText), '今天看还是欠费')
    await phone.tap(reports.send)
    phone.sees(reports.sent, reports.added, '今天看还是欠费', reports.waiting)
    expect((await onlyReport(on)).entries?.map(({ by }) => by)).toEqual(['office', 'citizen'])

    await phone.launch()
    await phone.tap(home.chooseCity)
    await phone.tap('杭州')
    await phone.tapTab(3)
    await phone.tap(me.reports)
    await phone.tap(new RegExp(`^${reports.about.payment}.*${reports.standing.waiting}`))
    await answer(on, sent.id)
    await comeBack(on)
    await phone.tap(reports.solve)
    phone.sees(reports.solveText)
    await phone.tap(reports.solveNo)
    expect((await onlyReport(on)).state).toBe('answered')
    await phone.tap(reports.solve)
    await phone.tap(reports.solveYes)
    phone.sees(reports.closed)
    expect(phone.screen.find(reports.reply)).toEqual([])
    expect((await onlyReport(on)).state).toBe('closed')
    await phone.back()
    expect(phone.screen.find(new RegExp(reports.standing.closed))).toHaveLength(1)
  },
)

walk('past the promise a report names the next instance and its telephone', async (on) => {
  const { phone } = on
  await on.fault('report-unanswered')
  const { link } = await reported(on)
  await phone.launch(link)
  phone.sees(reports.waiting)
  await on.leap(fiveDays)
  await comeBack(on)
  phone.sees(reports.overdue, /浙江省 12345 热线/)
  await phone.tap(reports.call('12345'))
  expect(phone.calls.at(-1)?.name).toBe('makePhoneCall')
  await on.noFaults()
  await on.leap(60)
  await comeBack(on)
  phone.seesNot(reports.overdue)
  phone.sees('12345 热线')
})

walk('an answer that comes while a reply is typed is read first; the words are kept and sent once', async (on) => {
  const { phone } = on
  const { id, link } = await reported(on)
  await phone.launch(link)
  await phone.tap(reports.reply)
  await phone.type(new RegExp(reports.replyText), '补充一张截图的内容')
  await answer(on, id, { text: '请重新打开小程序' })
  await phone.tap(reports.send)
  phone.sees(reports.changed, reports.changedText, '请重新打开小程序')
  expect(phone.screen.lines().join()).toMatch(/textbox .*补充一张截图的内容/)
  expect((await onlyReport(on)).entries?.map(({ by }) => by)).toEqual(['office'])
  await on.fault('lost-answer', { operationId: 'replyToReport', times: 1 })
  await phone.tap(reports.send)
  phone.sees(reports.sent)
  expect((await onlyReport(on)).entries?.map(({ by }) => by)).toEqual(['office', 'citizen'])
})

walk('solved on another phone, a report takes no more words from this one, and says so', async (on) => {
  const { phone } = on
  const { id, link } = await reported(on)
  await phone.launch(link)
  await phone.tap(reports.reply)
  await phone.type(new RegExp(reports.replyText), '再补充一句')
  await on.send(`/reports/${id}/closing`, { version: 1 })
  await phone.tap(reports.send)
  phone.sees(reports.notOpen, reports.closed)
  expect(phone.screen.find(reports.send)[0]?.isDisabled).toBe(true)
  expect((await onlyReport(on)).entries).toEqual([])
})

walk('who reports the same visit a second time is shown the first report', async (on) => {
  const { phone } = on
  const { visit, link } = await booked(on)
  await byHall(on, visit, 'served')
  const about = { kind: 'appointment', id: visit.id }
  await on.send('/reports', { about, reason: 'long-wait', text: '等了一个小时' })
  await phone.launch(link)
  await phone.tap(booking.report)
  phone.sees(reports.already, reports.alreadyText)
  await phone.tap(new RegExp(`^${reports.about.appointment}`))
  phone.sees('等了一个小时', reports.waiting)
  // Being on this phone now, it stands at the visit as well.
  await phone.launch(link)
  expect(phone.screen.find(new RegExp(`^${reports.own}`))).toHaveLength(1)
})

walk('S15: reports without network: what stands where, never what was written, and never "none"', async (on) => {
  const { phone } = on
  const list = `/pages/report/list/index?city=${hangzhou}`
  await phone.launch(list, { isOnline: false })
  phone.sees(failures.offline.title)
  phone.seesNot(reports.none)
  await phone.setOnline(true)
  await phone.pass(5)
  phone.sees(reports.none)
  const { link } = await reported(on)
  await phone.launch(list)
  await phone.launch(link, { isOnline: false })
  await phone.pass(10)
  phone.sees(reports.waiting, reports.wordsOnline, (await onlyReport(on)).reference)
  phone.seesNot('打不开账单')
  expect([...phone.storage.values()].join()).not.toContain('打不开账单')
  await phone.setOnline(true)
  await phone.pass(5)
  phone.sees('打不开账单')
})

walk('N8: a link to somebody else’s report, or to none, finds nothing and leads home', async (on) => {
  const { phone } = on
  await phone.launch(`/pages/report/detail/index?city=${hangzhou}&report=r-0000000000000000`)
  phone.sees(failures.notFound.title)
  await phone.launch(`/pages/report/detail/index?city=${hangzhou}&report=%3Cscript%3E`)
  phone.sees(failures.badLink.title)
})
