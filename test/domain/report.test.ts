import { strong } from '@/domain/consistency'
import { asId, type CityId, type PaymentId, type ReportId } from '@/domain/ids'
import type { Payment } from '@/domain/payment'
import {
  actionsFor,
  hasReply,
  likelyReason,
  newerReport,
  nextInstance,
  openReportsAbout,
  type Report,
  reportReasons,
  reportRule,
  reportStanding,
} from '@/domain/report'
import { msOf } from '@/domain/time'

const at = '2026-11-23T10:00:00+08:00'
const by = '2026-11-23T11:00:00+08:00'
const payment = (change: Partial<Payment>) =>
  strong<Payment>(
    {
      id: asId<PaymentId>('p-1'),
      cityId: asId<CityId>('330100'),
      reference: 'HZ1',
      state: 'paid',
      version: 1,
      amountFen: 100,
      refundedFen: 0,
      cashier: 'wechat',
      bills: [],
      createdAt: at,
      paidAt: at,
      creditBy: by,
      ...change,
    },
    'strong',
  )

test('M5: the likeliest reason is chosen, and only once there is one', () => {
  expect(likelyReason(payment({}), msOf(at))).toBe('other')
  expect(likelyReason(payment({}), msOf(by) + 1)).toBe('not-credited')
  expect(likelyReason(payment({ state: 'refunding' }), msOf(by) + 1)).toBe('refund-late')
  expect(likelyReason(payment({ state: 'partly-refunded' }), msOf(at))).toBe('refund-late')
})

test('every likely reason is one that can be chosen', () => {
  for (const reasons of Object.values(reportReasons)) expect(new Set(reasons).size).toBe(reasons.length)
  expect(reportReasons.payment).toEqual(expect.arrayContaining(['refund-late', 'not-credited', 'other']))
})

test('a payment is reported for its money and an appointment for the visit, the likeliest first and "other" last', () => {
  expect(reportReasons).toEqual({
    payment: ['not-credited', 'charged-twice', 'wrong-amount', 'refund-late', 'other'],
    appointment: ['turned-away', 'long-wait', 'app-error', 'other'],
    'data-use': ['unknown-use', 'other'],
  })
})

const report = (change: Partial<Report> = {}): Report => ({
  id: asId<ReportId>('r-1'),
  reference: 'BG1',
  about: { kind: 'payment', id: 'p-1' },
  reason: 'other',
  text: '请看一下',
  state: 'received',
  createdAt: at,
  answerBy: by,
  version: 1,
  actions: ['reply', 'close'],
  ...change,
})

test('a report waits until the promise, and is overdue from then on; an answer or the end takes that away', () => {
  expect(reportStanding(report(), msOf(by) - 1)).toBe('waiting')
  expect(reportStanding(report(), msOf(by))).toBe('overdue')
  for (const state of ['answered', 'closed', 'unlisted'] as const)
    expect(reportStanding(report({ state }), msOf(by) + 1)).toBe(state)
})

test('only what both this app and the city know is offered', () => {
  expect(actionsFor(report())).toEqual(['reply', 'close'])
  expect(actionsFor(report({ actions: ['close', 'unlisted'] }))).toEqual(['close'])
  expect(actionsFor(report({ actions: undefined }))).toEqual([])
  expect(actionsFor(report({ version: undefined }))).toEqual([])
  expect(actionsFor(report({ state: 'closed' }))).toEqual([])
  expect(reportRule.unlisted).toEqual([])
})

test('the newer of two reads stays, whatever comes last', () => {
  const [old, newer] = [report(), report({ version: 2 })]
  expect([newerReport(null, old), newerReport(newer, old), newerReport(old, newer)]).toEqual([old, newer, newer])
  const other = report({ id: asId<ReportId>('r-2') })
  expect(newerReport(newer, other)).toBe(other)
  const unversioned = report({ version: undefined, state: 'answered' })
  expect(newerReport(report({ version: undefined }), unversioned)).toBe(unversioned)
})

test('a reply whose answer got lost is found in what is read next, not in what was there before', () => {
  const sent = { version: 2, text: '还没有' }
  const said = (who: 'citizen' | 'office', text: string) => ({ by: who, text, at })
  expect(hasReply(report({ version: 3, entries: [said('citizen', '还没有')] }), sent)).toBe(true)
  expect(hasReply(report({ version: 2, entries: [said('citizen', '还没有')] }), sent)).toBe(false)
  expect(hasReply(report({ version: 3, entries: [said('office', '还没有')] }), sent)).toBe(false)
  expect(hasReply(report({ version: 3 }), sent)).toBe(false)
})

test('reports about one thing are its own and still open', () => {
  const closed = report({ state: 'closed' })
  const bill = report({ about: { kind: 'bill', id: 'p-1' } })
  expect(openReportsAbout([closed, report(), bill], { kind: 'payment', id: 'p-1' })).toEqual([report()])
})

test('past the promise the city’s own next instance is called, else the line that every city has', () => {
  expect(nextInstance({ escalation: { name: '省热线', phone: '0571-12345' } })).toEqual({
    name: '省热线',
    phone: '0571-12345',
  })
  expect(nextInstance({})).toEqual({ name: null, phone: '12345' })
  expect(nextInstance(null)).toEqual({ name: null, phone: '12345' })
})
