import { asId, type CityId } from '@/domain/ids'
import { instantOf } from '@/domain/time'
import { statementOf } from '@/parts/reading'
import { serviceError } from '@/services/errors'

const city = asId<CityId>('330100')
const nowMs = Date.parse('2026-11-23T10:00:00+08:00')
const offline = serviceError('offline', asId('local-1'), 'none')
const read = {
  city,
  isReading: false,
  asOf: null,
  refreshError: null,
  hasFailed: false,
  isAside: false,
  refresh: async () => {},
  reconnect: () => {},
}

test('a page tells which city it waits for after a while, then how old the oldest failed read is', () => {
  const asOf = (minutes: number) => instantOf(nowMs - minutes * 60_000)
  const now = () => nowMs
  const waiting = { ...read, isReading: true }
  const failed = { ...read, asOf: asOf(5), refreshError: offline }
  const older = { ...failed, asOf: asOf(60) }
  expect(statementOf([waiting], false, now).kind).toBe('nothing')
  expect(statementOf([waiting, failed], true, now).kind).toBe('waiting')
  expect(statementOf([failed, older], false, now)).toEqual({ kind: 'old', read: older })
  // An old manifest is not on the screen beside a failed page.
  const aside = { ...failed, isAside: true }
  expect(statementOf([aside, { ...read, hasFailed: true }], false, now).kind).toBe('nothing')
  expect(statementOf([aside, failed], false, now).kind).toBe('old')
  // A slow refresh of old content tells its age; of new content it tells nothing.
  expect(statementOf([{ ...waiting, asOf: asOf(5) }], true, now).kind).toBe('old')
  expect(statementOf([{ ...waiting, asOf: asOf(0) }], true, now).kind).toBe('nothing')
  expect(statementOf([{ ...read, asOf: asOf(5) }], true, now).kind).toBe('nothing')
})
