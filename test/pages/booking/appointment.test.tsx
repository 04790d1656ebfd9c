import { screen, waitFor } from '@testing-library/react'
import { type AppointmentOutcome, type AppointmentState, appointmentRule, isOutcome } from '@/domain/appointment'
import { asId, type CityId } from '@/domain/ids'
import { formatTimeRange } from '@/domain/time'
import AppointmentPage from '@/pages/booking/appointment'
import HallsPage from '@/pages/booking/halls'
import ItemsPage from '@/pages/booking/items'
import SlotsPage from '@/pages/booking/slots'
import { services } from '@/services'
import { hallsOf } from '@/services/halls'
import { holdsOf } from '@/services/holds'
import { slotsOf } from '@/services/slots'
import { appointments as visitWords } from '@/text/appointments'
import { attending } from '@/text/booking/appointment'
import { booking } from '@/text/booking/booking'
import { refusals } from '@/text/booking/refusals'
import type { TestSandbox } from '../../support/sandbox'
import { button, city, comeBack, newCitizen, open, scrolledTo, sees, stage, startCity, tap, type } from '../stage'
import { bookOne, freeSlots, hall, item } from './stage'

jest.setTimeout(60_000)

const words = { ...booking['zh-CN'], ...attending['zh-CN'] }
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

const openAppointment = (id: string) => open(AppointmentPage, { city, appointment: id })
const end = (id: string, state: AppointmentState) => sandbox.control('POST', '/visit', { appointmentId: id, state })
const outcomes = Object.keys(appointmentRule).filter((state): state is AppointmentOutcome =>
  isOutcome(state as AppointmentState),
)

test.each(outcomes)('S7: an appointment that ended as %s says so in words of its own', async (outcome) => {
  const appointment = await bookOne()
  if (outcome === 'cancelled-by-citizen')
    await services.appointments.cancel(city, appointment.id, services.newIdempotencyKey())
  else await end(appointment.id, outcome)
  openAppointment(appointment.id)
  await sees(words.outcome[outcome].title)
  expect(screen.getByText(words.outcome[outcome].text)).toBeTruthy()
  for (const other of outcomes.filter((name) => name !== outcome)) {
    expect(screen.queryByText(words.outcome[other].title)).toBeNull()
    expect(screen.queryByText(words.outcome[other].text)).toBeNull()
  }
  expect(screen.queryByRole('img', { name: /取号二维码/ })).toBeNull()
})

test.each(['zh-CN', 'en'] as const)('S7: in %s no two ends share a word for the list or a text', (language) => {
  const texts = outcomes.flatMap((outcome) => [
    attending[language].outcome[outcome].title,
    attending[language].outcome[outcome].text,
  ])
  const inLists = outcomes.map((outcome) => visitWords[language].state[outcome])
  expect(outcomes).toHaveLength(6)
  expect(new Set(texts).size).toBe(12)
  expect(new Set(inLists).size).toBe(6)
})

test('S6: in the free hours the page says that cancelling costs nothing, and only the second tap cancels', async () => {
  const appointment = await bookOne()
  openAppointment(appointment.id)
  await tap(button(words.cancel))
  await sees(/前取消不计爽约，这个时间会留给别人。$/)
  expect((await services.appointments.get(city, appointment.id)).state).toBe('confirmed')
  await tap(button(words.keep))
  expect(screen.queryByRole('dialog')).toBeNull()
  expect((await services.appointments.get(city, appointment.id)).state).toBe('confirmed')
  await tap(button(words.cancel))
  await sees(words.cancelAsk)
  const inDialog = [...screen.getByRole('dialog').querySelectorAll<HTMLElement>('[role=button]')]
  await tap(inDialog.slice(-1)[0] as HTMLElement)
  await sees(words.outcome['cancelled-by-citizen'].text)
  expect((await services.citizen.get(city)).counters.noShowsThisMonth).toBe(0)
})

test('S6: past the free hours the page says which missed appointment it would be, before anything is done', async () => {
  const [soon] = await freeSlots('2026-11-23')
  const appointment = await bookOne(soon)
  openAppointment(appointment.id)
  await tap(button(words.cancel))
  await sees(words.cancelCounts(1, 2))
  expect((await services.citizen.get(city)).counters.noShowsThisMonth).toBe(0)
  const inDialog = [...screen.getByRole('dialog').querySelectorAll<HTMLElement>('[role=button]')]
  await tap(inDialog.slice(-1)[0] as HTMLElement)
  await sees(words.cancelledLate)
  expect((await services.citizen.get(city)).counters.noShowsThisMonth).toBe(1)
})

test('S6: when the free hours end while the question is open, it is asked again', async () => {
  const slot = (await freeSlots('2026-11-23')).find(({ startsAt }) => startsAt.slice(11, 13) >= '13')
  const appointment = await bookOne(slot)
  openAppointment(appointment.id)
  await tap(button(words.cancel))
  await sees(/前取消不计爽约，这个时间会留给别人。$/)
  await sandbox.control('POST', '/clock', { set: appointment.cancelUntil })
  await services.citizen.get(city)
  const inDialog = [...screen.getByRole('dialog').querySelectorAll<HTMLElement>('[role=button]')]
  await tap(inDialog.slice(-1)[0] as HTMLElement)
  await sees(words.cancelCounts(1, 2))
  expect((await services.appointments.get(city, appointment.id)).state).toBe('confirmed')
})

test('S8: without network the code, the address and the checklist are there, and how old they are', async () => {
  const appointment = await bookOne()
  const page = openAppointment(appointment.id)
  await sees(words.code)
  page.unmount()
  await sandbox.control('PUT', '/faults', { name: 'dropped-connection' })
  openAppointment(appointment.id)
  await sees(/^网络不通，显示的是/)
  const code = appointment.checkIn?.code ?? ''
  expect(screen.getByText(`${code.slice(0, 3)} ${code.slice(3)}`)).toBeTruthy()
  expect(screen.getByText(appointment.hall.address)).toBeTruthy()
  expect(screen.getAllByRole('checkbox')).toHaveLength(appointment.materials.length)
})

test('S8: after a move a phone without network shows the new time, not the one that was given back', async () => {
  const [to, from] = (await freeSlots()).slice(-2)
  if (!from || !to) throw new Error('two free times are needed')
  const appointment = await bookOne(from)
  const page = openAppointment(appointment.id)
  await sees(formatTimeRange(from.startsAt, from.endsAt, 'zh-CN'))
  page.unmount()
  const request = { slotId: to.id, itemId: item, appointmentId: appointment.id }
  const hold = await services.of(holdsOf).create(city, request, services.newIdempotencyKey())
  await services.appointments.swap(city, appointment.id, hold.id, services.newIdempotencyKey())
  await sandbox.control('PUT', '/faults', { name: 'dropped-connection' })
  openAppointment(appointment.id)
  await sees(/^网络不通，显示的是/)
  expect(screen.getByText(formatTimeRange(to.startsAt, to.endsAt, 'zh-CN'))).toBeTruthy()
})

test('what was ticked off is still ticked when the page is opened again', async () => {
  const appointment = await bookOne()
  const page = openAppointment(appointment.id)
  await sees(words.code)
  await tap(screen.getAllByRole('checkbox')[1] as HTMLElement)
  page.unmount()
  openAppointment(appointment.id)
  await sees(words.code)
  const ticked = screen.getAllByRole('checkbox').map((box) => box.getAttribute('aria-checked') === 'true')
  expect(ticked).toEqual(appointment.materials.map((_, index) => index === 1))
})

test('an appointment that was checked in at the hall says so on the next show, and can not be cancelled', async () => {
  const [soon] = await freeSlots('2026-11-23')
  const appointment = await bookOne(soon)
  openAppointment(appointment.id)
  await button(words.cancel)
  await end(appointment.id, 'checked-in')
  await comeBack()
  await sees(words.checkedIn)
  expect(screen.queryByRole('button', { name: words.cancel })).toBeNull()
})

test('S5: a day without places says why, and offers the next day that has some', async () => {
  const { days } = await services.of(slotsOf).days(city, hall, [item])
  const full = days.find((day) => day.status === 'full')
  if (!full) throw new Error('the city has no full day')
  open(SlotsPage, { city, hall, item })
  await sees(words.wholeDay)
  const strip = screen.getByRole('radiogroup', { name: words.days })
  await tap(strip.querySelectorAll<HTMLElement>('.slot')[days.indexOf(full)] as HTMLElement)
  await sees(words.dayFull)
  expect(screen.queryByText(words.wholeDay)).toBeNull()
  expect(scrolledTo).toEqual([])
  await tap(button(words.nextFree('11月25日 周三')))
  await sees(words.wholeDay)
  expect(screen.queryByText(words.dayFull)).toBeNull()
  // What the citizen tapped in the strip is in sight; what the page chose for them is brought there, behind the day before.
  expect(scrolledTo).toEqual(['day-2026-11-24'])
})

test('S5: a day that was shown free and is found full explains itself too', async () => {
  const day = '2026-11-25'
  open(SlotsPage, { city, hall, item })
  await sees(words.wholeDay)
  for (const slot of await freeSlots(day)) await sandbox.control('POST', '/fill-slot', { slotId: slot.id })
  const strip = screen.getByRole('radiogroup', { name: words.days })
  await tap(strip.querySelectorAll<HTMLElement>('.slot')[2] as HTMLElement)
  await sees(words.dayFull)
  await button(words.nextFree('11月26日 周四'))
})

test('S6: rules and the own counter stand above the times; when the counter can not be read, times can be chosen all the same', async () => {
  await sandbox.control('PUT', '/faults', { name: 'error-500', operationId: 'getCitizen', times: 3 })
  open(SlotsPage, { city, hall, item })
  await sees(new RegExp(words.countersUnknown))
  await sees(words.wholeDay)
  await tap(document.querySelector<HTMLElement>('.slot-grid .slot:not(.slot--off)') as HTMLElement)
  await waitFor(() => expect(stage.opened('navigateTo')).toHaveLength(1), { timeout: 20_000 })
})

test('S6: who may not book any more sees that before choosing', async () => {
  const slots = await freeSlots()
  const days = [...new Set(slots.map((slot) => slot.day))].slice(0, 3)
  for (const day of days) await bookOne(slots.find((slot) => slot.day === day))
  open(SlotsPage, { city, hall, item })
  await sees(words.limitText(3))
})

test('S9: people waiting are shown with the age of the figure, and not at all when it is old', async () => {
  const halls = await services.of(hallsOf).list(city)
  const now = services.serverNow(city)
  const isNew = (at: string) => now - Date.parse(at) < 15 * 60_000
  const live = halls.items.filter((other) => other.queue && isNew(other.queue.countedAt))
  const old = halls.items.filter((other) => other.queue && !isNew(other.queue.countedAt))
  expect([live.length > 0, old.length > 0]).toEqual([true, true])
  open(HallsPage, { city })
  await sees(halls.items[0]?.name ?? '')
  const queues = screen.getAllByText(/人等候/).map((element) => element.textContent)
  expect(queues).toHaveLength(live.length)
  for (const text of queues) expect(text).toMatch(/^\d+ 人等候（(刚刚|\d+ 分钟前)）$/)
  await tap(screen.getByText(halls.items[0]?.name ?? ''))
  expect(stage.opened('navigateTo')).toEqual([`/pages/booking/items/index?city=${city}&hall=${halls.items[0]?.id}`])
})

test('items are found by a part of their name; what is not there is shown as such, never as an error', async () => {
  open(ItemsPage, { city, hall })
  await sees('居民身份证换领')
  await type(words.itemsSearch, '身份证')
  await sees('居民身份证换领')
  expect(screen.queryByText('户口迁入登记')).toBeNull()
  await type(words.itemsSearch, '月球')
  await sees(words.notFound('月球'))
})

test('N8: a link with a broken id leads home with a clear message', async () => {
  open(SlotsPage, { city, hall: '../../etc', item })
  await sees('未能打开链接')
})

test('N9: in a city under maintenance times can be looked at; a tap says why none can be held', async () => {
  const sanya = asId<CityId>('460200')
  const [place] = (await services.of(hallsOf).list(sanya)).items
  const [thing] = (await services.items.list(sanya, place?.id)).items
  open(SlotsPage, { city: sanya, hall: String(place?.id), item: String(thing?.id) })
  await sees(refusals['zh-CN'].pausedText)
  await sees(words.wholeDay)
  await tap(document.querySelector<HTMLElement>('.slot-grid .slot:not(.slot--off)') as HTMLElement)
  expect(stage.calls.filter(({ name }) => name === 'showToast').map(({ options }) => options.title)).toEqual([
    words.readOnly,
  ])
  expect(screen.queryByRole('dialog')).toBeNull()
})
