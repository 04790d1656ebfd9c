/** @jest-environment jsdom */
import { host, start } from './suite'

test.each([[{ a: [1, { b: '二' }] }], ['9007199254740993'], [''], [0], [false], [null], [[]]])(
  'storage gives back %p',
  (value) => {
    const { storage } = start().platform
    expect(storage.set('session', value)).toBe(true)
    expect(storage.get('session')).toEqual(value)
  },
)

test('storage gives undefined for a key it does not have', () => {
  const { storage } = start().platform
  expect(storage.get('nothing')).toBeUndefined()
  storage.set('once', 1)
  storage.remove('once')
  expect(storage.get('once')).toBeUndefined()
})

test('storage names its keys', () => {
  const { storage } = start().platform
  storage.set('a', 1)
  storage.set('b', 2)
  expect([...storage.keys()].sort()).toEqual(['a', 'b'])
})

test('a full storage says so and keeps what it had', () => {
  const { platform, circumstances } = start()
  platform.storage.set('journal', ['p-1'])
  circumstances.isStorageFull = true
  expect(platform.storage.set('journal', ['p-1', 'p-2'])).toBe(false)
  expect(platform.storage.get('journal')).toEqual(['p-1'])
})

test('a broken storage never throws', () => {
  const { platform, circumstances } = start()
  circumstances.isStorageBroken = true
  expect(platform.storage.set('a', 1)).toBe(false)
  expect(platform.storage.get('a')).toBeUndefined()
  expect(() => platform.storage.remove('a')).not.toThrow()
  if (host !== 'preview') expect(platform.storage.keys()).toEqual([])
})

test('what is no JSON is neither kept nor given back', () => {
  const { platform, plant } = start()
  const ring: Record<string, unknown> = {}
  ring.self = ring
  expect(platform.storage.set('ring', ring)).toBe(false)
  expect(platform.storage.set('nothing', undefined)).toBe(false)
  plant('session', '{"token": "ab')
  expect(platform.storage.get('session')).toBeUndefined()
})
