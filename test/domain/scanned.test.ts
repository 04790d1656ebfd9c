import type { AccountRule } from '@/domain/account'
import { readScanned } from '@/domain/scanned'

const luhn: AccountRule = { label: '户号', minLength: 13, maxLength: 13, charset: 'digits', checkDigit: 'luhn' }
const plain: AccountRule = { label: '用户号', minLength: 8, maxLength: 10, charset: 'digits', checkDigit: 'none' }

test.each([
  ['a bar code that is the number', '3301001234565'],
  ['one with blanks and hyphens', ' 330100-1234565\n'],
  ['an address with parameters', 'https://pay.example.cn/q?acc=3301001234565&amt=12864'],
  ['fields between bars', '95598|3301001234565|202610|12864'],
  ['the number twice', '3301001234565,3301001234565'],
  ['N14: a link with encoded parameters', 'https%3A%2F%2Fpay.example.cn%2Fq%3Facc%3D3301001234565%26amt%3D12864'],
  ['N14: a link that was encoded twice', 'https://pay.example.cn/r?to=q%253Facc%253D3301001234565%2526amt%253D12'],
  ['N14: a link that was encoded three times', 'acc%25253D3301001234565'],
  ['N14: a code that begins with an encoded digit', '%33301001234565'],
  ['N14: a link with a broken sign', 'https://pay.example.cn/q?n=%E6%&acc%3D3301001234565'],
  ['N14: groups of digits after a word', '户号：3301 0012 3456 5\n2026-10'],
  ['N14: a number broken over two lines', '3301001\n234565'],
  ['N14: full-width digits', '户号３３０１００１２３４５６５'],
  ['N14: marks of direction and a byte order mark', '\ufeff\u202d3301001234565\u202c\r\n'],
  ['N14: fields between separators of bar codes', '95598\u001d3301001234565\u001e12864'],
])('the number is found in %s', (_, code) => {
  expect(readScanned(luhn, code)).toEqual({ kind: 'number', number: '3301001234565' })
})

test.each([
  ['another code', '6901234567893'],
  ['a number with a wrong check digit', '3301001234561'],
  ['a longer run that holds the number', '33010012345650012864'],
  ['a link that was encoded four times', 'acc%2525253D3301001234565'],
  ['nothing', ''],
  ['markup', '<script>alert(1)</script>'],
  ['a page of text', 'x'.repeat(100_000)],
  ['the number beyond what is looked at', `${' .'.repeat(2000)}3301001234565`],
])('no number is made out of %s', (_, code) => {
  expect(readScanned(luhn, code)).toEqual({ kind: 'none' })
})

test('of several numbers none is chosen', () => {
  expect(readScanned(plain, '86001234\n86001235')).toEqual({ kind: 'several' })
  expect(readScanned(plain, 'no=86001234;day=20261123')).toEqual({ kind: 'several' })
})
