import { type Eventual, eventual, type Strong, strong } from '@/domain/consistency'
import { asId, type BillId, type CityId, type PaymentId } from '@/domain/ids'
import {
  actionsFor,
  advance,
  declaresSuccess,
  type Payment,
  type PaymentSummary,
  stateAfterCashier,
} from '@/domain/payment'

// What must not compile stands under an @ts-expect-error: `tsc` fails when one of these lines compiles after all.
const read: Payment = {
  id: asId<PaymentId>('p-1'),
  cityId: asId<CityId>('330100'),
  reference: 'HZ1',
  state: 'paid',
  version: 2,
  amountFen: 100,
  refundedFen: 0,
  cashier: 'till',
  bills: [],
  createdAt: '2026-11-23T10:00:00+08:00',
}
const certain: Strong<Payment> = strong(read, 'strong')
const lagging: Eventual<Payment> = eventual(read)

test('only a strong read declares success', () => {
  expect(declaresSuccess(certain)).toBe(true)
  // @ts-expect-error an eventual read cannot declare success
  declaresSuccess(lagging)
  // @ts-expect-error a read of which nothing is known cannot either
  declaresSuccess(read)
})

test('only a strong read has actions and a state after the cashier', () => {
  expect(actionsFor(certain, 0)).toEqual(['check'])
  // @ts-expect-error an eventual read offers nothing
  actionsFor(lagging, 0)
  // @ts-expect-error the cashier is checked against a strong read
  stateAfterCashier(lagging, 'accepted')
})

test('a lagging read never takes the place of a strong one', () => {
  const kept: Strong<Payment> = advance(certain, certain)
  const first: Strong<Payment> = advance(null, certain)
  expect([kept, first]).toEqual([certain, certain])
  // @ts-expect-error strong and eventual reads do not mix
  advance(certain, lagging)
  // @ts-expect-error what comes of mixing with an unmarked read is not strong
  const mixed: Strong<Payment> = advance(certain, read)
  expect(mixed).toBe(certain)
})

test('a response that does not state that it is strong is not marked so', () => {
  // @ts-expect-error only the response's own word counts
  expect(() => strong(read, 'eventual')).toThrow(TypeError)
})

test('a summary in a list is no payment', () => {
  const summary: Eventual<PaymentSummary> = eventual({ ...read, title: '电费', billCount: 1 })
  // @ts-expect-error a summary cannot declare success
  expect(declaresSuccess(summary)).toBe(true)
})

test('ids of different things do not mix', () => {
  const bill: BillId = asId<BillId>('b-1')
  // @ts-expect-error a bill is not a payment
  const wrong: PaymentId = bill
  // @ts-expect-error text is not an id before somebody looked at it
  const unread: CityId = '330100'
  expect([wrong, unread]).toEqual(['b-1', '330100'])
})
