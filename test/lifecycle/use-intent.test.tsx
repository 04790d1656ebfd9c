import { renderHook } from '@testing-library/react'
import { useIntent } from '@/lifecycle/use-intent'

test('M1: the same body keeps its key from render to render; another body gets another key', () => {
  const { result, rerender } = renderHook(useIntent)
  const key = result.current.keyOf({ slot: 's1', items: ['a'] })
  rerender()
  expect(result.current.keyOf({ slot: 's1', items: ['a'] })).toBe(key)
  const other = result.current.keyOf({ slot: 's1', items: ['a', 'b'] })
  expect(other).not.toBe(key)
  expect(result.current.keyOf({ slot: 's1', items: ['a'] })).not.toBe(key)
})

test('an intent that is done or refused is over: the same body again is another one', () => {
  const { result } = renderHook(useIntent)
  const key = result.current.keyOf('body')
  result.current.end()
  expect(result.current.keyOf('body')).not.toBe(key)
})
