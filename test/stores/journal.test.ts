import { strong } from '@/domain/consistency'
import { asId, type BillId, type IdempotencyKey, type PaymentId } from '@/domain/ids'
import { type Intent, openIntents } from '@/domain/journal'
import type { Payment } from '@/domain/payment'
import { createCache } from '@/services/cache'
import { createJournal } from '@/stores/journal'
import { hangzhou } from '../support/city'
import { example } from '../support/contract-examples'
import { memoryStorage } from '../support/phone'

const now = Date.parse('2026-11-23T10:00:00+08:00')
const key = asId<IdempotencyKey>('key-0000000000000001')
const intent: Intent = {
  key,
  cityId: hangzhou,
  bills: [{ billId: asId<BillId>('b-1'), version: 3 }],
  amountFen: 12864,
  createdAt: '2026-11-23T10:00:00+08:00',
}
const payment = (own: object) => strong(example('Payment', own) as Payment, 'strong')

test('M4: an intent written before the cashier opens is there after the app was killed', () => {
  const storage = memoryStorage()
  expect(
    createJournal(storage, () => {})
      .getState()
      .write({ ...intent, cashier: 'none' }),
  ).toBe(true)
  expect(createJournal(storage, () => {}).getState().intents).toEqual([{ ...intent, cashier: 'none' }])
})

test('writing again what is known of an intent replaces it', () => {
  const journal = createJournal(memoryStorage(), () => {})
  journal.getState().write(intent)
  journal.getState().write({ ...intent, paymentId: asId<PaymentId>('p-1') })
  expect(journal.getState().intents).toEqual([{ ...intent, paymentId: 'p-1' }])
})

test('the server’s final word ends an intent, and it stays ended in storage', () => {
  const storage = memoryStorage()
  const journal = createJournal(storage, () => {})
  journal.getState().write(intent)
  expect(journal.getState().settle(key, payment({ state: 'paid' }), now)).toBe(true)
  expect(journal.getState().intents[0]?.endedAt).toBeUndefined()
  journal.getState().settle(key, payment({ state: 'credited' }), now)
  expect(createJournal(storage, () => {}).getState().intents[0]).toMatchObject({ state: 'credited', paymentId: 'p-1' })
  expect(createJournal(storage, () => {}).getState().intents[0]?.endedAt).toBeDefined()
})

test('an intent unknown to the server ends, unless a cashier was opened', () => {
  const journal = createJournal(memoryStorage(), () => {})
  journal.getState().write({ ...intent, cashier: 'none' })
  journal.getState().drop(key, now)
  expect(journal.getState().intents[0]?.endedAt).toBeUndefined()
  const other = asId<IdempotencyKey>('key-0000000000000002')
  journal.getState().write({ ...intent, key: other })
  journal.getState().drop(other, now)
  expect(journal.getState().intents[1]?.endedAt).toBeDefined()
})

test('settling or dropping what is not there changes nothing and returns so', () => {
  const journal = createJournal(memoryStorage(), () => {})
  expect(journal.getState().settle(key, payment({}), now)).toBe(false)
  expect(journal.getState().drop(key, now)).toBe(false)
  expect(journal.getState().intents).toEqual([])
})

test('N10: what is kept for reading makes room for the journal', () => {
  const storage = memoryStorage(1_500)
  const kept = createCache(storage)
  for (let at = 0; at < 5; at += 1) {
    const name = { city: hangzhou, of: 'city', language: 'en', target: `/halls/${at}` } as const
    kept.put(name, 'x'.repeat(150), '2026-11-23T10:00:00+08:00')
  }
  const [before, journal] = [storage.keys().length, createJournal(storage, kept.makeRoom)]
  for (let at = 0; at < 3; at += 1) {
    expect(journal.getState().write({ ...intent, key: asId(`key-000000000000000${at}`) })).toBe(true)
  }
  expect(storage.keys().length).toBeLessThan(before)
  expect(createJournal(storage, () => {}).getState().intents).toHaveLength(3)
})

test('N10: without room the write returns false, and the intent stays in memory', () => {
  const journal = createJournal(memoryStorage(20), () => {})
  expect(journal.getState().write(intent)).toBe(false)
  expect(journal.getState().intents).toEqual([intent])
})

test('N8: one broken intent does not take the others with it', () => {
  const storage = memoryStorage()
  const broken = [{ ...intent, cityId: 'nowhere' }, { ...intent, key: '../x' }, null, 7, 'x', []]
  storage.set('journal', { version: 1, value: [...broken, intent] })
  expect(createJournal(storage, () => {}).getState().intents).toEqual([intent])
})

test.each([
  ['a state that this version does not know', { state: 'half-paid' }, { state: 'unlisted' }],
  ['a state that is no text', { state: { toString: 1 } }, { state: 'unlisted' }],
  ['an unknown word of the cashier', { cashier: 'later' }, { cashier: 'unknown' }],
  ['a broken amount', { amountFen: 1.5 }, { amountFen: Number.NaN }],
  ['a broken id of its payment', { paymentId: '../p' }, { paymentId: undefined }],
  ['an end that cannot be read', { endedAt: 'soon' }, { endedAt: undefined }],
  ['a bill that cannot be read', { bills: [{ billId: '../b', version: 1 }] }, { bills: [] }],
  ['a broken part', { bills: [{ billId: 'b-1', version: 3, amountFen: 0.5 }] }, {}],
])('N12: an intent with %s stays open and is found by its key', (_, own, read) => {
  const storage = memoryStorage()
  const stored = { ...intent, ...own, notedBy: 'version 9' }
  storage.set('journal', { version: 1, value: [stored] })
  const journal = createJournal(storage, () => {})
  expect(openIntents(journal.getState().intents)).toEqual([{ ...intent, ...read }])
  // Another intent is written: this one stays in storage as it was, to the member.
  journal.getState().write({ ...intent, key: asId('key-0000000000000002') })
  expect(storage.get('journal')).toMatchObject({ value: [stored, { key: 'key-0000000000000002' }] })
  journal.getState().settle(key, payment({ state: 'credited' }), now)
  expect(storage.get('journal')).toMatchObject({
    value: [{ key: 'key-0000000000000002' }, { notedBy: 'version 9', state: 'credited', endedAt: expect.any(String) }],
  })
})

test('N12: a newer journal is left alone, its intents are known, and a new one is kept beside it', () => {
  const storage = memoryStorage()
  const newer = { version: 2, value: [{ ...intent, state: 'won' }, { of: 'another kind' }], index: {} }
  storage.set('journal', newer)
  const other = { ...intent, key: asId<IdempotencyKey>('key-0000000000000002') }
  const journal = createJournal(storage, () => {})
  expect(journal.getState().intents).toEqual([{ ...intent, state: 'unlisted' }])
  expect(journal.getState().write(other)).toBe(true)
  journal.getState().settle(key, payment({ state: 'credited' }), now)
  expect(storage.get('journal')).toEqual(newer)
  for (let launches = 0; launches < 3; launches += 1) {
    const again = createJournal(storage, () => {}).getState()
    expect(openIntents(again.intents)).toEqual([other])
    again.write(other)
  }
  const beside = storage.get('journal:1')
  expect(beside).toMatchObject({ version: 1 })
  expect(JSON.stringify(beside).match(/another kind/g)).toHaveLength(1)
  // The newer app has gone: all is in one place again.
  storage.set('journal', { version: 1, value: [intent] })
  createJournal(storage, () => {})
    .getState()
    .write(other)
  expect(storage.keys()).toEqual(['journal'])
  expect(openIntents(createJournal(storage, () => {}).getState().intents)).toEqual([other])
})

test('an intent holds all that is to be paid: parts, and what the citizen knew', () => {
  const storage = memoryStorage()
  const bills = [
    { billId: asId<BillId>('b-1'), version: 3 },
    { billId: asId<BillId>('b-2'), version: 1, amountFen: 5000 },
  ]
  const whole = { ...intent, bills, amountFen: 17964, acknowledgeRecent: true }
  createJournal(storage, () => {})
    .getState()
    .write(whole)
  expect(createJournal(storage, () => {}).getState().intents).toEqual([whole])
})

test('an intent of an older app, without parts, is read and can be settled', () => {
  const storage = memoryStorage()
  storage.set('journal', {
    version: 1,
    value: [{ ...intent, paymentId: 'p-1', cashier: 'none', state: 'cashier-open' }],
  })
  const journal = createJournal(storage, () => {})
  journal.getState().settle(key, payment({ id: 'p-1', state: 'credited' }), now)
  expect(journal.getState().intents).toMatchObject([{ state: 'credited', endedAt: expect.any(String) }])
})

test('N8: what somebody slipped into a stored intent goes no further', () => {
  const storage = memoryStorage()
  const bills = [{ ...intent.bills[0], note: 'x' }]
  storage.set('journal', { version: 1, value: [{ ...intent, bills, url: 'https://x' }] })
  expect(createJournal(storage, () => {}).getState().intents).toEqual([intent])
})

test('N10: storage wiped while the app runs is filled again with the next word about an intent', () => {
  const storage = memoryStorage()
  const journal = createJournal(storage, () => {})
  journal.getState().write(intent)
  storage.texts.clear()
  journal.getState().write({ ...intent, cashier: 'none' })
  expect(createJournal(storage, () => {}).getState().intents).toEqual([{ ...intent, cashier: 'none' }])
})

test('N8: a journal that is no journal starts empty', () => {
  const storage = memoryStorage()
  storage.texts.set('journal', '{"version":1,"value":{"intents":')
  expect(createJournal(storage, () => {}).getState().intents).toEqual([])
})

test('ended intents go when they are old, open ones never', () => {
  const journal = createJournal(memoryStorage(), () => {})
  journal.getState().write(intent)
  journal.getState().write({ ...intent, key: asId('key-0000000000000002'), endedAt: '2026-11-23T10:00:00+08:00' })
  journal.getState().tidy(now + 400 * 86_400_000)
  expect(journal.getState().intents).toEqual([intent])
})
