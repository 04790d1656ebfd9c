import { strong } from '@/domain/consistency'
import { asId, type CityId, type PaymentId } from '@/domain/ids'
import type { Payment } from '@/domain/payment'
import { likelyReason, reportReasons } from '@/domain/report'
import { msOf } from '@/domain/time'

const at = '2026-11-23T10:00:00+08:00'
const by = '2026-11-23T11:00:00+08:00'
const payment = (change: Partial<Payment>) =>
  strong<Payment>(
    {
      id: asId<PaymentId>('p-1'),
      cityId: asId<CityId>('330100'),
      reference: 'HZ1',
      state: 'paid',
      version: 1,
      amountFen: 100,
      refundedFen: 0,
      cashier: 'wechat',
      bills: [],
      createdAt: at,
      paidAt: at,
      creditBy: by,
      ...change,
    },
    'strong',
  )

test('M5: the likeliest reason is chosen, and only once there is one', () => {
  expect(likelyReason(payment({}), msOf(at))).toBe('other')
  expect(likelyReason(payment({}), msOf(by) + 1)).toBe('not-credited')
  expect(likelyReason(payment({ state: 'refunding' }), msOf(by) + 1)).toBe('refund-late')
  expect(likelyReason(payment({ state: 'partly-refunded' }), msOf(at))).toBe('refund-late')
})

test('every likely reason is one that can be chosen', () => {
  for (const reasons of Object.values(reportReasons)) expect(new Set(reasons).size).toBe(reasons.length)
  expect(reportReasons.payment).toEqual(expect.arrayContaining(['refund-late', 'not-credited', 'other']))
})

test('a payment is reported for its money and an appointment for the visit, the likeliest first and "other" last', () => {
  expect(reportReasons).toEqual({
    payment: ['not-credited', 'charged-twice', 'wrong-amount', 'refund-late', 'other'],
    appointment: ['turned-away', 'long-wait', 'app-error', 'other'],
    'data-use': ['unknown-use', 'other'],
  })
})
