import type { Bill } from '@/domain/bill'
import { barOf, barredBy, mostBills } from '@/domain/choice'
import { asId, type BillId, type CityId } from '@/domain/ids'
import type { Intent } from '@/domain/journal'
import type { Biller, Manifest } from '@/domain/manifest'
import type { Price } from '@/domain/price'
import { msOf } from '@/domain/time'

const city = asId<CityId>('330100')
const nowMs = msOf('2026-11-23T10:00:00+08:00')
const asleep = { from: '09:00', to: '11:00' }
const biller = (own: object = {}) => ({ id: 'hz-water', name: '水务', ...own }) as unknown as Biller
const manifestOf = (own: object = {}, ...billers: Biller[]) =>
  ({ cityId: city, mode: 'open', features: ['payments'], billers, ...own }) as unknown as Manifest
const priceOf = (...shares: Partial<Price['shares'][number]>[]) => ({ shares }) as unknown as Price

test('what stands against paying all that is chosen, the hardest first', () => {
  const over = { biller: biller({ paying: { maxFen: 500 } }), isOverLimit: true }
  const closed = { biller: biller({ asleep }), isOverLimit: true }
  const bar = (count: number, price: Price, manifest: Manifest | null = manifestOf()) =>
    barOf(count, price, manifest, nowMs)
  expect(bar(0, priceOf(), manifestOf({ mode: 'read-only' }))).toEqual({ kind: 'read-only' })
  expect(bar(1, priceOf(), manifestOf({ features: [] }))).toEqual({ kind: 'read-only' })
  expect(bar(0, priceOf())).toEqual({ kind: 'none-chosen' })
  expect(bar(mostBills + 1, priceOf(over))).toEqual({ kind: 'too-many' })
  expect(bar(1, priceOf(over, closed))).toEqual({ kind: 'asleep', biller: closed.biller })
  expect(bar(1, priceOf(over))).toEqual({ kind: 'above-limit', biller: over.biller, maxFen: 500 })
  expect(bar(mostBills, priceOf({ biller: biller(), isOverLimit: false }), null)).toBeNull()
})

test('why a bill cannot be chosen beside others, the payment under way first', () => {
  const bill = (own: Partial<Bill> = {}) =>
    ({ id: 'b-1', cityId: city, billerId: 'hz-water', status: 'due', amountFen: 1000, version: 1, ...own }) as Bill
  const barred = (own: Partial<Bill> = {}, known: Biller = biller(), intents: readonly Intent[] = []) =>
    barredBy(bill(own), { intents, manifest: manifestOf({}, known), nowMs })
  const open = {
    cityId: city,
    bills: [{ billId: asId<BillId>('b-1'), version: 1 }],
    createdAt: '',
  } as unknown as Intent
  const unconfirmed = { decision: { confirmed: false } as Bill['decision'] }
  expect(barred()).toBeNull()
  expect(barred(unconfirmed, biller({ asleep }), [open])).toBe('checking')
  expect(barred(unconfirmed, biller({ asleep }))).toBe('asleep')
  expect(barred(unconfirmed)).toBe('confirm-first')
  expect(barred({ status: 'top-up' })).toBe('top-up')
  expect(barred({ status: 'not-payable' })).toBe('status')
  expect(barred({}, biller({ paying: { maxFen: 999 } }))).toBe('above-limit')
  expect(barred({}, biller({ paying: { maxFen: 1000 } }))).toBeNull()
})
