import type { Slot } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { hall, onlyVisit, typeVisitor, visitsOf } from './bookings'
import { onBothBundles } from './stage'
import { hangzhou, type Walk } from './walk'

const { walk } = onBothBundles()
const { booking, people } = wordsIn('zh-CN')
const wednesday = '2026-11-25'
const passports = `/pages/booking/slots/index?city=${hangzhou}&hall=${hall}&item=passport`
/** A time with a place for everybody who comes. */
const roomForAll = /^\d\d:\d\d，余 \d+$/

/** Wednesday's first times have so many places, the others none. */
async function leave(on: Walk, ...free: number[]): Promise<Slot[]> {
  const { slots } = await on.get<{ slots: Slot[] }>(`/slots?hallId=${hall}&itemId=passport&day=${wednesday}`)
  for (const [index, { id }] of slots.entries())
    await on.sandbox.control('POST', '/fill-slot', { slotId: id, free: free[index] ?? 0 })
  return slots
}

async function threeOnWednesday(on: Walk) {
  const { phone } = on
  await phone.launch(passports)
  await phone.tap(/^周三，11月25日/, 'radio')
  await phone.tap(new RegExp(`^${people.howMany}`))
  phone.sees(people.each)
  await phone.tap(people.count(3), 'radio')
}

walk('a family of three books one visit, and is three at its new time too', async (on) => {
  const { phone } = on
  const [first, second, third] = await leave(on, 2, 4, 5)
  await threeOnWednesday(on)
  expect(phone.screen.lines()).toContain(`radio "09:00，${people.onlyLeft(2)}"`)
  expect(phone.screen.find(roomForAll, 'radio')).toHaveLength(2)
  await phone.tap(roomForAll, 'radio')
  phone.sees(booking.held, people.count(3), people.feeEach('¥120.00'))
  await typeVisitor(phone)
  await phone.tap(booking.doConfirm)
  phone.sees(booking.codeHint, people.count(3))
  expect(await onlyVisit(on)).toMatchObject({ persons: 3, slot: { id: second?.id, free: 1 } })

  await phone.tap(booking.move)
  await phone.tap(/^周三，11月25日/, 'radio')
  phone.seesNot(people.howMany)
  expect(phone.screen.find(roomForAll, 'radio')).toHaveLength(1)
  await phone.tap(roomForAll, 'radio')
  phone.sees(booking.held, people.count(3))
  await phone.tap(booking.doMove)
  phone.sees(booking.codeHint, people.count(3))
  expect(await onlyVisit(on)).toMatchObject({ persons: 3, slot: { id: third?.id, free: 2 } })
  const { slots } = await on.get<{ slots: Slot[] }>(`/slots?hallId=${hall}&itemId=passport&day=${wednesday}`)
  expect(slots.slice(0, 2).map(({ id, free }) => [id, free])).toEqual([
    [first?.id, 2],
    [second?.id, 4],
  ])
})

walk(
  'places that are gone meanwhile are refused for all three together, and other times have room for all',
  async (on) => {
    const { phone } = on
    const [first, , third] = await leave(on, 3, 2, 3)
    await threeOnWednesday(on)
    await on.sandbox.control('POST', '/walk-in', { slotId: first?.id, persons: 1 })
    await phone.tap(roomForAll, 'radio')
    phone.sees(booking.taken)
    expect(await visitsOf(on)).toEqual([])
    await phone.tap(/^09:30|^10:00/, 'radio')
    phone.sees(booking.held, people.count(3))
    await typeVisitor(phone)
    await phone.tap(booking.doConfirm)
    expect(await onlyVisit(on)).toMatchObject({ persons: 3, slot: { id: third?.id } })
  },
)

walk('on a day without room for three, they wait for three places, and the offer is for three', async (on) => {
  const { phone } = on
  const [first] = await leave(on, 2)
  await threeOnWednesday(on)
  phone.sees(people.dayFull(3))
  await phone.tap(booking.wait)
  await phone.tap(booking.waitDo)
  phone.sees(booking.waitsAlready)
  await on.sandbox.control('POST', '/fill-slot', { slotId: first?.id, free: 3 })
  const waiting = await on.get<{ items: { state: string; persons?: number; holdId?: string }[] }>('/waitlist')
  expect(waiting.items).toMatchObject([{ state: 'offered', persons: 3 }])
  await phone.launch(`/pages/booking/confirm/index?city=${hangzhou}&hold=${waiting.items[0]?.holdId}`)
  phone.sees(booking.held, people.count(3))
})
