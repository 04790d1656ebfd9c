import type { Bill, BillPage, Lookup, PaymentStart } from '../../../contract/wire/types.gen'
import { type Sandbox, startSandbox } from '../../../sandbox/start'
import { own } from '../../../sandbox/tables'
import { newKey } from '../../support/booking'
import { electricity, signIn, type TestCitizen } from '../../support/citizen'
import { controlOf, testDatabase } from '../../support/sandbox'

/** The city's copy of what billers told it: how old it may be, and what never undoes what. */

let sandbox: Sandbox
let base: string
let release: () => Promise<void>
beforeAll(async () => {
  const { databaseUrl, schema, release: letGo } = await testDatabase()
  release = letGo
  sandbox = await startSandbox({ port: 0, databaseUrl, schema, quiet: true, sweepMs: null, anybodyHolds: true })
  base = `${sandbox.address}/330100`
}, 100_000)
beforeEach(() => control('POST', '/reset', { set: '2026-11-23T10:00:00+08:00' }))
afterAll(async () => {
  await sandbox.close()
  await release()
})

const control = controlOf(() => sandbox)
const silence = (on = true) => control('PUT', '/faults', { name: 'biller-not-answering', on })
const minutes = (count: number) => sandbox.world.clock.advance(count * 60)
const ageOf = (bill: Bill) => Math.round((sandbox.world.clock.now().getTime() - Date.parse(bill.asOf)) / 60_000)

async function dueOf(citizen: TestCitizen, number: string): Promise<Bill> {
  const [bill] = await citizen.billsOf('hz-electricity', number)
  if (!bill) throw new Error('nothing due')
  return bill
}

/** The biller's own amount, without a word to the city. */
const grow = ({ id }: Bill, fen: number) =>
  own(sandbox.world.database.db)
    .updateTable('book_bills')
    .set((eb) => ({
      amount_fen: eb('amount_fen', '+', fen),
      late_fee_fen: eb('late_fee_fen', '+', fen),
      version: eb('version', '+', 1),
    }))
    .where('id', '=', id)
    .execute()

test('a bill is asked for again after a minute, and a list after ten; what is younger costs the biller nothing', async () => {
  const citizen = await signIn(base, 'ages')
  const bill = await dueOf(citizen, electricity.oneDue)
  const read = async () => (await citizen.get<Bill>(`/bills/${bill.id}`)).body
  const listed = async () =>
    (await citizen.get<BillPage>('/bills?due=true')).body.items.find(({ id }) => id === bill.id)?.amountFen
  await grow(bill, 100)
  expect((await read()).amountFen).toBe(bill.amountFen)
  minutes(2)
  expect(await listed()).toBe(bill.amountFen)
  const now = await read()
  expect([now.amountFen, now.version, ageOf(now)]).toEqual([bill.amountFen + 100, bill.version + 1, 0])
  expect(now.changes?.[0]).toMatchObject({ version: bill.version, amountFen: bill.amountFen })
  await grow(bill, 100)
  expect(await listed()).toBe(bill.amountFen + 100)
  minutes(11)
  expect(await listed()).toBe(bill.amountFen + 200)
})

test('what changed at the biller is asked for before it is paid', async () => {
  const citizen = await signIn(base, 'changed')
  const bill = await dueOf(citizen, electricity.oneDue)
  await grow(bill, 100)
  minutes(2)
  expect((await citizen.pay([bill])).problem).toMatchObject({
    code: 'bill-changed',
    bills: [{ billId: bill.id, version: bill.version + 1, amountFen: bill.amountFen + 100 }],
  })
})

test('a copy that was made by a clock far ahead counts as old, and holds up no change', async () => {
  const citizen = await signIn(base, 'ahead')
  minutes(20)
  const bill = await dueOf(citizen, electricity.oneDue)
  minutes(-20)
  await grow(bill, 100)
  expect((await citizen.pay([bill])).problem).toMatchObject({
    code: 'bill-changed',
    bills: [{ billId: bill.id, amountFen: bill.amountFen + 100 }],
  })
  minutes(20)
  await dueOf(citizen, electricity.oneDue)
  minutes(-20)
  await silence()
  const now = (await citizen.get<Bill>(`/bills/${bill.id}`)).body
  expect((await citizen.pay([now])).problem?.code).toBe('unavailable')
})

test('M12: a silent biller leaves the copy with its age; what is too old is not paid, and nothing is charged', async () => {
  const citizen = await signIn(base, 'silent')
  const bill = await dueOf(citizen, electricity.oneDue)
  await silence()
  minutes(5)
  const old = (await citizen.get<Bill>(`/bills/${bill.id}`)).body
  expect([old.amountFen, ageOf(old)]).toEqual([bill.amountFen, 5])
  minutes(12)
  const list = (await citizen.get<BillPage>('/bills')).body
  expect(Date.parse(list.serverTime) - Date.parse(list.asOf)).toBeGreaterThanOrEqual(17 * 60_000)
  const account = (await citizen.get<{ items: { billerAnsweredAt?: string }[] }>('/accounts')).body.items[0]
  expect(account?.billerAnsweredAt).toBeUndefined()
  const refused = await citizen.pay([bill])
  expect([refused.status, refused.problem?.code]).toEqual([503, 'unavailable'])
  expect(refused.problem?.detail).toMatch(/没有扣款/)
  await silence(false)
  minutes(11)
  expect((await citizen.pay([bill])).status).toBe(201)
})

test('M12: a biller that hangs is "not answering" before the phone gives up', async () => {
  const citizen = await signIn(base, 'hangs')
  const account = await citizen.bind('hz-electricity', electricity.nothingDue)
  const { billers } = sandbox.world
  const { lookUp } = billers
  billers.lookUp = () => new Promise(() => undefined)
  try {
    const begun = Date.now()
    expect((await citizen.get<Lookup>(`/accounts/${account.id}/lookup`)).body.outcome).toBe('not-answering')
    expect((await citizen.match('hz-electricity', electricity.fresh)).body.outcome).toBe('not-answering')
    expect(Date.now() - begun).toBeLessThan(14_000)
    // A list waits less, and shows what is there.
    minutes(11)
    const asked = Date.now()
    expect((await citizen.get<BillPage>('/bills')).body.items.length).toBeGreaterThan(5)
    expect(Date.now() - asked).toBeLessThan(4000)
  } finally {
    billers.lookUp = lookUp
  }
}, 40_000)

test('an answer to a question of before a payment does not undo it', async () => {
  const citizen = await signIn(base, 'late-answer')
  const bill = await dueOf(citizen, electricity.oneDue)
  // Something about it is another, so that the answer is taken in.
  await grow(bill, 0)
  const { billers } = sandbox.world
  const { lookUp } = billers
  let answerNow = (): void => undefined
  const mayAnswer = new Promise<void>((resolve) => {
    answerNow = resolve
  })
  const isAsked = new Promise<void>((asked) => {
    billers.lookUp = async (question) => {
      const before = await lookUp(question)
      asked()
      await mayAnswer
      return before
    }
  })
  const late = citizen.get<Lookup>(`/accounts/${bill.accountId}/lookup`)
  await isAsked
  billers.lookUp = lookUp
  const { payment } = (await citizen.pay([bill])).body
  await sandbox.world.vendors.pay(payment.reference)
  sandbox.world.clock.advance(10)
  expect((await citizen.payment(payment.id)).state).toBe('credited')
  answerNow()
  await late
  const after = (await citizen.get<Bill>(`/bills/${bill.id}`)).body
  expect([after.status, after.paymentId]).toEqual(['settled', payment.id])
})

test('while a bill is being paid, its copy stands, whatever the biller tells', async () => {
  const citizen = await signIn(base, 'being-paid')
  const bill = await dueOf(citizen, electricity.oneDue)
  expect((await citizen.pay([bill])).status).toBe(201)
  await grow(bill, 100)
  const { body } = await citizen.get<Lookup>(`/accounts/${bill.accountId}/lookup`)
  expect(body.outcome === 'bill' && body.bills[0]).toMatchObject({ amountFen: bill.amountFen, version: bill.version })
})

test('a bill that its biller no longer names is due no more', async () => {
  const citizen = await signIn(base, 'gone')
  const bill = await dueOf(citizen, electricity.oneDue)
  await own(sandbox.world.database.db).deleteFrom('book_bills').where('id', '=', bill.id).execute()
  const { body } = await citizen.get<Lookup>(`/accounts/${bill.accountId}/lookup`)
  expect(body.outcome).toBe('nothing-due')
  expect((await citizen.pay([bill])).problem?.code).toBe('bill-settled')
})

test('a biller that closes after an order was made opens no cashier for it, and its closing ends by itself', async () => {
  const citizen = await signIn(base, 'closes')
  const bill = await dueOf(citizen, electricity.oneDue)
  const { payment } = (await citizen.pay([bill])).body
  const open = () => citizen.send<PaymentStart>(`/payments/${payment.id}/cashier`, undefined, newKey())
  await control('PUT', '/faults', { name: 'biller-closed' })
  expect((await open()).problem).toMatchObject({ code: 'biller-closed', opensAt: '2026-11-24T07:00:00.000+08:00' })
  await control('DELETE', '/faults')
  expect((await open()).status).toBe(200)
})

test('in maintenance nobody’s order gives way or counts as left', async () => {
  const [first, second] = [await signIn(base, 'leaves'), await signIn(base, 'comes')]
  const bill = await dueOf(first, electricity.oneDue)
  await dueOf(second, electricity.oneDue)
  const { payment } = (await first.pay([bill])).body
  minutes(6)
  await control('PUT', '/faults', { name: 'maintenance', cityId: '330100' })
  expect((await second.pay([bill])).problem?.code).toBe('city-read-only')
  expect((await first.payment(payment.id)).state).toBe('created')
  await control('DELETE', '/faults')
})
