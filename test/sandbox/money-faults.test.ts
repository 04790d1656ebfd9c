import type { Lookup, Payment, RefundPage } from '../../contract/wire/types.gen'
import { newKey } from '../support/booking'
import { electricity, signIn } from '../support/citizen'
import { moneyProblems, readLedger } from '../support/money-ledger'
import { firstBill, payPart } from '../support/payer'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'

let sandbox: TestSandbox
let hangzhou: string

beforeAll(async () => {
  sandbox = await startTestSandbox()
  hangzhou = sandbox.city('330100')
}, 100_000)
beforeEach(() => sandbox.control('POST', '/reset', { set: '2026-11-23T10:00:00+08:00' }))
afterEach(async () => expect(moneyProblems(await readLedger(sandbox))).toEqual([]))
afterAll(() => sandbox.close())

const control = (path: string, body: object) => sandbox.control('POST', path, body)
const fault = (name: string, more: object = {}) => sandbox.control('PUT', '/faults', { name, ...more })

test('a payment whose answer got lost is found by its key, and only by whom it belongs to', async () => {
  const citizen = await signIn(hangzhou, 'by-key')
  const bills = await citizen.billsOf('hz-electricity', electricity.oneDue)
  const key = newKey()
  expect((await citizen.get<Payment>(`/payments/by-key/${key}`)).problem?.code).toBe('not-found')
  await fault('lost-answer', { operationId: 'createPayment', times: 1 })
  await expect(citizen.pay(bills, {}, key)).rejects.toThrow()
  const found = (await citizen.get<Payment>(`/payments/by-key/${key}`)).body
  expect(found).toMatchObject({ state: 'created', consistency: 'strong' })
  // Another tap's key was given the same payment.
  const other = newKey()
  expect((await citizen.pay(bills, {}, other)).status).toBe(200)
  await control('/pay', { paymentId: found.id })
  expect((await citizen.get<Payment>(`/payments/by-key/${other}`)).body).toMatchObject({ id: found.id, state: 'paid' })
  const stranger = await signIn(hangzhou, 'by-key-stranger')
  expect((await stranger.get(`/payments/by-key/${key}`)).problem?.code).toBe('not-found')
})

test('a refund that failed is sent again by people, an hour later, without being asked', async () => {
  const citizen = await signIn(hangzhou, 'again')
  const bill = await firstBill(citizen, 'hz-electricity', electricity.oneDue)
  const { id } = await payPart(sandbox, citizen, bill, bill.amountFen)
  await fault('refund-failed')
  await control('/refund', { paymentId: id })
  await control('/clock', { advanceSeconds: 11 })
  expect((await citizen.payment(id)).state).toBe('refunding')
  await fault('refund-failed', { on: false })
  expect((await citizen.payment(id)).state).toBe('refunding')
  await control('/clock', { advanceSeconds: 3601 })
  const later = await signIn(hangzhou, 'again')
  expect((await later.payment(id)).state).toBe('refunded')
})

test('M1: while somebody else is in the cashier with a bill nothing is started', async () => {
  const citizen = await signIn(hangzhou, 'm1')
  const bills = await citizen.billsOf('hz-electricity', electricity.oneDue)
  await fault('somebody-paying', { times: 1 })
  const refused = (await citizen.pay(bills)).problem
  expect([refused?.code, refused?.detail]).toEqual(['bill-not-payable', '有人正在支付这笔账单，请稍后再看。'])
  expect((await citizen.pay(bills)).status).toBe(201)
})

test('M4: an app killed after paying hears nothing, and the city knows', async () => {
  const citizen = await signIn(hangzhou, 'm4')
  const { body } = await citizen.pay(await citizen.billsOf('hz-electricity', electricity.oneDue))
  await fault('app-killed', { times: 1 })
  const till = await fetch(`${sandbox.address}/till/${body.payment.id}/acts`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ act: 'pay' }),
  })
  expect(await till.json()).toMatchObject({ outcome: 'killed' })
  expect((await citizen.payment(body.payment.id)).state).toBe('paid')
})

test('M6: a payment that is confirmed while it is closed is closing, then paid; nobody can pay the bill meanwhile', async () => {
  const citizen = await signIn(hangzhou, 'm6')
  const bills = await citizen.billsOf('hz-electricity', electricity.oneDue)
  const { body } = await citizen.pay(bills)
  await fault('closing-crossed', { times: 1 })
  const closing = await citizen.send<Payment>(`/payments/${body.payment.id}/closing`)
  expect(closing.body.state).toBe('closing')
  expect((await citizen.pay(bills)).body.payment.id).toBe(body.payment.id)
  await control('/clock', { advanceSeconds: 13 })
  expect(['paid', 'credited']).toContain((await citizen.payment(body.payment.id)).state)
  await control('/clock', { advanceSeconds: 5 })
  expect((await citizen.payment(body.payment.id)).state).toBe('credited')
})

test('M8: a bill that somebody paid half an hour ago warns, and is paid all the same when the citizen says so', async () => {
  const citizen = await signIn(hangzhou, 'm8')
  const bills = await citizen.billsOf('hz-electricity', electricity.oneDue)
  await fault('recently-paid', { times: 1 })
  expect((await citizen.pay(bills)).problem).toMatchObject({
    code: 'recently-paid',
    paidAt: expect.stringMatching(/^2026-11-23T09:30/),
  })
  expect((await citizen.pay(bills, { acknowledgeRecent: true })).status).toBe(201)
})

test('M11: a refund stays on its way with its promise, and arrives in the end', async () => {
  const citizen = await signIn(hangzhou, 'm11')
  const bill = await firstBill(citizen, 'hz-electricity', electricity.oneDue)
  await fault('refund-pending')
  await fault('credit-refused', { times: 1 })
  const { id } = await payPart(sandbox, citizen, bill, bill.amountFen)
  await control('/clock', { advanceSeconds: 600 })
  expect((await citizen.payment(id)).state).toBe('refunding')
  const { items } = (await citizen.get<RefundPage>(`/payments/${id}/refunds`)).body
  expect(items).toMatchObject([{ state: 'pending', arriveBy: expect.any(String), contactPhone: '0571-12345' }])
  await fault('refund-pending', { on: false })
  expect((await citizen.payment(id)).state).toBe('refunded')
})

test('M12: billers that are closed say until when, and never that nothing is due', async () => {
  const citizen = await signIn(hangzhou, 'm12')
  const { id } = await citizen.bind('hz-electricity', electricity.nothingDue)
  await fault('biller-closed')
  expect((await citizen.get<Lookup>(`/accounts/${id}/lookup`)).body).toMatchObject({
    outcome: 'biller-closed',
    closedUntil: '2026-11-24T07:00:00.000+08:00',
  })
})
