import { collectAtOf, noticeBy, verdictOf, whyOwn } from '../../city/mandates/rules'

const at = (text: string) => new Date(`${text}+08:00`)
const collectAt = at('2026-11-27T10:00:00')
const announced = {
  now: at('2026-11-27T10:05:00'),
  collectAt,
  amountFen: 12_345,
  ceilingFen: 12_345,
  endsOn: '2026-11-27',
  noticedAt: at('2026-11-24T10:00:00'),
}

test('between the last moment of a notice and its collection lie three whole days, whenever it is written', () => {
  for (const time of ['00:00:00', '09:59:59', '10:00:00', '23:59:59']) {
    const now = at(`2026-11-23T${time}`)
    expect(collectAtOf(now)).toEqual(collectAt)
    expect(noticeBy(collectAt).getTime() - now.getTime()).toBeGreaterThan(10 * 3_600_000)
  }
  expect(collectAt.getTime() - noticeBy(collectAt).getTime()).toBe(3 * 86_400_000)
})

test('what is told in time, within the ceiling and before the end is collected on its day, and nothing else is', () => {
  expect(verdictOf(announced)).toEqual({ kind: 'collect' })
  const own = (more: Partial<typeof announced> | { noticedAt: null }) => {
    const verdict = verdictOf({ ...announced, ...more })
    return verdict.kind === 'own' ? verdict.reason : verdict.kind
  }
  expect(own({ noticedAt: null })).toBe('not-told')
  expect(own({ noticedAt: at('2026-11-24T10:00:01') })).toBe('not-told')
  expect(own({ ceilingFen: 12_344 })).toBe('above-ceiling')
  expect(own({ endsOn: '2026-11-26' })).toBe('ends-before')
  expect(own({ now: at('2026-11-27T09:59:59') })).toBe('wait')
  expect(own({ now: at('2026-11-27T20:00:01') })).toBe('too-late')
})

test('a bill is left to the citizen for the first reason that holds', () => {
  const bill = {
    ...{ amountFen: 10_000, ceilingFen: 10_000, maxFen: 10_000 },
    ...{ dueOn: '2026-11-27', endsOn: '2026-11-27', collectAt },
  }
  expect(whyOwn(bill)).toBeNull()
  expect(whyOwn({ ...bill, amountFen: null })).toBe('above-host-limit')
  expect(whyOwn({ ...bill, maxFen: 9_999 })).toBe('above-host-limit')
  expect(whyOwn({ ...bill, maxFen: 20_000, amountFen: 10_001 })).toBe('above-ceiling')
  expect(whyOwn({ ...bill, dueOn: '2026-11-26' })).toBe('too-late')
  expect(whyOwn({ ...bill, dueOn: null })).toBeNull()
  expect(whyOwn({ ...bill, endsOn: '2026-11-26' })).toBe('ends-before')
})
