import type { Bill, BillPage, History, Lookup, Manifest, Payment, RefundPage } from '../../sandbox/wire/types.gen'
import { newKey } from '../support/booking'
import { electricity, signIn, type TestCitizen } from '../support/citizen'
import { moneyOf, moneyProblems, readLedger } from '../support/money-ledger'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'

let sandbox: TestSandbox
let hangzhou: string
let chengdu: string
let harbin: string

beforeAll(async () => {
  sandbox = await startTestSandbox()
  hangzhou = sandbox.city('330100')
  chengdu = sandbox.city('510100')
  harbin = sandbox.city('230100')
}, 100_000)
beforeEach(() => sandbox.control('POST', '/reset', { set: '2026-11-23T10:00:00+08:00' }))
afterEach(async () => expect(moneyProblems(await readLedger(sandbox))).toEqual([]))
afterAll(() => sandbox.close())

const control = (path: string, body: object) => sandbox.control('POST', path, body)
const fault = (name: string, more: object = {}) => sandbox.control('PUT', '/faults', { name, ...more })
const heating = '230100000010'
const finedInChengdu = '510106190012345'

async function firstBill(citizen: TestCitizen, biller: string, number: string): Promise<Bill> {
  const [bill] = await citizen.billsOf(biller, number)
  if (!bill) throw new Error(`${number} has no bill`)
  return bill
}

const billNow = async (citizen: TestCitizen, { id }: Bill): Promise<Bill> =>
  (await citizen.get<Bill>(`/bills/${id}`)).body

/** Pays this much of a bill at the till, and has the biller credit it. */
async function payPart(citizen: TestCitizen, bill: Bill, amountFen: number, more: object = {}) {
  const wish = { bills: [{ billId: bill.id, version: bill.version, amountFen }], totalFen: amountFen, ...more }
  const { status, body, problem } = await citizen.pay([bill], wish)
  if (status >= 400) return { problem, id: '' }
  await control('/pay', { paymentId: body.payment.id })
  await control('/clock', { advanceSeconds: 5 })
  await citizen.payment(body.payment.id)
  return { problem, id: body.payment.id }
}

test('two years of history follow the seasons, month by month, and say that they may be old', async () => {
  const citizen = await signIn(hangzhou, 'history')
  const { id } = await citizen.bind('hz-electricity', electricity.oneDue)
  const { body } = await citizen.get<History>(`/accounts/${id}/history`)
  expect([body.months.length, body.unit, body.consistency]).toEqual([24, '千瓦时', 'eventual'])
  expect(body.months.map(({ month }) => month)).toEqual([...body.months.map(({ month }) => month)].sort())
  expect([body.months[0]?.month, body.months[23]?.month]).toEqual(['2024-11', '2026-10'])
  const used = (month: string) => Number(body.months.find((each) => each.month === month)?.quantity)
  expect(used('2026-08')).toBeGreaterThan(used('2026-04'))
  expect(Date.parse(body.asOf)).toBeLessThan(Date.parse(body.serverTime))
  const newest = body.months[23]?.billId
  expect((await citizen.get<Bill>(`/bills/${newest}`)).body.amountFen).toBe(body.months[23]?.amountFen)
  const water = await citizen.bind('hz-water', '860012345')
  const everyOther = (await citizen.get<History>(`/accounts/${water.id}/history`)).body.months
  expect([everyOther.length, everyOther[11]?.month]).toEqual([12, '2026-09'])
  const fresh = await citizen.bind('hz-electricity', electricity.fresh)
  expect((await citizen.get<History>(`/accounts/${fresh.id}/history`)).body.months).toEqual([])
  const stranger = await signIn(hangzhou, 'history-stranger')
  expect((await stranger.get(`/accounts/${id}/history`)).problem?.code).toBe('not-found')
})

test('bills are found by kind, by words of their title or biller, and by what the citizen calls the account', async () => {
  const citizen = await signIn(hangzhou, 'search')
  const account = await citizen.bind('hz-electricity', electricity.oneDue)
  await citizen.bind('hz-water', '860012345')
  await citizen.send(`/accounts/${account.id}`, { nickname: '爸妈家_1' }, newKey(), 'PUT')
  const found = async (query: string) =>
    new Set((await citizen.get<BillPage>(`/bills?${query}`)).body.items.map(({ kind }) => kind))
  expect(await found('kind=water')).toEqual(new Set(['water']))
  expect(await found(`text=${encodeURIComponent('水费')}`)).toEqual(new Set(['water']))
  expect(await found('text=hangzhou%20power')).toEqual(new Set(['electricity']))
  expect(await found(`text=${encodeURIComponent('妈家_')}`)).toEqual(new Set(['electricity']))
  expect(await found(`text=${encodeURIComponent('妈_家')}`)).toEqual(new Set())
  expect(await found('text=%25')).toEqual(new Set())
  expect(await found(`kind=water&text=${encodeURIComponent('电费')}`)).toEqual(new Set())
})

test('a thousand bills of one account come by pages, each of them once', async () => {
  const citizen = await signIn(hangzhou, 'thousand')
  const account = await citizen.bind('hz-water', '86009999')
  const seen = new Set<string>()
  let next: string | undefined
  do {
    const path = `/bills?accountId=${account.id}${next ? `&cursor=${next}` : ''}`
    const page: BillPage = (await citizen.get<BillPage>(path)).body
    for (const { id } of page.items) seen.add(id)
    next = page.next
  } while (next !== undefined)
  expect(seen.size).toBe(1000)
  const due = (await citizen.get<Lookup>(`/accounts/${account.id}/lookup`)).body
  expect(due.outcome === 'bill' && due.bills.length).toBe(40)
}, 30_000)

test('a bill of a biller that takes parts goes down part by part until it is settled', async () => {
  const citizen = await signIn(harbin, 'parts')
  const bill = await firstBill(citizen, 'hrb-heating', heating)
  expect(bill).toMatchObject({ amountFen: 369_788, partial: { minFen: 50_000 } })
  expect((await payPart(citizen, bill, 49_999)).problem).toMatchObject({
    code: 'bill-not-payable',
    detail: '每次可缴 500.00 至 3697.88 元。',
  })
  expect((await payPart(citizen, bill, 369_789)).problem?.code).toBe('bill-not-payable')
  await payPart(citizen, bill, 169_788)
  const half = await billNow(citizen, bill)
  expect(half).toMatchObject({ status: 'due', amountFen: 200_000, paidFen: 169_788, version: bill.version + 1 })
  expect(half.changes?.[0]).toMatchObject({ version: bill.version, amountFen: 369_788, reason: '已缴一部分' })
  expect((await payPart(citizen, bill, 60_000)).problem?.code).toBe('bill-changed')
  expect((await payPart(citizen, half, 60_000)).problem?.code).toBe('recently-paid')
  await payPart(citizen, half, 160_000, { acknowledgeRecent: true })
  const rest = await billNow(citizen, bill)
  expect(rest.amountFen).toBe(40_000)
  // Less than the least part, but all that is left.
  await payPart(citizen, rest, 40_000, { acknowledgeRecent: true })
  const settled = await billNow(citizen, bill)
  expect(settled).toMatchObject({ status: 'settled', amountFen: 369_788 })
  expect(settled.paidFen).toBeUndefined()
  expect(moneyProblems(await readLedger(sandbox), { atRest: true })).toEqual([])
})

test('a part that was credited and goes back is due again', async () => {
  const citizen = await signIn(harbin, 'part-back')
  const bill = await firstBill(citizen, 'hrb-heating', heating)
  const { id } = await payPart(citizen, bill, 100_000)
  await control('/refund', { paymentId: id })
  await control('/clock', { advanceSeconds: 11 })
  expect((await citizen.payment(id)).state).toBe('refunded')
  const again = await billNow(citizen, bill)
  expect(again).toMatchObject({ status: 'due', amountFen: 369_788, version: bill.version + 2 })
  expect(again.paidFen).toBeUndefined()
})

test('when the first of two parts goes back, the bill is due by that part again, and the second stays credited', async () => {
  const citizen = await signIn(harbin, 'first-back')
  const bill = await firstBill(citizen, 'hrb-heating', heating)
  const first = await payPart(citizen, bill, 100_000)
  const second = await payPart(citizen, await billNow(citizen, bill), 269_788, { acknowledgeRecent: true })
  expect((await billNow(citizen, bill)).status).toBe('settled')
  await control('/refund', { paymentId: first.id })
  await control('/clock', { advanceSeconds: 11 })
  expect((await citizen.payment(first.id)).state).toBe('refunded')
  expect((await citizen.payment(second.id)).state).toBe('credited')
  expect(await billNow(citizen, bill)).toMatchObject({ status: 'due', amountFen: 100_000, paidFen: 269_788 })
})

test('a bill that has to be paid as a whole is not paid in parts', async () => {
  const citizen = await signIn(hangzhou, 'whole')
  const bill = await firstBill(citizen, 'hz-electricity', electricity.oneDue)
  const refused = (await payPart(citizen, bill, bill.amountFen - 1)).problem
  expect([refused?.code, refused?.detail]).toEqual(['bill-not-payable', '该账单须一次缴清。'])
  expect((await payPart(citizen, bill, bill.amountFen)).id).not.toBe('')
})

test('a prepaid meter takes any amount within its rule, as often as one likes, and never settles', async () => {
  const citizen = await signIn(chengdu, 'meter')
  const meter = await firstBill(citizen, 'cd-gas', 'CDRQ99001A')
  expect(meter).toMatchObject({ status: 'top-up', amountFen: 0, topUp: { balanceFen: 2360, minFen: 1000 } })
  expect((await payPart(citizen, meter, 999)).problem?.code).toBe('bill-not-payable')
  expect((await payPart(citizen, meter, 200_001)).problem?.code).toBe('bill-not-payable')
  expect((await citizen.pay([meter])).problem?.code).toBe('bill-not-payable')
  await payPart(citizen, meter, 5000)
  const fuller = await billNow(citizen, meter)
  expect(fuller).toMatchObject({ status: 'top-up', version: meter.version + 1, topUp: { balanceFen: 7360 } })
  expect((await payPart(citizen, fuller, 1000)).problem?.code).toBe('recently-paid')
  await payPart(citizen, fuller, 1000, { acknowledgeRecent: true })
  expect((await billNow(citizen, meter)).topUp?.balanceFen).toBe(8360)
  const { body } = await citizen.get<History>(`/accounts/${meter.accountId}/history`)
  expect(body.months).toHaveLength(24)
})

test('a meter with debt asks for the debt at least, and says that it goes first', async () => {
  const citizen = await signIn(chengdu, 'debt')
  const meter = await firstBill(citizen, 'cd-gas', 'CDRQ99002B')
  expect(meter).toMatchObject({ status: 'top-up', amountFen: 3846, topUp: { balanceFen: -3846, minFen: 3846 } })
  expect(meter.settlement).toContain('先抵表内欠费')
  await payPart(citizen, meter, 5000)
  expect(await billNow(citizen, meter)).toMatchObject({ amountFen: 0, topUp: { balanceFen: 1154, minFen: 1000 } })
})

test('the fee of a biller is taken once, stands beside the bills, and goes back when nothing was credited', async () => {
  const citizen = await signIn(chengdu, 'fee')
  const { body: manifest } = await citizen.get<Manifest>('/manifest')
  expect(manifest.billers.find(({ id }) => id === 'cd-fine')?.paying).toMatchObject({ feeFen: 200 })
  const fine = await firstBill(citizen, 'cd-fine', finedInChengdu)
  expect((await citizen.pay([fine])).problem?.code).toBe('bill-changed')
  const { body } = await citizen.pay([fine], { totalFen: 20_200 })
  expect(body.payment).toMatchObject({ amountFen: 20_200, feeFen: 200 })
  await fault('credit-refused', { times: 1 })
  await control('/pay', { paymentId: body.payment.id })
  await control('/clock', { advanceSeconds: 5 })
  expect((await citizen.payment(body.payment.id)).state).toBe('refunding')
  await control('/clock', { advanceSeconds: 11 })
  expect(await citizen.payment(body.payment.id)).toMatchObject({ state: 'refunded', refundedFen: 20_200 })
  const { items } = (await citizen.get<RefundPage>(`/payments/${body.payment.id}/refunds`)).body
  expect(items.map(({ billId, amountFen }) => [billId, amountFen])).toEqual([
    [undefined, 200],
    [fine.id, 20_000],
  ])

  const again = await citizen.pay([await billNow(citizen, fine)], { totalFen: 20_200 })
  await control('/pay', { paymentId: again.body.payment.id })
  await control('/clock', { advanceSeconds: 5 })
  await citizen.payment(again.body.payment.id)
  const ledger = await readLedger(sandbox)
  expect(moneyOf(ledger, again.body.payment.id)).toEqual({
    in: 20_200,
    credited: 20_000,
    fee: 200,
    refunded: 0,
    moving: 0,
  })
})

test('a credited payment that is given back gives its fee back as well', async () => {
  const citizen = await signIn(chengdu, 'fee-back')
  const fine = await firstBill(citizen, 'cd-fine', finedInChengdu)
  const { id } = await payPart(citizen, fine, fine.amountFen, { totalFen: 20_200 })
  expect((await citizen.payment(id)).state).toBe('credited')
  await control('/refund', { paymentId: id })
  await control('/clock', { advanceSeconds: 11 })
  expect(await citizen.payment(id)).toMatchObject({ state: 'refunded', refundedFen: 20_200 })
  expect(moneyOf(await readLedger(sandbox), id)).toEqual({
    in: 20_200,
    credited: 0,
    fee: 0,
    refunded: 20_200,
    moving: 0,
  })
  expect((await billNow(citizen, fine)).status).toBe('due')
})

test('of a basket with a fee the credited bill keeps the fee, the refused one goes back', async () => {
  const citizen = await signIn(chengdu, 'fee-basket')
  const fine = await firstBill(citizen, 'cd-fine', finedInChengdu)
  const power = await firstBill(citizen, 'cd-electricity', '5101001001')
  await fault('credit-refused', { times: 1 })
  const total = fine.amountFen + power.amountFen + 200
  const { body } = await citizen.pay([fine, power], { totalFen: total })
  await control('/pay', { paymentId: body.payment.id })
  await control('/clock', { advanceSeconds: 5 })
  await citizen.payment(body.payment.id)
  await control('/clock', { advanceSeconds: 11 })
  expect(await citizen.payment(body.payment.id)).toMatchObject({
    state: 'partly-refunded',
    refundedFen: power.amountFen,
    bills: [{ outcome: 'credited' }, { outcome: 'refunded' }],
  })
})

test('more of a biller than it takes at once is refused, and the rest can be paid after', async () => {
  const citizen = await signIn(chengdu, 'limit')
  const bills = await citizen.billsOf('cd-electricity', '5101001004')
  const refused = (await citizen.pay(bills)).problem
  expect([refused?.code, refused?.detail]).toEqual([
    'bill-not-payable',
    '国网成都供电公司单笔最多缴 300.00 元，请分几次支付。',
  ])
  expect((await citizen.pay(bills.slice(0, 1))).status).toBe(201)
})

test('a fine is paid after its decision was confirmed, in the version that was read, and confirming twice is fine', async () => {
  const citizen = await signIn(hangzhou, 'decision')
  const fine = await firstBill(citizen, 'hz-fine', '330106190012347')
  expect(fine).toMatchObject({ status: 'not-payable', decision: { confirmed: false }, notPayable: expect.any(String) })
  expect((await citizen.pay([fine])).problem?.code).toBe('bill-not-payable')
  const confirm = (version: number, key?: string) => citizen.send<Bill>(`/bills/${fine.id}/decision`, { version }, key)
  expect((await confirm(fine.version + 1)).problem?.code).toBe('bill-changed')
  const key = newKey()
  await fault('lost-answer', { operationId: 'confirmDecision', times: 1 })
  await expect(confirm(fine.version, key)).rejects.toThrow()
  const answers = await Promise.all([confirm(fine.version, key), confirm(fine.version, key), confirm(fine.version)])
  for (const { status, body } of answers) {
    expect([status, body.status, body.decision?.confirmed, body.version]).toEqual([200, 'due', true, fine.version + 1])
  }
  const bill = answers[0]?.body ?? fine
  expect((await citizen.pay([bill])).status).toBe(201)
  expect((await confirm(fine.version, key)).body.status).toBe('paying')
  const stranger = await signIn(hangzhou, 'decision-stranger')
  const stolen = await stranger.send<Bill>(`/bills/${fine.id}/decision`, { version: bill.version })
  expect(stolen.problem?.code).toBe('not-found')
})

test('a bill with earlier months says what comes from them, what is settled first, and how it grew', async () => {
  const citizen = await signIn(hangzhou, 'arrears')
  const bill = await firstBill(citizen, 'hz-electricity', '3301002000098')
  const lines = bill.lines.reduce((sum, { amountFen }) => sum + amountFen, 0)
  expect(lines + (bill.lateFeeFen ?? 0)).toBe(bill.amountFen)
  expect(bill).toMatchObject({ arrearsFen: 21_437, lateFeeFen: 1286, settlement: expect.stringContaining('违约金') })
  expect(bill.changes?.map(({ version }) => version)).toEqual([2, 1])
})

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

test('reminders are given for one account with templates of the city, and taken back', async () => {
  const citizen = await signIn(hangzhou, 'reminder')
  const account = await citizen.bind('hz-electricity', electricity.oneDue)
  expect(account.reminder).toBeUndefined()
  const set = (body: object) => citizen.send<typeof account>(`/accounts/${account.id}/reminder`, body, newKey(), 'PUT')
  expect((await set({ given: true, templates: ['tmpl-hz-bill-due'] })).body.reminder).toMatchObject({ given: true })
  expect((await set({ given: true, templates: ['tmpl-of-nobody'] })).problem?.code).toBe('invalid-fields')
  expect((await set({ given: true, templates: [] })).problem?.code).toBe('invalid-fields')
  expect((await citizen.get<typeof account>(`/accounts/${account.id}`)).body.reminder?.given).toBe(true)
  expect((await set({ given: false, templates: [] })).body.reminder?.given).toBe(false)
})

test('a refund that failed is sent again by people, an hour later, without being asked', async () => {
  const citizen = await signIn(hangzhou, 'again')
  const bill = await firstBill(citizen, 'hz-electricity', electricity.oneDue)
  const { id } = await payPart(citizen, bill, bill.amountFen)
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
  expect([refused?.code, refused?.detail]).toEqual(['bill-not-payable', '有人正在支付这张账单，请稍后再看。'])
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
  const { id } = await payPart(citizen, bill, bill.amountFen)
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
