import type { Account } from '@/domain/account'
import type { Bill } from '@/domain/bill'
import {
  type CheckoutBills,
  type CheckoutEvent,
  type CheckoutState,
  checkoutLineOf,
  draftOf,
  intentToResume,
  isPaymentOf,
  reduceCheckout,
  requestOf,
  selectionToRepeat,
  viewCheckout,
  warningOf,
} from '@/domain/checkout'
import { strong } from '@/domain/consistency'
import { type AccountId, asId, type BillerId, type BillId, type CityId, type PaymentId } from '@/domain/ids'
import type { Intent } from '@/domain/journal'
import type { Manifest } from '@/domain/manifest'
import type { Payment, PaymentState } from '@/domain/payment'
import { msOf } from '@/domain/time'

const city = asId<CityId>('330100')
const at = '2026-11-23T10:00:00+08:00'
const nowMs = msOf(at)
const p1 = asId<PaymentId>('p-1')

const manifest = {
  cityId: city,
  mode: 'open',
  features: ['payments'],
  billers: [{ id: 'hz-water', name: '水务', paying: { feeFen: 20, maxFen: 5_000 } }],
} as unknown as Manifest
const account = (own: Partial<Account> = {}) =>
  ({ id: asId<AccountId>('a-1'), relation: 'mine', paidBefore: true, ...own }) as Account
const bill = (id: string, own: Partial<Bill> = {}) =>
  strong<Bill>(
    {
      id: asId<BillId>(id),
      cityId: city,
      billerId: asId<BillerId>('hz-water'),
      accountId: asId<AccountId>('a-1'),
      kind: 'water',
      title: '水费',
      status: 'due',
      amountFen: 1000,
      version: 3,
      lines: [],
      issuedOn: '2026-11-01',
      asOf: at,
      ...own,
    },
    'strong',
  )
const lineOf = (own: Partial<Bill> = {}, amountFen?: number, holder?: Partial<Account>) =>
  checkoutLineOf(bill(own.id ?? 'b-1', own), account(holder), manifest, { bill: asId<BillId>('b-1'), amountFen })
const billsOf = (...lines: CheckoutBills['lines']): CheckoutBills => ({ lines, manifest })
const intent = (own: Partial<Intent> = {}) =>
  ({
    key: 'k',
    cityId: city,
    bills: [{ billId: 'b-1', version: 3 }],
    amountFen: 1020,
    createdAt: at,
    ...own,
  }) as Intent

test.each([
  ['all that is left', {}, undefined, [1000, false, false, null]],
  ['a part, where the biller takes parts', { partial: { minFen: 300 } }, 400, [400, true, false, null]],
  ['the whole in place of a part', {}, 400, [1000, false, true, null]],
  ['less than the least part', { partial: { minFen: 300 } }, 200, [0, false, false, 'no-amount']],
  ['a bill that somebody pays', { status: 'paying' }, undefined, [0, false, false, 'paying-other']],
  ['a settled bill', { status: 'settled' }, undefined, [0, false, false, 'settled']],
  ['a meter without a rule', { status: 'top-up' }, 400, [0, false, false, 'not-payable']],
  ['a bill that cannot be paid', { status: 'not-payable' }, undefined, [0, false, false, 'not-payable']],
] as const)('what of a bill would be paid: %s', (_, own, amountFen, expected) => {
  const line = lineOf(own as Partial<Bill>, amountFen)
  expect([line.amountFen, line.isChosen, line.isWholeInstead, line.leftOut]).toEqual(expected)
})

test('a draft holds the payable bills and their fees, and its request states versions and chosen amounts', () => {
  const part = lineOf({ id: asId<BillId>('b-2'), partial: { minFen: 300 } }, 400)
  const draft = draftOf(city, billsOf(lineOf(), part, lineOf({ status: 'settled' })))
  expect([draft.lines.length, draft.totalFen]).toEqual([2, 1420])
  expect(requestOf(draft)).toEqual({
    cityId: city,
    bills: [
      { billId: 'b-1', version: 3 },
      { billId: 'b-2', version: 3, amountFen: 400 },
    ],
    amountFen: 1420,
  })
  expect(requestOf({ ...draft, acknowledgeRecent: true })).toMatchObject({ acknowledgeRecent: true })
})

test('M1: the same request goes on with the key of the intent without a response, and with no other', () => {
  const draft = draftOf(city, billsOf(lineOf()))
  expect(intentToResume([intent()], draft)?.key).toBe('k')
  for (const own of [
    { endedAt: at },
    { paymentId: p1 },
    { cashier: 'none' },
    { amountFen: 1021 },
    { acknowledgeRecent: true },
    { bills: [{ billId: 'b-1', version: 4 }] },
  ] as Partial<Intent>[])
    expect([own, intentToResume([intent(own)], draft)]).toEqual([own, null])
})

test('a live payment for other bills or another amount is not what the draft shows', () => {
  const draft = draftOf(city, billsOf(lineOf()))
  const payment = { id: p1, cityId: city, amountFen: 1020, bills: [{ billId: 'b-1', amountFen: 1000 }] }
  const isIt = (own: object) => isPaymentOf({ ...payment, ...own } as unknown as Payment, draft)
  expect(isIt({})).toBe(true)
  expect(isIt({ amountFen: 1000 })).toBe(false)
  expect(isIt({ cityId: '510100' })).toBe(false)
  expect(isIt({ bills: [{ billId: 'b-1', amountFen: 900 }] })).toBe(false)
  expect(isIt({ bills: [...payment.bills, { billId: 'b-2', amountFen: 1 }] })).toBe(false)
})

test('M8: a first payment counts for more than somebody else’s account', () => {
  const [own, other, first] = [
    lineOf(),
    lineOf({}, undefined, { relation: 'someone-else' }),
    lineOf({}, undefined, { paidBefore: false }),
  ]
  expect(warningOf([own])).toBeNull()
  expect(warningOf([own, other])).toEqual({ kind: 'someone-else', lines: [other] })
  expect(warningOf([own, other, first])).toEqual({ kind: 'first', lines: [first] })
})

type State = CheckoutState<string>
const open: State = { status: 'open', question: null, problem: null }
const draft = draftOf(city, billsOf(lineOf()))
const pay = { kind: 'pay', draft, isOtherCity: false } as const
const run = (events: CheckoutEvent<string>[], from: State = open) => events.reduce(reduceCheckout<string>, from)
const notCreated = { kind: 'not-created', question: null, problem: 'refused', isOutdated: false } as const

test('M1: a second tap, and any tap while earlier intents are settled, begins nothing', () => {
  const creating = run([pay])
  expect(creating.status).toBe('creating')
  expect(run([pay], creating)).toBe(creating)
  const settling = run([{ kind: 'settling' }])
  expect(run([pay], settling)).toBe(settling)
  expect(run([{ kind: 'settled' }, pay], settling).status).toBe('creating')
  expect(run([{ kind: 'settling' }], creating)).toBe(creating)
})

test('N6: bills of another city raise a question first, and are paid after a yes', () => {
  const questioned = run([{ ...pay, isOtherCity: true }])
  if (!('question' in questioned) || questioned.question?.kind !== 'other-city') throw new Error(questioned.status)
  expect(questioned.status).toBe('open')
  expect(run([{ ...pay, draft: questioned.question.draft, isOtherCity: true }], questioned).status).toBe('creating')
  expect(run([{ kind: 'declined' }], questioned)).toEqual(open)
})

test('a payment ends the checkout, through the cashier or past it, and nothing undoes that', () => {
  const created: State = { status: 'created', payment: p1 }
  const cashier = run([pay, { kind: 'cashier-opened', payment: p1 }])
  expect(cashier).toEqual({ status: 'cashier', payment: p1 })
  expect(run([{ kind: 'created', payment: p1 }], cashier)).toEqual(created)
  expect(run([{ kind: 'cashier-silent' }], cashier)).toEqual(created)
  expect(run([pay, { kind: 'created', payment: p1 }])).toEqual(created)
  for (const event of [pay, notCreated, { kind: 'declined' }, { kind: 'settling' }] as const) {
    expect(run([event], created)).toBe(created)
    expect(run([event], cashier)).toBe(cashier)
  }
})

test('what was not created leaves the citizen at the checkout, with the problem until the next try', () => {
  const failed = run([pay, notCreated])
  expect(failed).toEqual({ ...open, problem: 'refused' })
  expect(run([pay], failed)).toEqual({ ...open, status: 'creating' })
  for (const event of [notCreated, { kind: 'created', payment: p1 }, { kind: 'cashier-silent' }] as const)
    expect(run([event])).toBe(open)
})

const view = (
  own: Partial<{ state: State; open: readonly Intent[]; bills: CheckoutBills | null; city: CityId }> = {},
) => {
  const { state = open, open: intents = [], bills = billsOf(lineOf()) } = own
  return viewCheckout(state, { city, open: intents, bills, nowMs })
}

test('M4: a payment that the journal or the city knows of is shown, before and after the bills are read', () => {
  const elsewhere = { status: 'elsewhere', payment: p1 }
  expect(view({ open: [intent({ paymentId: p1 })], bills: null })).toEqual(elsewhere)
  expect(view({ open: [intent({ paymentId: p1 })] })).toEqual(elsewhere)
  expect(view({ bills: billsOf(lineOf({ status: 'paying', paymentId: p1 })) })).toEqual(elsewhere)
  const moving = (state: PaymentState) => view({ bills: billsOf(lineOf({ payment: { id: p1, state } })) })
  for (const state of ['created', 'cashier-open', 'unknown', 'unlisted', 'closing', 'paid', 'refunding'] as const)
    expect([state, moving(state)]).toEqual([state, elsewhere])
  for (const state of ['credited', 'failed', 'closed', 'refunded', 'partly-refunded'] as const)
    expect([state, moving(state).status]).toEqual([state, 'ready'])
  expect(view({ state: { status: 'created', payment: p1 }, bills: null })).toEqual(elsewhere)
})

test('nothing leads elsewhere while this page settles, creates or has the cashier open', () => {
  const noted = [intent({ paymentId: p1 })]
  expect(view({ state: { ...open, status: 'settling' }, open: noted }).status).toBe('settling')
  expect(view({ state: { status: 'cashier', payment: p1 }, open: noted }).status).toBe('cashier')
  expect(view({ state: { ...open, status: 'creating' }, open: noted }).status).toBe('ready')
})

test('M4: another request waits for an intent without a response; the same one goes on', () => {
  expect(view({ open: [intent()] }).status).toBe('ready')
  expect(view({ open: [intent({ acknowledgeRecent: true })] }).status).toBe('ready')
  expect(view({ open: [intent({ amountFen: 1 })] }).status).toBe('still-open')
  expect(view({ open: [intent({ amountFen: 1 })], bills: null }).status).toBe('unread')
})

test('what is ready has its price, its bar and what was left out; with nothing to pay it is closed', () => {
  const left = lineOf({ status: 'settled' })
  expect(view({ bills: billsOf(left) })).toEqual({ status: 'closed', lines: [left] })
  const ready = view({ bills: billsOf(lineOf({ amountFen: 6000 }), left) })
  expect(ready).toMatchObject({
    status: 'ready',
    leftOut: [left],
    price: { totalFen: 6020, feeFen: 20 },
    warning: null,
    bar: { kind: 'above-limit', maxFen: 5_000 },
  })
})

test('what no biller has is selected again, and nothing else', () => {
  const bills = [
    { billId: 'b-1', amountFen: 400, outcome: 'not-credited' },
    { billId: 'b-2', amountFen: 0, outcome: 'refunded' },
    { billId: 'b-3', amountFen: 900, outcome: 'credited' },
  ]
  expect(selectionToRepeat({ bills } as unknown as Payment)).toEqual([{ bill: 'b-1', amountFen: 400 }, { bill: 'b-2' }])
})
