import { luhnDigit } from '../../city/billing/check-digit'
import type {
  Account,
  AccountMatch,
  AccountPage,
  AccountRemoval,
  Bill,
  BillPage,
  Lookup,
} from '../../contract/wire/types.gen'
import { newKey } from '../support/booking'
import { electricity, signIn } from '../support/citizen'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'

let sandbox: TestSandbox
let hangzhou: string
let chengdu: string

beforeAll(async () => {
  sandbox = await startTestSandbox({ startAt: '2026-11-23T10:00:00+08:00' })
  hangzhou = sandbox.city('330100')
  chengdu = sandbox.city('510100')
}, 100_000)
afterAll(() => sandbox.close())

const setFault = (fault: object) => sandbox.control('PUT', '/faults', fault)

test('a match shows who it is without giving them away, in both languages', async () => {
  const citizen = await signIn(hangzhou, 'match')
  const matched = (await citizen.match('hz-electricity', electricity.huge)).body
  if (matched.outcome !== 'matched') throw new Error(matched.outcome)
  expect(matched.maskedHolder).toBe('杭州****公司')
  expect(matched.maskedAddress).toMatch(/^.+区.+(路|街|道)\*\*\*$/)
  const unknown = `330100999999${luhnDigit('330100999999')}`
  expect((await citizen.match('hz-electricity', unknown)).body.outcome).toBe('no-account')
})

test('a number that breaks the biller’s rule is refused by field', async () => {
  const citizen = await signIn(hangzhou, 'rule')
  const wrong = await citizen.match('hz-electricity', '3301001234561')
  expect([wrong.status, wrong.problem?.code, wrong.problem?.fields?.[0]?.field]).toEqual([
    400,
    'invalid-fields',
    'number',
  ])
  expect((await citizen.match('hz-electricity', '33010012345')).problem?.fields?.[0]?.problem).toBe(
    '13 characters expected',
  )
  expect((await citizen.match('hz-gas', '571188003x')).body.outcome).toBe('matched')
})

test('binding twice gives the same account; a match of another citizen or an old one gives none', async () => {
  const citizen = await signIn(hangzhou, 'bind')
  const first = await citizen.bind('hz-electricity', electricity.oneDue)
  expect((await citizen.bind('hz-electricity', electricity.oneDue)).id).toBe(first.id)
  const match = (await citizen.match('hz-electricity', electricity.fresh)).body
  if (match.outcome !== 'matched') throw new Error(match.outcome)
  const stranger = await signIn(hangzhou, 'bind-stranger')
  const stolen = await stranger.send<Account>('/accounts', { matchId: match.matchId, relation: 'mine' })
  expect(stolen.problem?.code).toBe('not-found')
  await sandbox.control('POST', '/clock', { advanceSeconds: 601 })
  const late = await citizen.send<Account>('/accounts', { matchId: match.matchId, relation: 'mine' })
  expect(late.problem?.code).toBe('match-expired')
})

test('unbinding can be undone for ten minutes and repeated after a lost answer', async () => {
  const citizen = await signIn(hangzhou, 'undo')
  const { id } = await citizen.bind('hz-electricity', electricity.oneDue)
  const remove = () => citizen.send<AccountRemoval>(`/accounts/${id}`, undefined, newKey(), 'DELETE')
  const removed = await remove()
  expect((await remove()).body.undoUntil).toBe(removed.body.undoUntil)
  expect((await citizen.get<Account>(`/accounts/${id}`)).status).toBe(404)
  expect((await citizen.send<Account>(`/accounts/${id}/restoration`)).body.id).toBe(id)
  expect((await citizen.get<AccountPage>('/accounts')).body.items).toHaveLength(1)
  await remove()
  await sandbox.control('POST', '/clock', { advanceSeconds: 601 })
  expect((await citizen.send<Account>(`/accounts/${id}/restoration`)).problem?.code).toBe('undo-expired')
})

test('a nickname and whose account it is can be changed, one without the other', async () => {
  const citizen = await signIn(hangzhou, 'nickname')
  const { id } = await citizen.bind('hz-electricity', electricity.oneDue)
  const put = (body: object) => citizen.send<Account>(`/accounts/${id}`, body, newKey(), 'PUT')
  expect((await put({ nickname: '爸妈家' })).body).toMatchObject({ nickname: '爸妈家', relation: 'mine' })
  expect((await put({ relation: 'someone-else' })).body).toMatchObject({ nickname: '爸妈家', relation: 'someone-else' })
  expect((await put({})).status).toBe(400)
})

test('lookup tells its five outcomes apart', async () => {
  const citizen = await signIn(hangzhou, 'five')
  const lookup = async (number: string) => {
    const account = await citizen.bind('hz-electricity', number)
    return (await citizen.get<Lookup>(`/accounts/${account.id}/lookup`)).body
  }
  const due = await lookup(electricity.oneDue)
  expect(due.outcome === 'bill' && due.bills[0]?.status).toBe('due')
  expect((await lookup(electricity.nothingDue)).outcome).toBe('nothing-due')
  expect((await lookup(electricity.vanished)).outcome).toBe('no-account')
  expect((await lookup(electricity.silent)).outcome).toBe('not-answering')

  const night = await signIn(chengdu, 'five')
  const gas = await night.bind('cd-gas', 'CDRQ88016A')
  await sandbox.control('POST', '/clock', { set: '2026-11-25T23:30:00+08:00' })
  const again = await signIn(chengdu, 'five')
  const asleep = (await again.get<Lookup>(`/accounts/${gas.id}/lookup`)).body
  expect(asleep).toMatchObject({ outcome: 'biller-closed', closedUntil: '2026-11-26T07:00:00.000+08:00' })
  const match = (await again.match('cd-gas', 'CDRQ88017')).body
  expect(match).toMatchObject({ outcome: 'biller-closed', closedUntil: '2026-11-26T07:00:00.000+08:00' })
  await sandbox.control('POST', '/clock', { set: '2026-11-26T07:00:00+08:00' })
  const awake = await signIn(chengdu, 'five')
  expect((await awake.get<Lookup>(`/accounts/${gas.id}/lookup`)).body.outcome).toBe('bill')
})

test('a biller that does not answer is never "nothing due", for matches as for lookups', async () => {
  const citizen = await signIn(hangzhou, 'silent')
  const { id } = await citizen.bind('hz-electricity', electricity.nothingDue)
  await setFault({ name: 'biller-not-answering', cityId: '330100' })
  expect((await citizen.get<Lookup>(`/accounts/${id}/lookup`)).body.outcome).toBe('not-answering')
  const match: AccountMatch = (await citizen.match('hz-electricity', electricity.fresh)).body
  expect(match.outcome).toBe('not-answering')
  await setFault({ name: 'biller-not-answering', on: false })
  expect((await citizen.get<Lookup>(`/accounts/${id}/lookup`)).body.outcome).toBe('nothing-due')
})

test('an overdue bill adds its late fee once, and lines with it make the amount', async () => {
  const citizen = await signIn(hangzhou, 'overdue')
  const bills = await citizen.billsOf('hz-electricity', electricity.overdue)
  expect(bills.map((bill) => bill.status)).toEqual(['overdue', 'due'])
  for (const bill of bills) {
    const lines = bill.lines.reduce((sum, line) => sum + line.amountFen, 0)
    expect(lines + (bill.lateFeeFen ?? 0)).toBe(bill.amountFen)
  }
  expect(bills[0]?.lateFeeFen).toBeGreaterThan(0)
  expect(bills[1]?.lateFeeFen).toBeUndefined()
})

test('the list of bills goes back two years, by pages, newest first, and says how old it is', async () => {
  const citizen = await signIn(hangzhou, 'history')
  await citizen.bind('hz-electricity', electricity.oneDue)
  await citizen.bind('hz-electricity', electricity.severalDue)
  const all: Bill[] = []
  let next: string | undefined
  do {
    const page: BillPage = (await citizen.get<BillPage>(`/bills${next ? `?cursor=${next}` : ''}`)).body
    expect(page.consistency).toBe('eventual')
    expect(Date.parse(page.asOf)).toBeLessThan(Date.parse(page.serverTime))
    all.push(...page.items)
    next = page.next
  } while (next !== undefined)
  expect(all).toHaveLength(25 + 28)
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
  const days = all.map(({ issuedOn }) => issuedOn)
  expect(days).toEqual([...days].sort().reverse())
  expect((await citizen.get<BillPage>('/bills?due=true')).body.items).toHaveLength(5)
  expect((await citizen.get<BillPage>('/bills?cursor=nonsense')).problem?.code).toBe('bad-request')
})

test('a citizen sees bills of bound accounts only', async () => {
  const owner = await signIn(hangzhou, 'owner')
  const [bill] = await owner.billsOf('hz-electricity', electricity.oneDue)
  const stranger = await signIn(hangzhou, 'stranger')
  expect((await stranger.get<Bill>(`/bills/${bill?.id}`)).problem?.code).toBe('not-found')
  expect((await owner.get<Bill>(`/bills/${bill?.id}`, 'en')).body.title).toMatch(/^Electricity, \w+ 2026$/)
})
