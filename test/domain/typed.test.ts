import fc from 'fast-check'
import { charactersOf, type FieldKind, isUnreadable, lengthOf, normalise, readersCharacters } from '@/domain/typed'
import { typedExamples, unreadableExamples } from '../support/typed'

test.each(typedExamples)('N14: as %s, %j is kept as %j', (kind, typed, kept) => {
  expect(normalise(kind, typed)).toBe(kept)
})

test.each(typedExamples)(
  'N14: as %s, %j is kept the same on a phone without tables of Unicode',
  (kind, typed, kept) => {
    const { normalize } = String.prototype
    // What V8 does when it is built without Intl.
    String.prototype.normalize = function () {
      return String(this)
    }
    const found = normalise(kind, typed)
    String.prototype.normalize = normalize
    expect(normalise(kind, found)).toBe(kept)
  },
)

test.each(unreadableExamples)('N14: %j cannot be kept', (text) => {
  expect(isUnreadable(text)).toBe(true)
})

test('N14: what is seen can be kept', () => {
  expect(isUnreadable('张三 Maria O’Brien 𠮷 👨‍👩‍👧 13900000002\n\t')).toBe(false)
})

const kinds: FieldKind[] = ['account-number', 'document-number', 'phone', 'name', 'line', 'text', 'search', 'amount']

test('N14: normalising twice gives the same as once, whatever is typed', () => {
  const piece = fc.oneof(
    fc.constantFrom(...typedExamples.flatMap(([, typed]) => charactersOf(typed))),
    fc.string({ unit: 'binary', maxLength: 2 }),
  )
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.array(piece, { maxLength: 12 }), (kind, pieces) => {
      const once = normalise(kind, pieces.join(''))
      expect([kind, once, normalise(kind, once)]).toEqual([kind, once, once])
    }),
    { numRuns: 3000 },
  )
})

test('N14: lengths count characters and masks count what a reader sees', () => {
  expect(lengthOf('𠮷田')).toBe(2)
  expect(readersCharacters('𠮷田')).toEqual(['𠮷', '田'])
  expect(readersCharacters('e\u0301a')).toEqual(['e\u0301', 'a'])
  expect(readersCharacters('👨\u200d👩\u200d👧家')).toEqual(['👨\u200d👩\u200d👧', '家'])
  expect(readersCharacters('👍🏽好')).toEqual(['👍🏽', '好'])
  expect(readersCharacters('\u200b张\u200b')).toEqual(['张\u200b'])
})
