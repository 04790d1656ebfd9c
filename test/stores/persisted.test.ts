import * as v from 'valibot'
import { persisted } from '@/stores/persisted'
import { memoryStorage } from '../support/phone'

const schema = v.object({ name: v.string() })

test('a value of an older version is brought up, checked, and one that fails is dropped', () => {
  const storage = memoryStorage()
  const migrate = (value: unknown, version: number) => ({ name: version === 1 ? value : 7 })
  const kept = persisted({ storage, key: 'k', version: 3, schema, migrate })
  storage.set('k', { version: 1, value: 'old' })
  expect(kept.read()).toEqual({ name: 'old' })
  storage.set('k', { version: 2, value: 'old' })
  expect(kept.read()).toBeNull()
  expect(storage.keys()).toEqual([])
})

test('what a newer app wrote is not guessed at', () => {
  const storage = memoryStorage()
  const kept = persisted({ storage, key: 'k', version: 1, schema, migrate: () => ({ name: 'guessed' }) })
  storage.set('k', { version: 2, value: { name: 'new' } })
  expect(kept.read()).toBeNull()
})

test('whether it could be kept is told', () => {
  const of = (room: number) => persisted({ storage: memoryStorage(room), key: 'k', version: 1, schema })
  expect(of(1_000).write({ name: 'a' })).toBe(true)
  expect(of(10).write({ name: 'a' })).toBe(false)
})
