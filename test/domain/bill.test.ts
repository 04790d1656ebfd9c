import {
  type Bill,
  type BillStatus,
  changesOf,
  daysUntilDue,
  isBeingPaid,
  isPayable,
  meterDebtFen,
  payableFen,
  payableRange,
  sortBills,
} from '@/domain/bill'
import { type AccountId, asId, type BillerId, type BillId, type CityId, type PaymentId } from '@/domain/ids'
import type { PaymentState } from '@/domain/payment'

const bill = (id: string, change: Partial<Bill> = {}): Bill => ({
  id: asId<BillId>(id),
  cityId: asId<CityId>('330100'),
  billerId: asId<BillerId>('hz-water'),
  accountId: asId<AccountId>('a-1'),
  kind: 'water',
  title: '2026年10月水费',
  status: 'due',
  amountFen: 1000,
  version: 1,
  lines: [{ label: '水费', amountFen: 1000 }],
  issuedOn: '2026-11-01',
  dueOn: '2026-11-30',
  asOf: '2026-11-23T10:00:00+08:00',
  ...change,
})

const ids = (bills: readonly Bill[]) => bills.map(({ id }) => id)

test('only unpaid bills with an amount can be paid', () => {
  const payable: BillStatus[] = ['due', 'overdue']
  for (const status of ['due', 'overdue', 'paying', 'settled', 'not-payable'] as const) {
    expect([status, isPayable(bill('1', { status }))]).toEqual([status, payable.includes(status)])
  }
  for (const amountFen of [0, -1, 0.5, Number.NaN]) expect(isPayable(bill('1', { amountFen }))).toBe(false)
})

test('what needs doing first stands first', () => {
  const sorted = sortBills([
    bill('settled-old', { status: 'settled', issuedOn: '2026-09-01' }),
    bill('settled-new', { status: 'settled', issuedOn: '2026-10-01' }),
    bill('blocked', { status: 'not-payable' }),
    bill('paying', { status: 'paying' }),
    bill('no-day', { dueOn: undefined }),
    bill('later', { dueOn: '2026-12-05' }),
    bill('soon-b'),
    bill('soon-a'),
    bill('overdue', { status: 'overdue', dueOn: '2026-10-30' }),
  ])
  expect(ids(sorted)).toEqual([
    'overdue',
    'soon-a',
    'soon-b',
    'later',
    'no-day',
    'paying',
    'blocked',
    'settled-new',
    'settled-old',
  ])
})

test('sorting leaves the given list alone', () => {
  const given = [bill('b'), bill('a')]
  expect(ids(sortBills(given))).toEqual(['a', 'b'])
  expect(ids(given)).toEqual(['b', 'a'])
})

test('a total counts what can be paid and nothing else', () => {
  expect(payableFen([bill('1'), bill('2', { status: 'paying' }), bill('3', { amountFen: 250 })])).toBe(1250)
  expect(payableFen([])).toBe(0)
})

test('days until due go below zero', () => {
  expect(daysUntilDue(bill('1'), '2026-11-23')).toBe(7)
  expect(daysUntilDue(bill('1'), '2026-12-02')).toBe(-2)
  expect(daysUntilDue(bill('1', { dueOn: undefined }), '2026-11-23')).toBeNull()
})

test('all of a bill, a part of it, or any amount for a meter may be paid at once', () => {
  const topUp = {
    balanceFen: -300,
    balanceAsOf: '2026-11-23T10:00:00+08:00',
    minFen: 1000,
    maxFen: 50_000,
    presetsFen: [],
  }
  expect(payableRange(bill('1'))).toEqual({ minFen: 1000, maxFen: 1000 })
  expect(payableRange(bill('1', { partial: { minFen: 400 } }))).toEqual({ minFen: 400, maxFen: 1000 })
  expect(payableRange(bill('1', { partial: { minFen: 4000 } }))).toEqual({ minFen: 1000, maxFen: 1000 })
  expect(payableRange(bill('1', { status: 'top-up', amountFen: 0, topUp }))).toEqual({ minFen: 1000, maxFen: 50_000 })
  expect(payableRange(bill('1', { status: 'top-up', amountFen: 0 }))).toBeNull()
  expect(payableRange(bill('1', { status: 'paying', partial: { minFen: 400 } }))).toBeNull()
})

test('a change shows the amount it led to, with its reason', () => {
  const before = (version: number, amountFen: number, reason: string) => ({
    version,
    amountFen,
    changedAt: '2026-11-20T00:00:00+08:00',
    reason,
  })
  const amounts = (all: Bill) => changesOf(all).map(({ reason, fromFen, toFen }) => [reason, fromFen, toFen])
  const changes = [before(2, 28_558, '计入违约金'), before(1, 7_121, '并入往期欠费')]
  expect(amounts(bill('1', { amountFen: 29_844, changes }))).toEqual([
    ['计入违约金', 28_558, 29_844],
    ['并入往期欠费', 7_121, 28_558],
  ])
  // Paid in part, then settled: it shows what it was, so what the part left is not known.
  const settled = bill('1', { status: 'settled', amountFen: 1000, changes: [before(1, 1000, '已缴一部分')] })
  expect(amounts(settled)).toEqual([['已缴一部分', 1000, null]])
})

test('a bill is being paid while a payment of it may move money, and not after it has ended', () => {
  const payment = (state: PaymentState) => bill('1', { payment: { id: asId<PaymentId>('p-1'), state } })
  expect(isBeingPaid(bill('1'))).toBe(false)
  for (const state of ['cashier-open', 'unknown', 'closing', 'paid', 'refunding', 'unlisted'] as const)
    expect([state, isBeingPaid(payment(state)), isPayable(payment(state))]).toEqual([state, true, false])
  for (const state of ['created', 'credited', 'failed', 'closed', 'refunded'] as const)
    expect([state, isBeingPaid(payment(state)), isPayable(payment(state))]).toEqual([state, false, true])
})

test('settled bills stand by their day of issue, whatever day they were due', () => {
  const settled = (id: string, issuedOn: string, dueOn: string) => bill(id, { status: 'settled', issuedOn, dueOn })
  const sorted = sortBills([
    settled('old', '2026-09-01', '2026-12-31'),
    settled('new', '2026-11-01', '2026-11-02'),
    settled('between-b', '2026-10-01', '2026-10-02'),
    settled('between-a', '2026-10-01', '2026-12-02'),
  ])
  expect(ids(sorted)).toEqual(['new', 'between-a', 'between-b', 'old'])
})

test('open bills without a day stand after all that have one, in the order of their ids', () => {
  const sorted = sortBills([bill('b', { dueOn: undefined }), bill('a', { dueOn: undefined }), bill('c'), bill('d')])
  expect(ids(sorted)).toEqual(['c', 'd', 'a', 'b'])
  expect(ids(sortBills([...sorted].reverse()))).toEqual(['c', 'd', 'a', 'b'])
})

test('a bill that never changed has no changes', () => {
  expect(changesOf(bill('1'))).toEqual([])
})

test('a meter in debt owes its bill or its balance, whichever is more; no other bill does', () => {
  const meter = (balanceFen: number, amountFen = 0) =>
    bill('1', {
      status: 'top-up',
      amountFen,
      topUp: { balanceFen, balanceAsOf: '2026-11-23T10:00:00+08:00', minFen: 1, maxFen: 2, presetsFen: [] },
    })
  expect([meter(500), meter(-300), meter(-300, 400)].map(meterDebtFen)).toEqual([0, 300, 400])
  expect(meterDebtFen(bill('1'))).toBe(0)
})
