import { strong } from '@/domain/consistency'
import { asId, type BillId, type CityId, type IdempotencyKey, type PaymentId } from '@/domain/ids'
import {
  ageOut,
  dropIntent,
  type Intent,
  intentFor,
  intentsSettledBy,
  isSameRequest,
  mayStillArrive,
  nextStepFor,
  openIntentOf,
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

test('an intent whose response was lost is found by its key', () => {
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

test('a key may be sent again only for the very same request', () => {
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

test('a request may still arrive for two minutes', () => {
  expect(mayStillArrive(intent('k'), now + 119_000)).toBe(true)
  expect(mayStillArrive(intent('k'), now + 121_000)).toBe(false)
})

test('writing an intent again replaces the first one', () => {
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

const bills = (...ids: string[]) => ids.map((id) => ({ billId: asId<BillId>(id), version: 3 }))
const paidBills = (...ids: string[]) =>
  ids.map((id) => ({ billId: asId<BillId>(id), version: 3 })) as unknown as Payment['bills']

test('an intent that names no payment yet is settled by one of its bills, and by no other', () => {
  const waiting = intent('k', { bills: bills('b-1', 'b-2') })
  expect(settleIntent(waiting, read('paid', { bills: paidBills('b-2', 'b-9') }), now).state).toBe('paid')
  expect(settleIntent(waiting, read('paid', { bills: paidBills('b-8', 'b-9') }), now)).toBe(waiting)
  // A payment whose bills are not listed, or an intent without bills: its key was asked for.
  expect(settleIntent(waiting, read('paid', { bills: [] }), now).state).toBe('paid')
  expect(settleIntent(intent('k', { bills: [] }), read('paid', { bills: paidBills('b-9') }), now).state).toBe('paid')
})

test('an intent that names its payment is settled by that one, whatever bills are listed', () => {
  const named = intent('k', { paymentId: asId<PaymentId>('p-1') })
  expect(settleIntent(named, read('paid', { bills: paidBills('b-9') }), now).state).toBe('paid')
  expect(settleIntent(named, read('paid', { id: asId<PaymentId>('p-2') }), now)).toBe(named)
  expect(settleIntent(named, read('paid', { cityId: asId<CityId>('510100') }), now)).toBe(named)
  const ended = intent('k', { paymentId: asId<PaymentId>('p-1'), endedAt: at })
  expect(settleIntent(ended, read('paid'), now)).toBe(ended)
})

test('how a refund stands is kept with the intent, and nothing where there is none', () => {
  expect(settleIntent(intent('k'), read('refunding', { refund: 'pending' }), now)).toMatchObject({ refund: 'pending' })
  expect('refund' in settleIntent(intent('k'), read('paid'), now)).toBe(false)
})

test('a cashier that gave no clear result leaves the payment in doubt', () => {
  expect(settleIntent(intent('k', { cashier: 'unknown' }), read('cashier-open'), now).state).toBe('unknown')
  expect(settleIntent(intent('k'), read('cashier-open'), now).state).toBe('cashier-open')
})

test('only the open intent of this payment in this city is found', () => {
  const p1 = asId<PaymentId>('p-1')
  const open = intent('open', { paymentId: p1 })
  const others = [
    intent('ended', { paymentId: p1, endedAt: at }),
    intent('elsewhere', { paymentId: p1, cityId: asId<CityId>('510100') }),
    intent('another', { paymentId: asId<PaymentId>('p-2') }),
    intent('unnamed'),
  ]
  expect(openIntentOf([...others, open], hangzhou, p1)).toBe(open)
  expect(openIntentOf(others, hangzhou, p1)).toBeNull()
})

test('a read settles the intents that name its payment, and those without a response whose bills are all in it', () => {
  const p1 = asId<PaymentId>('p-1')
  const payment = read('paid', { bills: paidBills('b-1', 'b-2') })
  const intents = [
    intent('names it', { paymentId: p1, bills: bills('b-9') }),
    intent('no response', { bills: bills('b-1', 'b-2') }),
    intent('a part', { bills: bills('b-2') }),
    intent('one bill more', { bills: bills('b-1', 'b-9') }),
    intent('names another', { paymentId: asId<PaymentId>('p-2'), bills: bills('b-1') }),
    intent('elsewhere', { cityId: asId<CityId>('510100'), bills: bills('b-1') }),
    intent('ended', { paymentId: p1, endedAt: at }),
  ]
  expect(keys(intentsSettledBy(intents, payment))).toEqual(['names it', 'no response', 'a part'])
})

test("an intent for another phone's payment holds what that payment is about", () => {
  const payment = read('created', { bills: paidBills('b-1', 'b-2') })
  expect(intentFor(payment, asId<IdempotencyKey>('k'), now)).toEqual({
    key: 'k',
    cityId: hangzhou,
    bills: bills('b-1', 'b-2'),
    amountFen: 12864,
    createdAt: instantOf(now),
    paymentId: 'p-1',
    state: 'created',
  })
})

test('intents of one of several bills are found', () => {
  const two = intent('k', { bills: bills('b-1', 'b-2') })
  expect(openIntentsOfBills([two], hangzhou, [asId<BillId>('b-2')])).toEqual([two])
  expect(openIntentsOfBills([two], hangzhou, [asId<BillId>('b-3')])).toEqual([])
})

test('two minutes on, to the millisecond, a request is no longer on its way', () => {
  expect(mayStillArrive(intent('k'), now + 120_000)).toBe(true)
  expect(mayStillArrive(intent('k'), now + 120_001)).toBe(false)
  expect(mayStillArrive(intent('k'), now - 120_001)).toBe(false)
})

test('thirty days to the millisecond an ended intent is kept, the latest end first', () => {
  const ended = (key: string, ms: number) => intent(key, { endedAt: instantOf(ms) })
  const kept = ageOut([ended('old', now - 30 * DAY), ended('b', now - 2000), ended('a', now - 1000)], now)
  expect(keys(kept)).toEqual(['a', 'b'])
})

test('a request with other bills, in another order or number, is another one', () => {
  const one = intent('k', { bills: bills('b-1', 'b-2') })
  expect(isSameRequest(one, { ...one, bills: bills('b-2', 'b-1') })).toBe(false)
  expect(isSameRequest(one, { ...one, bills: bills('b-1') })).toBe(false)
  expect(isSameRequest(one, { ...one, bills: bills('b-1', 'b-2') })).toBe(true)
})
