import type { ReportPage } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { aFreeTime, booked, byHall, onlyVisit, timesLink, visitsOf } from './bookings'
import { onBothBundles } from './stage'
import { hangzhou } from './walk'

const { walk } = onBothBundles()
const { booking, home, appointments, report } = wordsIn('zh-CN')
const halls = `/pages/booking/halls/index?city=${hangzhou}`
const stars = booking.stars.split('|')

walk('a citizen checks in, waits for the turn, is called, served, and says how it was', async (on) => {
  const { phone } = on
  const { visit, link } = await booked(on)
  await phone.launch(link)
  phone.sees(booking.codeHint)
  await byHall(on, visit, 'checked-in')
  // The page reads again as soon as it is shown.
  await phone.background()
  await phone.foreground()
  const { queue } = await onlyVisit(on)
  if (!queue) throw new Error('the city has no queue place')
  phone.sees(booking.checkedIn, queue.number, booking.ahead(queue.ahead), /^叫号规则：./)
  await on.leap(615)
  const called = (await onlyVisit(on)).queue?.counter
  phone.sees(booking.called(called ?? 'no number called'))
  phone.seesNot(booking.checkedIn)
  await byHall(on, visit, 'served')
  await on.leap(16)
  phone.sees(booking.outcome.served.title, booking.rate)
  await phone.tap(stars[3] ?? '', 'radio')
  await phone.type(new RegExp(booking.rateText), '很快')
  await phone.tap(booking.rateDo)
  phone.sees(booking.rated, '很快')
  expect((await onlyVisit(on)).rating).toEqual({ stars: 4, text: '很快' })
})

walk('S9: a queue that was last counted hours ago is not shown as if it were now', async (on) => {
  const { phone } = on
  const { visit, link } = await booked(on)
  await byHall(on, visit, 'checked-in')
  await on.fault('queue-stale')
  await phone.launch(link)
  const number = (await onlyVisit(on)).queue?.number ?? ''
  phone.sees(number, booking.queueOld)
  phone.seesNot(/前面还有 \d+ 人/)
  await on.noFaults()
  await on.fault('queue-missing')
  await phone.launch(link)
  phone.sees(booking.checkedIn)
  phone.seesNot(booking.queueNumber)
})

walk('S9: a hall that counts shows who waits with the age of the figure, one that does not shows none', async (on) => {
  const { phone } = on
  await phone.launch(halls)
  const waits = /\d+ 人等候（.+）/
  expect(phone.screen.find(/^杭州市民中心办事大厅/)[0]?.name).toMatch(waits)
  expect(phone.screen.find(/^滨江区行政服务中心/)[0]?.name).not.toMatch(/人等候/)
  await on.fault('queue-missing')
  await phone.launch(halls)
  expect(phone.screen.find(/^杭州市民中心办事大厅/)[0]?.name).not.toMatch(/人等候/)
})

walk('S6: cancelling late says which missed visit it would be, before it is done', async (on) => {
  const { phone } = on
  const { visit, link } = await booked(on)
  await phone.launch(link)
  await phone.tap(booking.cancel)
  phone.sees(booking.cancelAsk, /前取消不计爽约，这个时间会留给别人。$/)
  await phone.tap(booking.keep)
  await on.sandbox.control('POST', '/clock', { set: visit.cancelUntil })
  await phone.launch(link)
  await phone.tap(booking.cancel)
  phone.sees(booking.cancelCounts(1, 2))
  expect((await onlyVisit(on)).state).toBe('confirmed')
  await phone.tap(booking.cancel)
  phone.sees(booking.outcome['cancelled-by-citizen'].title, booking.cancelledLate)
  expect((await onlyVisit(on)).state).toBe('cancelled-by-citizen')
  const me = await on.get<{ counters: { noShowsThisMonth: number } }>('/citizen')
  expect(me.counters.noShowsThisMonth).toBe(1)
})

walk(
  'S6: after two missed visits the citizen sees until when booking is paused, before choosing a time',
  async (on) => {
    const { phone } = on
    for (const day of ['2026-11-25', '2026-11-26']) {
      const { visit, link } = await booked(on, day)
      await byHall(on, visit, 'no-show')
      await phone.launch(link)
      phone.sees(booking.outcome['no-show'].title)
    }
    await phone.launch(timesLink)
    phone.sees(booking.blocked, /前不能预约/)
    await phone.tap(aFreeTime, 'radio')
    phone.sees(booking.blocked)
    expect((await visitsOf(on)).filter(({ state }) => state === 'confirmed')).toEqual([])
  },
)

const ends = {
  served: '2026-11-25',
  expired: '2026-11-26',
  'cancelled-by-hall': '2026-11-27',
  'no-show': '2026-11-30',
  excused: '2026-12-02',
} as const
const endNames = Object.keys(ends) as (keyof typeof ends)[]

walk('S7: each end of a visit has words of its own, here and in the list, and no code any more', async (on) => {
  const { phone } = on
  for (const end of endNames) {
    const { visit, link } = await booked(on, ends[end])
    await byHall(on, visit, end)
    await phone.launch(link)
    phone.sees(booking.outcome[end].title, booking.outcome[end].text)
    for (const other of endNames.filter((name) => name !== end)) phone.seesNot(booking.outcome[other].text)
    phone.seesNot(booking.codeHint)
  }
  await phone.launch('/pages/home/index')
  await phone.tap(home.chooseCity)
  await phone.tap('杭州')
  await phone.tapTab(2)
  for (const end of endNames)
    expect(phone.screen.find(new RegExp(`^居民身份证换领 ${appointments.state[end]} `))).toHaveLength(1)
})

walk('a report about an appointment reaches the city, and the visit stands', async (on) => {
  const { phone } = on
  const { visit, link } = await booked(on)
  await byHall(on, visit, 'served')
  await phone.launch(link)
  await phone.tap(booking.report)
  expect(phone.screen.find(report.submit)[0]?.isDisabled).toBe(true)
  await phone.tap(report.reasons['long-wait'], 'radio')
  await phone.type(new RegExp(report.text), '等了一个小时')
  await phone.tap(report.submit)
  phone.sees(report.doneTitle)
  const [sent] = (await on.get<ReportPage>('/reports')).items
  expect(sent).toMatchObject({
    about: { kind: 'appointment', id: visit.id },
    reason: 'long-wait',
    text: '等了一个小时',
  })
  phone.sees(sent?.reference ?? 'no reference')
  await phone.tap(report.appointment.back)
  phone.sees(booking.outcome.served.title)
})
