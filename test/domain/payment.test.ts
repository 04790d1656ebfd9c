import fc from 'fast-check'
import { strong } from '@/domain/consistency'
import { asId, type BillId, type CityId, type PaymentId, type ReceiptId } from '@/domain/ids'
import {
  actionsFor,
  advance,
  type CashierOutcome,
  canFollow,
  cashierProblem,
  creditClock,
  declaresSuccess,
  hasRefunds,
  isAsAgreed,
  isCreditLate,
  nextPollDelay,
  type Payment,
  type PaymentScreen,
  type PaymentState,
  paidClock,
  paymentRule,
  paymentSteps,
  screenFor,
  stateAfterCashier,
} from '@/domain/payment'
import { msOf } from '@/domain/time'

const states = Object.keys(paymentRule) as PaymentState[]
const screens: PaymentScreen[] = ['checkout', 'result', 'detail']
const at = '2026-11-23T10:00:00+08:00'

const payment = (change: Partial<Payment> = {}) =>
  strong<Payment>(
    {
      id: asId<PaymentId>('p-1'),
      cityId: asId<CityId>('330100'),
      reference: 'HZ1',
      state: 'created',
      version: 1,
      amountFen: 100,
      refundedFen: 0,
      cashier: 'wechat',
      bills: [],
      createdAt: at,
      ...change,
    },
    'strong',
  )

test('all eleven states and the fallback are in the table and can be reached from the first', () => {
  expect(states.sort()).toEqual(
    ['cashier-open', 'closed', 'closing', 'created', 'credited', 'failed', 'paid', 'partly-refunded', 'refunded']
      .concat(['refunding', 'unknown', 'unlisted'])
      .sort(),
  )
  for (const state of states) expect([state, canFollow('created', state)]).toEqual([state, true])
})

test('nothing that may be moving can be paid another time', () => {
  for (const state of states.filter((one) => paymentRule[one].mayBeMoving)) {
    expect([state, paymentRule[state].actions]).not.toEqual([state, expect.arrayContaining(['pay-again'])])
    expect([state, paymentRule[state].actions]).not.toEqual([state, expect.arrayContaining(['pay'])])
    expect([state, paymentRule[state].final]).toEqual([state, false])
  }
  expect(states.filter((state) => paymentRule[state].mayBeMoving).sort()).toEqual(
    ['cashier-open', 'closing', 'paid', 'refunding', 'unknown', 'unlisted'].sort(),
  )
})

test('another payment is offered only after an end in which the citizen has the money', () => {
  const again = states.filter((state) => paymentRule[state].actions.includes('pay-again'))
  expect(again.sort()).toEqual(['closed', 'failed', 'refunded'])
  for (const state of again) expect([state, paymentRule[state].final]).toEqual([state, true])
})

test('an unknown payment has no way to the cashier', () => {
  expect(paymentRule.unknown.actions).not.toContain('continue-cashier')
  expect(paymentRule.closing.actions).not.toContain('continue-cashier')
  expect(actionsFor(payment({ state: 'unknown' }), msOf(at))).toEqual(['check', 'report'])
})

test('what keeps asking has an end ahead, and what is final does not ask', () => {
  const ends = states.filter((state) => paymentRule[state].final)
  for (const state of states) {
    expect([state, paymentRule[state].mayBeMoving && paymentRule[state].final]).toEqual([state, false])
    expect([state, ends.some((end) => canFollow(state, end))]).toEqual([state, true])
  }
})

test('a requested screen is kept where the table allows it and replaced where not', () => {
  for (const state of states) {
    // Another payment may be created exactly after the end of this one.
    expect([state, screenFor(state, 'checkout') === 'checkout']).toEqual([state, paymentRule[state].final])
    for (const requested of screens) {
      const shown = screenFor(state, requested)
      const allowed = paymentRule[state].screens.includes(requested)
      expect([state, requested, shown]).toEqual([state, requested, allowed ? requested : paymentRule[state].screens[0]])
      expect([state, screenFor(state, shown)]).toEqual([state, shown])
    }
  }
  expect(screenFor('created', 'result')).toBe('detail')
  expect(screenFor('paid', 'checkout')).toBe('result')
  expect(screenFor('unknown', 'checkout')).toBe('result')
})

test('no way leads back to before the money left', () => {
  const before: PaymentState[] = ['created', 'cashier-open', 'unknown', 'closing']
  const after: PaymentState[] = ['paid', 'credited', 'refunding', 'refunded', 'partly-refunded', 'failed', 'closed']
  for (const from of after) for (const to of before) expect([from, to, canFollow(from, to)]).toEqual([from, to, false])
  expect(canFollow('refunded', 'credited')).toBe(false)
  expect(canFollow('refunding', 'paid')).toBe(false)
  expect(canFollow('credited', 'paid')).toBe(false)
})

test('whatever order the reads of one payment come in, the newest is kept', () => {
  const lives = fc
    .array(fc.nat(), { minLength: 1, maxLength: 12 })
    .map((choices) => {
      const life = [payment()]
      for (const choice of choices) {
        const last = life[life.length - 1] ?? payment()
        const next = paymentSteps[last.state]
        const state = next[choice % Math.max(next.length, 1)]
        if (state) life.push(payment({ state, version: last.version + 1 }))
      }
      return life
    })
    .chain((life) =>
      fc.record({
        life: fc.constant(life),
        samples: fc.array(fc.constantFrom(...life), { minLength: 1, maxLength: 30 }),
      }),
    )
  fc.assert(
    fc.property(lives, ({ samples }) => {
      let kept = advance(null, samples[0] ?? payment())
      for (const read of samples) {
        const next = advance(kept, read)
        expect(next.version).toBeGreaterThanOrEqual(kept.version)
        expect(canFollow(kept.state, next.state)).toBe(true)
        kept = next
      }
      expect(kept.version).toBe(Math.max(...samples.map(({ version }) => version)))
    }),
  )
})

test('a read that cannot be the same payment later changes nothing', () => {
  const kept = payment({ state: 'paid', version: 4 })
  const wrong = [
    payment({ state: 'credited', version: 4 }),
    payment({ state: 'credited', version: 3 }),
    payment({ state: 'created', version: 9 }),
    payment({ state: 'credited', version: 9, id: asId<PaymentId>('p-2') }),
    payment({ state: 'credited', version: 9, cityId: asId<CityId>('510100') }),
  ]
  for (const read of wrong) expect(advance(kept, read)).toBe(kept)
  const right = payment({ state: 'credited', version: 9 })
  expect(advance(kept, right)).toBe(right)
})

test('M13: a cashier without a result leaves it unknown until the vendor itself has taken nothing', () => {
  for (const state of ['created', 'cashier-open'] as const) {
    expect(stateAfterCashier(payment({ state }), 'none')).toBe('unknown')
    expect(stateAfterCashier(payment({ state, unpaidAsOf: at }), 'none')).toBe('cashier-open')
    expect(stateAfterCashier(payment({ state, unpaidAsOf: at }), 'unknown')).toBe('unknown')
  }
})

test('the word of the cashier counts only while the server waits, and never as success or failure', () => {
  const outcomes: CashierOutcome[] = ['accepted', 'cancelled', 'failed', 'unknown', 'none']
  const shown = (state: PaymentState, outcome: CashierOutcome) => stateAfterCashier(payment({ state }), outcome)
  for (const state of ['created', 'cashier-open'] as const) {
    expect(outcomes.map((outcome) => shown(state, outcome))).toEqual([
      'unknown',
      'cashier-open',
      'cashier-open',
      'unknown',
      'unknown',
    ])
  }
  for (const state of states.filter((one) => one !== 'created' && one !== 'cashier-open')) {
    for (const outcome of outcomes) expect([state, outcome, shown(state, outcome)]).toEqual([state, outcome, state])
  }
})

test('success is money that left, and nothing else', () => {
  const success = states.filter((state) => declaresSuccess(payment({ state })))
  expect(success.sort()).toEqual(['credited', 'paid'])
})

test('the second clock is late only past the promise by the time of the server', () => {
  const by = '2026-11-23T10:10:00+08:00'
  const paid = payment({ state: 'paid', paidAt: at, creditBy: by })
  expect(creditClock(paid, msOf(by) - 1)).toEqual({ kind: 'on-time', by })
  expect(creditClock(paid, msOf(by))).toEqual({ kind: 'late', by })
  expect(creditClock(payment({ state: 'paid', paidAt: at }), msOf(by))).toEqual({ kind: 'no-promise' })
  expect(creditClock(payment({ state: 'cashier-open' }), msOf(by))).toEqual({ kind: 'not-paid' })
  expect(creditClock({ ...paid, state: 'credited', creditedAt: at }, msOf(by))).toEqual({ kind: 'credited', at })
})

test('each bill has its own second clock', () => {
  const by = '2026-11-23T10:10:00+08:00'
  const paid = payment({ state: 'paid', paidAt: at, creditBy: '2026-11-23T12:00:00+08:00' })
  expect(creditClock(paid, msOf(by), { creditBy: by })).toEqual({ kind: 'late', by })
  expect(creditClock(paid, msOf(by), { creditedAt: at, creditBy: by })).toEqual({ kind: 'credited', at })
  expect(creditClock(paid, msOf(by)).kind).toBe('on-time')
})

test('a broken promise puts the report first, and before that there is none', () => {
  const by = '2026-11-23T10:10:00+08:00'
  const paid = payment({ state: 'paid', paidAt: at, creditBy: by, receiptId: asId<ReceiptId>('r-1') })
  expect(actionsFor(paid, msOf(by) - 1)).toEqual(['receipt', 'check'])
  expect(actionsFor(paid, msOf(by))).toEqual(['report', 'receipt', 'check'])
})

test('a cashier past its time is not offered', () => {
  const open = payment({ state: 'cashier-open', expiresAt: '2026-11-23T10:15:00+08:00' })
  expect(actionsFor(open, msOf(at))).toEqual(['continue-cashier', 'check', 'cancel'])
  expect(actionsFor(open, msOf('2026-11-23T10:15:00+08:00'))).toEqual(['check', 'cancel'])
  expect(actionsFor(payment({ expiresAt: at }), msOf(at))).toEqual(['cancel'])
})

test('a receipt is offered when there is one', () => {
  const credited = payment({ state: 'credited', creditedAt: at })
  expect(actionsFor(credited, msOf(at))).toEqual(['report'])
  expect(actionsFor({ ...credited, receiptId: asId<ReceiptId>('r-1') }, msOf(at))).toEqual(['receipt', 'report'])
})

test('the actions follow the state shown where it differs from the one of the server', () => {
  const open = payment({ state: 'cashier-open' })
  expect(actionsFor(open, msOf(at), stateAfterCashier(open, 'accepted'))).toEqual(['check', 'report'])
})

test('asking goes every 3 to 5 seconds for a minute, then slower, then stops', () => {
  for (let elapsed = 0; elapsed < 60_000; elapsed += 500) {
    const delay = nextPollDelay(elapsed) ?? 0
    expect(delay >= 3000 && delay <= 5000).toBe(true)
  }
  let before = 0
  for (let elapsed = 0; elapsed < 600_000; elapsed += 1000) {
    const delay = nextPollDelay(elapsed) ?? 0
    expect(delay).toBeGreaterThanOrEqual(before)
    before = delay
  }
  expect(nextPollDelay(60_000)).toBe(10_000)
  expect(nextPollDelay(600_000)).toBeNull()
})

test('one late bill makes the whole payment late, and its report the main thing', () => {
  const bill = {
    billId: asId<BillId>('b-1'),
    version: 1,
    title: '电费',
    kind: 'electricity' as const,
    amountFen: 100,
    outcome: 'open' as const,
  }
  const [soon, late] = ['2026-11-23T10:10:00+08:00', '2026-11-23T12:00:00+08:00']
  const bills = [
    { ...bill, creditBy: soon },
    { ...bill, creditBy: late },
  ]
  const paid = payment({ state: 'paid', paidAt: at, creditBy: late, bills })
  expect(isCreditLate(paid, msOf(at))).toBe(false)
  expect(isCreditLate(paid, msOf(soon) + 1)).toBe(true)
  expect(actionsFor(paid, msOf(soon) + 1)[0]).toBe('report')
  expect(isCreditLate({ ...paid, state: 'credited' }, msOf(late) + 1)).toBe(false)
})

test('N11: a payment whose state this version does not know is being checked, whatever came before or comes after', () => {
  const { screens, actions, mayBeMoving, final, tone } = paymentRule.unlisted
  expect({ screens, actions, mayBeMoving, final, tone }).toEqual({
    screens: ['result'],
    actions: ['check', 'report'],
    mayBeMoving: true,
    final: false,
    tone: 'waiting',
  })
  expect(declaresSuccess(payment({ state: 'unlisted' }))).toBe(false)
  for (const outcome of ['accepted', 'cancelled', 'failed', 'unknown', 'none'] as const) {
    expect(stateAfterCashier(payment({ state: 'unlisted' }), outcome)).toBe('unlisted')
  }
  for (const state of states) expect([canFollow(state, 'unlisted'), canFollow('unlisted', state)]).toEqual([true, true])
})

test('the first clock runs until money left or nothing can be taken any more', () => {
  const kinds = (shown: PaymentState) => paidClock(payment(), shown).kind
  expect((['created', 'cashier-open'] as const).map(kinds)).toEqual(['paying', 'paying'])
  expect((['unknown', 'unlisted', 'closing'] as const).map(kinds)).toEqual(['checking', 'checking', 'checking'])
  expect((['closed', 'failed'] as const).map(kinds)).toEqual(['not-paid', 'failed'])
  for (const state of states) expect(paidClock(payment({ paidAt: at }), state)).toEqual({ kind: 'paid', at })
})

const billOf = (id: string, amountFen: number) => ({
  billId: asId<BillId>(id),
  version: 1,
  title: '电费',
  kind: 'electricity' as const,
  amountFen,
  outcome: 'open' as const,
})
const agreed = {
  cityId: asId<CityId>('330100'),
  id: asId<PaymentId>('p-9'),
  amountFen: 300,
  bills: [billOf('b-1', 100), billOf('b-2', 200)],
}

test('M14: what was agreed to is paid: before and after the payment has its number', () => {
  const { id, ...unnamed } = agreed
  const reversed = payment({ ...agreed, bills: [...agreed.bills].reverse() })
  expect([isAsAgreed(reversed, agreed), isAsAgreed(payment(agreed), unnamed)]).toEqual([true, true])
})

test.each([
  ['of another city', { cityId: asId<CityId>('330200') }],
  ['with another number', { id: asId<PaymentId>('p-8') }],
  ['of another amount', { amountFen: 301 }],
  ['with a bill more', { bills: [...agreed.bills, billOf('b-3', 0)] }],
  ['with a bill less', { bills: agreed.bills.slice(1) }],
  ['of another bill', { bills: [billOf('b-1', 100), billOf('b-3', 200)] }],
  ['whose bills share the amount in another way', { bills: [billOf('b-1', 200), billOf('b-2', 100)] }],
])('M14: a payment %s is not what was agreed to', (_, change) => {
  expect(isAsAgreed(payment({ ...agreed, ...change }), agreed)).toBe(false)
})

test('M14: a cashier opens for a payment that waits for money, and is the kind of this phone and of the payment', () => {
  const every = Object.keys(paymentRule) as PaymentState[]
  const takes = (state: PaymentState) => cashierProblem(payment({ state, cashier: 'wechat' }), 'wechat', 'wechat')
  expect(every.filter((state) => takes(state) === null)).toEqual(['created', 'cashier-open'])
  expect(takes('paid')).toBe('state')
  const alipays = payment({ cashier: 'alipay' })
  expect(cashierProblem(alipays, 'wechat', 'wechat')).toBe('kind')
  expect(cashierProblem(alipays, 'alipay', 'wechat')).toBe('kind')
  expect(cashierProblem(payment({ cashier: 'wechat' }), 'alipay', 'wechat')).toBe('kind')
})

test('M11: a refund shows as soon as money goes back, and however little of it', () => {
  const every = Object.keys(paymentRule) as PaymentState[]
  const shows = every.filter((state) => hasRefunds(payment({ state, refundedFen: 0 })))
  expect(shows.sort()).toEqual(['partly-refunded', 'refunded', 'refunding'])
  expect(hasRefunds(payment({ state: 'credited', refundedFen: 1 }))).toBe(true)
})

test.each([
  ['pay', ['created']],
  ['continue-cashier', ['cashier-open']],
  ['cancel', ['cashier-open', 'created']],
  ['pay-again', ['closed', 'failed', 'refunded']],
  ['receipt', ['credited', 'paid', 'partly-refunded']],
  ['check', ['cashier-open', 'closing', 'paid', 'refunding', 'unknown', 'unlisted']],
  [
    'report',
    ['closing', 'credited', 'failed', 'paid', 'partly-refunded', 'refunded', 'refunding', 'unknown', 'unlisted'],
  ],
] as const)('%s is offered only to a payment that is %j', (action, offered) => {
  const every = Object.keys(paymentRule) as PaymentState[]
  expect(every.filter((state) => paymentRule[state].actions.includes(action)).sort()).toEqual(offered)
})

test('only a credited payment looks like a success, and all that may move looks like waiting', () => {
  const every = Object.keys(paymentRule) as PaymentState[]
  const looking = (tone: string) => every.filter((state) => paymentRule[state].tone === tone).sort()
  expect(looking('success')).toEqual(['credited'])
  expect(looking('problem')).toEqual(['failed', 'partly-refunded'])
  expect(looking('neutral')).toEqual(['closed', 'created', 'refunded'])
  expect(looking('waiting')).toEqual(every.filter((state) => paymentRule[state].mayBeMoving).sort())
})

const back = ['partly-refunded', 'refunded', 'refunding'] as const
const taken = ['credited', 'paid'] as const
const over = ['closed', 'failed'] as const
test.each([
  ['created', ['cashier-open', ...over, 'closing', ...taken, ...back, 'unknown']],
  ['cashier-open', [...over, 'closing', ...taken, ...back, 'unknown']],
  ['unknown', ['cashier-open', ...over, 'closing', ...taken, ...back]],
  ['closing', [...over, ...taken, ...back]],
  ['closed', [...taken, ...back]],
  ['failed', [...taken, ...back]],
  ['paid', ['credited', ...back]],
  ['credited', [...back]],
  ['refunding', ['partly-refunded', 'refunded']],
  ['partly-refunded', ['refunded', 'refunding']],
  ['refunded', []],
] as const)('M10: a payment that is %s can only become %j', (from, becomes) => {
  const others = (Object.keys(paymentRule) as PaymentState[]).filter((to) => to !== from && to !== 'unlisted')
  expect(others.filter((to) => canFollow(from, to)).sort()).toEqual([...becomes].sort())
})

test('the first clock never claims that money left without the moment when it did', () => {
  for (const state of ['paid', 'credited', 'refunding', 'refunded', 'partly-refunded'] as const)
    expect(paidClock(payment(), state)).toEqual({ kind: 'not-paid' })
})

test.each([
  [0, 3],
  [14_999, 3],
  [15_000, 5],
  [59_999, 5],
  [60_000, 10],
  [179_999, 10],
  [180_000, 30],
  [599_999, 30],
])('after %i ms of asking the next question comes in %i s', (elapsed, seconds) => {
  expect(nextPollDelay(elapsed)).toBe(seconds * 1000)
})
