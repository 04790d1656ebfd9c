import { asId, type BillId, type PaymentId, readCityId, readId } from '@/domain/ids'

test('an id above 2^53 stays what it is', () => {
  expect(asId<BillId>('9007199254740993')).toBe('9007199254740993')
  expect(readId<BillId>('9007199254740993')).toBe('9007199254740993')
})

test('ids from a link are plain short names', () => {
  for (const good of ['b-1', 'A_9.z', '1', 'x'.repeat(64)]) expect(readId<PaymentId>(good)).toBe(good)
  const bad = ['', '.', '..', '...', 'a/b', '../b', 'a b', 'a?b', 'a%2e', '<b>', 'x'.repeat(65), '账单', 'a\n']
  for (const text of [...bad, 5, null, undefined, {}]) expect([text, readId<PaymentId>(text)]).toEqual([text, null])
})

test('a city id is six digits', () => {
  expect(readCityId('330100')).toBe('330100')
  for (const bad of ['33010', '3301000', '33010a', '３３０１００', 330100, null, '330100\n']) {
    expect([bad, readCityId(bad)]).toEqual([bad, null])
  }
})
