import { strong } from '@/domain/consistency'
import { asId, type BillId, type CityId, type IdempotencyKey, type PaymentId } from '@/domain/ids'
import {
  ageOut,
  dropEntry,
  isSameOrder,
  type JournalEntry,
  mayStillArrive,
  nextStepFor,
  openEntries,
  openEntryFor,
  settleEntry,
  writeEntry,
} from '@/domain/journal'
import { type Payment, type PaymentState, paymentRule } from '@/domain/payment'
import { instantOf, msOf } from '@/domain/time'

const at = '2026-11-23T10:00:00+08:00'
const now = msOf(at)
const hangzhou = asId<CityId>('330100')
const DAY = 86_400_000

const entry = (key: string, change: Partial<JournalEntry> = {}): JournalEntry => ({
  key: asId<IdempotencyKey>(key),
  cityId: hangzhou,
  bills: [{ billId: asId<BillId>('b-1'), version: 3 }],
  amountFen: 12864,
  createdAt: at,
  ...change,
})

const read = (state: PaymentState, change: Partial<Payment> = {}) =>
  strong<Payment>(
    {
      id: asId<PaymentId>('p-1'),
      cityId: hangzhou,
      reference: 'HZ1',
      state,
      version: 2,
      amountFen: 12864,
      refundedFen: 0,
      cashier: 'wechat',
      bills: [],
      createdAt: at,
      ...change,
    },
    'strong',
  )

const keys = (entries: readonly JournalEntry[]) => entries.map(({ key }) => key)

test('open intents come oldest first', () => {
  const entries = [
    entry('new', { createdAt: '2026-11-23T11:00:00+08:00' }),
    entry('ended', { endedAt: at }),
    entry('old', { createdAt: '2026-11-22T11:00:00+08:00' }),
  ]
  expect(keys(openEntries(entries))).toEqual(['old', 'new'])
})

test('an intent whose answer was lost is found by its key', () => {
  expect(nextStepFor(entry('k'))).toBe('find-by-key')
  expect(nextStepFor(entry('k', { paymentId: asId<PaymentId>('p-1') }))).toBe('read-payment')
  expect(nextStepFor(entry('k', { endedAt: at }))).toBe('nothing')
})

test('an intent ends with a final state of its payment and no other', () => {
  for (const state of Object.keys(paymentRule) as PaymentState[]) {
    const settled = settleEntry(entry('k'), read(state), now)
    expect([state, settled.state, settled.paymentId]).toEqual([state, state, 'p-1'])
    expect([state, settled.endedAt !== undefined]).toEqual([state, paymentRule[state].final])
  }
})

test('another payment or another city settles nothing', () => {
  const named = entry('k', { paymentId: asId<PaymentId>('p-1') })
  expect(settleEntry(named, read('credited', { id: asId<PaymentId>('p-2') }), now)).toBe(named)
  expect(settleEntry(named, read('credited', { cityId: asId<CityId>('510100') }), now)).toBe(named)
})

test('an intent is dropped only when no money can have moved', () => {
  expect(dropEntry(entry('k'), now).endedAt).toBe(instantOf(now))
  const opened = entry('k', { cashier: 'none' })
  expect(dropEntry(opened, now)).toBe(opened)
  const named = entry('k', { paymentId: asId<PaymentId>('p-1') })
  expect(dropEntry(named, now)).toBe(named)
})

test('a key may be sent again only for the very same order', () => {
  const bills = [
    { billId: asId<BillId>('b-1'), version: 3 },
    { billId: asId<BillId>('b-2'), version: 1, amountFen: 5000 },
  ]
  const one = entry('k', { bills })
  expect(isSameOrder(one, entry('other', { bills, createdAt: '2020-01-01T00:00:00Z' }))).toBe(true)
  expect(isSameOrder(one, { ...one, acknowledgeRecent: false })).toBe(true)
  const others: Partial<JournalEntry>[] = [
    { cityId: asId<CityId>('510100') },
    { amountFen: 12865 },
    { acknowledgeRecent: true },
    { bills: bills.slice(0, 1) },
    { bills: bills.map((bill) => ({ ...bill, version: 4 })) },
    { bills: bills.map(({ billId, version }) => ({ billId, version })) },
    { bills: bills.map((bill) => ({ ...bill, amountFen: 5001 })) },
  ]
  for (const change of others) expect([change, isSameOrder(one, { ...one, ...change })]).toEqual([change, false])
})

test('an order may still arrive for two minutes', () => {
  expect(mayStillArrive(entry('k'), now + 119_000)).toBe(true)
  expect(mayStillArrive(entry('k'), now + 121_000)).toBe(false)
})

test('writing an intent again takes the place of the first writing', () => {
  const once = writeEntry([entry('a'), entry('b')], entry('a', { cashier: 'none' }))
  expect(keys(once)).toEqual(['b', 'a'])
  expect(once[1]?.cashier).toBe('none')
})

test('a late writer cannot open an ended intent again', () => {
  const written = writeEntry([entry('a', { endedAt: at, state: 'credited' })], entry('a', { cashier: 'accepted' }))
  expect(openEntries(written)).toEqual([])
})

test('a bill with an open intent is known, in its own city only', () => {
  const entries = [entry('k'), entry('done', { endedAt: at, bills: [{ billId: asId<BillId>('b-9'), version: 1 }] })]
  const found = (city: string, ...bills: string[]) =>
    openEntryFor(
      entries,
      asId<CityId>(city),
      bills.map((id) => asId<BillId>(id)),
    )
  expect(found('330100', 'b-0', 'b-1')?.key).toBe('k')
  expect(found('510100', 'b-1')).toBeNull()
  expect(found('330100', 'b-9')).toBeNull()
})

test('ended intents age out and open ones never do', () => {
  const entries = [
    entry('open-for-years', { createdAt: '2020-01-01T00:00:00+08:00' }),
    entry('open-unreadable', { createdAt: 'some day' }),
    entry('month-old', { endedAt: instantOf(now - 30 * DAY) }),
    entry('fresh', { endedAt: instantOf(now - 30 * DAY + 1) }),
    entry('unreadable-end', { endedAt: 'some day' }),
  ]
  expect(keys(ageOut(entries, now)).sort()).toEqual(['fresh', 'open-for-years', 'open-unreadable'])
})

test('of many ended intents the latest fifty are kept', () => {
  const many = Array.from({ length: 60 }, (_, n) => entry(`k${n}`, { endedAt: instantOf(now - n * 1000) }))
  const kept = keys(ageOut([...many, entry('open')], now))
  expect(kept).toHaveLength(51)
  expect(kept).toContain('k49')
  expect(kept).not.toContain('k50')
  expect(kept).toContain('open')
})
