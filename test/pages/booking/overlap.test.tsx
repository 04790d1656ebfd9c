import { act, screen, waitFor } from '@testing-library/react'
import { asId, type HallId, type ItemId } from '@/domain/ids'
import AppointmentPage from '@/pages/booking/appointment'
import ConfirmPage from '@/pages/booking/confirm'
import SlotsPage from '@/pages/booking/slots'
import { services } from '@/services'
import { holdsOf } from '@/services/holds'
import { slotsOf } from '@/services/slots'
import { booking } from '@/text/booking/booking'
import { refusals } from '@/text/booking/refusals'
import type { TestSandbox } from '../../support/sandbox'
import { button, city, field, newCitizen, open, sees, stage, startCity, tap, type } from '../stage'
import { appointments, bookOne, freeSlots, hall, holdOne, item } from './stage'

jest.setTimeout(60_000)

const words = booking['zh-CN']
const named = refusals['zh-CN']
const otherHall = asId<HallId>('9007199254740997')
const otherItem = asId<ItemId>('social-card')
let sandbox: TestSandbox

beforeAll(async () => {
  sandbox = await startCity()
}, 90_000)
beforeEach(async () => {
  await sandbox.control('DELETE', '/faults')
  await sandbox.control('POST', '/clock', { set: '2026-11-23T10:05:00+08:00' })
  await newCitizen()
})
afterAll(() => sandbox?.close())

/** Free times at the other hall, on the day and at the time of an appointment. */
async function sameTimeThere(day: string, startsAt: string) {
  const { slots } = await services.of(slotsOf).list(city, otherHall, [otherItem], day)
  return slots.find((slot) => slot.startsAt === startsAt && slot.free > 0)
}

/** An appointment here whose time is free in the other hall as well. */
async function visitWithTwin() {
  for (const slot of await freeSlots()) {
    const twin = slot.day > '2026-11-23' && (await sameTimeThere(slot.day, slot.startsAt))
    if (twin) return { appointment: await bookOne(slot), twin }
  }
  throw new Error('no time is free in both halls')
}

test('S10: a time at which one has an appointment elsewhere is refused before it is held, names the appointment, and leads to moving it', async () => {
  const { appointment, twin } = await visitWithTwin()
  open(SlotsPage, { city, hall: otherHall, item: otherItem })
  await sees(words.wholeDay)
  const days = [...document.querySelectorAll<HTMLElement>('.slot-strip .slot')]
  const { days: all } = await services.of(slotsOf).days(city, otherHall, [otherItem])
  await tap(days[all.findIndex(({ day }) => day === twin.day)] as HTMLElement)
  const time = twin.startsAt.slice(11, 16)
  await waitFor(() =>
    expect([...document.querySelectorAll('.slot-grid .slot')].some((one) => one.textContent?.startsWith(time))).toBe(
      true,
    ),
  )
  const slot = [...document.querySelectorAll<HTMLElement>('.slot-grid .slot')].find((one) =>
    one.textContent?.startsWith(time),
  )
  await tap(slot as HTMLElement)
  await sees(named.overlap.title)
  expect(screen.getByText(new RegExp(appointment.hall.name))).toBeTruthy()
  expect(stage.opened('navigateTo')).toEqual([])
  await tap(button(named.moveThat))
  await waitFor(() =>
    expect(stage.opened('navigateTo')).toEqual([
      `/pages/booking/slots/index?city=330100&hall=${hall}&item=${item}&appointment=${appointment.id}`,
    ]),
  )
})

test('S10: a place offered at a time that was booked meanwhile is refused on confirming; hold and input are kept', async () => {
  const { appointment, twin } = await visitWithTwin()
  await services.appointments.cancel(city, appointment.id, services.newIdempotencyKey())
  await services.waitlist.join(
    city,
    { hallId: otherHall, itemId: otherItem, day: twin.day, part: 'any' },
    services.newIdempotencyKey(),
  )
  const { slots } = await services.of(slotsOf).list(city, otherHall, [otherItem], twin.day)
  const [entry] = await services.waitlist.list(city)
  if (entry?.holdId === undefined) throw new Error(`no offer among ${slots.length}`)
  const offered = await services.of(holdsOf).get(city, entry.holdId)
  const same = (await freeSlots(twin.day)).find(({ startsAt }) => startsAt === offered.slot.startsAt)
  const booked = await bookOne(same)
  open(ConfirmPage, { city, hold: entry.holdId, entry: entry.id })
  await type(words.name, '李小明')
  await type(words.phone, '13800000001')
  await sees(named.fee)
  expect(screen.getByText(named.bring)).toBeTruthy()
  await tap(button(words.doConfirm))
  await sees(named.overlap.title)
  expect(screen.getByText(new RegExp(booked.hall.name))).toBeTruthy()
  expect(await button(words.chooseOther)).toBeTruthy()
  expect((await field(words.name)).value).toBe('李小明')
  expect((await services.of(holdsOf).get(city, entry.holdId)).state).toBe('held')
})

test('an appointment is shown as booked once the city has confirmed it, and only once', async () => {
  const hold = await holdOne()
  const page = open(ConfirmPage, { city, hold: hold.id })
  await type(words.name, '李小明')
  await type(words.phone, '13800000001')
  expect(screen.queryByText(named.booked)).toBeNull()
  await tap(button(words.doConfirm))
  await waitFor(() => expect(stage.opened('redirectTo')).toHaveLength(1), { timeout: 20_000 })
  page.unmount()
  const [appointment] = await appointments()
  const first = open(AppointmentPage, { city, appointment: String(appointment?.id) })
  await sees(named.booked)
  first.unmount()
  open(AppointmentPage, { city, appointment: String(appointment?.id) })
  await sees(new RegExp(String(appointment?.hall.address)))
  expect(screen.queryByText(named.booked)).toBeNull()
})

test('an appointment that is moved opens on its own day', async () => {
  const slots = await freeSlots()
  const appointment = await bookOne(slots.slice(-1)[0])
  open(SlotsPage, { city, hall, item, appointment: appointment.id })
  await sees(words.wholeDay)
  const { days } = await services.of(slotsOf).days(city, hall, [item])
  const shown = [...document.querySelectorAll('.slot-strip .slot')].findIndex((one) =>
    one.className.includes('slot--on'),
  )
  expect(days[shown]?.day).toBe(appointment.slot.day)
})

test('two times tapped at once make one hold and open one page', async () => {
  open(SlotsPage, { city, hall, item })
  await sees(words.wholeDay)
  const [one, two] = [...document.querySelectorAll<HTMLElement>('.slot-grid > .slot:not(.slot--off)')]
  await act(async () => {
    one?.click()
    two?.click()
  })
  await waitFor(() => expect(stage.opened('navigateTo')).toHaveLength(1), { timeout: 20_000 })
  await new Promise((resolve) => setTimeout(resolve, 300))
  expect(stage.opened('navigateTo')).toHaveLength(1)
})

test('N9: a hold in maintenance has no countdown and no button to confirm; it shows that it is kept, and a number to call', async () => {
  const hold = await holdOne()
  await sandbox.control('PUT', '/faults', { name: 'maintenance', cityId: city })
  await sandbox.control('POST', '/clock', { advanceSeconds: 900 })
  open(ConfirmPage, { city, hold: hold.id })
  await sees(named.holdPaused)
  expect(await button(named.call('0571-12345'))).toBeTruthy()
  expect(screen.queryByRole('button', { name: words.doConfirm })).toBeNull()
  expect(screen.queryByText(words.expired)).toBeNull()
  expect(screen.queryByRole('timer')).toBeNull()
  expect((await field(words.name)).value).toBe('')
})

test('N9: an appointment in maintenance offers neither to move nor to cancel, and says that nothing counts', async () => {
  const appointment = await bookOne()
  await sandbox.control('PUT', '/faults', { name: 'maintenance', cityId: city })
  open(AppointmentPage, { city, appointment: appointment.id })
  await sees(named.visitPaused)
  for (const name of ['改约', '取消预约']) expect(screen.queryByRole('button', { name })).toBeNull()
})
