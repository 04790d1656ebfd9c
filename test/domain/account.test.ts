import fc from 'fast-check'
import {
  type Account,
  type AccountRule,
  isAskedLately,
  marksOf,
  normaliseAccountNumber,
  validateAccountNumber,
} from '@/domain/account'

const rule = (change: Partial<AccountRule> = {}): AccountRule => ({
  label: '户号',
  minLength: 8,
  maxLength: 10,
  charset: 'digits',
  checkDigit: 'none',
  ...change,
})

const kinds = (of: AccountRule, text: string) => validateAccountNumber(of, text).map(({ kind }) => kind)

test('full-width digits, blanks and hyphens are normalised', () => {
  expect(normaliseAccountNumber('　１２３４ 5678-９０\u200b\ufeff')).toBe('1234567890')
  expect(normaliseAccountNumber('ａb－c·d—e')).toBe('ABCDE')
  expect(kinds(rule(), ' １２３４-５６７８ ')).toEqual([])
})

test('each thing wrong with a number is named with its measure', () => {
  expect(validateAccountNumber(rule(), ' -　')).toEqual([{ kind: 'empty' }])
  expect(validateAccountNumber(rule(), '12345')).toEqual([{ kind: 'too-short', missing: 3, minLength: 8 }])
  expect(validateAccountNumber(rule(), '12345678901')).toEqual([{ kind: 'too-long', extra: 1, maxLength: 10 }])
  expect(validateAccountNumber(rule(), 'O123O/')).toEqual([
    { kind: 'bad-characters', characters: ['O', '/'] },
    { kind: 'too-short', missing: 2, minLength: 8 },
  ])
  expect(validateAccountNumber(rule(), '1234567😀')).toEqual([{ kind: 'bad-characters', characters: ['😀'] }])
})

test('letters are welcome where the biller has them', () => {
  const letters = rule({ charset: 'letters-digits' })
  expect(kinds(letters, 'ab123456')).toEqual([])
  expect(kinds(letters, '皖A123456')).toEqual(['bad-characters'])
})

test('luhn numbers are distinguished from mistyped ones', () => {
  const luhn = rule({ checkDigit: 'luhn', maxLength: 20 })
  expect(kinds(luhn, '79927398713')).toEqual([])
  expect(kinds(luhn, '4111 1111 1111 1111')).toEqual([])
  expect(kinds(luhn, '79927398710')).toEqual(['bad-check-digit'])
})

test('mod11 numbers may end in X and nowhere else have one', () => {
  const mod11 = rule({ checkDigit: 'mod11', minLength: 2, maxLength: 20 })
  // 2·8 + 3·7 + 4·6 + 5·5 + 6·4 + 7·3 + 2·2 + 3·1 = 138; 138 mod 11 = 6; 11 - 6 = 5
  expect(kinds(mod11, '123456785')).toEqual([])
  expect(kinds(mod11, '123456786')).toEqual(['bad-check-digit'])
  // 2 + 3 + 4 + 5 + 6 + 7 + 2 + 3 = 32; 32 mod 11 = 10; 11 - 10 = 1
  expect(kinds(mod11, '111111111')).toEqual([])
  // 2·6 = 12; 11 - 1 = 10
  expect(kinds(mod11, '6X')).toEqual([])
  expect(kinds(mod11, '6x')).toEqual([])
  // sums divisible by 11 give 0
  expect(kinds(mod11, '00')).toEqual([])
  expect(kinds(mod11, 'X0')).toEqual(['bad-characters'])
  expect(kinds(rule({ charset: 'digits' }), '1234567X')).toEqual(['bad-characters'])
})

test('a check digit is not judged before the rest is right', () => {
  expect(kinds(rule({ checkDigit: 'luhn' }), '123')).toEqual(['too-short'])
  expect(kinds(rule({ checkDigit: 'luhn', charset: 'letters-digits' }), 'ABCDEFGH')).toEqual(['bad-check-digit'])
})

test('one wrong digit is always noticed by luhn', () => {
  const luhn = rule({ checkDigit: 'luhn', minLength: 2, maxLength: 40 })
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(digits, fc.nat(), fc.integer({ min: 1, max: 9 }), (body, at, shift) => {
      const good = [...'0123456789']
        .map((last) => body.join('') + last)
        .filter((text) => kinds(luhn, text).length === 0)
      expect(good).toHaveLength(1)
      const number = [...String(good[0])]
      const index = at % number.length
      number[index] = String((Number(number[index]) + shift) % 10)
      expect(kinds(luhn, number.join(''))).toEqual(['bad-check-digit'])
    }),
  )
})

test('no text and no rule makes checking throw', () => {
  const rules = fc.record({
    label: fc.string(),
    minLength: fc.integer({ min: 1, max: 40 }),
    maxLength: fc.integer({ min: 1, max: 40 }),
    charset: fc.constantFrom<AccountRule['charset']>('digits', 'letters-digits'),
    checkDigit: fc.constantFrom<AccountRule['checkDigit']>('none', 'luhn', 'mod11'),
  })
  fc.assert(
    fc.property(rules, fc.string({ unit: 'grapheme', maxLength: 60 }), (any, text) => {
      const passes = validateAccountNumber(any, text).length === 0
      const { length } = normaliseAccountNumber(text)
      expect(passes && (length < any.minLength || length > any.maxLength)).toBe(false)
    }),
  )
})

test('a list without bills means "nothing due" for a day after the biller reported, and never in doubt', () => {
  const reportedAt = '2026-11-23T10:00:00+08:00'
  const after = (hours: number) => Date.parse(reportedAt) + hours * 3_600_000
  expect(isAskedLately({ billerAnsweredAt: reportedAt }, after(0))).toBe(true)
  expect(isAskedLately({ billerAnsweredAt: reportedAt }, after(23.9))).toBe(true)
  expect(isAskedLately({ billerAnsweredAt: reportedAt }, after(24))).toBe(false)
  expect(isAskedLately({ billerAnsweredAt: undefined }, after(0))).toBe(false)
  expect(isAskedLately({ billerAnsweredAt: 'yesterday' }, after(0))).toBe(false)
})

test('what a newer city asks of a number is left to the city', () => {
  expect(kinds(rule({ charset: 'unlisted' }), '皖A123456')).toEqual([])
  expect(kinds(rule({ checkDigit: 'unlisted' }), '12345678')).toEqual([])
})

test('as long as the biller allows is not too long, and each letter of a pair is judged by itself', () => {
  expect(kinds(rule(), '1234567890')).toEqual([])
  expect(kinds(rule({ maxLength: 20 }), '1234567890a\u0301')).toEqual(['bad-characters'])
})

test('a doubled digit above nine counts as the sum of its two', () => {
  const luhn = rule({ checkDigit: 'luhn', minLength: 2, maxLength: 20 })
  for (const good of ['18', '26', '34', '42', '59', '67', '75', '83', '91']) expect(kinds(luhn, good)).toEqual([])
  for (const bad of ['19', '50', '95']) expect(kinds(luhn, bad)).toEqual(['bad-check-digit'])
})

test('accounts that look alike have their marks shown, and no others', () => {
  const account = (id: string, more: object) =>
    ({
      id,
      billerId: 'hz-gas',
      maskedNumber: '57****13',
      maskedAddress: '文三路***',
      mark: `M${id}`,
      ...more,
    }) as unknown as Account
  const alike = [account('1', {}), account('2', {})]
  expect([...marksOf(alike)]).toEqual([
    ['1', 'M1'],
    ['2', 'M2'],
  ])
  for (const more of [
    { nickname: '爸妈家' },
    { maskedNumber: '57****14' },
    { maskedAddress: '解放路***' },
    { billerId: 'hz-water' },
  ])
    expect([...marksOf([account('1', {}), account('2', more)])]).toEqual([])
  // A city of before tells no marks.
  expect([...marksOf([account('1', { mark: undefined }), account('2', { mark: undefined })])]).toEqual([])
})
