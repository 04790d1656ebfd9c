import type { Bill } from '@/domain/bill'
import { amountProblem, billStep } from '@/domain/bill-step'
import { asId, type BillId, type CityId, type PaymentId } from '@/domain/ids'
import type { Intent } from '@/domain/journal'
import type { Manifest } from '@/domain/manifest'
import { msOf } from '@/domain/time'

const city = asId<CityId>('330100')
const p1 = asId<PaymentId>('p-1')
const nowMs = msOf('2026-11-23T10:00:00+08:00')
const manifestOf = (own: object = {}, biller: object = {}) =>
  ({
    cityId: city,
    mode: 'open',
    features: ['payments'],
    billers: [{ id: 'hz-water', ...biller }],
    ...own,
  }) as unknown as Manifest
const bill = (own: Partial<Bill> = {}) =>
  ({ id: 'b-1', cityId: city, billerId: 'hz-water', status: 'due', amountFen: 1000, version: 3, ...own }) as Bill
const step = (
  own: Partial<Bill> = {},
  { intents = [], manifest = manifestOf(), isCached = false }: Partial<Parameters<typeof billStep>[1]> = {},
) => billStep(bill(own), { intents, manifest, isCached, nowMs })
const open = (own: Partial<Intent> = {}) =>
  ({ cityId: city, bills: [{ billId: asId<BillId>('b-1'), version: 3 }], createdAt: '', ...own }) as Intent
const nothing = (because: string) => ({ kind: 'nothing', because })

test('M4: an open intent comes first: its payment is shown, or waited for', () => {
  const own = { status: 'settled', paymentId: asId<PaymentId>('p-2') } as const
  expect(step(own, { intents: [open({ paymentId: p1 })] })).toEqual({
    kind: 'see-payment',
    payment: p1,
    because: 'open',
  })
  expect(step(own, { intents: [open()] })).toEqual({ kind: 'wait' })
  expect(step(own, { intents: [open({ endedAt: '2026-11-23T10:00:00+08:00' })] })).toMatchObject({ because: 'settled' })
})

test('M1: a payment of this citizen is shown, whatever else is true; somebody else’s is waited for', () => {
  for (const state of ['cashier-open', 'unknown', 'unlisted', 'closing', 'paid', 'refunding'] as const)
    expect(step({ payment: { id: p1, state } })).toEqual({ kind: 'see-payment', payment: p1, because: 'open' })
  expect(step({ payment: { id: p1, state: 'partly-refunded' } }).kind).toBe('pay')
  for (const status of ['paying', 'settled'] as const) {
    expect(step({ status, paymentId: p1 })).toEqual({ kind: 'see-payment', payment: p1, because: status })
    expect(step({ status })).toEqual(nothing(`${status}-other`))
  }
})

test('a copy, a city that takes nothing, a biller that sleeps and a limit each bar it, in this order', () => {
  const asleep = { asleep: { from: '09:00', to: '11:00' } }
  const readOnly = manifestOf({ mode: 'read-only' }, asleep)
  expect(step({}, { isCached: true, manifest: readOnly })).toEqual(nothing('cached-only'))
  expect(step({}, { manifest: readOnly })).toEqual(nothing('read-only'))
  expect(step({}, { manifest: manifestOf({ features: [] }) })).toEqual(nothing('read-only'))
  expect(step({}, { manifest: manifestOf({}, asleep) })).toEqual(nothing('asleep'))
  expect(step({}, { manifest: manifestOf({}, { paying: { maxFen: 999 } }) })).toEqual(nothing('above-limit'))
  for (const status of ['not-payable', 'unlisted'] as const)
    expect(step({ status }, { isCached: true })).toEqual(nothing('not-payable'))
  expect(step({}, { manifest: null }).kind).toBe('pay')
})

test('a decision is confirmed before it is paid', () => {
  const decision = { confirmed: false } as Bill['decision']
  expect(step({ decision })).toEqual({ kind: 'confirm' })
  expect(step({ status: 'not-payable', decision })).toEqual({ kind: 'confirm' })
  expect(step({ decision }, { isCached: true })).toEqual(nothing('cached-only'))
})

test('all of it, a part of it, or an amount for a meter, within what the biller takes at a time', () => {
  const limited = { manifest: manifestOf({}, { paying: { maxFen: 800 } }) }
  expect(step()).toEqual({ kind: 'pay', all: true, part: false, minFen: 1000, maxFen: 1000 })
  expect(step({ partial: { minFen: 300 } })).toMatchObject({ all: true, part: true, minFen: 300, maxFen: 1000 })
  expect(step({ partial: { minFen: 300 } }, limited)).toMatchObject({ all: false, part: true, maxFen: 800 })
  const topUp = { balanceFen: 0, balanceAsOf: '', minFen: 100, maxFen: 5_000, presetsFen: [] }
  expect(step({ status: 'top-up', amountFen: 0, topUp }, limited)).toEqual({
    kind: 'top-up',
    all: false,
    part: true,
    minFen: 100,
    maxFen: 800,
  })
})

test('a typed amount is judged by what one payment may pay', () => {
  const range = { kind: 'pay', all: true, part: true, minFen: 300, maxFen: 800 } as const
  expect([null, 299, 300, 800, 801].map((amountFen) => amountProblem(range, amountFen))).toEqual([
    'not-an-amount',
    'too-low',
    null,
    null,
    'too-high',
  ])
})
