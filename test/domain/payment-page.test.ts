import { strong } from '@/domain/consistency'
import { asId, type CityId, type PaymentId } from '@/domain/ids'
import type { Intent } from '@/domain/journal'
import type { CashierOutcome, Payment, PaymentState } from '@/domain/payment'
import {
  type PaymentPageEvent,
  type PaymentPageState,
  reducePayment,
  unreadPayment,
  viewPayment,
} from '@/domain/payment-page'
import { msOf } from '@/domain/time'

const at = '2026-11-23T10:00:00+08:00'
type State = PaymentPageState<string>
const payment = (state: PaymentState, version: number, own: Partial<Payment> = {}) =>
  strong<Payment>(
    {
      id: asId<PaymentId>('p-1'),
      cityId: asId<CityId>('330100'),
      reference: 'HZ1',
      state,
      version,
      amountFen: 100,
      refundedFen: 0,
      cashier: 'wechat',
      bills: [],
      createdAt: at,
      ...own,
    },
    'strong',
  )
const read = (state: PaymentState, version: number, requestClock = 0, own: Partial<Payment> = {}) =>
  ({ kind: 'read', payment: payment(state, version, own), checkedMs: version, requestClock }) as const
const run = (...events: PaymentPageEvent<string>[]) => events.reduce<State>(reducePayment<string>, unreadPayment)
const shown = (state: State, cashier?: CashierOutcome) =>
  viewPayment(state, cashier === undefined ? null : ({ cashier } as Intent), msOf(at))?.shown

test('nothing is shown before the first read', () => {
  expect(viewPayment(unreadPayment, null, msOf(at))).toBeNull()
})

test('M10: the newest read stays, whatever order responses come in', () => {
  const state = run(read('paid', 3), read('cashier-open', 2))
  expect([state.read?.payment.version, shown(state)]).toEqual([3, 'paid'])
})

test('M2: what was requested before the cashier closed says nothing about the money', () => {
  const before = run(read('cashier-open', 2), { kind: 'cashier-opened' }, { kind: 'cashier-closed' })
  expect(shown(before, 'cancelled')).toBe('unknown')
  const late = reducePayment(before, read('cashier-open', 2, 0))
  expect(shown(late, 'cancelled')).toBe('unknown')
  const after = reducePayment(late, read('cashier-open', 2, late.clock))
  expect(shown(after, 'cancelled')).toBe('cashier-open')
  expect(shown(reducePayment(after, read('cashier-open', 2, 0)), 'cancelled')).toBe('cashier-open')
})

test('the cashier’s result counts only while the server still waits for the money', () => {
  const open = run(read('cashier-open', 2))
  expect(shown(open)).toBe('cashier-open')
  for (const outcome of ['accepted', 'unknown', 'none'] as const) expect(shown(open, outcome)).toBe('unknown')
  for (const outcome of ['cancelled', 'failed'] as const) expect(shown(open, outcome)).toBe('cashier-open')
  expect(shown(run(read('cashier-open', 2, 0, { unpaidAsOf: at })), 'none')).toBe('cashier-open')
  for (const outcome of ['accepted', 'cancelled', 'none'] as const)
    expect(shown(run(read('closed', 3)), outcome)).toBe('closed')
})

test('a page keeps asking while money may move, but not while its own cashier is open', () => {
  const polls = (state: State) => viewPayment(state, null, msOf(at))?.polls
  const moving = ['cashier-open', 'unknown', 'unlisted', 'closing', 'paid', 'refunding'] as const
  for (const state of moving) expect([state, polls(run(read(state, 2)))]).toEqual([state, true])
  for (const state of ['created', 'credited', 'failed', 'closed', 'refunded', 'partly-refunded'] as const)
    expect([state, polls(run(read(state, 2)))]).toEqual([state, false])
  expect(polls(run(read('cashier-open', 2), { kind: 'cashier-opened' }))).toBe(false)
  expect(polls(run(read('cashier-open', 2), { kind: 'cashier-opened' }, { kind: 'cashier-closed' }))).toBe(true)
})

test('trouble stays until it is dismissed or the citizen acts again', () => {
  const failed = run(read('created', 1), { kind: 'failed', trouble: { kind: 'not-opened', error: 'offline' } })
  expect(failed.trouble).toEqual({ kind: 'not-opened', error: 'offline' })
  expect(reducePayment(failed, { kind: 'dismissed' }).trouble).toBeNull()
  expect(reducePayment(failed, { kind: 'act-began' }).trouble).toBeNull()
})
