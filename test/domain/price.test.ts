import type { Bill } from '@/domain/bill'
import { type AccountId, asId, type BillerId, type BillId, type CityId } from '@/domain/ids'
import type { Biller } from '@/domain/manifest'
import { amountChoice, priceOf } from '@/domain/price'

const bill = (change: Partial<Bill> = {}): Bill => ({
  id: asId<BillId>('b-1'),
  cityId: asId<CityId>('230100'),
  billerId: asId<BillerId>('hrb-heating'),
  accountId: asId<AccountId>('a-1'),
  kind: 'heating',
  title: '2026–2027采暖季供热费',
  status: 'due',
  amountFen: 369_788,
  version: 1,
  lines: [],
  issuedOn: '2026-11-01',
  asOf: '2026-11-23T10:00:00+08:00',
  ...change,
})
const parts = bill({ partial: { minFen: 50_000 } })
const topUp = {
  balanceFen: -3846,
  balanceAsOf: '2026-11-23T10:00:00+08:00',
  minFen: 3846,
  maxFen: 200_000,
  presetsFen: [5000],
}
const meter = bill({ status: 'top-up', amountFen: 3846, topUp })

test.each([
  ['a bill, without an amount', bill(), undefined, 'whole'],
  ['a bill, all of it', bill(), 369_788, 'whole'],
  ['a bill that takes no parts, a part', bill(), 369_787, 'no-parts'],
  ['a bill that takes no parts, more', bill(), 369_789, 'no-parts'],
  ['a bill in parts, without an amount', parts, undefined, 'whole'],
  ['a bill in parts, all that is left', parts, 369_788, 'whole'],
  ['a bill in parts, the least', parts, 50_000, 'part'],
  ['a bill in parts, all but a fen', parts, 369_787, 'part'],
  ['a bill in parts, a fen too little', parts, 49_999, 'too-little'],
  ['a bill in parts, nothing', parts, 0, 'too-little'],
  ['a bill in parts, a fen too much', parts, 369_789, 'too-much'],
  ['a bill with less left than the least part', { ...parts, amountFen: 30_000 }, 30_000, 'whole'],
  ['a bill with less left than the least part, part of it', { ...parts, amountFen: 30_000 }, 29_999, 'too-little'],
  ['a bill, half a fen', parts, 50_000.5, 'not-whole'],
  ['a bill, below zero', parts, -1, 'not-whole'],
  ['a bill, not a number', parts, Number.NaN, 'not-whole'],
  ['a bill, nothing that could be read', parts, null, 'not-whole'],
  ['a meter, without an amount', meter, undefined, 'not-whole'],
  ['a meter, its debt', meter, 3846, 'top-up'],
  ['a meter, less than its debt', meter, 3845, 'too-little'],
  ['a meter, the most', meter, 200_000, 'top-up'],
  ['a meter, more', meter, 200_001, 'too-much'],
  ['a settled bill', bill({ status: 'settled' }), 100, 'nothing'],
  ['a bill that somebody pays', bill({ status: 'paying', partial: { minFen: 1 } }), 100, 'nothing'],
  ['a fine with a decision to confirm', bill({ status: 'not-payable' }), undefined, 'nothing'],
] as const)('what may be paid: %s', (_, of, proposedFen, kind) => {
  expect(amountChoice(of, proposedFen).kind).toBe(kind)
})

test('an amount that is refused says what would be taken', () => {
  expect(amountChoice(parts, 1)).toEqual({ kind: 'too-little', minFen: 50_000, maxFen: 369_788 })
  expect(amountChoice(meter, 300_000)).toEqual({ kind: 'too-much', minFen: 3846, maxFen: 200_000 })
  expect(amountChoice(bill(), 1)).toEqual({ kind: 'no-parts', amountFen: 369_788 })
})

const biller = (id: string, paying?: Biller['paying']): Biller => ({
  id: asId<BillerId>(id),
  kind: 'fine',
  name: id,
  phone: '12123',
  account: { label: '编号', minLength: 1, maxLength: 20, charset: 'digits', checkDigit: 'none' },
  creditedWithinMinutes: 10,
  paying,
})
const item = (id: string, amountFen: number) => ({ bill: { billerId: asId<BillerId>(id) }, amountFen })

test('a fee is taken once for each biller that takes one, however many of its bills are paid', () => {
  const billers = [
    biller('fine', { feeFen: 200 }),
    biller('tax', { feeFen: 35 }),
    biller('water'),
    biller('absent', { feeFen: 9 }),
  ]
  const price = priceOf([item('fine', 20_000), item('water', 5432), item('fine', 10_000), item('tax', 1)], billers)
  expect(price).toMatchObject({ billsFen: 35_433, feeFen: 235, totalFen: 35_668 })
  expect(price.shares.map(({ biller: { id }, billsFen, feeFen }) => [id, billsFen, feeFen])).toEqual([
    ['fine', 30_000, 200],
    ['tax', 1, 35],
    ['water', 5432, 0],
  ])
})

test('the limit of a biller counts its own bills, without fees, and is not passed by reaching it', () => {
  const billers = [biller('power', { maxFen: 30_000, feeFen: 100 }), biller('water')]
  const over = (...items: ReturnType<typeof item>[]) => priceOf(items, billers).shares.map((share) => share.isOverLimit)
  expect(over(item('power', 20_000), item('power', 10_000), item('water', 90_000))).toEqual([false, false])
  expect(over(item('power', 20_000), item('power', 10_001))).toEqual([true])
})

test('an amount that is not whole fen is never added up', () => {
  expect(() => priceOf([item('water', 0.5)], [biller('water')])).toThrow(RangeError)
})
