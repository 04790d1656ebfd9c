import { type AccountId, asId, type BillId, type MandateId, type PaymentId } from '@/domain/ids'
import {
  ceilings,
  lastDays,
  leadsTo,
  type Mandate,
  type MandateBill,
  type MandateList,
  nextCollection,
  offersHere,
  standingMandate,
} from '@/domain/mandate'

const mandate = (more: Partial<Mandate> = {}): Mandate => ({
  id: asId<MandateId>('md-1'),
  accountId: asId<AccountId>('a-1'),
  kind: 'auto-pay',
  state: 'active',
  version: 1,
  beganAt: '2026-11-23T10:00:00+08:00',
  bills: [],
  ...more,
})
const bill = (id: string, more: Partial<MandateBill>): MandateBill => ({
  billId: asId<BillId>(id),
  title: '电费',
  amountFen: 100,
  state: 'announced',
  broughtAt: '2026-11-23T10:00:00+08:00',
  ...more,
})
const list = (more: Partial<MandateList> = {}): MandateList => ({
  accountId: asId<AccountId>('a-1'),
  items: [],
  offers: [{ kind: 'view-and-pay' }, { kind: 'auto-pay', cashier: 'alipay', maxFen: 10_000 }],
  noticeDays: 3,
  serverTime: '2026-11-23T10:00:00+08:00',
  ...more,
})

test('auto-pay is offered on the host that collects and can sign, and nowhere else', () => {
  const here = (cashierKind: string, canSign: boolean) => offersHere(list(), { cashierKind, canSign }).autoPayMaxFen
  expect([here('alipay', true), here('wechat', true), here('alipay', false)]).toEqual([10_000, null, null])
  expect(offersHere(list({ offers: [] }), { cashierKind: 'alipay', canSign: true })).toEqual({
    viewAndPay: false,
    autoPayMaxFen: null,
  })
})

test('ceilings are never above what the host allows', () => {
  expect(ceilings(10_000)).toEqual([10_000])
  expect(ceilings(30_000)).toEqual([10_000, 20_000, 30_000])
  expect(ceilings(5_000)).toEqual([5_000])
})

test('last days lie within the two years that a city takes', () => {
  expect(lastDays('2026-11-23')).toEqual(['2027-05-24', '2027-11-23', '2028-11-22'])
})

test('what has ended does not stand, and a state of a newer version does', () => {
  expect(standingMandate(list({ items: [mandate({ state: 'ended' })] }))).toBeNull()
  expect(standingMandate(list({ items: [mandate({ state: 'unlisted' })] }))?.state).toBe('unlisted')
})

test('the next collection is the earliest of those announced', () => {
  const bills = [
    bill('b-2', { collectAt: '2026-11-29T10:00:00+08:00' }),
    bill('b-1', { collectAt: '2026-11-27T10:00:00+08:00' }),
    bill('b-0', { state: 'collected', collectAt: '2026-11-20T10:00:00+08:00' }),
  ]
  expect(nextCollection({ bills })?.billId).toBe('b-1')
  expect(nextCollection({ bills: [] })).toBeNull()
})

test('a bill leads to its payment once there is one', () => {
  expect(leadsTo(bill('b-1', {}))).toEqual({ kind: 'bill', id: 'b-1' })
  const paymentId = asId<PaymentId>('p-1')
  expect(leadsTo(bill('b-1', { paymentId }))).toEqual({ kind: 'payment', id: 'p-1' })
})
