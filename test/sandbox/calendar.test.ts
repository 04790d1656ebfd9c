import type { Hall, SlotDays, SlotList } from '../../contract/wire/types.gen'
import { ask } from '../support/booking'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'

const centre = '9007199254740995'
let sandbox: TestSandbox
beforeAll(async () => {
  sandbox = await startTestSandbox({ startAt: '2026-02-10T10:00:00+08:00' })
})
afterAll(() => sandbox.close())

const get = async <Body>(path: string): Promise<Body> => (await ask<Body>(sandbox.city('330100'), { path })).body
const itemOf = async (hallId: string) => {
  const { items } = await get<{ items: { id: string }[] }>(`/items?hallId=${hallId}`)
  return items[0]?.id ?? ''
}

test('S12: a worked Saturday is open in the hall, its days and its times; the holiday after it is closed', async () => {
  const hall = await get<Hall>(`/halls/${centre}`)
  expect(hall.openDays?.[0]).toEqual({
    day: '2026-02-14',
    hours: [{ from: '09:00', to: '17:00' }],
    reason: '调休上班',
  })
  expect(hall.openDays?.[1]?.day).toBe('2026-02-28')
  expect(hall.closedDays.slice(0, 9).map(({ day }) => day)).toEqual([
    ...['2026-02-15', '2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19'],
    ...['2026-02-20', '2026-02-21', '2026-02-22', '2026-02-23'],
  ])
  const asked = `hallId=${centre}&itemId=${await itemOf(centre)}`
  const { days } = await get<SlotDays>(`/slot-days?${asked}`)
  const at = (day: string) => days.find((other) => other.day === day)
  expect(at('2026-02-14')).toMatchObject({ status: expect.stringMatching(/free|full/), reason: '调休上班' })
  expect(at('2026-02-15')).toMatchObject({ status: 'closed', reason: '春节' })
  const { slots } = await get<SlotList>(`/slots?${asked}&day=2026-02-14`)
  expect(slots.length).toBeGreaterThan(5)
})

test('S12: on that Saturday the hall counts its queue, on the next one it does not', async () => {
  await sandbox.control('POST', '/clock', { set: '2026-02-14T10:00:00+08:00' })
  expect((await get<Hall>(`/halls/${centre}`)).queue).toBeDefined()
  await sandbox.control('POST', '/clock', { set: '2026-02-21T10:00:00+08:00' })
  expect((await get<Hall>(`/halls/${centre}`)).queue).toBeUndefined()
})
