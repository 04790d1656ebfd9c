import type { Bill } from '@/domain/bill'
import { isBeingPaid, isPayable } from '@/domain/bill'
import { asId, type BillId, type CityId, type IdempotencyKey, type PaymentId } from '@/domain/ids'
import type { Intent } from '@/domain/journal'
import { type PaymentState, paymentRule, type RefundStanding } from '@/domain/payment'
import { billProgress, headlineFen, progressOf, quietToneOf, standingOf, withoutPaid } from '@/domain/standing'
import { wordsIn } from '../support/words'

const states = Object.keys(paymentRule) as PaymentState[]
const refunds: (RefundStanding | undefined)[] = [undefined, 'pending', 'failed']
const id = asId<BillId>('b-1')
const city = asId<CityId>('330100')
const bill = (own: Partial<Bill> = {}) =>
  ({ id, cityId: city, status: 'overdue', amountFen: 100, version: 3, ...own }) as Bill
const intent = (own: Partial<Intent> = {}): Intent => ({
  key: asId<IdempotencyKey>('k'),
  cityId: city,
  bills: [{ billId: id, version: 3 }],
  amountFen: 100,
  createdAt: '2026-11-23T10:00:00+08:00',
  ...own,
})
const payment = (state: PaymentState, refund?: RefundStanding) => ({
  id: asId<PaymentId>('p-1'),
  state,
  ...(refund && { refund }),
})

test('M11: home, records, bills and the payment say the same of every state and refund', () => {
  for (const state of states) {
    for (const refund of refunds) {
      const standing = standingOf({ state, refund })
      const progress = progressOf[standing]
      // The list of a bill says from the city what it says from this phone's notes.
      const fromCity = billProgress(bill({ payment: payment(state, refund) }), [])
      expect([state, refund, fromCity]).toEqual([state, refund, progress === 'unfinished' ? null : progress])
      if (progress) expect(billProgress(bill(), [intent({ state, refund })])).toBe(progress)
      // What moves is never payable and never counted as due.
      const moving = bill({ status: progress === 'unfinished' ? 'paying' : 'overdue', payment: payment(state, refund) })
      if (paymentRule[state].mayBeMoving) expect([isBeingPaid(moving), isPayable(moving)]).toEqual([true, false])
      if (progress) expect(withoutPaid([moving], [])).toEqual([])
      const isFailed = refund === 'failed' && (state === 'refunding' || state === 'partly-refunded')
      expect(standing === 'refund-failed').toBe(isFailed)
      const { tone } = paymentRule[state]
      expect(quietToneOf(standing)).toBe(isFailed ? 'problem' : tone === 'success' ? 'neutral' : tone)
    }
  }
})

test('M11: in both languages every place has its own word for a refund that failed, and none says that nothing is to be done', () => {
  for (const language of ['zh-CN', 'en'] as const) {
    const { bills, paying, payments } = wordsIn(language)
    const all = [
      bills.refundFailed('¥1.00'),
      bills.refundFailedText,
      bills.progress.refundFailed,
      payments.state['refund-failed'],
      paying.refundFailed.title,
    ]
    for (const words of all) expect(words).not.toMatch(/不需要您操作|do not need to do/)
    expect(payments.state['refund-failed']).not.toBe(payments.state.refunding)
    for (const state of states) expect(payments.state[state].length).toBeGreaterThan(1)
  }
})

test('a bill that this phone has paid is not due, however old the list; a part, another version or another city says nothing', () => {
  const credited = intent({ state: 'credited', endedAt: '2026-11-23T10:01:00+08:00' })
  expect(billProgress(bill(), [credited])).toBe('paid')
  expect(withoutPaid([bill()], [credited])).toEqual([])
  const partly = intent({ ...credited, bills: [{ billId: id, version: 3, amountFen: 50 }] })
  for (const other of [partly, intent({ ...credited, cityId: asId<CityId>('510100') })])
    expect(billProgress(bill(), [other])).toBeNull()
  expect(billProgress(bill({ version: 4 }), [credited])).toBeNull()
  expect(billProgress(bill(), [intent({ state: 'closed', endedAt: '2026-11-23T10:01:00+08:00' })])).toBeNull()
  expect(billProgress(bill(), [intent()])).toBe('checking')
})

test('partly refunded: the headline is what stays paid, beside what went back', () => {
  const sums = { amountFen: 300, refundedFen: 100 }
  expect(headlineFen({ state: 'partly-refunded', ...sums })).toEqual({ amountFen: 200, backFen: 100 })
  for (const state of states.filter((one) => one !== 'partly-refunded'))
    expect(headlineFen({ state, ...sums })).toEqual({ amountFen: 300, backFen: 0 })
  expect(headlineFen({ state: 'partly-refunded', amountFen: 300 })).toEqual({ amountFen: 300, backFen: 0 })
  expect(headlineFen({ state: 'partly-refunded', amountFen: 300, refundedFen: 301 }).amountFen).toBe(300)
})

test('a list never shows the colour of success', () => {
  for (const state of states) expect([state, quietToneOf(state)]).not.toEqual([state, 'success'])
  expect([quietToneOf('failed'), quietToneOf('unlisted'), quietToneOf('refund-failed')]).toEqual([
    'problem',
    'waiting',
    'problem',
  ])
})

test.each([
  ['created', 'unfinished'],
  ['cashier-open', 'unfinished'],
  ['unknown', 'checking'],
  ['closing', 'checking'],
  ['unlisted', 'checking'],
  ['paid', 'paid'],
  ['refunding', 'refunding'],
] as const)('a bill whose payment is %s shows as %s', (state, progress) => {
  expect(billProgress(bill(), [intent({ state })])).toBe(progress)
})

test('a bill whose refund failed shows that', () => {
  expect(billProgress(bill(), [intent({ state: 'refunding', refund: 'failed' })])).toBe('refundFailed')
})

test('a bill paid together with others has the progress of that payment, one that was not in it has none', () => {
  const other = asId<typeof id>('another-bill')
  const together = intent({
    bills: [
      { billId: other, version: 3 },
      { billId: id, version: 3 },
    ],
  })
  const credited = { ...together, state: 'credited' as const, endedAt: '2026-11-23T10:01:00+08:00' }
  expect(billProgress(bill(), [together])).toBe('checking')
  expect(billProgress(bill(), [credited])).toBe('paid')
  expect(billProgress(bill({ status: 'overdue' }), [credited])).toBe('paid')
  expect(billProgress(bill({ status: 'settled' }), [credited])).toBeNull()
  expect(billProgress(bill(), [{ ...together, bills: [{ billId: other, version: 3 }] }])).toBeNull()
  const older = [
    { billId: id, version: 2 },
    { billId: other, version: 3 },
  ]
  expect(billProgress(bill(), [{ ...credited, bills: older }])).toBeNull()
})

test('a bill that somebody is paying is not among those to be paid', () => {
  const due = bill()
  expect(withoutPaid([due, bill({ status: 'paying' })], [])).toEqual([due])
})

test('partly refunded, but with nothing left that was paid: the headline is the whole amount', () => {
  const whole = { state: 'partly-refunded' as const, amountFen: 300, refundedFen: 300 }
  expect(headlineFen(whole)).toEqual({ amountFen: 300, backFen: 0 })
})
