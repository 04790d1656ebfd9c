import { copyText, recordRows } from '@/domain/citizen'
import { type ConsentRecord, type ConsentText, consentStanding, textToAgree } from '@/domain/consent'
import { erasureOutcome } from '@/domain/erasure'
import { countKept, keptKind } from '@/domain/kept'

const text = (version: number): ConsentText => ({
  ...{ consent: 'face', version, title: '人脸', purpose: '核对', text: '…', without: '到大厅', sensitive: true },
})
const record = (more: Partial<ConsentRecord>): ConsentRecord => ({
  ...{ consent: 'face', title: '人脸', given: true, changedAt: '2026-11-01T08:00:00+08:00', ...more },
})

test('N20: a consent to an older text is outdated, and only the current text can be agreed to', () => {
  expect(consentStanding(record({ agreed: text(2), current: text(2) }))).toBe('given')
  expect(textToAgree(record({ agreed: text(2), current: text(2) }))).toBeNull()
  expect(consentStanding(record({ agreed: text(1), current: text(2) }))).toBe('outdated')
  expect(textToAgree(record({ agreed: text(1), current: text(2) }))?.version).toBe(2)
  expect(consentStanding(record({ given: false, agreed: text(2), current: text(2) }))).toBe('withdrawn')
  expect(textToAgree(record({ given: false, agreed: text(2), current: text(2) }))?.version).toBe(2)
  expect(textToAgree(record({ given: false }))).toBeNull()
})

test('N20: a lost response to an erasure is unsure until somebody else is signed in, never failed', () => {
  const lost = { mayBeDone: true, isSomebodyElse: false }
  expect(erasureOutcome(lost)).toBe('unsure')
  expect(erasureOutcome({ ...lost, isSomebodyElse: true })).toBe('erased')
  expect(erasureOutcome({ code: 'erasure-refused', status: 409, mayBeDone: false, isSomebodyElse: true })).toBe(
    'erased',
  )
  expect(erasureOutcome({ code: 'erasure-refused', status: 409, mayBeDone: false, isSomebodyElse: false })).toBe(
    'refused',
  )
  expect(erasureOutcome({ status: 501, mayBeDone: true, isSomebodyElse: false })).toBe('not-offered')
  expect(erasureOutcome({ code: 'forbidden', status: 403, mayBeDone: false, isSomebodyElse: false })).toBe('failed')
})

test('N17: what the phone keeps is counted by kind, a newer version’s beside ours, and strangers by themselves', () => {
  expect(keptKind('journal:1')).toBe('payments')
  const counts = countKept(['kept:330100:own:zh-CN:/bills', 'kept-for:330100', 'settings', 'settings:1', 'quux'])
  expect(counts).toMatchObject({ recent: 1, settings: 2, other: 1, payments: 0 })
})

test('N20: the copy as text has every record in full, without empty values', () => {
  const section = {
    kind: 'accounts',
    title: '户号',
    records: [{ number: '3301001234565', nickname: null, alive: false }],
  }
  expect(recordRows(section.records[0] ?? {}).map(({ label }) => label)).toEqual(['number', 'alive'])
  const labels = [{ name: 'number', label: '号码' }]
  expect(recordRows({ number: '1', steps: [] }, labels)).toEqual([{ label: '号码', value: '1' }])
  const written = copyText({ createdAt: '2026-11-23T10:00:00+08:00', sections: [section] })
  expect(written).toBe('2026-11-23T10:00:00+08:00\n\n【户号】1\n\nnumber: 3301001234565\nalive: false')
})
