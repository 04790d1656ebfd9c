import { refusals } from '@/text/booking/refusals'
import type { Hold, Slot, WaitlistEntry } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { aFreeTime, booked, freeSlots, hall, heldAndTyped, item, onlyVisit, timesLink, visitsOf } from './bookings'
import { onBothBundles } from './stage'
import { hangzhou, type Walk } from './walk'

/** What booking says is so when it says it: S10, N9 in maintenance, offers on home, the day a visit opens on. */
const { walk } = onBothBundles()
const { booking, home, appointments } = wordsIn('zh-CN')
const named = refusals['zh-CN']
const otherHall = '9007199254740997'
const otherItem = 'social-card'
const wednesday = '2026-11-25'
const linkThere = `/pages/booking/slots/index?city=${hangzhou}&hall=${otherHall}&item=${otherItem}`

const slotsThere = async (on: Walk, day: string) =>
  (await on.get<{ slots: Slot[] }>(`/slots?hallId=${otherHall}&itemId=${otherItem}&day=${day}`)).slots

const thursday = '2026-11-26'

/** A visit at home on Thursday, at a time that is free in the other hall as well. */
async function bookedWithTwin(on: Walk) {
  const [twin] = (await slotsThere(on, thursday)).slice(2)
  await on.sandbox.control('POST', '/fill-slot', { slotId: twin?.id, free: 2 })
  const here = (await freeSlots(on, thursday)).find(({ startsAt }) => startsAt === twin?.startsAt)
  if (!here) throw new Error('the time is not free at home')
  const hold = await on.send<Hold>('/holds', { slotId: here.id, itemId: item })
  await on.send('/appointments', { holdId: hold.id, visitor: { name: '王秀英', phone: '13900000002' } })
  return { visit: await onlyVisit(on), time: here.startsAt.slice(11, 16) }
}

walk('S10: a time at which one is expected in another hall names that visit, and leads to moving it', async (on) => {
  const { phone } = on
  const { visit, time } = await bookedWithTwin(on)
  await phone.launch(linkThere)
  await phone.tap(/^周四，11月26日/, 'radio')
  await phone.tap(new RegExp(`^${time}，余`), 'radio')
  phone.sees(named.overlap.title, new RegExp(visit.hall.name))
  phone.seesNot(booking.held)
  await phone.tap(named.moveThat)
  phone.sees(booking.moveTitle, /11月26日 周四/)
  expect(await onlyVisit(on)).toMatchObject({ id: visit.id, slot: { id: visit.slot.id } })
})

walk('a visit is called booked or moved once the city has confirmed it; it moves from its own day', async (on) => {
  const { phone } = on
  await heldAndTyped(on)
  phone.sees(named.fee, named.bring)
  phone.seesNot(named.booked)
  await phone.tap(booking.doConfirm)
  phone.sees(named.booked, booking.codeHint)
  await phone.launch((await booked(on, '2026-12-02')).link)
  phone.seesNot(named.booked)
  await phone.tap(booking.move)
  phone.sees(/12月2日 周三/)
  await phone.tap(aFreeTime, 'radio')
  phone.seesNot(named.moved)
  await phone.tap(booking.doMove)
  phone.sees(named.moved)
  phone.seesNot(named.booked)
})

walk('a place held for who waits is first on home, with its deadline, and gone when the time is over', async (on) => {
  const { phone } = on
  const [first] = await freeSlots(on, wednesday)
  for (const { id } of await freeSlots(on, wednesday)) await on.sandbox.control('POST', '/fill-slot', { slotId: id })
  await on.send<WaitlistEntry>('/waitlist', { hallId: hall, itemId: item, day: wednesday, part: 'any' })
  await on.sandbox.control('POST', '/fill-slot', { slotId: first?.id, free: 1 })
  await phone.launch()
  await phone.tap(home.chooseCity)
  await phone.tap('杭州')
  phone.sees(appointments.offered, named.offerUntil('10:30'))
  await phone.tap(appointments.take)
  phone.sees(booking.held)
  await phone.back()
  phone.sees(appointments.offered)
  await phone.tapTab(2)
  phone.sees(appointments.offered, named.offerUntil('10:30'))
  await phone.tapTab(0)
  await on.leap(31 * 60)
  phone.seesNot(appointments.offered)
})

walk('N9: in maintenance booking says that it rests, offers nothing it refuses, and nothing counts', async (on) => {
  const { phone } = on
  const { visit, link } = await booked(on)
  await on.fault('maintenance')
  await phone.launch(link)
  phone.sees(named.paused, named.visitPaused, booking.codeHint)
  for (const act of [booking.move, booking.cancel]) expect(phone.screen.find(act, 'button')).toEqual([])
  for (const page of ['items', 'halls']) {
    await phone.launch(`/pages/booking/${page}/index?city=${hangzhou}`)
    phone.sees(named.paused, named.call('0571-12345'))
  }
  await phone.launch(timesLink)
  phone.sees(named.paused)
  await on.leap((Date.parse(visit.slot.endsAt) - Date.parse('2026-11-23T10:00:00+08:00')) / 1000 + 60)
  await on.noFaults()
  await phone.launch(link)
  phone.sees(booking.outcome.expired.title)
  const me = await on.get<{ counters: { noShowsThisMonth: number } }>('/citizen')
  expect(me.counters.noShowsThisMonth).toBe(0)
})

walk(
  'N9: a hold in maintenance is kept without a countdown, and confirmed after it with what was typed',
  async (on) => {
    const { phone } = on
    await heldAndTyped(on)
    await on.fault('maintenance')
    await phone.tap(booking.doConfirm)
    phone.sees(named.holdPaused)
    await on.leap(900)
    phone.seesNot(booking.expired)
    await on.noFaults()
    await phone.background()
    await phone.foreground()
    phone.sees(booking.held)
    await phone.tap(booking.doConfirm)
    phone.sees(named.booked)
    expect(await visitsOf(on)).toHaveLength(1)
  },
)

walk('a cancellation whose answer was lost is read again before anything is stated', async (on) => {
  const { phone } = on
  const { link } = await booked(on)
  await phone.launch(link)
  await phone.tap(booking.cancel)
  await on.fault('lost-answer', { operationId: 'cancelAppointment', times: 3 })
  await phone.tap(booking.cancel)
  await on.leap(30)
  phone.sees(booking.outcome['cancelled-by-citizen'].title)
  phone.seesNot(booking.cancelFailed)
})

walk('a day with places offers no other one; the month counts as the strip does', async (on) => {
  const { phone } = on
  await phone.launch(timesLink)
  const counts = phone.screen
    .find(/月\d+日，余 \d+/, 'radio')
    .map(({ name }) => Number(/余 (\d+)/.exec(name ?? '')?.[1]))
  expect(Math.max(...counts)).toBeGreaterThan(99)
  await phone.tap(/^周三，11月25日/, 'radio')
  phone.seesNot(new RegExp(`^${booking.nextFree('')}`))
  await phone.tap(booking.asMonth, 'radio')
  phone.seesNot(/99\+/)
})
