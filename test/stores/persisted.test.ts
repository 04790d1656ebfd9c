import * as v from 'valibot'
import { persisted } from '@/stores/persisted'
import { memoryStorage } from '../support/phone'

const schema = v.object({ name: v.string() })

test('a value of an older version is brought up, checked, and one that fails counts as none', () => {
  const storage = memoryStorage()
  const migrate = (value: unknown, version: number) => ({ name: version === 1 ? value : 7 })
  const kept = persisted({ storage, key: 'k', version: 3, schema, migrate })
  storage.set('k', { version: 1, value: 'old' })
  expect(kept.read()).toEqual({ name: 'old' })
  storage.set('k', { version: 2, value: 'old' })
  expect(kept.read()).toBeNull()
})

test('N12: what a newer app wrote is read as far as it goes, left alone, and ours is kept beside it', () => {
  const storage = memoryStorage()
  const kept = persisted({ storage, key: 'k', version: 1, schema, migrate: () => ({ name: 'guessed' }) })
  const newer = { version: 2, value: { name: 'new', more: 1 } }
  storage.set('k', newer)
  expect(kept.read()).toEqual({ name: 'new' })
  expect(kept.write({ name: 'ours' })).toBe(true)
  expect(storage.get('k')).toEqual(newer)
  expect(kept.read()).toEqual({ name: 'ours' })
  kept.remove()
  expect(storage.keys()).toEqual(['k'])
  // The newer app has gone: one place again.
  kept.write({ name: 'ours' })
  storage.set('k', { version: 1, value: { name: 'mine' } })
  expect(kept.values()).toEqual([{ name: 'mine' }, { name: 'ours' }])
  kept.write({ name: 'both' })
  expect(storage.keys()).toEqual(['k'])
})

test('a failed write returns false', () => {
  const of = (room: number) => persisted({ storage: memoryStorage(room), key: 'k', version: 1, schema })
  expect(of(1_000).write({ name: 'a' })).toBe(true)
  expect(of(10).write({ name: 'a' })).toBe(false)
})
