import { wordsIn } from '../support/words'
import { hall, timesLink, typeVisitor } from './bookings'
import { onBothBundles } from './stage'
import { hangzhou, type Walk } from './walk'

const { walk } = onBothBundles()
const { booking } = wordsIn('zh-CN')

/** The Tuesday before Spring Festival 2026: that week's Saturday is worked. */
const tuesday = '2026-02-10T10:00:00+08:00'
const on = async ({ sandbox }: Walk, moment: string) => sandbox.control('POST', '/clock', { set: moment })

walk(
  'S12: a Saturday worked in exchange for a holiday is offered with its reason and booked',
  async (walk) => {
    const { phone } = walk
    await on(walk, tuesday)
    await phone.launch(timesLink)
    await phone.tap(/^周六 班，2月14日/, 'radio')
    phone.sees(/2月14日 周六（调休上班）/)
    await phone.tap(/^\d\d:\d\d.*余/, 'radio')
    phone.sees(booking.held)
    phone.sees(/2月14日 周六/)
    await typeVisitor(phone)
    await phone.tap(booking.doConfirm)
    phone.sees(booking.codeHint)
  },
  { phoneAt: tuesday },
)

walk(
  'S12: the holiday after it is closed, and the month says which Saturday is worked',
  async (walk) => {
    const { phone } = walk
    await on(walk, tuesday)
    await phone.launch(timesLink)
    await phone.tap(/^周日，2月15日/, 'radio')
    phone.sees(booking.dayClosed('春节'))
    await phone.tap(booking.asMonth)
    expect(phone.screen.find(/^2月14日 周六，调休上班/, 'radio')).toHaveLength(1)
    expect(phone.screen.find(/^2月21日 周六，调休上班/, 'radio')).toEqual([])
  },
  { phoneAt: tuesday },
)

const saturday = '2026-02-14T10:00:00+08:00'
walk(
  'S12: on that Saturday the halls say that they are open, their hours and why',
  async (walk) => {
    const { phone } = walk
    await on(walk, saturday)
    await phone.launch(`/pages/booking/halls/index?city=${hangzhou}`)
    phone.sees(booking.openNow, booking.openHours('09:00–17:00', '调休上班'))
    expect((await walk.get<{ openDays: { day: string }[] }>(`/halls/${hall}`)).openDays[0]?.day).toBe('2026-02-14')
    await phone.tap(booking.hoursOf('杭州市民中心办事大厅'))
    phone.sees(booking.openDays, /2月28日 周六/)
  },
  { phoneAt: saturday },
)
