import type { Bill } from '@/domain/bill'
import { linesAddUp, monthsAddUp, refundedAddsUp, refundsAddUp, totalAddsUp, withoutWrongLines } from '@/domain/sums'

const bill = (own: Partial<Bill> = {}) =>
  ({ status: 'due', amountFen: 300, lines: [{ label: '电费', amountFen: 300 }], ...own }) as Bill

test('M18: bills and fee are the total, whole fen only', () => {
  const bills = [{ amountFen: 100 }, { amountFen: 200 }]
  expect(totalAddsUp({ amountFen: 300, bills })).toBe(true)
  expect(totalAddsUp({ amountFen: 350, feeFen: 50, bills })).toBe(true)
  expect(totalAddsUp({ amountFen: 301, bills })).toBe(false)
  expect(totalAddsUp({ amountFen: 300, feeFen: 1, bills })).toBe(false)
  expect(totalAddsUp({ amountFen: 0.3, bills: [{ amountFen: 0.1 }, { amountFen: 0.2 }] })).toBe(false)
  const huge = Number.MAX_SAFE_INTEGER
  expect(totalAddsUp({ amountFen: huge, bills: [{ amountFen: huge }, { amountFen: huge }] })).toBe(false)
})

test('M18: no more goes back than was paid; what failed may have been begun again', () => {
  expect(refundedAddsUp({ amountFen: 100, refundedFen: 100 })).toBe(true)
  expect(refundedAddsUp({ amountFen: 100, refundedFen: 101 })).toBe(false)
  const back = (amountFen: number, state: 'pending' | 'succeeded' | 'failed') => ({ amountFen, state })
  expect(refundsAddUp([back(60, 'succeeded'), back(40, 'pending')], 100)).toBe(true)
  expect(refundsAddUp([back(60, 'succeeded'), back(41, 'pending')], 100)).toBe(false)
  expect(refundsAddUp([back(100, 'failed'), back(100, 'pending')], 100)).toBe(true)
  expect(refundsAddUp([back(101, 'failed')], 100)).toBe(false)
})

test('M18: lines and late fee, less what was paid, are the amount', () => {
  expect(linesAddUp(bill())).toBe(true)
  expect(linesAddUp(bill({ amountFen: 310, lateFeeFen: 10 }))).toBe(true)
  expect(linesAddUp(bill({ amountFen: 260, lateFeeFen: 10, paidFen: 50 }))).toBe(true)
  expect(linesAddUp(bill({ amountFen: 301 }))).toBe(false)
  expect(linesAddUp(bill({ lateFeeFen: 10 }))).toBe(false)
  expect(linesAddUp(bill({ arrearsFen: 301 }))).toBe(false)
  expect(linesAddUp(bill({ lines: [], lateFeeFen: 301 }))).toBe(false)
  expect(linesAddUp(bill({ lines: [] }))).toBe(true)
  expect(linesAddUp(bill({ status: 'settled', paidFen: 300 }))).toBe(true)
})

test('M18: wrong lines are left out and nothing else: the amount stands for itself', () => {
  const wrong = bill({ amountFen: 299, lateFeeFen: 1, arrearsFen: 5, paidFen: 3, settlement: '先抵扣违约金' })
  expect(withoutWrongLines(wrong)).toEqual({
    ...wrong,
    lines: [],
    lateFeeFen: undefined,
    arrearsFen: undefined,
    paidFen: undefined,
    linesLeftOut: true,
  })
  const good = bill()
  expect(withoutWrongLines(good)).toBe(good)
})

test('M18: a month that stands twice makes a year of nothing', () => {
  expect(monthsAddUp([{ month: '2026-10' }, { month: '2026-11' }])).toBe(true)
  expect(monthsAddUp([{ month: '2026-10' }, { month: '2026-10' }])).toBe(false)
})

test('M18: half a fen adds up to nothing, even where the total is whole', () => {
  expect(totalAddsUp({ amountFen: 2, bills: [{ amountFen: 1 }, { amountFen: 0.5 }, { amountFen: 0.5 }] })).toBe(false)
  expect(totalAddsUp({ amountFen: 0.5, bills: [{ amountFen: 0.5 }] })).toBe(false)
})

test('M18: one refund of more than was paid is wrong beside a right one, and so are refunds too large to add', () => {
  const back = (amountFen: number, state: 'pending' | 'failed') => ({ amountFen, state })
  expect(refundsAddUp([back(101, 'failed'), back(10, 'pending')], 100)).toBe(false)
  const huge = Number.MAX_SAFE_INTEGER
  expect(refundsAddUp([back(huge, 'pending'), back(huge, 'pending')], huge)).toBe(false)
})

test('M18: a late fee or arrears may be the whole of a bill, and a meter has nothing to add up', () => {
  expect(linesAddUp(bill({ lines: [], lateFeeFen: 300 }))).toBe(true)
  expect(linesAddUp(bill({ arrearsFen: 300 }))).toBe(true)
  expect(linesAddUp(bill({ amountFen: 301, topUp: {} as Bill['topUp'] }))).toBe(true)
})
