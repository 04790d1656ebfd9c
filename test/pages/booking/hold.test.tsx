import { act, screen, waitFor } from '@testing-library/react'
import ConfirmPage from '@/pages/booking/confirm'
import SlotsPage from '@/pages/booking/slots'
import { services } from '@/services'
import { holdsOf } from '@/services/holds'
import { booking } from '@/text/booking/booking'
import type { TestSandbox } from '../../support/sandbox'
import { button, city, comeBack, field, newCitizen, open, sees, stage, startCity, tap, type } from '../stage'
import { appointments, bookOne, freeSlots, hall, holdOne, item } from './stage'

jest.setTimeout(60_000)

const words = booking['zh-CN']
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

const openSlots = () => open(SlotsPage, { city, hall, item })
const openConfirm = (hold: string) => open(ConfirmPage, { city, hold })
const times = async () => {
  await sees(words.wholeDay)
  return [...document.querySelectorAll<HTMLElement>('.slot-grid > .slot:not(.slot--off)')]
}
const first = async () => {
  const [time] = await times()
  if (!time) throw new Error('no free time on the page')
  return time
}

test('S1: when somebody else was faster the nearest three are offered, and a tap on one goes on with it', async () => {
  openSlots()
  await sandbox.control('PUT', '/faults', { name: 'slot-taken', operationId: 'createHold', times: 1 })
  await tap(first())
  await sees(words.taken)
  const offered = screen.getByRole('dialog').querySelectorAll<HTMLElement>('.slot')
  expect(offered).toHaveLength(3)
  expect(stage.opened('navigateTo')).toEqual([])
  await tap(offered[0] as HTMLElement)
  await waitFor(() => expect(stage.opened('navigateTo')).toHaveLength(1))
  expect(String(stage.opened('navigateTo')[0])).toMatch(/^\/pages\/booking\/confirm\/index\?city=330100&hold=/)
})

test('S1: a second tap on a time whose answers were lost is the same intent, and finds the same hold', async () => {
  const setHeader = jest.spyOn(XMLHttpRequest.prototype, 'setRequestHeader')
  openSlots()
  await sandbox.control('PUT', '/faults', { name: 'lost-answer', operationId: 'createHold', times: 3 })
  await tap(first())
  await tap(button('重试'))
  await waitFor(() => expect(stage.opened('navigateTo')).toHaveLength(1), { timeout: 20_000 })
  const keys = setHeader.mock.calls.filter(([name]) => name.toLowerCase() === 'idempotency-key').map(([, key]) => key)
  setHeader.mockRestore()
  expect(keys).toHaveLength(4)
  expect(new Set(keys).size).toBe(1)
})

test('S2: when the hold has expired what was typed is still there, and one tap holds the same time again', async () => {
  const hold = await holdOne()
  openConfirm(hold.id)
  await type(words.name, '李小明')
  await type(words.phone, '138 0000 0001')
  await sandbox.control('POST', '/clock', { advanceSeconds: 400 })
  await comeBack()
  await sees(words.expired)
  expect(screen.queryByRole('button', { name: words.doConfirm })).toBeNull()
  expect((await field(words.name)).value).toBe('李小明')
  await tap(button(words.holdAgain))
  await sees(words.held)
  expect((await field(words.phone)).value).toBe('138 0000 0001')
  await tap(button(words.doConfirm))
  await waitFor(() => expect(stage.opened('redirectTo')).toHaveLength(1), { timeout: 20_000 })
  expect((await appointments()).map((appointment) => appointment.slot.id)).toEqual([hold.slot.id])
})

test('S2: the hold runs out by the server’s clock, whatever the phone’s shows', async () => {
  const hold = await holdOne()
  await sandbox.control('POST', '/clock', { advanceSeconds: 298 })
  openConfirm(hold.id)
  await sees(/^00:0[12]$/)
  await sees(words.expired)
})

test('S2: when the same time is gone by then, its neighbours are offered', async () => {
  const hold = await holdOne()
  openConfirm(hold.id)
  await type(words.name, '李小明')
  await sandbox.control('POST', '/clock', { advanceSeconds: 400 })
  await comeBack()
  await sees(words.expired)
  await sandbox.control('PUT', '/faults', { name: 'slot-taken', operationId: 'createHold', times: 1 })
  await tap(button(words.holdAgain))
  await sees(words.taken)
  await tap(screen.getByRole('dialog').querySelectorAll<HTMLElement>('.slot')[0] as HTMLElement)
  await sees(words.held)
  expect((await field(words.name)).value).toBe('李小明')
})

test('S3: a confirmation whose answers are all lost is found again, and there is one appointment', async () => {
  const hold = await holdOne()
  openConfirm(hold.id)
  await type(words.name, '李小明')
  await type(words.phone, '13800000001')
  await sandbox.control('PUT', '/faults', { name: 'lost-answer', operationId: 'confirmHold', times: 3 })
  await tap(button(words.doConfirm))
  await waitFor(() => expect(stage.opened('redirectTo')).toHaveLength(1), { timeout: 20_000 })
  const [appointment, ...others] = await appointments()
  expect(others).toEqual([])
  expect(stage.opened('redirectTo')[0]).toBe(
    `/pages/booking/appointment/index?city=330100&appointment=${appointment?.id}`,
  )
})

test('S3: when nobody knows, the page says that trying again is safe, and it is', async () => {
  const hold = await holdOne()
  openConfirm(hold.id)
  await type(words.name, '李小明')
  await type(words.phone, '13800000001')
  await sandbox.control('PUT', '/faults', { name: 'lost-answer', operationId: 'confirmHold', times: 3 })
  await sandbox.control('PUT', '/faults', { name: 'dropped-connection', operationId: 'getHold', times: 3 })
  await tap(button(words.doConfirm))
  await sees(words.unsure)
  expect(screen.getByText(words.unsureText)).toBeTruthy()
  await tap(button(words.doConfirm))
  await waitFor(() => expect(stage.opened('redirectTo')).toHaveLength(1), { timeout: 20_000 })
  expect(await appointments()).toHaveLength(1)
})

test('a confirmation that the city could not do says that the place is still held, and the next try books it', async () => {
  const hold = await holdOne()
  openConfirm(hold.id)
  await type(words.name, '李小明')
  await type(words.phone, '13800000001')
  await sandbox.control('PUT', '/faults', { name: 'error-500', operationId: 'confirmHold', times: 3 })
  await tap(button(words.doConfirm))
  await sees(words.slotSafe)
  expect(await appointments()).toEqual([])
  await tap(button(words.doConfirm))
  await waitFor(() => expect(stage.opened('redirectTo')).toHaveLength(1), { timeout: 20_000 })
  expect(await appointments()).toHaveLength(1)
})

test('what is missing or wrong is shown at its field, and nothing is sent', async () => {
  const hold = await holdOne()
  openConfirm(hold.id)
  await type(words.phone, '1380')
  await tap(button(words.doConfirm))
  await sees(words.badPhone)
  expect(screen.getByText(words.badName)).toBeTruthy()
  expect((await services.of(holdsOf).get(city, hold.id)).state).toBe('held')
  expect(await appointments()).toEqual([])
})

test('leaving without confirming gives the place back; going to the background does not', async () => {
  const hold = await holdOne()
  const page = openConfirm(hold.id)
  await sees(words.held)
  await comeBack()
  await sees(words.held)
  expect((await services.of(holdsOf).get(city, hold.id)).state).toBe('held')
  act(() => stage.emit('unload'))
  page.unmount()
  await waitFor(async () => expect((await services.of(holdsOf).get(city, hold.id)).state).toBe('released'), {
    timeout: 20_000,
  })
})

test('leaving while the confirmation is on its way does not take its place away', async () => {
  const hold = await holdOne()
  const page = openConfirm(hold.id)
  await type(words.name, '李小明')
  await type(words.phone, '13800000001')
  await sandbox.control('PUT', '/faults', { name: 'slow', operationId: 'confirmHold', times: 1, delayMs: 800 })
  await tap(button(words.doConfirm))
  act(() => stage.emit('unload'))
  page.unmount()
  await waitFor(async () => expect(await appointments()).toHaveLength(1), { timeout: 20_000 })
  expect((await appointments())[0]?.state).toBe('confirmed')
})

test('S4: moving an appointment shows the old time until the new one is confirmed, and leaves one appointment', async () => {
  const slots = await freeSlots()
  const [from, to] = [slots.slice(-1)[0], slots.slice(-2)[0]]
  if (!from || !to) throw new Error('two free times are needed')
  const appointment = await bookOne(from)
  const request = { slotId: to.id, itemId: item, appointmentId: appointment.id }
  const hold = await services.of(holdsOf).create(city, request, services.newIdempotencyKey())
  openConfirm(hold.id)
  await sees(words.oldTime)
  expect(screen.getByText(words.oldKept)).toBeTruthy()
  expect(screen.queryByText(words.visitor)).toBeNull()
  expect((await services.appointments.get(city, appointment.id)).slot.id).toBe(from.id)
  await sandbox.control('PUT', '/faults', { name: 'lost-answer', operationId: 'swapAppointment', times: 3 })
  await tap(button(words.doMove))
  await waitFor(() => expect(stage.opened('redirectTo')).toHaveLength(1), { timeout: 20_000 })
  expect((await appointments()).map(({ id, slot }) => [id, slot.id])).toEqual([[appointment.id, to.id]])
})
