import { readReceiptCode, verdictOf } from '@/domain/receipt-code'
import { verifySignature } from '@/pages/verify/ed25519'
import type {
  Account,
  Bill,
  Manifest,
  PaymentPage,
  Problem,
  Receipt,
  ReceiptCheck,
} from '../../contract/wire/types.gen'
import { ask } from '../support/booking'
import { electricity, signIn, type TestCitizen } from '../support/citizen'
import { openRows } from '../support/rows'
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

async function paid(citizen: TestCitizen, bills: Bill[]): Promise<{ id: string; receiptId: string }> {
  const { id } = (await citizen.pay(bills)).body.payment
  await control('/pay', { paymentId: id })
  const { receiptId = '' } = await citizen.payment(id)
  return { id, receiptId }
}

const receiptOf = async (citizen: TestCitizen, id: string) => (await citizen.get<Receipt>(`/receipts/${id}`)).body
const manifestOf = async (city = base) => (await ask<Manifest>(city, { path: '/manifest' })).body
const check = (text: string, city = base) =>
  ask<ReceiptCheck & Problem>(city, { method: 'POST', path: '/receipt-checks', body: { text } })

/** As the app judges it: with what the manifest lists. */
async function verdict(text: string) {
  const code = readReceiptCode(text)
  if (typeof code === 'string') return code
  return verdictOf(code, (await manifestOf()).signingKeys ?? [], verifySignature)
}

test('a receipt names biller, account, holder, address and period of each bill, masked, and its code says the same', async () => {
  const citizen = await signIn(base, 'named')
  const [bill] = await citizen.billsOf('hz-electricity', electricity.oneDue)
  const { id, receiptId } = await paid(citizen, bill ? [bill] : [])
  await control('/credit', { paymentId: id })
  const receipt = await receiptOf(citizen, receiptId)
  const [line] = receipt.bills
  expect(line).toMatchObject({
    account: {
      billerId: 'hz-electricity',
      billerName: '国网杭州供电公司',
      maskedNumber: '3301****4565',
      maskedHolder: '王**',
      maskedAddress: expect.stringContaining('***'),
      mark: expect.stringMatching(/^[A-Z0-9]{4}$/),
    },
    period: bill?.period,
    outcome: 'credited',
  })
  expect(receipt.creditedAt).toBe(line?.creditedAt)
  expect(JSON.stringify(receipt)).not.toContain(electricity.oneDue)
  const code = readReceiptCode(receipt.verifyText)
  expect(code).toMatchObject({
    cityId: '330100',
    number: receipt.number,
    amountFen: receipt.amountFen,
    billCount: 1,
    bills: [
      { billerId: 'hz-electricity', maskedNumber: '3301****4565', mark: line?.account?.mark, outcome: 'credited' },
    ],
  })
  expect(await verdict(receipt.verifyText)).toBe('genuine')
})

test('a code of twenty bills still fits, and says how many are left out', async () => {
  const citizen = await signIn(base, 'many')
  const bills = await citizen.billsOf('hz-water', '86009999')
  const { receiptId } = await paid(citizen, bills.slice(0, 20))
  const { verifyText, bills: lines } = await receiptOf(citizen, receiptId)
  expect(lines).toHaveLength(20)
  expect(verifyText.length).toBeLessThanOrEqual(400)
  const code = readReceiptCode(verifyText)
  expect(code).toMatchObject({ billCount: 20 })
  expect(typeof code === 'string' ? 0 : code.bills.length).toBeGreaterThan(1)
  expect(await verdict(verifyText)).toBe('genuine')
})

test('a city that changed its key lists the old one, and what that signed stays genuine', async () => {
  const citizen = await signIn(base, 'rotating')
  const { receiptId } = await paid(citizen, await citizen.billsOf('hz-electricity', electricity.oneDue))
  const before = await receiptOf(citizen, receiptId)
  const [first] = (await manifestOf()).signingKeys ?? []
  await control('/city-key', { cityId: '330100' })
  const keys = (await manifestOf()).signingKeys ?? []
  expect(keys).toHaveLength(2)
  expect(keys[1]).toEqual(first)
  expect(await verdict(before.verifyText)).toBe('genuine')
  const after = await receiptOf(citizen, receiptId)
  expect(readReceiptCode(after.verifyText)).toMatchObject({ keyId: keys[0]?.id })
  expect(await verdict(after.verifyText)).toBe('genuine')
  expect((await check(before.verifyText)).body).toMatchObject({ outcome: 'genuine', number: before.number })
})

test('whoever holds a code hears without a session that the payment was refunded, and nothing of the person', async () => {
  const citizen = await signIn(base, 'refunded')
  const { id, receiptId } = await paid(citizen, await citizen.billsOf('hz-electricity', electricity.oneDue))
  await control('/credit', { paymentId: id })
  const { verifyText, number, amountFen } = await receiptOf(citizen, receiptId)
  const good = (await check(verifyText)).body
  expect(good).toEqual({
    outcome: 'genuine',
    number,
    state: 'credited',
    amountFen,
    refundedFen: 0,
    serverTime: expect.any(String),
  })
  await control('/refund', { paymentId: id })
  await control('/refund', { paymentId: id })
  expect((await check(verifyText)).body).toMatchObject({ state: 'refunded', refundedFen: amountFen })
  // The code itself still says what it said.
  expect(await verdict(verifyText)).toBe('genuine')
})

/** A city of before, whose billers issue papers without being asked. */
const before = () => sandbox.city('230100')
const heatingDue = '230100000010'

test('in a city where nobody asks for papers one follows the crediting, and says when it failed', async () => {
  const citizen = await signIn(before(), 'two-clocks')
  const { id, receiptId } = await paid(citizen, await citizen.billsOf('hrb-heating', heatingDue))
  expect((await receiptOf(citizen, receiptId)).eBill.state).toBe('issuing')
  await control('/credit', { paymentId: id })
  const { eBill: soon, creditedAt = '' } = await receiptOf(citizen, receiptId)
  expect(soon.state).toBe('issuing')
  expect(Date.parse(soon.expectedBy ?? '') - Date.parse(creditedAt)).toBe(180_000)
  await control('/clock', { advanceSeconds: 181 })
  expect((await receiptOf(citizen, receiptId)).eBill).toMatchObject({
    state: 'issued',
    checkCode: expect.stringMatching(/^[0-9A-F]{6}$/),
  })
  await sandbox.control('PUT', '/faults', { name: 'ebill-failed' })
  expect((await receiptOf(citizen, receiptId)).eBill).toEqual({ state: 'failed' })
})

test('a paper that a biller does not answer about is on its way for three days, and then people are needed', async () => {
  const citizen = await signIn(before(), 'silent-paper')
  const { id, receiptId } = await paid(citizen, await citizen.billsOf('hrb-heating', heatingDue))
  await control('/credit', { paymentId: id })
  await sandbox.control('PUT', '/faults', { name: 'ebill-silent' })
  await control('/clock', { advanceSeconds: 200 })
  const soon = (await receiptOf(citizen, receiptId)).eBill
  expect(soon).toEqual({ state: 'issuing', expectedBy: expect.any(String) })
  await control('/clock', { advanceSeconds: 3 * 86_400 })
  const later = await signIn(before(), 'silent-paper')
  expect((await receiptOf(later, receiptId)).eBill).toEqual({ state: 'failed' })
})

test('a changed code, another city’s and any other text are not ours, and tell nothing', async () => {
  const citizen = await signIn(base, 'changed')
  const { receiptId } = await paid(citizen, await citizen.billsOf('hz-electricity', electricity.oneDue))
  const { verifyText, amountFen } = await receiptOf(citizen, receiptId)
  const notOurs = { outcome: 'not-ours', serverTime: expect.any(String) }
  const changed = verifyText.replace(`:${amountFen}:`, `:${amountFen + 1}:`)
  for (const text of [changed, 'city-receipt:330100:PJ1:1:x', '3301001234565', verifyText.slice(0, -3)])
    expect((await check(text)).body).toEqual(notOurs)
  expect((await check(verifyText, sandbox.city('510100'))).body).toEqual(notOurs)
  expect(await verdict(changed)).toBe('forged')
  expect((await check('x'.repeat(501))).status).toBe(400)
})

test('two homes never look alike, although their masks are equal: receipts, payments and accounts tell them apart', async () => {
  const citizen = await signIn(base, 'alike')
  const [first] = await citizen.billsOf('hz-electricity', electricity.oneDue)
  const [second] = await citizen.billsOf('hz-electricity', electricity.overdue)
  // The biller tells the same home of both.
  const { db, close } = await openRows(sandbox)
  const { address } = await db
    .selectFrom('biller_accounts')
    .select('address')
    .where('number', '=', electricity.oneDue)
    .executeTakeFirstOrThrow()
  await db
    .updateTable('biller_accounts')
    .set({ address: JSON.stringify(address) })
    .where('number', '=', electricity.overdue)
    .execute()
  await close()
  const { id, receiptId } = await paid(
    citizen,
    [first, second].flatMap((bill) => bill ?? []),
  )
  const labels = (await citizen.payment(id)).bills.map(({ accountLabel }) => accountLabel)
  expect(new Set(labels).size).toBe(2)
  const accounts = (await receiptOf(citizen, receiptId)).bills.map(({ account }) => account)
  expect(accounts[0]?.maskedAddress).toBe(accounts[1]?.maskedAddress)
  expect(accounts[0]?.mark).not.toBe(accounts[1]?.mark)
  const own = (await citizen.get<{ items: Account[] }>('/accounts')).body.items
  expect(own.map(({ mark }) => mark)).toEqual(accounts.map((account) => account?.mark))
  // The same account has the same mark for everybody.
  const other = await signIn(base, 'alike-too')
  expect((await other.bind('hz-electricity', electricity.oneDue)).mark).toBe(accounts[0]?.mark)
  const [listed] = (await citizen.get<PaymentPage>('/payments')).body.items
  expect(listed?.accountLabel).toBeUndefined()
})
