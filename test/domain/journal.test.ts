import { strong } from '@/domain/consistency'
import { asId, type BillId, type CityId, type IdempotencyKey, type PaymentId } from '@/domain/ids'
import {
  ageOut,
  dropIntent,
  type Intent,
  isSameRequest,
  mayStillArrive,
  nextStepFor,
  openIntents,
  openIntentsOfBills,
  settleIntent,
  writeIntent,
} from '@/domain/journal'
import { type Payment, type PaymentState, paymentRule } from '@/domain/payment'
import { instantOf, msOf } from '@/domain/time'

const at = '2026-11-23T10:00:00+08:00'
const now = msOf(at)
const hangzhou = asId<CityId>('330100')
const DAY = 86_400_000

const intent = (key: string, change: Partial<Intent> = {}): Intent => ({
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

const keys = (intents: readonly Intent[]) => intents.map(({ key }) => key)

test('open intents come oldest first', () => {
  const intents = [
    intent('new', { createdAt: '2026-11-23T11:00:00+08:00' }),
    intent('ended', { endedAt: at }),
    intent('old', { createdAt: '2026-11-22T11:00:00+08:00' }),
  ]
  expect(keys(openIntents(intents))).toEqual(['old', 'new'])
})

test('an intent whose answer was lost is found by its key', () => {
  expect(nextStepFor(intent('k'))).toBe('find-by-key')
  expect(nextStepFor(intent('k', { paymentId: asId<PaymentId>('p-1') }))).toBe('read-payment')
  expect(nextStepFor(intent('k', { endedAt: at }))).toBe('nothing')
})

test('an intent ends with a final state of its payment and no other', () => {
  for (const state of Object.keys(paymentRule) as PaymentState[]) {
    const settled = settleIntent(intent('k'), read(state), now)
    expect([state, settled.state, settled.paymentId]).toEqual([state, state, 'p-1'])
    expect([state, settled.endedAt !== undefined]).toEqual([state, paymentRule[state].final])
  }
})

test('another payment or another city settles nothing', () => {
  const named = intent('k', { paymentId: asId<PaymentId>('p-1') })
  expect(settleIntent(named, read('credited', { id: asId<PaymentId>('p-2') }), now)).toBe(named)
  expect(settleIntent(named, read('credited', { cityId: asId<CityId>('510100') }), now)).toBe(named)
})

test('an intent is dropped only when no money can have moved', () => {
  expect(dropIntent(intent('k'), now).endedAt).toBe(instantOf(now))
  const opened = intent('k', { cashier: 'none' })
  expect(dropIntent(opened, now)).toBe(opened)
  const named = intent('k', { paymentId: asId<PaymentId>('p-1') })
  expect(dropIntent(named, now)).toBe(named)
})

test('a key may be sent again only for the very same order', () => {
  const bills = [
    { billId: asId<BillId>('b-1'), version: 3 },
    { billId: asId<BillId>('b-2'), version: 1, amountFen: 5000 },
  ]
  const one = intent('k', { bills })
  expect(isSameRequest(one, intent('other', { bills, createdAt: '2020-01-01T00:00:00Z' }))).toBe(true)
  expect(isSameRequest(one, { ...one, acknowledgeRecent: false })).toBe(true)
  const others: Partial<Intent>[] = [
    { cityId: asId<CityId>('510100') },
    { amountFen: 12865 },
    { acknowledgeRecent: true },
    { bills: bills.slice(0, 1) },
    { bills: bills.map((bill) => ({ ...bill, version: 4 })) },
    { bills: bills.map(({ billId, version }) => ({ billId, version })) },
    { bills: bills.map((bill) => ({ ...bill, amountFen: 5001 })) },
  ]
  for (const change of others) expect([change, isSameRequest(one, { ...one, ...change })]).toEqual([change, false])
})

test('an order may still arrive for two minutes', () => {
  expect(mayStillArrive(intent('k'), now + 119_000)).toBe(true)
  expect(mayStillArrive(intent('k'), now + 121_000)).toBe(false)
})

test('writing an intent again takes the place of the first writing', () => {
  const once = writeIntent([intent('a'), intent('b')], intent('a', { cashier: 'none' }))
  expect(keys(once)).toEqual(['b', 'a'])
  expect(once[1]?.cashier).toBe('none')
})

test('a late writer cannot open an ended intent again', () => {
  const written = writeIntent([intent('a', { endedAt: at, state: 'credited' })], intent('a', { cashier: 'accepted' }))
  expect(openIntents(written)).toEqual([])
})

test('a bill with an open intent is known, in its own city only', () => {
  const intents = [intent('k'), intent('done', { endedAt: at, bills: [{ billId: asId<BillId>('b-9'), version: 1 }] })]
  const found = (city: string, ...bills: string[]) =>
    openIntentsOfBills(
      intents,
      asId<CityId>(city),
      bills.map((id) => asId<BillId>(id)),
    )
  expect(found('330100', 'b-0', 'b-1').map(({ key }) => key)).toEqual(['k'])
  expect(found('510100', 'b-1')).toEqual([])
  expect(found('330100', 'b-9')).toEqual([])
})

test('ended intents age out and open ones never do', () => {
  const intents = [
    intent('open-for-years', { createdAt: '2020-01-01T00:00:00+08:00' }),
    intent('open-unreadable', { createdAt: 'some day' }),
    intent('month-old', { endedAt: instantOf(now - 30 * DAY) }),
    intent('fresh', { endedAt: instantOf(now - 30 * DAY + 1) }),
    intent('unreadable-end', { endedAt: 'some day' }),
  ]
  expect(keys(ageOut(intents, now)).sort()).toEqual(['fresh', 'open-for-years', 'open-unreadable'])
})

test('of many ended intents the latest fifty are kept', () => {
  const many = Array.from({ length: 60 }, (_, n) => intent(`k${n}`, { endedAt: instantOf(now - n * 1000) }))
  const kept = keys(ageOut([...many, intent('open')], now))
  expect(kept).toHaveLength(51)
  expect(kept).toContain('k49')
  expect(kept).not.toContain('k50')
  expect(kept).toContain('open')
})
