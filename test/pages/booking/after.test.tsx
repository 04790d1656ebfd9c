import { act, render, screen, waitFor } from '@testing-library/react'
import { ActionsProvider } from '@/components/actions'
import type { AppointmentState } from '@/domain/appointment'
import { asId, type ItemId } from '@/domain/ids'
import { formatTime, instantOf, msOf } from '@/domain/time'
import { useVisibility } from '@/lifecycle/use-visible'
import AppointmentPage from '@/pages/booking/appointment'
import ConfirmPage from '@/pages/booking/confirm'
import ReportPage from '@/pages/report/form'
import { platform } from '@/platform'
import { services } from '@/services'
import { holdsOf } from '@/services/holds'
import { TextProvider } from '@/text'
import { attending } from '@/text/booking/appointment'
import { booking } from '@/text/booking/booking'
import { refusals } from '@/text/booking/refusals'
import { report as reportTexts } from '@/text/report'
import type { TestSandbox } from '../../support/sandbox'
import { button, city, newCitizen, open, sees, stage, startCity, takeFromPhone, tap, type } from '../stage'
import { appointments, bookOne, freeSlots, item } from './stage'

jest.setTimeout(60_000)

const named = refusals['zh-CN']
const words = { ...booking['zh-CN'], ...attending['zh-CN'] }
const report = reportTexts['zh-CN']
let sandbox: TestSandbox

beforeAll(async () => {
  sandbox = await startCity({ demo: true })
}, 90_000)
beforeEach(async () => {
  await sandbox.control('DELETE', '/faults')
  await sandbox.control('POST', '/clock', { set: '2026-11-23T10:05:00+08:00' })
  await newCitizen()
})
afterEach(() => {
  jest.restoreAllMocks()
  jest.useRealTimers()
})
afterAll(() => sandbox?.close())

const openAppointment = (id: string) => open(AppointmentPage, { city, appointment: id })
const hallMakes = (id: string, state: AppointmentState) =>
  sandbox.control('POST', '/visit', { appointmentId: id, state })
const radio = (name: string | RegExp) => screen.findByRole('radio', { name }, { timeout: 20_000 })
/** An appointment on a day on which the citizen has none yet. */
const bookToday = async () => bookOne((await freeSlots('2026-11-23'))[0])

test('after checking in the place in the queue is shown with its age and who goes first, and falls as the hall calls', async () => {
  const appointment = await bookToday()
  await hallMakes(appointment.id, 'checked-in')
  const { queue } = await services.appointments.get(city, appointment.id)
  if (!queue) throw new Error('the hall does not count')
  const rule = (await services.manifest.get(city)).booking?.queueRule ?? ''
  openAppointment(appointment.id)
  await sees(queue.number)
  await sees(words.ahead(queue.ahead))
  await sees(words.counted('刚刚'))
  await sees(new RegExp(rule))
  await sandbox.control('POST', '/clock', { advanceSeconds: 90 })
  await sees(words.ahead(queue.ahead - 1))
})

test('a hidden page asks nothing about the queue, and asks again when it comes back', async () => {
  const appointment = await bookToday()
  await hallMakes(appointment.id, 'checked-in')
  const begun = jest.spyOn(globalThis, 'setInterval')
  const ended = jest.spyOn(globalThis, 'clearInterval')
  stage.reset()
  stage.params = { city, appointment: appointment.id }
  render(
    <ActionsProvider actions={{ useVisibility }}>
      <TextProvider language="zh-CN">
        <AppointmentPage />
      </TextProvider>
    </ActionsProvider>,
  )
  await sees(words.queueNumber)
  const polls = () => begun.mock.results.filter((_, call) => begun.mock.calls[call]?.[1] === 15_000)
  expect(polls()).toHaveLength(1)
  act(() => stage.emit('hide'))
  expect(ended.mock.calls.map(([timer]) => timer)).toContain(polls()[0]?.value)
  expect(polls()).toHaveLength(1)
  await act(async () => stage.emit('show'))
  expect(polls()).toHaveLength(2)
})

test('S9: an old figure is not shown as if it were now; the number and the way to know stay', async () => {
  const appointment = await bookToday()
  await hallMakes(appointment.id, 'checked-in')
  const { queue } = await services.appointments.get(city, appointment.id)
  await sandbox.control('PUT', '/faults', { name: 'queue-stale' })
  openAppointment(appointment.id)
  await sees(words.queueOld)
  expect(screen.getByText(queue?.number ?? '')).toBeTruthy()
  expect(screen.queryByText(/^前面还有/)).toBeNull()
})

test('an appointment that is done can be rated once, with words; what was typed survives a failure', async () => {
  const appointment = await bookToday()
  await hallMakes(appointment.id, 'served')
  const page = openAppointment(appointment.id)
  await tap(radio('满意'))
  await type(words.rateText, '工作人员很耐心')
  await sandbox.control('PUT', '/faults', { name: 'error-500', operationId: 'rateAppointment', times: 4 })
  await tap(button(words.rateDo))
  await sees(words.rateFailed)
  await sandbox.control('DELETE', '/faults')
  await tap(button(words.rateDo))
  await sees(words.rated)
  expect((await services.appointments.get(city, appointment.id)).rating).toEqual({ stars: 4, text: '工作人员很耐心' })
  page.unmount()
  openAppointment(appointment.id)
  await screen.findByRole('img', { name: `${words.rated}，满意` }, { timeout: 20_000 })
  expect(screen.queryByRole('radio')).toBeNull()
})

test('a report about an appointment reaches the city, whose promise stands on the page', async () => {
  const appointment = await bookToday()
  await hallMakes(appointment.id, 'no-show')
  const page = openAppointment(appointment.id)
  await tap(button(words.report))
  expect(stage.opened('navigateTo')).toEqual([`/pages/report/form/index?city=330100&appointment=${appointment.id}`])
  page.unmount()
  open(ReportPage, { city, appointment: appointment.id })
  // No reason is put into anybody's mouth.
  expect(document.querySelector('[aria-checked="true"]')).toBeNull()
  await tap(radio(report.reasons['long-wait']))
  await tap(button(report.submit))
  expect((await services.reports.list(city)).items).toEqual([])
  await type(report.text, '我到了，机器坏了')
  await sandbox.control('PUT', '/faults', { name: 'lost-answer', operationId: 'createReport', times: 3 })
  await tap(button(report.submit))
  await sees(named.sendUnsure)
  await tap(button(report.submit))
  await sees(report.doneTitle)
  const { items } = await services.reports.list(city)
  expect(items.map(({ about, reason, text }) => [about.id, reason, text])).toEqual([
    [appointment.id, 'long-wait', '我到了，机器坏了'],
  ])
})

test('N7: where the host has neither calendar nor messages, the details can be copied; the code is not among them', async () => {
  const giveBack = takeFromPhone('addToCalendar', 'messages')
  const appointment = await bookOne()
  openAppointment(appointment.id)
  await tap(button(words.copyVisit))
  const copied = stage.calls.find(({ name }) => name === 'setClipboardData')?.options.data
  expect(copied).toContain(appointment.hall.address)
  expect(copied).toContain(appointment.itemName)
  expect(copied).not.toContain(appointment.checkIn?.code)
  expect(screen.queryByRole('button', { name: words.calendar })).toBeNull()
  expect(screen.queryByRole('button', { name: words.remind })).toBeNull()
  giveBack()
})

test('without network the code stands there; as soon as the phone is on line again it is brought up to date', async () => {
  const appointment = await bookOne()
  const page = openAppointment(appointment.id)
  await sees(words.code)
  page.unmount()
  await sandbox.control('PUT', '/faults', { name: 'dropped-connection' })
  openAppointment(appointment.id)
  await sees(/^网络不通，显示的是/)
  await sandbox.control('DELETE', '/faults')
  act(() => void window.dispatchEvent(new Event('online')))
  await waitFor(() => expect(screen.queryByText(/^网络不通，显示的是/)).toBeNull(), { timeout: 20_000 })
})

test('the screen shines while a code can be scanned, and is as before after leaving', async () => {
  const appointment = await bookToday()
  const dim = jest.fn()
  const brighten = jest.fn(async () => dim)
  Object.assign(platform, { brighten })
  await sandbox.control('POST', '/clock', { set: appointment.checkIn?.validFrom })
  await services.appointments.get(city, appointment.id)
  const page = openAppointment(appointment.id)
  await waitFor(() => expect(brighten).toHaveBeenCalledTimes(1))
  expect(dim).not.toHaveBeenCalled()
  page.unmount()
  Reflect.deleteProperty(platform, 'brighten')
  expect(dim).toHaveBeenCalledTimes(1)
})

test('an appointment can be booked for a relative, and then no name is needed', async () => {
  const { grants } = await services.citizen.get(city)
  const relative = grants[0]
  if (!relative) throw new Error('nobody lets the citizen act')
  const [slot] = (await freeSlots()).slice(-1)
  if (!slot) throw new Error('no free time')
  // Both are served at the same counter; of the first nobody books for another person.
  const holdFor = (itemId: ItemId) =>
    services.of(holdsOf).create(city, { slotId: slot.id, itemId }, services.newIdempotencyKey())
  const own = open(ConfirmPage, { city, hold: (await holdFor(item)).id })
  await screen.findByRole('button', { name: words.doConfirm })
  await screen.findByText(/须本人到场/)
  expect(screen.queryByRole('radio', { name: new RegExp(words.self) })).toBeNull()
  own.unmount()
  const hold = await holdFor(asId<ItemId>('household-transfer'))
  open(ConfirmPage, { city, hold: hold.id })
  await tap(radio(new RegExp(`^${relative.maskedName.replace(/\*/g, '\\*')}`)))
  expect(screen.queryByLabelText(new RegExp(`^${words.name}`))).toBeNull()
  await tap(button(words.doConfirm))
  await waitFor(() => expect(stage.opened('redirectTo')).toHaveLength(1), { timeout: 20_000 })
  const appointment = (await appointments()).find((other) => other.slot.id === slot.id)
  expect(appointment?.visitorName).toBe(relative.maskedName)
})

test('how long the way takes is estimated on a tap, and called an estimate; without a place the map is named', async () => {
  const appointment = await bookToday()
  const locate = jest.spyOn(platform, 'locate' as never) as jest.SpyInstance
  openAppointment(appointment.id)
  const ask = await screen.findByRole('button', { name: words.travel }, { timeout: 20_000 })
  expect(locate).not.toHaveBeenCalled()
  // Some 11 km north of it.
  locate.mockResolvedValueOnce({ kind: 'point', ...appointment.hall, latitude: appointment.hall.latitude + 0.1 })
  await tap(ask)
  const leave = formatTime(instantOf(msOf(appointment.slot.startsAt) - 65 * 60_000))
  await sees(words.travelTime(11, 65, leave))
})

test('N7: a place that is refused, or in another city, leaves the map', async () => {
  const appointment = await bookToday()
  const locate = jest.spyOn(platform, 'locate' as never) as jest.SpyInstance
  for (const answer of [{ kind: 'denied' }, { kind: 'point', latitude: 39.9, longitude: 116.4 }]) {
    locate.mockResolvedValueOnce(answer)
    const { unmount } = openAppointment(appointment.id)
    await tap(await screen.findByRole('button', { name: words.travel }, { timeout: 20_000 }))
    await sees(words.noTravel)
    unmount()
  }
})
