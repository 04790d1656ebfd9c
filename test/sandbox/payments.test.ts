import type {
  Account,
  Bill,
  Payment,
  PaymentPage,
  PaymentStart,
  Receipt,
  RefundPage,
  Report,
} from '../../contract/wire/types.gen'
import { newKey } from '../support/booking'
import { electricity, signIn, type TestCitizen } from '../support/citizen'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'

let sandbox: TestSandbox
let base: string

beforeAll(async () => {
  sandbox = await startTestSandbox()
  base = sandbox.city('330100')
}, 100_000)
beforeEach(() => sandbox.control('POST', '/reset', { set: '2026-11-23T10:00:00+08:00' }))
afterAll(() => sandbox.close())

const control = (path: string, body: object) => sandbox.control('POST', path, body)
const fault = (name: string, more: object = {}) => sandbox.control('PUT', '/faults', { name, ...more })

async function ledgerOf(id: string): Promise<Record<string, number>> {
  const { entries } = (await sandbox.control('GET', '/ledger')) as {
    entries: { payment_id: string; kind: string; amount_fen: number }[]
  }
  const sums: Record<string, number> = {}
  for (const { payment_id, kind, amount_fen } of entries) {
    if (payment_id === id) sums[kind] = (sums[kind] ?? 0) + amount_fen
  }
  return sums
}

async function started(
  citizen: TestCitizen,
  number = electricity.oneDue,
): Promise<{ bills: Bill[]; id: string; start: PaymentStart }> {
  const bills = await citizen.billsOf('hz-electricity', number)
  const { body } = await citizen.pay(bills)
  return { bills, id: body.payment.id, start: body }
}

const reportResult = (citizen: TestCitizen, id: string, outcome: string, detail = '') =>
  citizen.send<Payment>(`/payments/${id}/cashier-answers`, { outcome, detail })

test('paid and credited are two moments; the bill is settled by the second, and there is a receipt', async () => {
  const citizen = await signIn(base, 'two-clocks')
  const { id, bills } = await started(citizen)
  await control('/pay', { paymentId: id })
  const paid = await citizen.payment(id)
  expect(paid).toMatchObject({ state: 'paid', amountFen: bills[0]?.amountFen })
  expect(paid.creditedAt).toBeUndefined()
  expect(Date.parse(paid.creditBy ?? '') - Date.parse(paid.paidAt ?? '')).toBe(10 * 60_000)
  expect((await citizen.get<Bill>(`/bills/${bills[0]?.id}`)).body.status).toBe('paying')

  await control('/clock', { advanceSeconds: 5 })
  const credited = await citizen.payment(id)
  expect(credited).toMatchObject({ state: 'credited', bills: [{ outcome: 'credited' }] })
  expect(credited.version).toBeGreaterThan(paid.version)
  expect((await citizen.get<Bill>(`/bills/${bills[0]?.id}`)).body).toMatchObject({ status: 'settled', paymentId: id })
  expect((await citizen.get<Receipt>(`/receipts/${paid.receiptId}`)).body).toMatchObject({
    paymentId: id,
    creditedAt: credited.creditedAt,
  })
  expect(await ledgerOf(id)).toEqual({ in: paid.amountFen, credited: paid.amountFen })
  expect((await citizen.pay(bills)).problem?.code).toBe('bill-settled')
})

test('twenty calls with one key at once make one payment and get one answer', async () => {
  const citizen = await signIn(base, 'same-key')
  const bills = await citizen.billsOf('hz-electricity', electricity.oneDue)
  const key = newKey()
  const answers = await Promise.all(Array.from({ length: 20 }, () => citizen.pay(bills, {}, key)))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
  expect(new Set(answers.map(({ body }) => body.payment.id)).size).toBe(1)
  expect((await citizen.get<PaymentPage>('/payments')).body.items).toHaveLength(1)
  const other = await citizen.pay(bills, { cashier: 'wechat' }, key)
  expect([other.status, other.problem?.code]).toEqual([409, 'idempotency-conflict'])
}, 30_000)

test('twenty calls with twenty keys for one bill at once make one live payment', async () => {
  const citizen = await signIn(base, 'many-keys')
  const bills = await citizen.billsOf('hz-electricity', electricity.oneDue)
  const answers = await Promise.all(Array.from({ length: 20 }, () => citizen.pay(bills)))
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(19)
  expect(new Set(answers.map(({ body }) => body.payment.id)).size).toBe(1)
}, 30_000)

test('baskets that overlap crosswise at once never make two live payments of one bill', async () => {
  const citizen = await signIn(base, 'crosswise')
  const bills = await citizen.billsOf('hz-electricity', electricity.severalDue)
  const backwards = [...bills].reverse()
  const answers = await Promise.all(Array.from({ length: 10 }, (_, at) => citizen.pay(at % 2 ? bills : backwards)))
  expect(new Set(answers.map(({ body }) => body.payment.id)).size).toBe(1)
}, 30_000)

test('a spouse who pays the same bill at the same moment is reportResult, and pays nothing', async () => {
  const [one, two] = await Promise.all([signIn(base, 'spouse-1'), signIn(base, 'spouse-2')])
  const bills = await one.billsOf('hz-electricity', electricity.oneDue)
  await two.bind('hz-electricity', electricity.oneDue)
  const first = await one.pay(bills)
  const second = await two.pay(bills)
  expect([second.status, second.problem?.code]).toEqual([409, 'bill-not-payable'])
  expect((await two.get<Payment>(`/payments/${first.body.payment.id}`)).status).toBe(404)
  await one.send(`/payments/${first.body.payment.id}/closing`)
  expect((await two.pay(bills)).status).toBe(201)
})

test('a changed amount is shown before anything is charged', async () => {
  const citizen = await signIn(base, 'changed')
  const [bill] = await citizen.billsOf('hz-electricity', electricity.oneDue)
  if (!bill) throw new Error('no bill')
  await fault('bill-changed', { times: 1 })
  const refused = await citizen.pay([bill])
  expect(refused.problem).toMatchObject({
    code: 'bill-changed',
    bills: [{ billId: bill.id, version: bill.version + 1, amountFen: bill.amountFen + 146 }],
  })
  expect((await citizen.get<PaymentPage>('/payments')).body.items).toHaveLength(0)
  const now = (await citizen.get<Bill>(`/bills/${bill.id}`)).body
  expect((await citizen.pay([now], { totalFen: now.amountFen - 1 })).problem?.code).toBe('bill-changed')
  expect((await citizen.pay([now])).status).toBe(201)
})

test('a bill that somebody has just paid elsewhere warns until the citizen knows', async () => {
  const citizen = await signIn(base, 'elsewhere')
  const bills = await citizen.billsOf('hz-electricity', electricity.paidElsewhere)
  const warned = await citizen.pay(bills)
  expect(warned.problem).toMatchObject({ code: 'recently-paid', paidAt: expect.stringMatching(/^2026-11-23T08:00/) })
  expect((await citizen.pay(bills, { acknowledgeRecent: true })).status).toBe(201)
})

test('what can not be paid is refused with its reason: decision first, wrong city, maintenance', async () => {
  const citizen = await signIn(base, 'refused')
  const fines = await citizen.billsOf('hz-fine', '330106190012346')
  expect(fines[0]).toMatchObject({ status: 'not-payable', notPayable: expect.stringContaining('12123') })
  expect((await citizen.pay(fines)).problem?.code).toBe('bill-not-payable')
  const bills = await citizen.billsOf('hz-electricity', electricity.oneDue)
  expect((await citizen.pay(bills, { cityId: '510100' })).problem?.code).toBe('wrong-city')
  const sanya = await signIn(sandbox.city('460200'), 'refused')
  const shut = await sanya.pay(await sanya.billsOf('sy-electricity', '460200000012'))
  expect([shut.status, shut.problem?.code, shut.problem?.retry]).toEqual([503, 'city-read-only', 'after'])
})

test('an unknown answer stays unknown until the vendor knows, and offers no cashier meanwhile', async () => {
  const citizen = await signIn(base, 'unknown')
  const { id } = await started(citizen)
  await control('/pay', { paymentId: id, act: 'unknown-8000' })
  expect((await reportResult(citizen, id, 'unknown', '8000')).body.state).toBe('unknown')
  expect((await citizen.send(`/payments/${id}/cashier`)).problem?.code).toBe('payment-not-open')
  await control('/clock', { advanceSeconds: 13 })
  expect(['paid', 'credited']).toContain((await citizen.payment(id)).state)
})

test('after a network failure with no money moved the same order can be paid, a minute later', async () => {
  const citizen = await signIn(base, 'network')
  const { id, start } = await started(citizen)
  expect((await reportResult(citizen, id, 'unknown', '6002')).body.state).toBe('unknown')
  await control('/clock', { advanceSeconds: 61 })
  expect((await citizen.payment(id)).state).toBe('cashier-open')
  const again = (await citizen.send<PaymentStart>(`/payments/${id}/cashier`)).body
  expect(again.cashier).toEqual(start.cashier)
  expect(again.payment.reference).toBe(start.payment.reference)
})

test('"cancelled" is not believed when money moved', async () => {
  const citizen = await signIn(base, 'cancelled')
  const { id } = await started(citizen)
  expect((await reportResult(citizen, id, 'cancelled', '6001')).body.state).toBe('cashier-open')
  await control('/pay', { paymentId: id, act: 'cancel-but-paid' })
  expect((await reportResult(citizen, id, 'cancelled', 'fail cancel')).body.state).toBe('paid')
})

test('"failed" ends the payment only once the vendor has closed the order', async () => {
  const citizen = await signIn(base, 'failed')
  const { id, bills } = await started(citizen)
  expect((await reportResult(citizen, id, 'failed', '4000')).body.state).toBe('failed')
  expect(await control('/pay', { paymentId: id })).toMatchObject({ vendorState: 'CLOSED' })
  const next = await citizen.pay(bills)
  expect(next.status).toBe(201)
  await control('/pay', { paymentId: next.body.payment.id })
  expect((await reportResult(citizen, next.body.payment.id, 'failed', '4000')).body.state).toBe('paid')
})

test('closing and paying cross: the answer says what happened', async () => {
  const citizen = await signIn(base, 'crossing')
  const { id } = await started(citizen)
  await control('/pay', { paymentId: id })
  expect((await citizen.send<Payment>(`/payments/${id}/closing`)).body.state).toBe('paid')

  const other = await started(await signIn(base, 'crossing-2'), electricity.overdue)
  const second = await signIn(base, 'crossing-2')
  await control('/pay', { paymentId: other.id, act: 'unknown-8000' })
  expect((await second.send<Payment>(`/payments/${other.id}/closing`)).body.state).toBe('closing')
  await control('/clock', { advanceSeconds: 13 })
  expect(['paid', 'credited']).toContain((await second.payment(other.id)).state)
})

test('money that arrives after the end goes back by itself', async () => {
  const citizen = await signIn(base, 'late')
  const { id } = await started(citizen)
  expect((await citizen.send<Payment>(`/payments/${id}/closing`)).body.state).toBe('closed')
  await control('/pay', { paymentId: id, force: true })
  await waitFor(async () => (await citizen.payment(id)).state === 'refunding')
  await control('/clock', { advanceSeconds: 11 })
  const back = await citizen.payment(id)
  expect(back).toMatchObject({ state: 'refunded', refundedFen: back.amountFen })
  expect(await ledgerOf(id)).toEqual({ in: back.amountFen, refunded: back.amountFen })
})

test('a payment nobody pays closes at its deadline and lets go of its bills', async () => {
  const citizen = await signIn(base, 'deadline')
  const { id, bills } = await started(citizen)
  await control('/clock', { advanceSeconds: 7201 })
  const later = await signIn(base, 'deadline')
  expect((await later.payment(id)).state).toBe('closed')
  expect((await later.pay(bills)).status).toBe(201)
})

test('paid but not credited stays paid past the promise; then it can be reported', async () => {
  const citizen = await signIn(base, 'stuck')
  const { id } = await started(citizen)
  await fault('paid-not-credited')
  await control('/pay', { paymentId: id })
  await control('/clock', { advanceSeconds: 1200 })
  const stuck = await citizen.payment(id)
  expect(stuck.state).toBe('paid')
  expect(Date.parse(stuck.creditBy ?? '')).toBeLessThan(Date.parse(stuck.serverTime))
  const about = { kind: 'payment', id }
  const report = await citizen.send<Report>('/reports', { about, reason: 'not-credited', text: '已付款' })
  expect([report.status, report.body.state]).toEqual([201, 'received'])
  await fault('paid-not-credited', { on: false })
  expect((await citizen.payment(id)).state).toBe('credited')
})

test('in a basket one refused bill is refunded and holds up no other', async () => {
  const citizen = await signIn(base, 'basket')
  const { id, bills } = await started(citizen, electricity.severalDue)
  await fault('credit-refused', { times: 1 })
  await control('/pay', { paymentId: id })
  await control('/clock', { advanceSeconds: 5 })
  const mixed = await citizen.payment(id)
  expect(mixed.state).toBe('refunding')
  expect(mixed.bills.map(({ outcome }) => outcome)).toEqual(['credited', 'credited', 'credited', 'not-credited'])
  await control('/clock', { advanceSeconds: 11 })
  const done = await citizen.payment(id)
  expect(done).toMatchObject({ state: 'partly-refunded', refundedFen: bills[3]?.amountFen })
  const refunds = (await citizen.get<RefundPage>(`/payments/${id}/refunds`)).body.items
  expect(refunds).toMatchObject([{ state: 'succeeded', billId: bills[3]?.id, contactPhone: '0571-12345' }])
  expect(refunds[0]?.steps).toHaveLength(2)
  const sums = await ledgerOf(id)
  expect(sums.in).toBe((sums.credited ?? 0) + (sums.refunded ?? 0))
  expect((await citizen.get<Bill>(`/bills/${bills[3]?.id}`)).body.status).not.toBe('settled')
})

test('a refund that fails waits for a person, keeps its timeline and can be done later', async () => {
  const citizen = await signIn(base, 'refund-failed')
  const { id } = await started(citizen)
  await control('/pay', { paymentId: id })
  await fault('refund-failed')
  await citizen.payment(id)
  await control('/refund', { paymentId: id })
  await control('/clock', { advanceSeconds: 11 })
  expect((await citizen.get<RefundPage>(`/payments/${id}/refunds`)).body.items).toMatchObject([{ state: 'failed' }])
  expect((await citizen.payment(id)).state).toBe('refunding')
  await fault('refund-failed', { on: false })
  await control('/refund', { paymentId: id })
  expect((await citizen.payment(id)).state).toBe('refunded')
  expect((await citizen.get<RefundPage>(`/payments/${id}/refunds`)).body.items[0]?.steps).toHaveLength(3)
})

test('an answer lost on its way is found again by its key, as the payment is now', async () => {
  const citizen = await signIn(base, 'lost')
  const bills = await citizen.billsOf('hz-electricity', electricity.oneDue)
  const key = newKey()
  await fault('lost-answer', { operationId: 'createPayment', times: 1 })
  await expect(citizen.pay(bills, {}, key)).rejects.toThrow()
  const found = await citizen.pay(bills, {}, key)
  expect([found.status, found.body.payment.state]).toEqual([201, 'created'])
  await control('/pay', { paymentId: found.body.payment.id })
  const again = await citizen.pay(bills, {}, key)
  expect(again.body.payment).toMatchObject({ id: found.body.payment.id, state: 'paid' })
  expect(again.body.cashier).toBeUndefined()
})

test('the account knows that it was paid before', async () => {
  const citizen = await signIn(base, 'before')
  const account = await citizen.bind('hz-electricity', electricity.oneDue)
  expect(account.paidBefore).toBe(false)
  const { id } = await started(citizen)
  await control('/pay', { paymentId: id })
  await citizen.payment(id)
  expect((await citizen.get<Account>(`/accounts/${account.id}`)).body.paidBefore).toBe(true)
})

async function waitFor(what: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + 8000
  while (!(await what())) {
    if (Date.now() > until) throw new Error('it did not happen')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

test('two homes can be told apart wherever their bills stand: by nickname, else by the masked address', async () => {
  const citizen = await signIn(base, 'two-homes')
  const [own] = await citizen.billsOf('hz-electricity', electricity.oneDue)
  const [parents] = await citizen.billsOf('hz-electricity', electricity.overdue)
  await citizen.send(`/accounts/${parents?.accountId}`, { nickname: '爸妈家' }, undefined, 'PUT')
  const due = (await citizen.get<{ items: Bill[] }>('/bills?due=true')).body.items
  const labels = (bills: { accountLabel?: string }[]) =>
    [...new Set(bills.map(({ accountLabel }) => accountLabel))].sort()
  expect(labels(due)).toEqual(['爸妈家', expect.stringContaining('***')].sort())
  const both = (await citizen.pay([own, due.find(({ id }) => id === parents?.id)].flatMap((bill) => bill ?? []))).body
    .payment
  expect(labels(both.bills)).toEqual(labels(due))
  await control('/pay', { paymentId: both.id })
  const receipt = (await citizen.get<Receipt>(`/receipts/${(await citizen.payment(both.id)).receiptId}`)).body
  expect(labels(receipt.bills)).toEqual(labels(due))
  // Bills of several homes have none in common; those of one are named in the list of payments as well.
  const [listed] = (await citizen.get<PaymentPage>('/payments')).body.items
  expect(listed?.accountLabel).toBeUndefined()
})
