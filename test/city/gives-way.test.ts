import type { Bill, PaymentStart } from '../../contract/wire/types.gen'
import { type Sandbox, startSandbox } from '../../sandbox/start'
import { electricity, signIn, type TestCitizen } from '../support/citizen'
import { testDatabase } from '../support/sandbox'

let sandbox: Sandbox
let base: string
let release: () => Promise<void>
beforeAll(async () => {
  const database = await testDatabase()
  release = database.release
  const { databaseUrl, schema } = database
  const startAt = new Date('2026-11-23T10:00:00+08:00')
  sandbox = await startSandbox({ port: 0, databaseUrl, schema, startAt, quiet: true, sweepMs: null })
  base = `${sandbox.address}/330100`
}, 100_000)
afterAll(async () => {
  await sandbox.close()
  await release()
})

const minutes = (count: number) => sandbox.world.clock.advance(count * 60)
const start = async (citizen: TestCitizen, bill: Bill): Promise<PaymentStart['payment']> =>
  (await citizen.pay([bill], { acknowledgeRecent: true })).body.payment

/** The holder of a bill, and a stranger who has bound the same account; their bills are the same. */
async function twoWith(number: string, who: string) {
  const holder = await signIn(base, `${who}-holder`)
  const stranger = await signIn(base, `${who}-stranger`)
  const [bills] = [await holder.billsOf('hz-electricity', number), await stranger.billsOf('hz-electricity', number)]
  return { holder, stranger, bills }
}

test('M16: an order that somebody else began and left gives way after five minutes, and not before', async () => {
  const { holder, stranger, bills } = await twoWith(electricity.oneDue, 'left')
  const [bill] = bills
  if (!bill) throw new Error('no bill')
  const left = await start(stranger, bill)
  expect((await holder.pay([bill])).problem?.code).toBe('bill-not-payable')
  minutes(6)
  const reply = await holder.pay([bill])
  expect(reply.status).toBe(201)
  expect((await stranger.payment(left.id)).state).toBe('closed')
  // The cashier that was left open takes nothing any more.
  expect(await sandbox.world.vendors.pay(left.reference)).toBe('CLOSED')
})

test('M16: an order that is paid, or that the vendor is deciding about, stays', async () => {
  const { holder, stranger, bills } = await twoWith(electricity.overdue, 'paid')
  const [first, second] = bills
  if (!first || !second) throw new Error('no bills')
  const paid = await start(stranger, first)
  const deciding = await start(stranger, second)
  minutes(6)
  await sandbox.world.vendors.pay(paid.reference)
  await sandbox.world.vendors.ponder(deciding.reference, 60, 'SUCCESS')
  expect((await holder.pay([first])).status).toBe(409)
  expect((await holder.pay([second])).problem?.code).toBe('bill-not-payable')
  expect((await stranger.payment(paid.id)).state).not.toBe('closed')
  expect((await stranger.payment(deciding.id)).state).toBe('unknown')
})

test('M16: whoever has not bound the account ends nobody’s order', async () => {
  const { stranger, bills } = await twoWith(electricity.paidElsewhere, 'unbound')
  const [bill] = bills
  if (!bill) throw new Error('no bill')
  const begun = await start(stranger, bill)
  minutes(6)
  const nobody = await signIn(base, 'unbound-nobody')
  expect((await nobody.pay([bill])).problem?.code).toBe('not-found')
  expect((await stranger.payment(begun.id)).state).toBe('created')
})

test('M16: whoever leaves orders again and again has to wait, and the holder pays', async () => {
  const { holder, stranger, bills } = await twoWith(electricity.severalDue, 'again')
  const [other] = await stranger.billsOf('hz-electricity', electricity.paidElsewhere)
  if (!other) throw new Error('no bill')
  const begun = await start(stranger, other)
  for (const bill of bills.slice(0, 3)) {
    await start(stranger, bill)
    minutes(6)
    expect((await holder.pay([bill])).status).toBe(201)
  }
  const [, , , last] = bills
  if (!last) throw new Error('four bills are due')
  const refused = await stranger.pay([last])
  expect(refused.status).toBe(429)
  expect(refused.problem?.retryAfterSeconds).toBeGreaterThan(0)
  expect((await start(stranger, other)).id).toBe(begun.id)
  expect((await holder.pay([last])).status).toBe(201)
  minutes(24 * 60)
})
