import { attemptsIn } from '../../../city/billing/legacy/attempts'
import { legacyBiller } from '../../../city/billing/legacy/biller'
import { severalBillers } from '../../../city/billing/several-billers'
import type { Bill, Lookup, Receipt } from '../../../contract/wire/types.gen'
import { type LegacyServer, startLegacyBiller } from '../../../sandbox/legacy-biller'
import { type Sandbox, startSandbox } from '../../../sandbox/start'
import { signIn } from '../../support/citizen'
import { testDatabase } from '../../support/sandbox'

/** A city one of whose billers is an old system, from a citizen's call to the bookings in its books. */

const number = '86005555'
let sandbox: Sandbox
let server: LegacyServer
let base: string
let release: () => Promise<void>
beforeAll(async () => {
  const { databaseUrl, schema, release: letGo } = await testDatabase()
  release = letGo
  const startAt = new Date('2026-11-28T10:00:00+08:00')
  sandbox = await startSandbox({ port: 0, databaseUrl, schema, startAt, quiet: true, sweepMs: null })
  base = `${sandbox.address}/330100`
  server = await startLegacyBiller({})
  const { world } = sandbox
  const old = legacyBiller({
    ...{
      url: server.url,
      billerId: 'hz-water',
      kind: 'water',
      clock: world.clock,
      attempts: attemptsIn(world.database),
    },
    ...{ title: (month) => ({ zh: `${month} 水费`, en: `Water, ${month}` }), closed: { from: '23:00', to: '06:00' } },
    quietSeconds: 0.5,
  })
  Object.assign(world.billers, severalBillers({ ...world.billers }, new Map([['330100/hz-water', old]])))
  const bill = { period: '202611', lateFeeFen: 105, usage: '12', issued: '20261101', due: '20261125', booked: [] }
  server.accounts.set(number, {
    ...{ number, holder: '欧阳修', address: '西湖区文三路20号3幢601', phone: '13800000000' },
    bills: [{ ...bill, billNo: '202611/77', fen: 123_450 }],
  })
}, 100_000)
afterAll(async () => {
  await server.close()
  await sandbox.close()
  await release()
})

test('a bill of an old system is found, paid and booked once, although its answer was lost', async () => {
  const citizen = await signIn(base, 'old-system')
  const match = (await citizen.match('hz-water', number)).body
  expect(match).toMatchObject({ outcome: 'matched', maskedHolder: '欧阳**', maskedAddress: '西湖区文三路***' })
  const account = await citizen.bind('hz-water', number)
  const lookUp = async () => (await citizen.get<Lookup>(`/accounts/${account.id}/lookup`)).body
  server.misbehave('truncated')
  expect((await lookUp()).outcome).toBe('not-answering')
  const found = await lookUp()
  const [bill] = found.outcome === 'bill' ? found.bills : []
  if (!bill) throw new Error(found.outcome)
  expect(bill).toMatchObject({ amountFen: 123_555, lateFeeFen: 105, status: 'overdue', dueOn: '2026-11-25' })

  const { payment } = (await citizen.pay([bill])).body
  await sandbox.world.vendors.pay(payment.reference)
  server.misbehave('answer-lost', '2001')
  sandbox.world.clock.advance(10)
  expect((await citizen.payment(payment.id)).state).toBe('paid')
  expect((await citizen.payment(payment.id)).state).toBe('credited')
  expect(server.accounts.get(number)?.bills[0]?.booked.map(({ fen }) => fen)).toEqual([123_555])
  expect((await lookUp()).outcome).toBe('nothing-due')
  expect((await citizen.get<Bill>(`/bills/${bill.id}`)).body).toMatchObject({
    status: 'settled',
    paymentId: payment.id,
  })
  // It sends its invoices by post: nobody waits here for one that never comes.
  const { receiptId } = await citizen.payment(payment.id)
  expect((await citizen.get<Receipt>(`/receipts/${receiptId}`)).body.eBill).toEqual({ state: 'none' })
})
