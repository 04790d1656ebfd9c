import pg from 'pg'
import { plainProof } from '../../city/billing/proof'
import { forgetOld } from '../../city/retention'
import type {
  Account,
  AccountPage,
  Bill,
  BillPage,
  DataUsePage,
  Finding,
  Payment,
  PaymentPage,
  Receipt,
} from '../../contract/wire/types.gen'
import { type Sandbox, startSandbox } from '../../sandbox/start'
import { newKey } from '../support/booking'
import { electricity, signIn, type TestCitizen } from '../support/citizen'
import { controlOf, testDatabase } from '../support/sandbox'

let sandbox: Sandbox
let rows: pg.Client
let release: () => Promise<void>
let schema: string
let hangzhou: string
let chengdu: string
const control = controlOf(() => ({ address: sandbox.address, token: sandbox.token }))

beforeAll(async () => {
  const database = await testDatabase()
  release = database.release
  schema = database.schema
  const startAt = new Date('2026-11-23T10:00:00+08:00')
  const { databaseUrl } = database
  sandbox = await startSandbox({ port: 0, databaseUrl, schema, startAt, quiet: true, sweepMs: null })
  hangzhou = `${sandbox.address}/330100`
  chengdu = `${sandbox.address}/510100`
  rows = new pg.Client({ connectionString: databaseUrl, options: `-c search_path=${schema}` })
  await rows.connect()
}, 100_000)
beforeEach(() => control('POST', '/reset', { set: '2026-11-23T10:00:00+08:00' }))
afterAll(async () => {
  await rows.end()
  await sandbox.close()
  await release()
})

/** Of the seed: party 李小明 but for the late one. */
const fines = {
  due: '330106190012345',
  decided: '330106190012347',
  late: '330106190022351',
  paid: '3301061900223526',
  reviewed: '3301061900223534',
}
const party = '李小明'

const find = (citizen: TestCitizen, billerId: string, number: string, proof?: string) =>
  citizen.send<Finding>('/findings', { billerId, number, ...(proof && { proof }) })

async function found(citizen: TestCitizen, billerId: string, number: string, proof?: string) {
  const { body } = await find(citizen, billerId, number, proof)
  if (body.outcome !== 'found') throw new Error(`${number}: ${JSON.stringify(body)}`)
  const [bill] = body.bills
  if (!bill) throw new Error(`${number} has no bill`)
  return { ...body, bill }
}

/** Pays at the till, and has the biller credit it. */
async function settle(citizen: TestCitizen, bill: Bill): Promise<Payment> {
  const { body } = await citizen.pay([bill])
  await control('POST', '/pay', { paymentId: body.payment.id })
  await citizen.payment(body.payment.id)
  await control('POST', '/credit', { paymentId: body.payment.id })
  return citizen.payment(body.payment.id)
}

test('a fine is found by its decision number and the name on it, in its own words, and paid by anybody without confirming', async () => {
  const friend = await signIn(hangzhou, 'friend')
  const { account, bill, expiresAt } = await found(friend, 'hz-fine', '3301 0619 0012 347', '李 小明')
  expect(expiresAt).toMatch(/^2026-11-23T10:30:0/)
  expect(account).toMatchObject({ maskedNumber: '3301****2347', maskedHolder: '李**', maskedAddress: '*' })
  expect(bill).toMatchObject({ status: 'due', amountFen: 20_000, accountId: account.id, lines: [] })
  expect(bill.fine).toEqual({
    decisionNumber: fines.decided,
    authority: '杭州市公安局交通警察局西湖大队',
    offence: '违反禁止标线指示',
    decidedOn: '2026-11-18',
    fineFen: 20_000,
    surcharge: { dailyFen: 600, capFen: 20_000, soFarFen: 0 },
    reviewUntil: '2027-01-17',
    sueUntil: '2027-05-18',
  })
  // What happened is the party's to read.
  expect(bill.decision).toBeUndefined()
  const payment = await settle(friend, bill)
  expect(payment).toMatchObject({ state: 'credited', bills: [{ unbound: true, accountLabel: '3301****2347' }] })
  // A fine is nobody's home.
  expect(payment.bills[0]?.keep).toBeUndefined()
  const receipt = (await friend.get<Receipt>(`/receipts/${payment.receiptId}`)).body
  expect(receipt.bills[0]).toMatchObject({
    title: '道路交通违法罚款：违反禁止标线指示',
    account: { billerName: '杭州市公安局交通警察局', maskedNumber: '3301****2347', maskedHolder: '李**' },
  })
  expect(receipt.bills[0]?.account?.maskedAddress).toBeUndefined()
  expect((await find(friend, 'hz-fine', fines.decided, party)).body.outcome).toBe('settled')
})

test('a bound fine still has to be confirmed by its party, and a find of it does not open it to them who guess', async () => {
  const citizen = await signIn(hangzhou, 'bound')
  const [bill] = await citizen.billsOf('hz-fine', fines.decided)
  if (!bill) throw new Error('no bill')
  expect(bill.fine).toBeUndefined()
  expect((await citizen.pay([bill])).problem?.code).toBe('bill-not-payable')
  expect((await find(citizen, 'hz-fine', fines.decided, '王小明')).body.outcome).toBe('not-found')
  expect((await citizen.pay([bill])).problem?.code).toBe('bill-not-payable')
  await found(citizen, 'hz-fine', fines.decided, party)
  expect((await citizen.pay([bill])).status).toBe(201)
})

test('a tax voucher and a plate: the second fact is as its biller says, and what cannot be one is refused by field', async () => {
  const citizen = await signIn(hangzhou, 'tax')
  const voucher = '330100202600012345'
  const { bill } = await found(citizen, 'hz-tax', voucher, '31002x')
  expect([bill.kind, bill.fine]).toEqual(['tax', undefined])
  for (const proof of [undefined, '1002X', '李小明'])
    expect((await find(citizen, 'hz-tax', voucher, proof)).problem?.fields?.[0]?.field).toBe('proof')
  expect((await find(citizen, 'hz-tax', '123', '31002X')).problem?.fields?.[0]?.field).toBe('number')
  const inChengdu = await signIn(chengdu, 'plate')
  const number = '510106190012345'
  expect((await find(inChengdu, 'cd-fine', number, 'X316')).body.outcome).toBe('not-found')
  expect((await found(inChengdu, 'cd-fine', number, 'Ｘ３１５')).bill.fine?.authority).toMatch(/第二分局$/)
  const harbin = await signIn(`${sandbox.address}/230100`, 'none')
  expect((await find(harbin, 'hrb-electricity', '4500100001')).status).toBe(404)
})

test('names are the same however they were typed, and in the code points of GB 18030 of any year', () => {
  const name = (text: string) => plainProof({ kind: 'name' }, text)
  expect(name('古丽努尔•买买提')).toBe(name('古丽努尔·买买提'))
  // 𠂇 was U+E816 until 2022, 龴 U+E81E until 2005.
  expect(name('陈\ue816\ue81e')).toBe('陈\u{20087}\u9fb4')
  expect(name('陈\u{20087}')).not.toBe(name('陈'))
  expect(name('Li  Ming')).toBe(name('ＬＩ ＭＩＮＧ'))
  expect(name(' ')).toBeNull()
  expect(plainProof({ kind: 'ending', length: 4 }, '川A·8X315')).toBeNull()
  expect(plainProof({ kind: 'ending', length: 4 }, 'x3 15')).toBe('X315')
})

test('a number that does not exist and a wrong name have one answer, and leave nothing behind', async () => {
  const citizen = await signIn(hangzhou, 'guess')
  const wrong = (await find(citizen, 'hz-fine', fines.due, '李大明')).body
  const none = (await find(citizen, 'hz-fine', '330106190099999', party)).body
  const plain = ({ serverTime: _, ...rest }: Finding) => rest
  expect(plain(wrong)).toEqual({ outcome: 'not-found', billerId: 'hz-fine' })
  expect(plain(none)).toEqual(plain(wrong))
  expect(await rowsThatSay(fines.due, '330106190099999', party)).toEqual([])
})

test('N15: guesses at a second fact end in 429, for one citizen by points and for one number by whomever', async () => {
  const one = await signIn(hangzhou, 'many-guesses')
  const answers = []
  for (let at = 0; at < 6; at += 1) answers.push(await find(one, 'hz-fine', `33010619009999${at}`, party))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429])
  expect(answers[5]?.problem).toMatchObject({ code: 'too-many-requests', retryAfterSeconds: expect.any(Number) })
  const guessers = await Promise.all(Array.from({ length: 12 }, (_, at) => signIn(hangzhou, `guesser-${at}`)))
  const tries = await Promise.all(guessers.map((each, at) => find(each, 'hz-fine', fines.due, `李${at}明`)))
  expect(tries.filter(({ status }) => status === 429).length).toBeGreaterThan(0)
  // The right name does not help while the number is paused, and another number is nobody's business.
  const payer = await signIn(hangzhou, 'payer')
  expect((await find(payer, 'hz-fine', fines.due, party)).status).toBe(429)
  expect((await find(payer, 'hz-fine', fines.decided, party)).body.outcome).toBe('found')
  await control('POST', '/clock', { advanceSeconds: 3601 })
  const later = await signIn(hangzhou, 'payer')
  expect((await find(later, 'hz-fine', fines.due, party)).body.outcome).toBe('found')
  const asked = await rows.query('select asker from account_questions')
  expect(asked.rows.filter(({ asker }) => String(asker).includes(fines.due))).toEqual([])
})

test('every bad end is told apart: paid, under review, closed, silent, nothing due', async () => {
  const citizen = await signIn(hangzhou, 'ends')
  const paid = (await find(citizen, 'hz-fine', fines.paid, party)).body
  expect(paid).toMatchObject({ outcome: 'settled', settledAt: '2026-11-20T12:00:00.000+08:00' })
  const { bill } = await found(citizen, 'hz-fine', fines.reviewed, party)
  expect(bill).toMatchObject({ status: 'not-payable', notPayable: expect.stringContaining('行政复议') })
  expect((await citizen.pay([bill])).problem?.code).toBe('bill-not-payable')
  expect((await find(citizen, 'hz-electricity', electricity.nothingDue)).body.outcome).toBe('nothing-due')
  expect(await rowsThatSay(electricity.nothingDue, fines.paid)).toEqual([])
  await control('PUT', '/faults', { name: 'biller-not-answering', times: 1 })
  expect((await find(citizen, 'hz-fine', fines.due, party)).body.outcome).toBe('not-answering')
  await control('PUT', '/faults', { name: 'biller-closed', times: 1 })
  expect((await find(citizen, 'hz-fine', fines.due, party)).body).toMatchObject({
    outcome: 'biller-closed',
    closedUntil: '2026-11-24T07:00:00.000+08:00',
  })
})

test('M7: a surcharge that has grown since it was found is shown before it is paid, and never above the fine', async () => {
  const citizen = await signIn(hangzhou, 'late')
  const name = '古丽努尔·买买提'
  const { bill } = await found(citizen, 'hz-fine', fines.late, name)
  expect(bill).toMatchObject({ status: 'overdue', amountFen: 24_200, lateFeeFen: 4200, dueOn: '2026-11-16' })
  expect(bill.fine?.surcharge).toEqual({ dailyFen: 600, capFen: 20_000, soFarFen: 4200 })
  await control('POST', '/clock', { set: '2026-11-23T23:50:00+08:00' })
  const night = await signIn(hangzhou, 'late')
  const again = await found(night, 'hz-fine', fines.late, name)
  await control('POST', '/clock', { set: '2026-11-24T00:01:00+08:00' })
  const changed = await night.pay([again.bill])
  expect(changed.problem).toMatchObject({ code: 'bill-changed', bills: [{ amountFen: 24_800 }] })
  const now = (await night.get<Bill>(`/bills/${bill.id}`)).body
  expect(now.changes).toBeUndefined()
  expect((await night.pay([now])).status).toBe(201)
  await control('POST', '/reset', { set: '2026-11-23T10:00:00+08:00' })
  await control('POST', '/clock', { set: '2027-03-01T10:00:00+08:00' })
  const spring = await signIn(hangzhou, 'spring')
  expect((await found(spring, 'hz-fine', fines.late, name)).bill.amountFen).toBe(40_000)
})

test('M1: two people pay one fine at once from twenty taps: one payment', async () => {
  const payers = await Promise.all(['wife', 'husband'].map((who) => signIn(hangzhou, who)))
  const bills = await Promise.all(payers.map((payer) => found(payer, 'hz-fine', fines.due, party)))
  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, at) => {
      const [payer, result] = [payers[at % 2], bills[at % 2]]
      if (!payer || !result) throw new Error('nobody')
      return payer.pay([result.bill])
    }),
  )
  expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
  expect(new Set(answers.flatMap(({ status, body }) => (status < 300 ? body.payment.id : []))).size).toBe(1)
  const refused = answers.filter(({ status }) => status >= 300)
  expect(refused.map(({ problem }) => problem?.code)).toEqual(refused.map(() => 'bill-not-payable'))
  const { rows: live } = await rows.query('select 1 from payment_bills where live')
  expect(live).toHaveLength(1)
})

test('what was settled elsewhere since it was found is not paid again', async () => {
  const citizen = await signIn(hangzhou, 'elsewhere')
  const { bill } = await found(citizen, 'hz-fine', fines.due, party)
  await control('POST', '/settle', { billId: bill.id })
  expect((await citizen.pay([bill])).problem?.code).toBe('bill-settled')
  const other = await found(citizen, 'hz-fine', fines.decided, party)
  await control('POST', '/paid-elsewhere', { billId: other.bill.id })
  expect((await citizen.pay([other.bill])).problem?.code).toBe('recently-paid')
})

test('a friend’s bill is paid once, in no list of the payer’s, and kept as an account only when they say so', async () => {
  const citizen = await signIn(hangzhou, 'friend-bill')
  const { account, bill, bills } = await found(citizen, 'hz-electricity', electricity.severalDue)
  expect(bills).toHaveLength(4)
  expect(account).toMatchObject({ maskedHolder: '张**', relation: 'someone-else', paidBefore: false })
  expect(bill).toMatchObject({ lines: [], accountId: account.id })
  // Of the account nothing else can be read.
  for (const path of ['/history', '/lookup', '/mandates'])
    expect((await citizen.get(`/accounts/${account.id}${path}`)).status).toBe(404)
  expect((await citizen.get<AccountPage>('/accounts')).body.items).toEqual([])
  expect((await citizen.get<BillPage>('/bills')).body.items).toEqual([])
  // Not before it is paid.
  const bind = (matchId: string, key = newKey()) =>
    citizen.send<Account>('/accounts', { matchId, relation: 'someone-else' }, key)
  expect((await bind(account.id)).status).toBe(404)
  const payment = await settle(citizen, bill)
  const keep = payment.bills[0]?.keep
  expect(keep?.matchId).toBe(account.id)
  expect((await citizen.get<PaymentPage>('/payments')).body.items[0]?.accountLabel).toBe(account.maskedAddress)
  const stranger = await signIn(hangzhou, 'thief')
  const stolen = await stranger.send<Account>('/accounts', { matchId: account.id, relation: 'mine' })
  expect(stolen.status).toBe(404)
  const key = newKey()
  const kept = await bind(account.id, key)
  expect([kept.status, kept.body.maskedNumber]).toEqual([201, account.maskedNumber])
  expect((await bind(account.id, key)).body.id).toBe(kept.body.id)
  // Asked once.
  const after = (await citizen.payment(payment.id)).bills[0]
  expect([after?.keep, after?.unbound]).toEqual([undefined, undefined])
  expect((await citizen.get<BillPage>('/bills?due=true')).body.items).toHaveLength(3)
})

test('who says no is not asked again, and their payment stands', async () => {
  const citizen = await signIn(hangzhou, 'no')
  const { account, bill } = await found(citizen, 'hz-electricity', electricity.oneDue)
  const payment = await settle(citizen, bill)
  const forget = () => citizen.send(`/findings/${account.id}`, undefined, newKey(), 'DELETE')
  const stranger = await signIn(hangzhou, 'forgetter')
  await stranger.send(`/findings/${account.id}`, undefined, newKey(), 'DELETE')
  expect((await citizen.payment(payment.id)).bills[0]?.keep).toBeDefined()
  expect([(await forget()).status, (await forget()).status]).toEqual([204, 204])
  expect((await citizen.payment(payment.id)).bills[0]).toMatchObject({ unbound: true, outcome: 'credited' })
  expect((await citizen.payment(payment.id)).bills[0]?.keep).toBeUndefined()
  expect((await citizen.get(`/bills/${bill.id}`)).status).toBe(404)
  expect((await citizen.get<Receipt>(`/receipts/${payment.receiptId}`)).body.bills[0]?.account?.maskedHolder).toBe(
    '王**',
  )
})

test('what was found can be paid for half an hour, by who found it alone', async () => {
  const citizen = await signIn(hangzhou, 'half-hour')
  const { account, bill } = await found(citizen, 'hz-fine', fines.due, party)
  const stranger = await signIn(hangzhou, 'no-find')
  for (const path of [`/bills/${bill.id}`, `/accounts/${account.id}`])
    expect([(await citizen.get(path)).status, (await stranger.get(path)).status]).toEqual([200, 404])
  expect((await stranger.pay([bill])).status).toBe(404)
  expect((await found(citizen, 'hz-fine', fines.due, party)).account.id).toBe(account.id)
  await control('POST', '/clock', { advanceSeconds: 1801 })
  const later = await signIn(hangzhou, 'half-hour')
  expect([(await later.get(`/bills/${bill.id}`)).status, (await later.pay([bill])).status]).toEqual([404, 404])
})

test('N20: nothing of a find is kept once its time is over or its citizen is erased; what others need stays', async () => {
  const citizen = await signIn(hangzhou, 'forgotten')
  await found(citizen, 'hz-fine', fines.due, party)
  await found(citizen, 'hz-fine', fines.decided, party)
  const payer = await signIn(hangzhou, 'payer')
  const { bill } = await found(payer, 'hz-fine', fines.decided, party)
  await payer.pay([bill])
  expect(await rowsThatSay(fines.due)).toEqual(['biller_accounts', 'bills', 'findings'])
  await control('POST', '/clock', { advanceSeconds: 1801 })
  await forgetOld(sandbox.world)
  expect(await rowsThatSay(fines.due)).toEqual([])
  // It is being paid.
  expect(await rowsThatSay(fines.decided)).toEqual(['biller_accounts', 'bills', 'findings'])
  const again = await signIn(hangzhou, 'erased')
  await found(again, 'hz-electricity', electricity.oneDue)
  await found(again, 'hz-electricity', electricity.severalDue)
  const holder = await signIn(hangzhou, 'holder')
  await holder.bind('hz-electricity', electricity.severalDue)
  const copy = (await again.get<{ sections: { kind: string }[] }>('/citizen/data')).body
  expect(copy.sections.map(({ kind }) => kind)).toContain('findings')
  expect((await again.send('/citizen/erasure', { confirmed: true })).status).toBe(204)
  expect(await rowsThatSay(electricity.oneDue)).toEqual([])
  expect(await rowsThatSay(electricity.severalDue)).toEqual(expect.arrayContaining(['accounts', 'bills']))
})

test('a holder sees that somebody found a bill of theirs', async () => {
  const holder = await signIn(hangzhou, 'noted')
  const { id } = await holder.bind('hz-electricity', electricity.oneDue)
  await rows.query('update accounts set is_holder = true where id = $1', [id])
  await found(await signIn(hangzhou, 'finder'), 'hz-electricity', electricity.oneDue)
  const uses = (await holder.get<DataUsePage>('/citizen/data-uses')).body.items
  expect(uses).toContainEqual(expect.objectContaining({ text: expect.stringContaining('按编号查到了您的账单') }))
})

/** The city's tables with a row that says one of these; what a biller knows and what was simulated is not the city's. */
async function rowsThatSay(...texts: string[]): Promise<string[]> {
  const tables = await rows.query<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = $1
      and table_name !~ '^(book_|sandbox_|vendor_|letters|used_)' order by 1`,
    [schema],
  )
  const saying: string[] = []
  for (const { name } of tables.rows) {
    const { rowCount } = await rows.query(`select 1 from ${name} t where t::text like any($1) limit 1`, [
      texts.map((text) => `%${text}%`),
    ])
    // Who signs in has a name, and a biller an example.
    if (rowCount && name !== 'citizens' && name !== 'billers') saying.push(name)
  }
  return saying
}
