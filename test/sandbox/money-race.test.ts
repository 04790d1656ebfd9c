import type { Bill, PaymentStart } from '../../contract/wire/types.gen'
import { newKey, type Reply } from '../support/booking'
import { electricity, signIn, type TestCitizen } from '../support/citizen'
import { type MoneyLedger, moneyProblems, readLedger } from '../support/money-ledger'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'

let sandbox: TestSandbox

beforeAll(async () => {
  sandbox = await startTestSandbox()
}, 100_000)
beforeEach(() => sandbox.control('POST', '/reset', { set: '2026-11-23T10:00:00+08:00' }))
afterAll(() => sandbox.close())

const control = (path: string, body: object) => sandbox.control('POST', path, body)
const heating = '230100000010'

const payPart = (citizen: TestCitizen, bill: Bill, amountFen: number, key = newKey()): Promise<Reply<PaymentStart>> =>
  citizen.pay(
    [bill],
    { bills: [{ billId: bill.id, version: bill.version, amountFen }], totalFen: amountFen, acknowledgeRecent: true },
    key,
  )

async function couple(): Promise<{ citizens: TestCitizen[]; bill: Bill }> {
  const base = sandbox.city('230100')
  const citizens = await Promise.all([signIn(base, 'wife'), signIn(base, 'husband')])
  const found = await Promise.all(citizens.map((citizen) => citizen.billsOf('hrb-heating', heating)))
  const bill = found[0]?.[0]
  if (!bill) throw new Error('no bill')
  return { citizens, bill }
}

test('two citizens pay parts of one bill from forty taps at once: one live payment, whatever the amounts', async () => {
  const { citizens, bill } = await couple()
  const taps = Array.from({ length: 40 }, (_, at) => {
    const citizen = citizens[at % 2]
    if (!citizen) throw new Error('nobody')
    return payPart(citizen, bill, 50_000 + at * 1000)
  })
  const answers = await Promise.all(taps)
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  const given = new Set(answers.flatMap(({ status, body }) => (status < 300 ? body.payment.id : [])))
  expect(given.size).toBe(1)
  const refused = answers.filter(({ status }) => status >= 300)
  expect(refused.map(({ problem }) => problem?.code)).toEqual(refused.map(() => 'bill-not-payable'))
  expect(refused).toHaveLength(20)
  const ledger = await readLedger(sandbox)
  expect([ledger.payments.length, ledger.paymentBills.filter(({ live }) => live).length]).toEqual([1, 1])
  expect(moneyProblems(ledger)).toEqual([])
}, 60_000)

test('parts paid in rounds by two citizens, paid and closed at once, add up to the bill and not a fen more', async () => {
  const { citizens, bill } = await couple()
  const [wife] = citizens
  if (!wife) throw new Error('nobody')
  const now = async () => (await wife.get<Bill>(`/bills/${bill.id}`)).body
  let round = 0
  for (let left = await now(); left.status !== 'settled' && round < 12; left = await now()) {
    round += 1
    const partFen = Math.min(left.amountFen, 90_000)
    const answers = await Promise.all(citizens.map((citizen) => payPart(citizen, left, partFen)))
    const winner = answers.findIndex(({ status }) => status === 201)
    const citizen = citizens[winner]
    const paymentId = answers[winner]?.body.payment.id ?? ''
    expect([answers.filter(({ status }) => status === 201).length, citizen === undefined]).toEqual([1, false])
    // The till, the closing and a refund of what is over meet; whoever is first decides.
    await Promise.all([
      control('/pay', { paymentId }),
      citizen?.send(`/payments/${paymentId}/closing`),
      ...(round % 3 === 0 ? [control('/pay', { paymentId, force: true })] : []),
    ])
    await control('/clock', { advanceSeconds: 5 })
    await citizen?.payment(paymentId)
    expect(moneyProblems(await readLedger(sandbox))).toEqual([])
  }
  await control('/clock', { advanceSeconds: 20 })
  const rest = await now()
  const ledger = await readLedger(sandbox)
  expect(moneyProblems(ledger, { atRest: true })).toEqual([])
  const net = (kind: string) =>
    ledger.entries.reduce((sum, each) => sum + (each.kind === kind ? each.amount_fen : 0), 0)
  const credited = net('credited') - net('uncredited')
  expect(credited + (rest.status === 'settled' ? 0 : rest.amountFen)).toBe(369_788)
  expect(round).toBeGreaterThan(3)
}, 120_000)

test('a meter topped up from thirty taps at once is topped up once', async () => {
  const base = sandbox.city('510100')
  const citizens = await Promise.all([signIn(base, 'meter-1'), signIn(base, 'meter-2')])
  const [[meter] = []] = await Promise.all(citizens.map((citizen) => citizen.billsOf('cd-gas', 'CDRQ99001A')))
  if (!meter) throw new Error('no meter')
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, at) => payPart(citizens[at % 2] as TestCitizen, meter, 5000)),
  )
  const [first] = answers.filter(({ status }) => status === 201)
  const paymentId = first?.body.payment.id ?? ''
  await Promise.all(Array.from({ length: 5 }, () => control('/pay', { paymentId })))
  await control('/clock', { advanceSeconds: 5 })
  await Promise.all(Array.from({ length: 5 }, () => control('/credit', { paymentId })))
  const after = (await citizens[0]?.get<Bill>(`/bills/${meter.id}`))?.body
  expect(after?.topUp?.balanceFen).toBe(2360 + 5000)
  expect(moneyProblems(await readLedger(sandbox), { atRest: true })).toEqual([])
}, 60_000)

test('a decision confirmed from twenty taps at once, half of the answers lost, is confirmed once', async () => {
  const citizen = await signIn(sandbox.city('330100'), 'decision-race')
  const [fine] = await citizen.billsOf('hz-fine', '330106190012347')
  if (!fine) throw new Error('no fine')
  await sandbox.control('PUT', '/faults', { name: 'lost-answer', operationId: 'confirmDecision', times: 10 })
  const key = newKey()
  const answers = await Promise.allSettled(
    Array.from({ length: 20 }, (_, at) =>
      citizen.send<Bill>(`/bills/${fine.id}/decision`, { version: fine.version }, at % 2 ? key : newKey()),
    ),
  )
  expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(10)
  for (const answer of answers) {
    if (answer.status === 'fulfilled') expect([answer.value.status, answer.value.body.version]).toEqual([200, 2])
  }
  const now = (await citizen.get<Bill>(`/bills/${fine.id}`)).body
  expect(now).toMatchObject({ status: 'due', version: 2, decision: { confirmed: true } })
}, 30_000)

test('the check of the books bites: each way of losing or doubling money is seen', async () => {
  const citizen = await signIn(sandbox.city('330100'), 'bite')
  const bills = await citizen.billsOf('hz-electricity', electricity.severalDue)
  const { body } = await citizen.pay(bills)
  const { id } = body.payment
  await control('/pay', { paymentId: id })
  await sandbox.control('PUT', '/faults', { name: 'credit-refused', times: 1 })
  await control('/clock', { advanceSeconds: 5 })
  await citizen.payment(id)
  await control('/clock', { advanceSeconds: 11 })
  await citizen.payment(id)
  const ledger = await readLedger(sandbox)
  expect(moneyProblems(ledger, { atRest: true })).toEqual([])
  const map = <Key extends keyof MoneyLedger>(
    key: Key,
    change: (row: MoneyLedger[Key][number], at: number) => object,
  ) => ({
    ...ledger,
    [key]: ledger[key].map((row, at) => ({ ...row, ...change(row as MoneyLedger[Key][number], at) })),
  })
  const without = (kind: string) => ({ ...ledger, entries: ledger.entries.filter((each) => each.kind !== kind) })
  const wrong: [string, MoneyLedger][] = [
    [
      'a fen is missing from what was credited',
      map('entries', (row) => (row.kind === 'credited' ? { amount_fen: row.amount_fen - 1 } : {})),
    ],
    ['the refund was never booked', without('refunded')],
    ['nothing ever came in', without('in')],
    ['the same was booked twice', { ...ledger, entries: [...ledger.entries, ...ledger.entries.slice(0, 1)] }],
    ['the vendor took nothing', map('vendorOrders', () => ({ paid_at: null }))],
    ['the vendor gave nothing back', map('vendorOrders', () => ({ refunded_fen: 0 }))],
    ['a fee was kept beside it', map('payments', () => ({ fee_fen: 100 }))],
    ['the payment says less was refunded', map('payments', () => ({ refunded_fen: 0 }))],
    ['a bill is still held', map('paymentBills', () => ({ live: true }))],
    ['a bill was credited more than it is', map('bills', (row) => ({ amount_fen: row.amount_fen - 1 }))],
    ['a bill does not know what was credited', map('bills', () => ({ paid_fen: 0 }))],
    ['a bill is not settled', map('bills', () => ({ settled_at: null }))],
    ['an outcome is wrong', map('paymentBills', () => ({ outcome: 'credited' }))],
    ['it says credited, and a part went back', map('payments', () => ({ state: 'credited' }))],
    ['it says closed, and money came in', map('payments', () => ({ state: 'closed' }))],
  ]
  for (const [what, books] of wrong) expect([what, moneyProblems(books).length]).not.toEqual([what, 0])
  const stuck = map('payments', () => ({ state: 'refunding' }))
  expect(moneyProblems(stuck, { atRest: true })).toContainEqual(expect.stringContaining('not at its end'))
})
