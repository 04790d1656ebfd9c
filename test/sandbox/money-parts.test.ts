import type { History, Manifest, RefundPage } from '../../contract/wire/types.gen'
import { electricity, signIn } from '../support/citizen'
import { moneyOf, moneyProblems, readLedger } from '../support/money-ledger'
import { billNow, firstBill, payPart } from '../support/payer'
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

test('a bill of a biller that takes parts goes down part by part until it is settled', async () => {
  const citizen = await signIn(harbin, 'parts')
  const bill = await firstBill(citizen, 'hrb-heating', heating)
  expect(bill).toMatchObject({ amountFen: 369_788, partial: { minFen: 50_000 } })
  expect((await payPart(sandbox, citizen, bill, 49_999)).problem).toMatchObject({
    code: 'bill-not-payable',
    detail: '每次可缴 500.00 至 3697.88 元。',
  })
  expect((await payPart(sandbox, citizen, bill, 369_789)).problem?.code).toBe('bill-not-payable')
  await payPart(sandbox, citizen, bill, 169_788)
  const half = await billNow(citizen, bill)
  expect(half).toMatchObject({ status: 'due', amountFen: 200_000, paidFen: 169_788, version: bill.version + 1 })
  expect(half.changes?.[0]).toMatchObject({ version: bill.version, amountFen: 369_788, reason: '已缴一部分' })
  expect((await payPart(sandbox, citizen, bill, 60_000)).problem?.code).toBe('bill-changed')
  expect((await payPart(sandbox, citizen, half, 60_000)).problem?.code).toBe('recently-paid')
  await payPart(sandbox, citizen, half, 160_000, { acknowledgeRecent: true })
  const rest = await billNow(citizen, bill)
  expect(rest.amountFen).toBe(40_000)
  // Less than the least part, but all that is left.
  await payPart(sandbox, citizen, rest, 40_000, { acknowledgeRecent: true })
  const settled = await billNow(citizen, bill)
  expect(settled).toMatchObject({ status: 'settled', amountFen: 369_788 })
  expect(settled.paidFen).toBeUndefined()
  expect(moneyProblems(await readLedger(sandbox), { atRest: true })).toEqual([])
})

test('a part that was credited and goes back is due again', async () => {
  const citizen = await signIn(harbin, 'part-back')
  const bill = await firstBill(citizen, 'hrb-heating', heating)
  const { id } = await payPart(sandbox, citizen, bill, 100_000)
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
  const first = await payPart(sandbox, citizen, bill, 100_000)
  const second = await payPart(sandbox, citizen, await billNow(citizen, bill), 269_788, { acknowledgeRecent: true })
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
  const refused = (await payPart(sandbox, citizen, bill, bill.amountFen - 1)).problem
  expect([refused?.code, refused?.detail]).toEqual(['bill-not-payable', '这笔账单须一次缴清。'])
  expect((await payPart(sandbox, citizen, bill, bill.amountFen)).id).not.toBe('')
})

test('a prepaid meter takes any amount within its rule, as often as one likes, and never settles', async () => {
  const citizen = await signIn(chengdu, 'meter')
  const meter = await firstBill(citizen, 'cd-gas', 'CDRQ99001A')
  expect(meter).toMatchObject({ status: 'top-up', amountFen: 0, topUp: { balanceFen: 2360, minFen: 1000 } })
  expect((await payPart(sandbox, citizen, meter, 999)).problem?.code).toBe('bill-not-payable')
  expect((await payPart(sandbox, citizen, meter, 200_001)).problem?.code).toBe('bill-not-payable')
  expect((await citizen.pay([meter])).problem?.code).toBe('bill-not-payable')
  await payPart(sandbox, citizen, meter, 5000)
  const fuller = await billNow(citizen, meter)
  expect(fuller).toMatchObject({ status: 'top-up', version: meter.version + 1, topUp: { balanceFen: 7360 } })
  expect((await payPart(sandbox, citizen, fuller, 1000)).problem?.code).toBe('recently-paid')
  await payPart(sandbox, citizen, fuller, 1000, { acknowledgeRecent: true })
  expect((await billNow(citizen, meter)).topUp?.balanceFen).toBe(8360)
  const { body } = await citizen.get<History>(`/accounts/${meter.accountId}/history`)
  expect(body.months).toHaveLength(24)
})

test('a meter with debt asks for the debt at least, and says that it goes first', async () => {
  const citizen = await signIn(chengdu, 'debt')
  const meter = await firstBill(citizen, 'cd-gas', 'CDRQ99002B')
  expect(meter).toMatchObject({ status: 'top-up', amountFen: 3846, topUp: { balanceFen: -3846, minFen: 3846 } })
  expect(meter.settlement).toContain('先抵欠费')
  await payPart(sandbox, citizen, meter, 5000)
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
  const { id } = await payPart(sandbox, citizen, fine, fine.amountFen, { totalFen: 20_200 })
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
    '国网成都供电公司单次最多缴 300.00 元，请分几次支付。',
  ])
  expect((await citizen.pay(bills.slice(0, 1))).status).toBe(201)
})
