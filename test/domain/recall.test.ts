import type { Payment, PaymentBill } from '@/domain/payment'
import { isRecallLate, recallable } from '@/domain/recall'

const bill = (more: Partial<PaymentBill>) => ({ billId: 'b-1', outcome: 'open', ...more }) as PaymentBill
const paid = (...bills: PaymentBill[]) => ({ paidAt: '2026-11-23T10:00:00+08:00', bills }) as unknown as Payment
const asked = { state: 'asked', reference: 'CH1', askedAt: '2026-11-23T10:00:00+08:00' } as const

test('M17: before crediting a recall stops the money, after it the biller decides; what goes back already is offered no more', () => {
  const chanceOf = (outcome: PaymentBill['outcome']) => recallable(paid(bill({ outcome })))[0]?.chance
  expect(chanceOf('open')).toBe('stops')
  expect(chanceOf('credited')).toBe('decides')
  for (const outcome of ['not-credited', 'refunded', 'unlisted'] as const) expect(chanceOf(outcome)).toBeUndefined()
})

test('M17: nothing is offered of a payment that is not paid, nor of a bill that was asked back already', () => {
  const open = bill({})
  expect(recallable({ bills: [open] } as unknown as Payment)).toEqual([])
  expect(recallable(paid(bill({ recall: asked }), open)).map((one) => one.bill)).toEqual([open])
})

test('M17: a recall is late when its date has passed and nobody has decided', () => {
  const by = { ...asked, decideBy: '2026-11-26T10:00:00+08:00' }
  const before = Date.parse('2026-11-26T09:59:59+08:00')
  expect(isRecallLate(by, before)).toBe(false)
  expect(isRecallLate(by, before + 2000)).toBe(true)
  expect(isRecallLate({ ...by, state: 'declined' }, before + 2000)).toBe(false)
  expect(isRecallLate(asked, before)).toBe(false)
})
