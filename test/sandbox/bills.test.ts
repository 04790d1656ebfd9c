import { asId, type BillerId, type CityId } from '@/domain/ids'
import type { Bill, BillPage, History, Lookup } from '../../contract/wire/types.gen'
import { newKey } from '../support/booking'
import { electricity, signIn } from '../support/citizen'
import { moneyProblems, readLedger } from '../support/money-ledger'
import { firstBill } from '../support/payer'
import { createPhone } from '../support/phone'
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

const fault = (name: string, more: object = {}) => sandbox.control('PUT', '/faults', { name, ...more })

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
  expect(bill).toMatchObject({ status: 'overdue', settlement: '违约金 → 往期欠费 → 本期' })
  expect(bill.arrearsFen).toBeGreaterThan(0)
  expect(bill.lateFeeFen).toBeGreaterThan(0)
  expect(bill.changes?.map(({ version }) => version)).toEqual([2, 1])
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

test('M18: with "wrong-sums" on, a bill comes with its amount and without its lines', async () => {
  const { services } = createPhone({ addresses: { '330100': hangzhou } })
  const city = asId<CityId>('330100')
  const match = await services.accounts.match(city, asId<BillerId>('hz-electricity'), electricity.oneDue)
  if (match.outcome !== 'matched') throw new Error(match.outcome)
  const account = await services.accounts.bind(
    city,
    { matchId: match.matchId, relation: 'mine' },
    services.newIdempotencyKey(),
  )
  const lookUp = async () => {
    const lookup = await services.bills.lookUp(city, account.id)
    return lookup.outcome === 'bill' ? lookup.bills : []
  }
  const [whole] = await lookUp()
  expect([whole?.linesLeftOut, (whole?.lines.length ?? 0) > 0]).toEqual([undefined, true])
  await fault('wrong-sums')
  for (const read of [lookUp, async () => (await services.bills.list(city, { due: true })).items])
    expect((await read())[0]).toMatchObject({ amountFen: whole?.amountFen, lines: [], linesLeftOut: true })
})
