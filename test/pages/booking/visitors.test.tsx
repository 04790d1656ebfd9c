import '../../support/match-media'
import { screen, waitFor } from '@testing-library/react'
import { asId, type CityId } from '@/domain/ids'
import ConfirmPage from '@/pages/booking/confirm'
import VisitorsPage from '@/pages/booking/visitors'
import { services } from '@/services'
import { visitorsOf } from '@/services/visitors'
import { booking } from '@/text/booking/booking'
import { visitors } from '@/text/booking/visitors'
import { failures } from '@/text/parts/failures'
import type { TestSandbox } from '../../support/sandbox'
import { button, city, newCitizen, open, sees, startCity, tap, type } from '../stage'
import { freeSlots, holdOne } from './stage'

jest.setTimeout(60_000)
const words = { ...booking['zh-CN'], ...visitors['zh-CN'] }
let sandbox: TestSandbox

beforeAll(async () => {
  sandbox = await startCity()
  services.setLanguage('zh-CN')
  services.onConsentNeeded(async () => true)
}, 90_000)
beforeEach(async () => {
  await sandbox.control('DELETE', '/faults')
  await newCitizen()
})
afterAll(() => sandbox?.close())

test('nobody is kept unless the box is ticked, and it is not ticked by itself', async () => {
  const slot = (await freeSlots()).at(-1)
  open(ConfirmPage, { city, hold: (await holdOne(slot)).id })
  await type(words.name, '王秀英')
  await type(words.phone, '13900000002')
  const box = await screen.findByRole('checkbox', { name: new RegExp(`^${words.save}`) }, { timeout: 20_000 })
  expect(box.getAttribute('aria-checked')).toBe('false')
  // Nobody is kept yet, so nobody is offered.
  expect(screen.queryByText(words.somebodyElse)).toBeNull()
  await tap(button(words.doConfirm))
  await waitFor(async () => expect((await services.appointments.list(city)).items).toHaveLength(1))
  expect(await services.of(visitorsOf).list(city)).toEqual([])
})

test('a list that cannot be read is never shown as empty, and is read again', async () => {
  await sandbox.control('PUT', '/faults', { name: 'error-500', operationId: 'listVisitors' })
  open(VisitorsPage, { city })
  await sees(failures['zh-CN']['city-error'].title)
  expect(screen.queryByText(words.none)).toBeNull()
  await sandbox.control('DELETE', '/faults')
  await tap(button('重试'))
  await sees(words.none)
})

test('nothing of who is saved stays on the phone, and a city that keeps nobody says so', async () => {
  const hold = await holdOne((await freeSlots()).at(-1))
  const visitor = { name: '王秀英', phone: '13900000002' }
  await services.appointments.confirm(city, hold.id, visitor, services.newIdempotencyKey(), { saveVisitor: true })
  const page = open(VisitorsPage, { city })
  await sees('王*英')
  expect(JSON.stringify({ ...window.localStorage })).not.toMatch(/王|0002/)
  page.unmount()
  open(VisitorsPage, { city: asId<CityId>('460200') })
  await sees(words.notOffered)
})
