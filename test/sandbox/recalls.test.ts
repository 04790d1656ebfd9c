import type { Bill, Payment, Problem, RefundPage } from '../../contract/wire/types.gen'
import { electricity, signIn, type TestCitizen } from '../support/citizen'
import { moneyOf, moneyProblems, readLedger } from '../support/money-ledger'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'

let sandbox: TestSandbox
let base: string

beforeAll(async () => {
  sandbox = await startTestSandbox()
  base = sandbox.city('330100')
}, 100_000)
// The clock stands: nothing is credited because the machine is slow.
beforeEach(async () => {
  await sandbox.control('POST', '/reset', { set: '2026-11-23T10:00:00+08:00' })
  await sandbox.control('POST', '/clock', { stand: true })
})
afterAll(() => sandbox.close())

const control = (path: string, body: object) => sandbox.control('POST', path, body)
const fault = (name: string, more: object = {}) => sandbox.control('PUT', '/faults', { name, ...more })
const pass = (seconds: number) => control('/clock', { advanceSeconds: seconds })

async function paid(citizen: TestCitizen, bills: Bill[]): Promise<string> {
  const { id } = (await citizen.pay(bills)).body.payment
  await control('/pay', { paymentId: id })
  expect((await citizen.payment(id)).state).toBe('paid')
  return id
}

const recall = (citizen: TestCitizen, id: string, billId: string | undefined) =>
  citizen.send<Payment & Problem>(`/payments/${id}/recalls`, { billId })

/** All news delivered: nothing is moving, and all of it is in one place. */
async function atRest(id: string) {
  for (let time = 0; time < 12; time += 1) await pass(30)
  const ledger = await readLedger(sandbox)
  expect(moneyProblems(ledger, { atRest: true })).toEqual([])
  return moneyOf(ledger, id)
}

test('M17: before the biller is told the money stops: it is never credited, and goes back by itself', async () => {
  const citizen = await signIn(base, 'stops')
  const [bill] = await citizen.billsOf('hz-electricity', electricity.oneDue)
  const id = await paid(citizen, bill ? [bill] : [])
  const { body } = await recall(citizen, id, bill?.id)
  expect(body).toMatchObject({ state: 'refunding', bills: [{ outcome: 'not-credited', recall: { state: 'stopped' } }] })
  expect(body.bills[0]?.recall?.reference).toMatch(/^CHHZ\d+01$/)
  expect(await atRest(id)).toMatchObject({ credited: 0, refunded: bill?.amountFen, moving: 0 })
  expect(await citizen.payment(id)).toMatchObject({ state: 'refunded', refundedFen: bill?.amountFen })
  // It is due again.
  expect((await citizen.get<Bill>(`/bills/${bill?.id}`)).body).toMatchObject({
    status: 'due',
    amountFen: bill?.amountFen,
  })
})

test('M17: after crediting the biller decides by a date; agreed, the bill is due again and the money is back', async () => {
  const citizen = await signIn(base, 'agrees')
  const [bill] = await citizen.billsOf('hz-electricity', electricity.oneDue)
  const id = await paid(citizen, bill ? [bill] : [])
  await control('/credit', { paymentId: id })
  const asked = (await recall(citizen, id, bill?.id)).body
  expect(asked).toMatchObject({
    state: 'credited',
    bills: [{ outcome: 'credited', recall: { state: 'asked', decideBy: expect.stringMatching(/^2026-11-26T/) } }],
  })
  expect(await atRest(id)).toMatchObject({ credited: 0, refunded: bill?.amountFen, moving: 0 })
  expect(await citizen.payment(id)).toMatchObject({
    state: 'refunded',
    bills: [{ outcome: 'refunded', recall: { state: 'agreed' } }],
  })
  expect((await citizen.get<Bill>(`/bills/${bill?.id}`)).body.status).toBe('due')
  // Whoever pays it the second time pays it once.
  const again = await citizen.get<Bill>(`/bills/${bill?.id}`)
  const second = await paid(citizen, [again.body])
  await control('/credit', { paymentId: second })
  expect(await atRest(second)).toMatchObject({ credited: bill?.amountFen, refunded: 0 })
})

test('M17: a biller that declines says why, and the money stays with it', async () => {
  const citizen = await signIn(base, 'declines')
  const [bill] = await citizen.billsOf('hz-electricity', electricity.oneDue)
  const id = await paid(citizen, bill ? [bill] : [])
  await control('/credit', { paymentId: id })
  await fault('recall-declined', { times: 1 })
  await recall(citizen, id, bill?.id)
  expect(await atRest(id)).toMatchObject({ credited: bill?.amountFen, refunded: 0 })
  const { bills, state } = await citizen.payment(id)
  expect([state, bills[0]?.recall]).toEqual([
    'credited',
    expect.objectContaining({
      state: 'declined',
      reason: expect.stringContaining('户主'),
      endedAt: expect.any(String),
    }),
  ])
  // Declined is declined: asking again is the same recall.
  expect((await recall(citizen, id, bill?.id)).body.bills[0]?.recall).toEqual(bills[0]?.recall)
})

test('M17: asked twice it is one recall; while nobody decides it stays asked, past its date as well', async () => {
  const citizen = await signIn(base, 'twice')
  const [bill] = await citizen.billsOf('hz-electricity', electricity.oneDue)
  const id = await paid(citizen, bill ? [bill] : [])
  await control('/credit', { paymentId: id })
  await fault('recall-undecided')
  const both = await Promise.all([recall(citizen, id, bill?.id), recall(citizen, id, bill?.id)])
  expect(both.map(({ status }) => status)).toEqual([200, 200])
  expect(both[0]?.body.bills[0]?.recall).toEqual(both[1]?.body.bills[0]?.recall)
  await pass(4 * 86_400)
  const late = await signIn(base, 'twice')
  expect((await late.payment(id)).bills[0]?.recall?.state).toBe('asked')
  await fault('recall-undecided', { on: false })
  for (let time = 0; time < 4; time += 1) await pass(3600)
  expect(await atRest(id)).toMatchObject({ credited: 0, refunded: bill?.amountFen })
})

test('M17: of two bills under one cashier one is recalled; the other is credited, and each ends where it belongs', async () => {
  const citizen = await signIn(base, 'basket')
  const [wrong] = await citizen.billsOf('hz-electricity', electricity.oneDue)
  const [right] = await citizen.billsOf('hz-electricity', electricity.overdue)
  const id = await paid(
    citizen,
    [wrong, right].flatMap((bill) => bill ?? []),
  )
  const { body } = await recall(citizen, id, wrong?.id)
  expect(body).toMatchObject({ state: 'paid', bills: [{ outcome: 'not-credited' }, { outcome: 'open' }] })
  expect(await atRest(id)).toMatchObject({ credited: right?.amountFen, refunded: wrong?.amountFen })
  const { state, bills } = await citizen.payment(id)
  expect([state, bills.map(({ outcome }) => outcome)]).toEqual(['partly-refunded', ['refunded', 'credited']])
  expect((await citizen.get<RefundPage>(`/payments/${id}/refunds`)).body.items).toHaveLength(1)
  // The other one after all.
  await recall(citizen, id, right?.id)
  const all = (wrong?.amountFen ?? 0) + (right?.amountFen ?? 0)
  expect(await atRest(id)).toMatchObject({ credited: 0, refunded: all })
  expect(await citizen.payment(id)).toMatchObject({ state: 'refunded', refundedFen: all })
})

test('M17: what a biller refused, or goes back already, cannot be recalled, nor somebody else’s payment', async () => {
  const citizen = await signIn(base, 'refused')
  const [bill] = await citizen.billsOf('hz-electricity', electricity.oneDue)
  const unpaid = (await citizen.pay(bill ? [bill] : [])).body.payment
  expect((await recall(citizen, unpaid.id, bill?.id)).body).toMatchObject({ code: 'not-recallable', retry: 'never' })
  await control('/pay', { paymentId: unpaid.id })
  await citizen.payment(unpaid.id)
  await fault('credit-refused', { times: 1 })
  await control('/credit', { paymentId: unpaid.id })
  expect((await recall(citizen, unpaid.id, bill?.id)).body).toMatchObject({ status: 409, code: 'not-recallable' })
  const other = await signIn(base, 'somebody-else')
  expect((await recall(other, unpaid.id, bill?.id)).status).toBe(404)
  expect((await recall(citizen, unpaid.id, 'b-none')).status).toBe(404)
  expect(await atRest(unpaid.id)).toMatchObject({ credited: 0, refunded: bill?.amountFen })
})

test('M17: a recall against the crediting of the same moment: whichever is first, the money is in one place', async () => {
  for (let time = 0; time < 8; time += 1) {
    // A session lasts for half an hour.
    const citizen = await signIn(base, 'raced')
    const [bill] = await citizen.billsOf('hz-electricity', electricity.severalDue)
    if (!bill) throw new Error('nothing is due')
    const id = await paid(citizen, [bill])
    if (time % 3 === 2) await fault('credit-refused', { times: 1 })
    await Promise.all([
      control('/credit', { paymentId: id }),
      recall(citizen, id, bill.id),
      recall(citizen, id, bill.id),
      ...(time % 2 ? [control('/credit', { paymentId: id })] : []),
    ])
    const { credited, refunded } = await atRest(id)
    expect([credited, refunded].sort()).toEqual([0, bill.amountFen].sort())
    await sandbox.control('DELETE', '/faults')
  }
}, 60_000)
