import { generateKeyPairSync } from 'node:crypto'
import { type ReceiptCode, readReceiptCode, verdictOf } from '@/domain/receipt-code'
import { verifySignature } from '@/pages/verify/ed25519'
import { signed, signingKeyOf } from '../../city/signature'

const key = generateKeyPairSync('ed25519').privateKey
const own = signingKeyOf(key)
const bill = 'hz-electricity,3301****4565,K7QM,202610,12864,c'
const facts = `city-receipt:330100:PJ1:12864:${own.id}:1795399260:1795399500:0:1`
const text = signed(`${facts}:${bill}`, key)

const read = (scanned: string): ReceiptCode => {
  const code = readReceiptCode(scanned)
  if (typeof code === 'string') throw new Error(code)
  return code
}
const judge = (scanned: string, keys = [own]) => verdictOf(read(scanned), keys, verifySignature)

test('a receipt’s code says which city, receipt, amount and bills, and when that was so', () => {
  expect(read(` ${text}\n`)).toMatchObject({
    cityId: '330100',
    number: 'PJ1',
    amountFen: 12864,
    keyId: own.id,
    paidAt: '2026-11-23T10:01:00.000+08:00',
    signedAt: '2026-11-23T10:05:00.000+08:00',
    billCount: 1,
    bills: [
      {
        billerId: 'hz-electricity',
        maskedNumber: '3301****4565',
        mark: 'K7QM',
        months: { from: '2026-10', to: '2026-10' },
        amountFen: 12864,
        outcome: 'credited',
      },
    ],
  })
})

test('another code is no receipt, and a receipt that is cut off or of another form is broken', () => {
  for (const other of ['', 'https://example.com', 'city-visit:330100:ap-1', '3301001234565'])
    expect(readReceiptCode(other)).toBe('not-receipt')
  const end = text.lastIndexOf(':')
  for (const broken of [
    text.slice(0, -1),
    text.slice(0, end),
    text.slice(0, 20),
    text.replace('330100', '33010'),
    text.replace(':12864:', ':128.64:'),
    text.replace(',c:', ',x:'),
    text.replace('202610', '2026'),
    text.replace('PJ1', '收据'),
    `${text}${'x'.repeat(500)}`,
    `city-receipt:${'constructor:'.repeat(9)}`,
  ])
    expect([broken, readReceiptCode(broken)]).toEqual([broken, 'broken'])
})

test('it is genuine with the key that it names, also where the city signs with a newer one by now', () => {
  const newer = signingKeyOf(generateKeyPairSync('ed25519').privateKey)
  expect(judge(text)).toBe('genuine')
  expect(judge(text, [newer, own])).toBe('genuine')
  expect(judge(text, [newer])).toBe('unknown-key')
  expect(judge(text, [])).toBe('unknown-key')
})

test('one figure changed, or the name of a key that did not sign it, is forged', () => {
  const stranger = generateKeyPairSync('ed25519').privateKey
  for (const changed of [
    text.replace(':12864:', ':12865:'),
    text.replace(',12864,', ',12863,'),
    text.replace('K7QM', 'K7QN'),
    text.replace('PJ1', 'PJ2'),
    text.replace('1795399260', '1795399261'),
    signed(`${facts}:${bill}`, stranger),
  ])
    expect([changed, judge(changed)]).toEqual([changed, 'forged'])
  expect(judge(text, [{ ...own, publicKey: 'short' }])).toBe('forged')
})

test('a code of a city of before names no key: any of the city’s may have signed it', () => {
  const before = signed('city-receipt:330100:PJ1:12864', key)
  const other = signingKeyOf(generateKeyPairSync('ed25519').privateKey)
  expect(read(before)).toMatchObject({ amountFen: 12864, bills: [], billCount: 0 })
  expect(judge(before, [other, own])).toBe('genuine')
  expect(judge(before, [other])).toBe('unknown-key')
})
