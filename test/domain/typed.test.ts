import fc from 'fast-check'
import {
  charactersOf,
  type FieldKind,
  isPhone,
  isUnreadable,
  lengthOf,
  normalise,
  readersCharacters,
  searchFor,
  textProblem,
} from '@/domain/typed'
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

test.each([
  ['a mobile', ['13900000002', '19900000002']],
  ['a landline with its area', ['01012345678', '02112345678', '05791234567', '057187654321']],
  ['Hong Kong, Macao and Taiwan', ['+85212345678', '+85361234567', '+88621234567', '+886912345678']],
  ['a number abroad', ['+14155550123', '+1234567', '+85512345678', '+123456789012345']],
])('N14: %s can be called', (_, numbers) => {
  expect(numbers.filter((number) => !isPhone(number))).toEqual([])
})

test.each([
  ['too short', ['', '1390000000', '0101234567', '0211234567', '0571876543', '+8521234567', '+8862123456', '+123456']],
  ['too long', ['139000000021', '010123456789', '021123456789', '0571876543210', '+852123456789', '+8869123456789']],
  ['without an area or with a mobile prefix that does not exist', ['87654321', '12900000002']],
  ['with a country code that is home or none', ['+8613900000002', '+0123456789', '+1234567890123456']],
  ['with something before or after', ['x13900000002', '13900000002x']],
])('N14: a number is refused that is %s', (_, numbers) => {
  expect(numbers.filter(isPhone)).toEqual([])
})

test.each([
  ['+86 212345678', '0212345678'],
  ['86212345678', '86212345678'],
  ['8613900000002', '13900000002'],
  ['86 0571 8765 4321', '057187654321'],
  ['013900000002', '13900000002'],
  ['9013900000002', '9013900000002'],
  ['0139000000021', '0139000000021'],
  ['8521234567890', '8521234567890'],
  ['8860912345678', '+886912345678'],
  ['+8860912345678', '+886912345678'],
])('N14: a telephone %j is called as %j: a country code is one only where the rest is a number', (typed, called) => {
  expect(normalise('phone', typed)).toBe(called)
})

test.each([
  ['a heart in colour', '❤\ufe0f', '❤\ufe0f'],
  ['a telephone in black', '☎\ufe0e', '☎\ufe0e'],
  ['a key with a digit', '1\ufe0f\u20e3', '1\ufe0f\u20e3'],
  ['a Mongolian letter in its first other shape', '\u1820\u180b', '\u1820\u180b'],
  ['a Mongolian letter in its third other shape', '\u1820\u180d', '\u1820\u180d'],
  ['a flag joined from two', '🏳\ufe0f\u200d🌈', '🏳\ufe0f\u200d🌈'],
  ['a Persian word that must not join', 'می\u200cخواهم', 'می\u200cخواهم'],
  ['a letter with a stray selector', 'a\ufe0fb', 'ab'],
  ['a letter with a stray Mongolian selector', 'a\u180bb', 'ab'],
  ['letters with a stray joiner', 'a\u200db', 'ab'],
  ['a joiner after nothing', '\u200d👧', '👧'],
  ['a joiner before nothing', '👧\u200d', '👧'],
  ['an old line end', 'a\rb\r\nc', 'a\nb\nc'],
])('N14: of %s what is seen is kept', (_, typed, kept) => {
  expect(normalise('text', typed)).toBe(kept)
})

test.each([
  ['lines', '\n12\n34\n', '12 | 34'],
  ['fields of a bar code', '12\u001d34\t', '12 | 34'],
  ['a dash as it is printed', '12\u201334', '12-34'],
  ['words with blanks', ' a b ', 'a b'],
])('N14: a code keeps apart %s', (_, scanned, kept) => {
  expect(normalise('code', scanned)).toBe(kept)
})

test('N14: a currency is dropped at the ends of an amount and nowhere else', () => {
  expect(['¥12', 'rmb12', '12元'].map((typed) => normalise('amount', typed))).toEqual(['12', '12', '12'])
  expect(['12元5', '12CNY'].map((typed) => normalise('amount', typed))).toEqual(['12元5', '12CNY'])
})

test('N14: a text is refused for what cannot be kept, and for its length once normalised', () => {
  expect(textProblem('line', '张\ud800', 9)).toBe('unreadable')
  expect(textProblem('line', ' 张三 ', 2)).toBeNull()
  expect(textProblem('line', '张三丰李四', 2)).toEqual({ extra: 3 })
})

test('N14: a search finds a part of any of the texts, however it is typed', () => {
  const matches = searchFor(' ＢＣ！～٩ ')
  expect([matches('abc!~9d'), matches('x', 'bc!~9'), matches('bc'), matches()]).toEqual([true, true, false, false])
  expect(searchFor(' ')('anything')).toBe(true)
})
