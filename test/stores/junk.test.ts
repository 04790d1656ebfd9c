import fc from 'fast-check'
import { asId, type BillId, type IdempotencyKey } from '@/domain/ids'
import { createCache } from '@/services/cache'
import { createStores } from '@/stores/create-stores'
import { hangzhou } from '../support/city'
import { createPhone } from '../support/phone'

const keys = ['journal', 'journal:1', 'settings', 'session', 'city', 'kept-for:330100', 'kept:330100:own:zh-CN:/bills']
const entry = {
  key: asId<IdempotencyKey>('key-0000000000000001'),
  cityId: hangzhou,
  bills: [{ billId: asId<BillId>('b-1'), version: 3 }],
  amountFen: 12864,
  createdAt: '2026-11-23T10:00:00+08:00',
}

/** Anything that JSON can hold, with the members that the stores look for among its names. */
const names = [
  'toString',
  'valueOf',
  '__proto__',
  'version',
  'value',
  'key',
  'state',
  'endedAt',
  'city',
  'recents',
  'theme',
]
const junk = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(null, true, 0, -1, 1, 2, 1e21, '', 'journal', '330100', 'unlisted', '2026-11-23T10:00:00+08:00'),
    fc.string({ maxLength: 8 }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 5 })), tie('value'), { maxKeys: 4 }),
  ),
})).value

const stored = fc.oneof(
  junk,
  fc.record({ version: fc.oneof(fc.constantFrom(0, 1, 2), junk), value: junk }),
  // Next to right: one member of a good intent is junk.
  fc
    .tuple(fc.constantFrom(...Object.keys(entry), 'state', 'cashier', 'paymentId', 'endedAt'), junk)
    .map(([name, value]) => ({ version: 1, value: [{ ...entry, [name]: value }] })),
)

const launch = (storage: ReturnType<typeof createPhone>['storage']) => {
  const { services } = createPhone({ addresses: {}, storage })
  return { services, stores: createStores({ storage, services, hostLanguage: 'zh_CN' }) }
}

test('N12: whatever is in storage, every launch starts, and a new intent outlives it', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...keys), stored), (kept) => {
      const { storage } = createPhone({ addresses: {} })
      for (const [key, value] of Object.entries(kept)) storage.set(key, value)
      const { services, stores } = launch(storage)
      const { textSize, theme, contrast, language } = stores.settings.getState()
      expect(['normal', 'elder']).toContain(textSize)
      expect(['system', 'light', 'dark']).toContain(theme)
      expect([typeof contrast, ['zh-CN', 'en'].includes(language)]).toEqual(['boolean', true])
      expect(services.bills.cachedList(hangzhou)).toBeNull()
      createCache(storage).makeRoom()

      const own = { ...entry, key: asId<IdempotencyKey>('key-0000000000000009') }
      const before = storage.get('journal')
      expect(stores.journal.getState().write(own)).toBe(true)
      stores.settings.getState().change({ textSize: 'elder' })
      stores.city.getState().choose(hangzhou)
      const again = launch(storage).stores
      expect(again.journal.getState().intents).toEqual(expect.arrayContaining([own]))
      expect([again.settings.getState().textSize, again.city.getState().city]).toEqual(['elder', hangzhou])

      // No payment is lost: readable intents are there, unreadable ones stay in storage.
      const texts = [...storage.texts.values()].join()
      for (const { key } of stores.journal.getState().intents) expect(texts).toContain(key)
      const version = typeof before === 'object' && before !== null && 'version' in before ? before.version : 0
      if (typeof version === 'number' && version > 1) expect(storage.get('journal')).toEqual(before)

      again.clear()
      expect(storage.keys().filter((key) => !key.startsWith('journal'))).toEqual([])
    }),
    { numRuns: 400 },
  )
})
