import { type AccountId, asId, type BillId, type PaymentId } from '@/domain/ids'
import type { Services } from '@/services/create-services'
import { hallsOf } from '@/services/halls'
import { holdsOf } from '@/services/holds'
import { receiptsOf } from '@/services/receipts'
import { refundsOf } from '@/services/refunds'
import { slotsOf } from '@/services/slots'
import { failureOf, hangzhou, sendJson, startCity } from '../support/city'
import { example } from '../support/contract-examples'
import { createPhone } from '../support/phone'

type Wire = Record<string, unknown>

const key = (services: Services) => services.newIdempotencyKey()
const paymentId = asId<PaymentId>('p-1')
const start = () => example('PaymentStart')
const inPayment = (own: object): Wire => ({ ...start(), payment: { ...(start().payment as Wire), ...own } })
const order = { bills: [{ billId: asId<BillId>('b-1'), version: 3 }], totalFen: 12864 }
const first = (page: string, own: object): Wire => {
  const items = example(page).items as Wire[]
  return example(page, { items: [{ ...items[0], ...own }] })
}
const hall = asId<never>('9007199254740995')
const item = asId<never>('i-1')
const request = { hallId: hall, itemId: item, day: '2026-11-25', part: 'any' } as const
const entry = { id: 'w-1', ...request, state: 'waiting', noticesSent: 0, createdAt: '2026-11-23T10:00:00+08:00' }
const report = { about: { kind: 'payment', id: 'p-1' }, reason: 'other', text: '金额不对' } as const
const report1 = {
  ...report,
  id: 'rp-1',
  reference: 'FK1',
  state: 'received',
  createdAt: '2026-11-23T10:00:00+08:00',
  answerBy: '2026-11-26T10:00:00+08:00',
}
const history = (own: object) => ({
  accountId: 'a-1',
  months: [{ month: '2026-10', amountFen: 1 }],
  consistency: 'eventual',
  asOf: '2026-11-23T10:00:00+08:00',
  serverTime: '2026-11-23T10:00:00+08:00',
  ...own,
})
const match = { outcome: 'no-account', serverTime: '2026-11-23T10:00:00+08:00' }
const removal = { undoUntil: '2026-11-23T10:10:00+08:00', serverTime: '2026-11-23T10:00:00+08:00' }

type Ask = (services: Services) => Promise<unknown>
const lookUp: Ask = ({ bills }) => bills.lookUp(hangzhou, asId('a-1'))
const listOf: Ask = ({ bills }) => bills.list(hangzhou, { account: asId<AccountId>('a-1') })
const refunds: Ask = (services) => services.of(refundsOf).list(hangzhou, paymentId)
const days: Ask = (services) => services.of(slotsOf).days(hangzhou, hall, [item])
const times: Ask = (services) => services.of(slotsOf).list(hangzhou, hall, [item], '2026-11-25')
const hold: Ask = (services) =>
  services.of(holdsOf).create(hangzhou, { slotId: asId('s-1'), itemId: asId('i-1') }, key(services))
const confirm: Ask = (services) => services.appointments.confirm(hangzhou, asId('h-1'), {}, key(services))
const swap: Ask = (services) => services.appointments.swap(hangzhou, asId('ap-1'), asId('h-1'), key(services))
const open: Ask = (services) => services.payments.openCashier(hangzhou, paymentId, key(services))
const create: Ask = (services) => services.payments.create(hangzhou, order, key(services))
const join: Ask = (services) => services.waitlist.join(hangzhou, request, key(services))
const complain: Ask = (services) => services.reports.create(hangzhou, report, key(services))

/** A request, and a response about something else. */
const others: [string, Ask, Wire][] = [
  ['a lookup of another account', lookUp, example('LookupBill', { accountId: 'a-2' })],
  [
    'a lookup with a bill of another account',
    lookUp,
    example('LookupBill', { bills: [{ ...example('Bill'), accountId: 'a-2' }] }),
  ],
  ['bills of another account', listOf, first('BillPage', { accountId: 'a-2' })],
  ['no bills of another account', listOf, example('BillPage', { accountId: 'a-2', items: [] })],
  [
    'bills of another kind',
    ({ bills }) => bills.list(hangzhou, { kind: 'water' }),
    first('BillPage', { kind: 'electricity' }),
  ],
  [
    'the history of another account',
    ({ bills }) => bills.history(hangzhou, asId('a-1')),
    history({ accountId: 'a-2' }),
  ],
  ['another bill', ({ bills }) => bills.get(hangzhou, asId('b-1')), example('Bill', { id: 'b-2' })],
  [
    'the decision of another bill',
    (services) => services.bills.confirmDecision(hangzhou, asId('b-1'), 1, key(services)),
    example('Bill', { id: 'b-2' }),
  ],
  ['another account', ({ accounts }) => accounts.get(hangzhou, asId('a-1')), example('Account', { id: 'a-2' })],
  [
    'a change of another account',
    ({ accounts }) => accounts.change(hangzhou, asId('a-1'), { nickname: '家' }),
    example('Account', { id: 'a-2' }),
  ],
  [
    'the reminder of another account',
    ({ accounts }) => accounts.remind(hangzhou, asId('a-1'), []),
    example('Account', { id: 'a-2' }),
  ],
  [
    'the end of another account',
    ({ accounts }) => accounts.unbind(hangzhou, asId('a-1')),
    { accountId: 'a-2', ...removal },
  ],
  [
    'a match at another biller',
    ({ accounts }) => accounts.match(hangzhou, asId('hz-gas'), '1'),
    { ...match, billerId: 'hz-water' },
  ],
  ['another payment', ({ payments }) => payments.get(hangzhou, paymentId), example('Payment', { id: 'p-2' })],
  [
    'a payment of another key',
    (services) => services.payments.find(hangzhou, key(services)),
    example('Payment', { idempotencyKey: 'another-key-0123456789' }),
  ],
  ['a new payment of another key', create, inPayment({ idempotencyKey: 'another-key-0123456789' })],
  [
    'a new payment of other bills',
    create,
    inPayment({ bills: [{ ...(example('Payment').bills as Wire[])[0], billId: 'b-9' }] }),
  ],
  ['the cashier of another payment', open, inPayment({ id: 'p-2' })],
  [
    'the end of another payment',
    (services) => services.payments.close(hangzhou, paymentId, key(services)),
    example('Payment', { id: 'p-2' }),
  ],
  [
    'what became of another payment',
    (services) =>
      services.payments.reportCashierResult(hangzhou, paymentId, { outcome: 'unknown', detail: '' }, key(services)),
    example('Payment', { id: 'p-2' }),
  ],
  ['refunds of another payment', refunds, first('RefundPage', { paymentId: 'p-2' })],
  ['no refunds of another payment', refunds, example('RefundPage', { paymentId: 'p-2', items: [] })],
  [
    'another receipt',
    (services) => services.of(receiptsOf).get(hangzhou, asId('rc-1')),
    example('Receipt', { id: 'rc-2' }),
  ],
  ['another hall', (services) => services.of(hallsOf).get(hangzhou, hall), example('Hall', { id: '1' })],
  [
    'halls for another item',
    (services) => services.of(hallsOf).list(hangzhou, item),
    example('HallPage', { itemId: 'i-2' }),
  ],
  ['another item', ({ items }) => items.get(hangzhou, item), example('Item', { id: 'i-2' })],
  ['items of another hall', ({ items }) => items.list(hangzhou, hall), example('ItemPage', { hallId: '1' })],
  ['days of another hall', days, example('SlotDays', { hallId: '1' })],
  ['days for another item', days, example('SlotDays', { itemId: 'i-2' })],
  ['days for more items', days, example('SlotDays', { moreItemIds: ['i-2'] })],
  ['times of another day', times, example('SlotList', { day: '2026-11-26' })],
  ['times of another hall', times, example('SlotList', { hallId: '1' })],
  ['a time on another day', times, wrongSlot({ day: '2026-11-26' })],
  ['a time in another hall', times, wrongSlot({ hallId: '1' })],
  ['a hold of another time', hold, example('Hold', { slot: { ...(example('Hold').slot as Wire), id: 's-9' } })],
  ['a hold for another item', hold, example('Hold', { itemId: 'i-9' })],
  ['another hold', (services) => services.of(holdsOf).get(hangzhou, asId('h-1')), example('Hold', { id: 'h-2' })],
  ['a visit of another hold', confirm, example('Appointment', { holdId: 'h-2' })],
  [
    'another visit',
    ({ appointments }) => appointments.get(hangzhou, asId('ap-1')),
    example('Appointment', { id: 'ap-2' }),
  ],
  ['a visit moved to another hold', swap, example('Appointment', { id: 'ap-1', holdId: 'h-2' })],
  [
    'the end of another visit',
    (services) => services.appointments.cancel(hangzhou, asId('ap-1'), key(services)),
    example('Appointment', { id: 'ap-2' }),
  ],
  ['waiting in another hall', join, { ...entry, hallId: '1' }],
  ['waiting for another day', join, { ...entry, day: '2026-11-26' }],
  ['a report of something else', complain, { ...report1, about: { kind: 'payment', id: 'p-2' } }],
]

function wrongSlot(own: object): Wire {
  const [slot] = example('SlotList').slots as Wire[]
  return example('SlotList', { slots: [{ ...slot, ...own }] })
}

test.each(others)('a response about something else is not shown: %s', async (_, ask, wire) => {
  const city = await startCity((_asked, response) => sendJson(response, 200, wire))
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  const error = await failureOf(ask(services))
  expect(error).toMatchObject({ kind: 'contract-broken', requestId: 'req-1', retry: 'never' })
  expect(error.message).toMatch(/something else|other bills/)
})

test('an echo that an older city leaves out is not missed', async () => {
  const city = await startCity((_asked, response) => sendJson(response, 200, example('SlotList')))
  const { services } = createPhone({ addresses: { [hangzhou]: city.url } })
  expect((await services.of(slotsOf).list(hangzhou, hall, [item], '2026-11-25')).slots).toHaveLength(1)
})

test('a cached response about something else is not shown either', async () => {
  const city = await startCity((_asked, response) => sendJson(response, 200, example('Receipt')))
  const { services, storage } = createPhone({ addresses: { [hangzhou]: city.url } })
  await services.of(receiptsOf).get(hangzhou, asId('rc-1'))
  expect(services.of(receiptsOf).cached(hangzhou, asId('rc-1'))).not.toBeNull()
  for (const [name, text] of storage.texts) storage.texts.set(name, text.replace('"id":"rc-1"', '"id":"rc-2"'))
  const again = createPhone({ addresses: { [hangzhou]: city.url }, storage }).services
  expect(again.of(receiptsOf).cached(hangzhou, asId('rc-1'))).toBeNull()
})
