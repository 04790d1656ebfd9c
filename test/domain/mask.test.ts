import fc from 'fast-check'
import { maskAccountNumber, maskIdNumber, maskName, maskPhone } from '@/domain/mask'

test('names keep their ends', () => {
  expect(maskName('张')).toBe('*')
  expect(maskName('张三')).toBe('张*')
  expect(maskName('张小三')).toBe('张*三')
  expect(maskName('欧阳娜娜')).toBe('欧**娜')
  expect(maskName('𠮷田三')).toBe('𠮷*三')
  expect(maskName('Maria Silva')).toBe('M*** S***')
  expect(maskName(' ')).toBe('')
})

test('N14: a mask shows and hides what a reader counts as one', () => {
  expect(maskName('𠮷𠮷')).toBe('𠮷*')
  expect(maskName('葛\u{e0100}小城')).toBe('葛\u{e0100}*城')
  expect(maskName('E\u0301mile Zola')).toBe('E\u0301*** Z***')
  expect(maskName('Émile Zola')).toBe('É*** Z***')
  expect(maskName('\u200b\ufeff')).toBe('')
})

test('numbers keep what tells two apart', () => {
  expect(maskAccountNumber('3301234567890')).toBe('33*******7890')
  expect(maskAccountNumber('12345678')).toBe('******78')
  expect(maskPhone('13812345678')).toBe('138****5678')
  expect(maskIdNumber('33010019900101123X')).toBe('3****************X')
})

test('short numbers are never shown whole', () => {
  expect(maskAccountNumber('12')).toBe('*2')
  expect(maskAccountNumber('1')).toBe('*')
  expect(maskPhone('110')).toBe('**0')
  expect(maskIdNumber('1X')).toBe('*X')
  expect(maskPhone('')).toBe('')
})

test('masking twice gives the same as once and always hides something', () => {
  const masks = [maskName, maskAccountNumber, maskPhone, maskIdNumber]
  fc.assert(
    fc.property(fc.constantFrom(...masks), fc.stringMatching(/^[0-9A-Za-z一-龥]{2,30}$/), (mask, text) => {
      const masked = mask(text)
      expect(mask(masked)).toBe(masked)
      expect(masked).toContain('*')
      expect(masked).not.toContain(text)
    }),
  )
})
