import type { AppointmentPage } from '../../contract/wire/types.gen'
import type { Phone } from '../support/browser'
import { signIn } from '../support/citizen'
import { walks } from '../support/walks'
import { wordsIn } from '../support/words'

const { preview, phone } = walks()
const { booking } = wordsIn('zh-CN')
const slots = '/pages/booking/slots/index?city=330100&hall=9007199254740995&item=id-card-renewal'
const aFreeTime = /^\d\d:\d\d.*余/

const visitsOf = async (who: string) => {
  const citizen = await signIn(preview().sandbox.city('330100'), who)
  return (await citizen.get<AppointmentPage>('/appointments')).body.items
}

async function typeVisitor(citizen: Phone) {
  await citizen.type(booking.name, '王秀英')
  await citizen.type(booking.phone, '13900000002')
}

async function keepsVisitor(citizen: Phone) {
  expect(await citizen.valueOf(booking.name)).toBe('王秀英')
  expect(await citizen.valueOf(booking.phone)).toBe('13900000002')
}

test('S1: a time taken by somebody faster is answered with three others near it', async () => {
  const citizen = await phone({ citizen: 'too-late', city: '330100' })
  await citizen.open(slots)
  await preview().fault({ name: 'slot-taken', operationId: 'createHold', times: 1 })
  await citizen.find(aFreeTime, 'radio').first().click()
  await citizen.sees(booking.taken)
  const others = citizen.find(booking.taken, 'dialog').getByRole('radio')
  expect(await others.count()).toBe(3)
  await others.first().click()
  await citizen.sees(booking.held)
  await typeVisitor(citizen)
  await citizen.tap(booking.doConfirm)
  await citizen.sees(booking.codeHint)
  expect(await visitsOf('too-late')).toHaveLength(1)
})

test('S2: when the hold runs out while typing, one tap holds the same time again and nothing typed is lost', async () => {
  const citizen = await phone({ citizen: 'slow-typist', city: '330100', ownClock: true })
  await citizen.open(slots)
  await citizen.find(aFreeTime, 'radio').first().click()
  await citizen.sees(booking.held)
  await typeVisitor(citizen)
  // Five minutes pass, in the city and on the phone.
  await preview().pass(300)
  await citizen.page.clock.fastForward(300_000)
  await citizen.sees(booking.expired)
  await keepsVisitor(citizen)
  await citizen.tap(booking.holdAgain)
  await citizen.sees(booking.held)
  await keepsVisitor(citizen)
  await citizen.tap(booking.doConfirm)
  await citizen.sees(booking.codeHint)
  expect(await visitsOf('slow-typist')).toHaveLength(1)
})

test('S1: a time that is gone when held again offers three others, and what was typed goes along', async () => {
  const citizen = await phone({ citizen: 'unlucky', city: '330100', ownClock: true })
  await citizen.open(slots)
  await citizen.find(aFreeTime, 'radio').first().click()
  await citizen.sees(booking.held)
  await typeVisitor(citizen)
  await preview().pass(300)
  await citizen.page.clock.fastForward(300_000)
  await citizen.sees(booking.expired)
  await preview().fault({ name: 'slot-taken', operationId: 'createHold', times: 1 })
  await citizen.tap(booking.holdAgain)
  await citizen.sees(booking.taken)
  await citizen.find(booking.taken, 'dialog').getByRole('radio').first().click()
  await citizen.sees(booking.held)
  await keepsVisitor(citizen)
  await citizen.tap(booking.doConfirm)
  await citizen.sees(booking.codeHint)
  expect(await visitsOf('unlucky')).toHaveLength(1)
})

test('S3: a confirmation whose answer was lost is found again and booked once', async () => {
  const citizen = await phone({ citizen: 'unheard', city: '330100' })
  await citizen.open(slots)
  await citizen.find(aFreeTime, 'radio').first().click()
  await citizen.sees(booking.held)
  await typeVisitor(citizen)
  await preview().fault({ name: 'lost-answer', operationId: 'confirmHold' })
  await citizen.tap(booking.doConfirm)
  await citizen.sees(booking.codeHint, 20_000)
  expect(await visitsOf('unheard')).toHaveLength(1)
})
