import type { Appointment, AppointmentPage, Hold, Slot } from '../../contract/wire/types.gen'
import { wordsIn } from '../support/words'
import { hangzhou, type Walk } from './walk'

const { booking } = wordsIn('zh-CN')

export const hall = '9007199254740995'
export const item = 'id-card-renewal'
export const timesLink = `/pages/booking/slots/index?city=${hangzhou}&hall=${hall}&item=${item}`

/** A time with places left. */
export const aFreeTime = /^\d\d:\d\d.*余/

/** The first free time is held, and who comes is typed. */
export async function heldAndTyped({ phone }: Walk): Promise<void> {
  await phone.launch(timesLink)
  await phone.tap(aFreeTime, 'radio')
  phone.sees(booking.held)
  await typeVisitor(phone)
}

export async function typeVisitor(phone: Walk['phone']): Promise<void> {
  await phone.type(new RegExp(booking.name), '王秀英')
  await phone.type(new RegExp(booking.phone), '13900000002')
}

/** What was typed is in its fields. */
export function keepsVisitor({ screen }: Walk['phone']): void {
  const fields = screen.lines().filter((line) => line.startsWith('textbox'))
  expect(fields).toEqual([expect.stringContaining('"王秀英"'), expect.stringContaining('"13900000002"')])
}

/** All visits that the city has for this citizen. */
export const visitsOf = async (on: Walk): Promise<Appointment[]> =>
  (await on.get<AppointmentPage>('/appointments')).items

/** The one visit that the city has. */
export async function onlyVisit(on: Walk): Promise<Appointment> {
  const [visit, ...others] = await visitsOf(on)
  if (!visit || others.length > 0) throw new Error('the city has no visit, or several')
  return visit
}

/** The citizen has booked at home, for today's last free time or another day's. */
export async function booked(on: Walk, day = '2026-11-23'): Promise<{ visit: Appointment; link: string }> {
  const slots = await freeSlots(on, day)
  const hold = await on.send<Hold>('/holds', { slotId: slots.at(-1)?.id, itemId: item })
  const visit = await on.send<Appointment>('/appointments', {
    holdId: hold.id,
    visitor: { name: '王秀英', phone: '13900000002' },
  })
  return { visit, link: `/pages/booking/appointment/index?city=${hangzhou}&appointment=${visit.id}` }
}

export async function freeSlots(on: Walk, day: string): Promise<Slot[]> {
  const { slots } = await on.get<{ slots: Slot[] }>(`/slots?hallId=${hall}&itemId=${item}&day=${day}`)
  return slots.filter(({ free }) => free > 0)
}

/** What the hall's staff make of a visit. */
export const byHall = (on: Walk, { id }: Appointment, state: Appointment['state']) =>
  on.sandbox.control('POST', '/visit', { appointmentId: id, state })
