import { luhnDigit } from '../../../city/billing/check-digit'
import type { Account, AccountMatch, Bill, BillPage, Citizen, History, Lookup } from '../../../contract/wire/types.gen'
import { makeHolder } from '../../../sandbox/demo'
import { type Sandbox, startSandbox } from '../../../sandbox/start'
import { newKey, type Reply } from '../../support/booking'
import { electricity, signIn, type TestCitizen } from '../../support/citizen'
import { controlOf, testDatabase } from '../../support/sandbox'

/** N15: whoever tries numbers, and whoever pays for somebody else. Two instances, which know alike how often somebody asked. */

let sandboxes: [Sandbox, Sandbox]
let release: () => Promise<void>
let base: string
beforeAll(async () => {
  const { databaseUrl, schema, release: letGo } = await testDatabase()
  release = letGo
  const start = () => startSandbox({ port: 0, databaseUrl, schema, keep: true, quiet: true, sweepMs: null })
  sandboxes = [await start(), await start()]
  base = `${sandboxes[0].address}/330100`
  await wait(Date.parse('2027-03-01T09:00:00+08:00') - sandboxes[0].world.clock.now().getTime())
}, 100_000)
afterAll(async () => {
  await Promise.all(sandboxes.map((sandbox) => sandbox.close()))
  await release()
})

async function wait(ms: number): Promise<void> {
  sandboxes[0].world.clock.advance(ms / 1000)
  await sandboxes[0].world.shared.flush()
  await sandboxes[1].world.shared.refresh(0)
}
const control = controlOf(() => sandboxes[0])
const db = () => sandboxes[0].world.database.db

/** The nth number of the biller's that nobody has. */
const nobodys = (n: number) => {
  const body = `3301009${String(n).padStart(5, '0')}`
  return `${body}${luhnDigit(body)}`
}
const number = (n: number) => electricityNumbers[n % electricityNumbers.length] ?? ''
const electricityNumbers = Object.values(electricity)

/** The same citizen at both instances. */
async function everywhere(who: string): Promise<(n: number, what: string) => Promise<Reply<AccountMatch>>> {
  const citizens = await Promise.all(sandboxes.map((sandbox) => signIn(`${sandbox.address}/330100`, who)))
  return (n, what) => (citizens[n % 2] as TestCitizen).match('hz-electricity', what)
}

async function untilRefused(ask: (n: number) => Promise<Reply<AccountMatch>>, most: number) {
  for (let asked = 0; asked < most; asked += 1) {
    const reply = await ask(asked)
    if (reply.status === 429) return { asked, reply }
  }
  throw new Error(`${most} were answered`)
}

test('N15: numbers tried one after the other: few are answered, then each waits longer than the one before, at all instances', async () => {
  const match = await everywhere('tries-numbers')
  const first = await untilRefused((n) => match(n, number(n)), 40)
  expect(first.asked).toBeLessThan(20)
  expect(first.asked).toBeGreaterThan(10)
  const pauses: number[] = []
  for (let times = 0; times < 6; times += 1) {
    const { problem, status } = await match(times, number(times))
    expect([status, problem?.code, problem?.retry]).toEqual([429, 'too-many-requests', 'after'])
    const seconds = problem?.retryAfterSeconds ?? 0
    pauses.push(seconds)
    expect(problem?.detail).toMatch(/请/)
    await wait(seconds * 1000)
    expect((await match(times + 1, number(times))).status).toBe(200)
  }
  expect(pauses.every((pause, at) => at === 0 || pause > (pauses[at - 1] ?? 0))).toBe(true)
  await wait(24 * 3_600_000)
  const tomorrow = await everywhere('tries-numbers')
  expect((await tomorrow(0, number(0))).status).toBe(200)
})

test('many at once are counted one by one', async () => {
  const match = await everywhere('all-at-once')
  const replies = await Promise.all(Array.from({ length: 60 }, (_, n) => match(n, number(n))))
  expect(replies.filter(({ status }) => status === 200).length).toBeLessThan(24)
})

test('a number that nobody has counts for several, and one that the citizen has bound for nothing', async () => {
  const match = await everywhere('guesses')
  expect((await untilRefused((n) => match(n, nobodys(n)), 20)).asked).toBeLessThan(6)
  const owner = await signIn(base, 'asks-about-its-own')
  await owner.bind('hz-electricity', electricity.oneDue)
  for (let times = 0; times < 30; times += 1)
    expect((await owner.match('hz-electricity', electricity.oneDue)).status).toBe(200)
})

test('many citizens on one device guess no further than its address allows, which stops nobody who knows a number', async () => {
  await wait(24 * 3_600_000)
  let misses = 0
  let isStopped = false
  for (let who = 0; who < 40 && !isStopped; who += 1) {
    const citizen = await signIn(base, `one-of-many-${who}`)
    for (let n = 0; n < 4 && !isStopped; n += 1) {
      const reply = await citizen.match('hz-electricity', nobodys(100 + who * 4 + n))
      if (reply.status === 200) misses += 1
      else isStopped = (reply.problem?.retryAfterSeconds ?? 0) > 0
    }
  }
  expect(isStopped).toBe(true)
  expect(misses).toBeLessThan(80)
  await wait(24 * 3_600_000)
  expect((await (await signIn(base, 'next-day')).match('hz-electricity', electricity.oneDue)).status).toBe(200)
}, 60_000)

test('while the city is in maintenance, questions count against nobody', async () => {
  const citizen = await signIn(base, 'in-maintenance')
  await control('PUT', '/faults', { name: 'maintenance', cityId: '330100' })
  for (let n = 0; n < 30; n += 1)
    expect((await citizen.match('hz-electricity', nobodys(n))).body.outcome).toBe('no-account')
  await control('DELETE', '/faults')
  expect((await citizen.match('hz-electricity', nobodys(1))).status).toBe(200)
})

test('a look-up of a bound account is limited too, far beyond what a home needs', async () => {
  const citizen = await signIn(base, 'looks-up')
  const { id } = await citizen.bind('hz-electricity', electricity.oneDue)
  const asker = `lookups/${citizen.citizenId}`
  const lookUp = () => citizen.get<Lookup>(`/accounts/${id}/lookup`)
  expect((await lookUp()).body.outcome).toBe('bill')
  await db().updateTable('account_questions').set({ questions: 240 }).where('asker', '=', asker).execute()
  expect((await lookUp()).status).toBe(200)
  expect((await lookUp()).problem).toMatchObject({ code: 'too-many-requests', retryAfterSeconds: 10 })
})

test('thirty accounts can be bound, and no more until one is removed', async () => {
  const citizen = await signIn(base, 'collects')
  const rows = Array.from({ length: 26 }, (_, n) => ({
    id: `a-${citizen.citizenId}-${n}`,
    city_id: '330100',
    citizen_id: citizen.citizenId,
    biller_id: 'hz-electricity',
    number: nobodys(n),
    relation: 'someone-else' as const,
    bound_at: sandboxes[0].world.clock.now(),
  }))
  await db().insertInto('accounts').values(rows).execute()
  const matches = await Promise.all(electricityNumbers.map((what) => citizen.match('hz-electricity', what)))
  const bind = ({ body }: Reply<AccountMatch>) => {
    if (body.outcome !== 'matched') throw new Error(body.outcome)
    return citizen.send<Account>('/accounts', { matchId: body.matchId, relation: 'mine' })
  }
  const all = await Promise.all(matches.map(bind))
  const refused = all.findIndex(({ status }) => status === 403)
  expect(all.filter(({ status }) => status === 201)).toHaveLength(4)
  expect(all[refused]?.problem).toMatchObject({ code: 'forbidden', detail: expect.stringContaining('30') })
  await citizen.send(`/accounts/${rows[0]?.id}`, undefined, newKey(), 'DELETE')
  expect((await bind(matches[refused] as Reply<AccountMatch>)).status).toBe(201)
})

/** A citizen of whom the biller knows that the account is theirs. */
async function holderOf(who: string, billerId: string, what: string): Promise<TestCitizen> {
  const citizen = await signIn(base, who)
  await makeHolder(db(), citizen.citizenId, [{ city_id: '330100', biller_id: billerId, number: what }])
  return citizen
}

test('N15: only the holder sees a decision and confirms it; somebody else sees what is due, and pays once it is confirmed', async () => {
  const fine = '330106190012347'
  const holder = await holderOf('fined', 'hz-fine', fine)
  const stranger = await signIn(base, 'pays-for-the-fined')
  const [seen] = await stranger.billsOf('hz-fine', fine)
  const [read] = await holder.billsOf('hz-fine', fine)
  if (!seen || !read) throw new Error('no fine')
  expect(read).toMatchObject({ id: seen.id, decision: { confirmed: false }, lines: [{}] })
  expect(seen).toMatchObject({ amountFen: read.amountFen, status: 'not-payable', lines: [], notPayable: /本人/ })
  expect(JSON.stringify(seen)).not.toMatch(/decision|记 1 分|文三路|浙A/)
  const confirm = (citizen: TestCitizen) => citizen.send<Bill>(`/bills/${seen.id}/decision`, { version: seen.version })
  expect((await confirm(stranger)).problem).toMatchObject({ code: 'forbidden', detail: /本人/ })
  expect((await stranger.pay([seen])).problem?.code).toBe('bill-not-payable')
  expect((await confirm(holder)).body.decision?.confirmed).toBe(true)
  const [payable] = await stranger.billsOf('hz-fine', fine)
  expect(payable?.status).toMatch(/^(due|overdue)$/)
  expect((await stranger.pay(payable ? [payable] : [])).status).toBe(201)
})

test('use and settled bills are the holder’s; somebody else sees what is due, and what they paid themselves', async () => {
  const holder = await holderOf('at-home', 'hz-electricity', electricity.overdue)
  const stranger = await signIn(base, 'pays-for-home')
  const mine = await holder.bind('hz-electricity', electricity.overdue)
  const theirs = await stranger.bind('hz-electricity', electricity.overdue)
  expect([mine.holder, theirs.holder]).toEqual([true, false])
  const all = (await holder.get<BillPage>('/bills')).body.items
  const due = (await stranger.get<BillPage>('/bills')).body.items
  expect(all.length).toBeGreaterThan(10)
  expect(due.map(({ status }) => status)).toEqual([expect.stringMatching(/due$/), expect.stringMatching(/due$/)])
  expect(due.every((bill) => bill.lines.length === 0 && !bill.usage && !bill.changes)).toBe(true)
  expect(all.filter(({ usage }) => usage).length).toBeGreaterThan(10)
  const settled = all.find(({ status }) => status === 'settled')
  expect((await stranger.get(`/bills/${settled?.id}`)).status).toBe(404)
  expect((await stranger.get(`/accounts/${theirs.id}/history`)).problem?.code).toBe('forbidden')
  expect((await holder.get<History>(`/accounts/${mine.id}/history`)).body.months.length).toBeGreaterThan(10)

  const [bill] = due
  if (!bill) throw new Error('nothing due')
  const { payment } = (await stranger.pay([bill])).body
  await sandboxes[0].world.vendors.pay(payment.reference)
  await wait(10_000)
  await stranger.payment(payment.id)
  const seen = (await stranger.get<Bill>(`/bills/${bill.id}`)).body
  expect([seen.status, seen.paymentId]).toEqual(['settled', payment.id])
})

test('the holder learns that somebody else looked for, bound and looked up the account, each once a day', async () => {
  const holder = await holderOf('is-told', 'hz-water', '86001234')
  await holder.bind('hz-water', '86001234')
  const stranger = await signIn(base, 'is-told-of')
  const { id } = await stranger.bind('hz-water', '86001234')
  for (let times = 0; times < 3; times += 1) await stranger.get(`/accounts/${id}/lookup`)
  await stranger.match('hz-water', '86001234')
  const uses = (await holder.get<Citizen>('/citizen')).body.dataUse.filter(({ by }) => by === '另一位市民')
  expect(uses.map(({ purpose }) => purpose).sort()).toEqual([
    '按户号查找了您的账户（杭州市水务集团 86****34）',
    '查询了您账户的待缴费用（杭州市水务集团 86****34）',
    '绑定了您的账户（杭州市水务集团 86****34）',
  ])
  const others = (await stranger.get<Citizen>('/citizen')).body.dataUse
  expect(others.filter(({ by }) => by === '另一位市民')).toEqual([])
})
