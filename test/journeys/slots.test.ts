import { wordsIn } from '../support/words'
import {
  aFreeTime,
  booked,
  freeSlots,
  heldAndTyped,
  keepsVisitor,
  onlyVisit,
  timesLink,
  typeVisitor,
  visitsOf,
} from './bookings'
import { requestsOf, signIns } from './requests'
import { onBothBundles } from './stage'

const { walk } = onBothBundles()
const { booking, terms, home, appointments } = wordsIn('zh-CN')
const wednesday = '2026-11-25'

walk('S1: a time that somebody faster took is answered with the nearest three', async (on) => {
  const { phone } = on
  await phone.launch(timesLink)
  await on.fault('slot-taken', { operationId: 'createHold', times: 1 })
  await phone.tap(aFreeTime, 'radio')
  phone.sees(booking.taken)
  expect(phone.screen.find(aFreeTime, 'radio')).toHaveLength(3)
  // What is known to be taken is not offered behind the sheet either.
  expect(phone.screen.lines()).toContain(`radio "10:30，${booking.full}"`)
  await phone.tap(aFreeTime, 'radio')
  phone.sees(booking.held)
  await typeVisitor(phone)
  await phone.tap(booking.doConfirm)
  phone.sees(booking.codeHint)
  await onlyVisit(on)
})

walk('S2: a hold that runs out while typing is taken again with one tap, and nothing typed is lost', async (on) => {
  const { phone } = on
  await heldAndTyped(on)
  await on.leap(301)
  phone.sees(booking.expired)
  keepsVisitor(phone)
  await phone.tap(booking.holdAgain)
  phone.sees(booking.held)
  phone.seesNot(booking.expired)
  keepsVisitor(phone)
  await phone.tap(booking.doConfirm)
  phone.sees(booking.codeHint)
  await onlyVisit(on)
})

walk('S1: a time that is gone when it is taken again offers others, and what was typed goes along', async (on) => {
  const { phone } = on
  await heldAndTyped(on)
  await on.leap(301)
  await on.fault('slot-taken', { operationId: 'createHold', times: 1 })
  await phone.tap(booking.holdAgain)
  phone.sees(booking.taken)
  await phone.tap(/./, 'radio')
  phone.sees(booking.held)
  keepsVisitor(phone)
  await phone.tap(booking.doConfirm)
  phone.sees(booking.codeHint)
  await onlyVisit(on)
})

walk('S3: a confirmation whose answer was lost is found again and booked once', async (on) => {
  const { phone } = on
  await heldAndTyped(on)
  await on.fault('lost-answer', { operationId: 'confirmHold', times: 1 })
  await phone.tap(booking.doConfirm)
  await on.leap(15)
  phone.sees(booking.codeHint)
  expect(requestsOf(phone, /^POST \/appointments$/)[0]).toMatchObject({ status: 'none' })
  await onlyVisit(on)
})

walk('S3: while no answer to a confirmation comes the app says so, and the same tap finds the visit', async (on) => {
  const { phone } = on
  await heldAndTyped(on)
  await on.fault('lost-answer')
  await phone.tap(booking.doConfirm)
  await on.pass(30)
  phone.sees(booking.unsure)
  keepsVisitor(phone)
  await on.noFaults()
  await phone.tap(booking.doConfirm)
  phone.sees(booking.codeHint)
  await onlyVisit(on)
})

walk('S4: a move that fails leaves the old time as it was, says so, and can be tried again', async (on) => {
  const { phone } = on
  const { visit, link } = await booked(on, '2026-11-26')
  await phone.launch(link)
  await phone.tap(booking.move)
  phone.sees(booking.moveTitle)
  await phone.tap(aFreeTime, 'radio')
  phone.sees(booking.oldKept)
  await on.fault('hold-gone', { times: 1 })
  await phone.tap(booking.doMove)
  phone.sees(booking.expired, booking.oldKept)
  expect(await onlyVisit(on)).toMatchObject({ id: visit.id, state: 'confirmed', slot: { id: visit.slot.id } })
  await phone.tap(booking.holdAgain)
  await phone.tap(booking.doMove)
  phone.sees(booking.codeHint)
  const [moved, ...others] = (await visitsOf(on)).filter(({ state }) => state === 'confirmed')
  expect(others).toEqual([])
  expect(moved?.slot.id).not.toBe(visit.slot.id)
})

walk('a time that passes while the page is looked at is not offered any more', async (on) => {
  const { phone } = on
  await phone.launch(timesLink)
  expect(phone.screen.find(/^10:30，余/, 'radio')).toHaveLength(1)
  await on.leap(31 * 60)
  expect(phone.screen.find(/^10:30，余/, 'radio')).toEqual([])
  expect(phone.screen.lines()).toContain(`radio "10:30，${booking.past}"`)
})

walk('N1: a session that ends before the confirmation is renewed unseen, and nothing typed is lost', async (on) => {
  const { phone } = on
  await heldAndTyped(on)
  await on.fault('token-expired', { operationId: 'confirmHold', times: 1 })
  await phone.tap(booking.doConfirm)
  phone.sees(booking.codeHint)
  expect(signIns(phone)).toBe(2)
  await onlyVisit(on)
})

walk('S5: a day that has filled up explains itself and offers the next free one', async (on) => {
  const { phone } = on
  await phone.launch(timesLink)
  await fill(on, wednesday)
  await phone.tap(/^周三，11月25日/, 'radio')
  phone.sees(booking.dayFull)
  await phone.tap(new RegExp(`^${booking.nextFree('')}`))
  phone.seesNot(booking.dayFull)
  await phone.tap(aFreeTime, 'radio')
  phone.sees(booking.held)
})

walk('a citizen on the waiting list of a full day is offered a released place, and takes it', async (on) => {
  const { phone } = on
  const [first] = await freeSlots(on, wednesday)
  await fill(on, wednesday)
  await phone.launch(timesLink)
  await phone.tap(/^周三，11月25日/, 'radio')
  await phone.tap(booking.wait)
  phone.sees(booking.waitText(30))
  await phone.tap(booking.waitDo)
  phone.sees(booking.waitsAlready)

  await on.sandbox.control('POST', '/fill-slot', { slotId: first?.id, free: 1 })
  await on.pass(15)
  await phone.launch()
  await phone.tap(home.chooseCity)
  await phone.tap('杭州')
  await phone.tapTab(2)
  phone.sees(appointments.offered)
  await phone.tap(appointments.take)
  phone.sees(booking.held)
  await typeVisitor(phone)
  await phone.tap(booking.doConfirm)
  phone.sees(booking.codeHint)
  expect((await onlyVisit(on)).slot.id).toBe(first?.id)
})

walk('several things are done in one visit, and it lasts as long as all of them', async (on) => {
  const { phone } = on
  await phone.launch(timesLink)
  await phone.tap(new RegExp(`^${booking.addItems}`))
  await phone.tap(/^新生儿入户/, 'checkbox')
  await phone.tap(/^户口迁入登记/, 'checkbox')
  await phone.tap(terms.done)
  phone.sees(booking.visitItems(3, 65))
  await phone.tap(aFreeTime, 'radio')
  phone.sees(booking.held)
  await typeVisitor(phone)
  await phone.tap(booking.doConfirm)
  phone.sees(booking.codeHint, /新生儿入户/)
  const visit = await onlyVisit(on)
  expect(visit).toMatchObject({ itemId: 'id-card-renewal' })
  expect(visit.moreItemIds).toEqual(expect.arrayContaining(['newborn-registration', 'household-transfer']))
  expect(await visitsOf(on)).toHaveLength(1)
})

/** People at the counter take every place of a day. */
async function fill(on: Parameters<typeof freeSlots>[0], day: string) {
  for (const { id } of await freeSlots(on, day)) await on.sandbox.control('POST', '/fill-slot', { slotId: id })
}
