import { render } from '@testing-library/react'
import { Empty } from '@/components/empty'
import { justAnswered } from '@/domain/consistency'
import { instantOf } from '@/domain/time'
import { answerOf } from '@/parts/nothing'

const nowMs = Date.parse('2026-11-23T10:00:00+08:00')

test('S15: all of several reads must be fresh before nothing is shown to be there', () => {
  const value = { items: [] }
  const ready = { status: 'ready', value, asOf: instantOf(nowMs), isCached: false, answered: justAnswered } as const
  const kept = { ...ready, isCached: true, answered: null }
  expect(answerOf([ready, ready])).toBe(justAnswered)
  expect(answerOf([ready, kept])).toBeNull()
  expect(answerOf([kept, ready])).toBeNull()
  expect(answerOf([ready, { status: 'loading' }])).toBeNull()
})

test('Empty demands a proof', () => {
  // @ts-expect-error: no response
  render(<Empty icon="search" title="nothing" />)
  // @ts-expect-error: a kept response is no proof
  render(<Empty icon="search" title="nothing" answered={null} />)
})
