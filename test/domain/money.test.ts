import fc from 'fast-check'
import { formatFen, isFen, NO_AMOUNT, parseYuan, speakFen, sumFen } from '@/domain/money'

const anyFen = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER })

test('amounts show two decimals and thousands', () => {
  expect(formatFen(0)).toBe('0.00')
  expect(formatFen(5)).toBe('0.05')
  expect(formatFen(50)).toBe('0.50')
  expect(formatFen(100)).toBe('1.00')
  expect(formatFen(99_999)).toBe('999.99')
  expect(formatFen(123_456)).toBe('1,234.56')
  expect(formatFen(123_456_789)).toBe('1,234,567.89')
  expect(formatFen(Number.MAX_SAFE_INTEGER)).toBe('90,071,992,547,409.91')
})

test('signs and the symbol stand in front of the digits', () => {
  expect(formatFen(-1)).toBe('−0.01')
  expect(formatFen(-123_456, { symbol: true })).toBe('−¥1,234.56')
})

test('what is not a whole number of fen is never shown as an amount', () => {
  for (const wrong of [1.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
    expect(isFen(wrong)).toBe(false)
    expect(formatFen(wrong)).toBe(NO_AMOUNT)
    expect(speakFen(wrong, 'zh-CN')).toBe('金额未知')
    expect(speakFen(wrong, 'en')).toBe('amount unknown')
  }
  for (const wrong of [-1, '100', null, undefined, 100n]) expect(isFen(wrong)).toBe(false)
  expect(isFen(0)).toBe(true)
})

test('every amount survives being shown and read again', () => {
  fc.assert(
    fc.property(anyFen, (amountFen) => {
      const shown = formatFen(amountFen)
      const readable = amountFen < 10 ** 14
      expect(parseYuan(shown)).toBe(readable ? amountFen : null)
      expect(shown.replace(/\D/g, '').replace(/^0+/, '') || '0').toBe(String(amountFen))
    }),
  )
})

test('small amounts survive being shown and read again', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 10_000_000 }), (fen) => parseYuan(formatFen(fen)) === fen))
})

test('yuan are read as people type them', () => {
  expect(parseYuan('20')).toBe(2000)
  expect(parseYuan('20.')).toBe(2000)
  expect(parseYuan('20.5')).toBe(2050)
  expect(parseYuan('.5')).toBe(50)
  expect(parseYuan(' 1,234.5 ')).toBe(123_450)
  expect(parseYuan('１２．３４')).toBe(1234)
  expect(parseYuan('￥20元')).toBe(2000)
  expect(parseYuan('0.29')).toBe(29)
  expect(parseYuan('1.15')).toBe(115)
  for (const typed of ['￥１，２３４。５０', '\u202d1,234.50\u202c', 'RMB 1,234.5', '１２３４．５０元', '1\u200b234｡5'])
    expect([typed, parseYuan(typed)]).toEqual([typed, 123_450])
  expect(parseYuan('999999999999.99')).toBe(99_999_999_999_999)
})

test('anything else is no amount', () => {
  const wrong = [
    '',
    ' ',
    '.',
    '¥',
    '-1',
    '+1',
    '1.234',
    '1e3',
    '0x10',
    '1,23',
    '12,34.5',
    ',5',
    '1 yuan',
    'NaN',
    '1..2',
  ]
  for (const text of [...wrong, '1234567890123', '1,234,567,890,123'])
    expect([text, parseYuan(text)]).toEqual([text, null])
})

test('no text makes reading throw or give a fraction', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const amountFen = parseYuan(text)
      expect(amountFen === null || isFen(amountFen)).toBe(true)
    }),
  )
})

test('a total is exact, and refused when it cannot be', () => {
  expect(sumFen([])).toBe(0)
  expect(sumFen([10, 20, 30])).toBe(60)
  expect(() => sumFen([Number.MAX_SAFE_INTEGER, 1])).toThrow(RangeError)
  expect(() => sumFen([10, 0.5])).toThrow(RangeError)
  expect(() => sumFen([0.5, 0.5])).toThrow(RangeError)
  // So large that the half is lost in the addition.
  expect(() => sumFen([2 ** 52, 0.5])).toThrow(RangeError)
})

test('a screen reader hears the unit and no grouping', () => {
  expect(speakFen(123_456, 'zh-CN')).toBe('1234.56元')
  expect(speakFen(2000, 'zh-CN')).toBe('20元')
  expect(speakFen(-50, 'zh-CN')).toBe('负0.50元')
  expect(speakFen(123_456, 'en')).toBe('1234.56 yuan')
  expect(speakFen(-2000, 'en')).toBe('minus 20 yuan')
})
