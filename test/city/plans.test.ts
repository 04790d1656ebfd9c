import { readFileSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { parse } from 'yaml'
import { type Sandbox, startSandbox } from '../../sandbox/start'
import { sweep } from '../../sandbox/sweep'
import { grow, makeDays } from '../growth/grow'
import { readLists } from '../growth/lists'
import { recordStatements, type Statement, scansOf } from '../growth/statements'
import { walkMainCalls, walkOtherCalls } from '../growth/walk'
import { electricity, signIn } from '../support/citizen'
import { testDatabase } from '../support/sandbox'

/** A table or an index with more rows than this grows with the city; as many are read at most. */
const FEW = 60

let sandbox: Sandbox
let client: pg.Client
let release: () => Promise<void>
let statements: Statement[]
let schema: string
let tablesOfCities: string[]
let one: Awaited<ReturnType<typeof readLists>>
let many: typeof one

beforeAll(async () => {
  const { databaseUrl, release: free, ...database } = await testDatabase()
  ;({ schema } = database)
  release = free
  const startAt = new Date('2026-11-23T10:00:00+08:00')
  sandbox = await startSandbox({
    port: 0,
    databaseUrl,
    schema,
    startAt,
    quiet: true,
    sweepMs: null,
    anybodyHolds: true,
  })
  client = new pg.Client({ connectionString: databaseUrl, options: `-c search_path=${schema}` })
  await client.connect()
  // Those that have one, beside the world's around them.
  const { rows } = await client.query<{ name: string }>(
    `select table_name as name from information_schema.columns where table_schema = $1 and column_name = 'city_id'
      and table_name !~ '^(vendor_(orders|letters|refunds|agreements)|book_|used_|sandbox_|biller_)'`,
    [schema],
  )
  tablesOfCities = rows.map(({ name }) => name)
  const base = `${sandbox.address}/330100`
  const citizen = await signIn(base, 'walker')
  await makeDays(base)
  await grow(client, { cityId: '330100', citizens: [citizen.citizenId], people: 1000, now: sandbox.world.clock.now() })
  const recorder = recordStatements()
  await walkMainCalls(citizen, recorder.step)
  await walkOtherCalls(sandbox, citizen, 1, recorder.step)
  await recorder.step('tick', () => sweep(sandbox.world))
  one = await readLists(client, { base, name: 'one', rows: 1, number: electricity.oneDue }, recorder.step)
  many = await readLists(client, { base, name: 'many', rows: 8, number: electricity.severalDue }, recorder.step)
  recorder.stop()
  // The vendors' and the billers' books are not the city's.
  statements = recorder.statements.filter(
    ({ text }) => !/"(vendor_(orders|refunds|letters|agreements)|book_\w+)"/.test(text),
  )
}, 180_000)

afterAll(async () => {
  await client.end()
  await sandbox.close()
  await release()
})

test('the walk goes through every operation of the contract, and a tick', () => {
  const contract = parse(readFileSync(path.join(__dirname, '../../contract/openapi.yaml'), 'utf8'))
  const operations = Object.values<Record<string, { operationId?: string }>>(contract.paths)
    .flatMap((methods) => Object.values(methods))
    .flatMap(({ operationId }) => operationId ?? [])
  const walked = new Set(statements.map(({ step }) => step.split(' ')[0]))
  // The manifest is known to the instance: mostly it asks nothing.
  expect(operations.filter((operation) => !walked.has(operation) && operation !== 'getManifest')).toEqual([])
  expect(walked).toContain('tick')
})

test('C4: no statement reads a large table from end to end, or a whole city of it', async () => {
  // A copy of one's data joins by payments: with so few refunds either way is as good.
  const found = await scansOf(client, statements, FEW)
  expect(found.filter((scan) => !scan.startsWith('exportCitizen: all of refunds'))).toEqual([])
  // A missing index is noticed.
  await client.query('begin')
  await client.query('drop index payment_bills_of_bill')
  const scans = await scansOf(client, statements, FEW)
  await client.query('rollback')
  expect(scans).toContainEqual(expect.stringMatching(/^listBills: all of payment_bills/))
})

/** Read whole, for all cities, every few seconds. */
const catalogue = ['billers', 'notices']

test('every statement names the city of every table, so that a city can be a shard', () => {
  for (const { step, text } of statements) {
    const named = [...text.matchAll(new RegExp(`"${schema}"\\."(\\w+)"(?!\\."\\w)`, 'g'))].map(
      ([, table = '']) => table,
    )
    const tables = named.filter((table) => tablesOfCities.includes(table) && !catalogue.includes(table))
    // What is due is taken by its time, in whatever city.
    if (text.includes('skip locked')) continue
    const cities = text.match(/\bcity_id\b/g) ?? []
    expect([step, cities.length < tables.length ? text : '']).toEqual([step, ''])
  }
})

test('C5: every statement names the schema of its tables, which a pooler’s connections do not know', () => {
  const unnamed = new RegExp(`\\b(?:from|join|into|update) "?(?:${tablesOfCities.join('|')})"?(?![\\w.])`)
  for (const { step, text } of statements) expect([step, unnamed.test(text) ? text : '']).toEqual([step, ''])
})

test('the schema has no key, sequence or trigger that an engine with shards cannot keep', async () => {
  const keys = await client.query<{ name: string }>(
    `select c.relname as name from pg_constraint k join pg_class c on c.oid = k.conrelid
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
      where k.contype in ('p', 'u') and c.relnamespace = current_schema()::regnamespace and a.attname <> 'city_id'`,
  )
  const cityTables = keys.rows.map(({ name }) => name).filter((name) => tablesOfCities.includes(name))
  expect([...new Set(cityTables)]).toEqual([])
  const odd = await client.query(
    `select conname from pg_constraint where condeferrable and connamespace = current_schema()::regnamespace
      union all select relname from pg_class where relkind = 'S' and relnamespace = current_schema()::regnamespace
      union all select tgname from pg_trigger t join pg_class c on c.oid = t.tgrelid
        where not tgisinternal and c.relnamespace = current_schema()::regnamespace`,
  )
  expect(odd.rows).toEqual([])
})

/** What the sandbox and the catalogue look up every few seconds, whatever is called. */
const byItself = /"sandbox_(state|faults)"|^select \* from "\w+"\."(cities|billers|notices)" order by/

/** How many statements each call of a step asked, in the order of calls. */
function countsOf(step: (name: string) => boolean): number[] {
  const counts = new Map<number, number>()
  for (const each of statements)
    if (step(each.step) && !byItself.test(each.text)) counts.set(each.call, (counts.get(each.call) ?? 0) + 1)
  return [...counts.values()]
}

test('a list of many rows asks the database as often as a list of one', () => {
  const operations = Object.keys(one.lengths)
  for (const operation of operations) {
    expect([operation, one.lengths[operation]]).toEqual([operation, 1])
    expect([operation, (many.lengths[operation] ?? 0) > 1]).toEqual([operation, true])
  }
  const counts = (name: string) =>
    operations.map((operation) => [operation, countsOf((step) => step === `${operation} ${name}`)])
  expect(counts('many')).toEqual(counts('one'))
})

test('bills that are read together are each shown with their own payment', () => {
  expect(Object.keys(many.shown)).toHaveLength(8)
  for (const [bill, payment] of Object.entries(many.shown))
    expect([bill, payment]).toEqual([bill, bill.replace(/0$/, '1')])
})

/** The most statements that one call asks. One less is possible, where a vendor's notification comes first. */
const budgets: Record<string, number> = {
  listAccounts: 5,
  // The first look of a day at somebody else’s is noted in two lists.
  listBills: 11,
  listPayments: 5,
  getHistory: 5,
  lookUpBills: 18,
  createPayment: 26,
  getPayment: 16,
  closePayment: 14,
  listSlotDays: 3,
  listSlots: 3,
  createHold: 15,
  confirmHold: 27,
  listAppointments: 11,
  cancelAppointment: 19,
  listWaitlist: 17,
  getTicketLine: 3,
  takeTicket: 16,
  listTickets: 6,
  getTicket: 6,
  returnTicket: 15,
  getCitizen: 8,
  setConsent: 3,
  beginVerification: 8,
  getVerification: 7,
  listConsents: 2,
  listDataUses: 3,
  matchAccount: 7,
  findBill: 18,
  forgetFinding: 8,
  bindAccount: 19,
  getAccount: 6,
  changeAccount: 4,
  setReminder: 9,
  getBill: 9,
  confirmDecision: 10,
  unbindAccount: 4,
  restoreAccount: 6,
  findPayment: 7,
  openCashier: 21,
  reportCashierAnswer: 21,
  listRefunds: 4,
  getReceipt: 9,
  listPapers: 5,
  requestPaper: 13,
  forgetPaperTitle: 2,
  sweepPapers: 3,
  listMandates: 8,
  beginMandate: 11,
  changeMandate: 6,
  endMandate: 9,
  lookAtMandates: 10,
  checkReceipt: 1,
  recallPayment: 10,
  createReport: 6,
  listReports: 2,
  getReport: 3,
  replyToReport: 7,
  closeReport: 6,
  listMessages: 2,
  readMessages: 2,
  listMessageGrants: 4,
  noteMessageGrants: 9,
  listHalls: 2,
  getHall: 1,
  listItems: 1,
  getItem: 1,
  getHold: 4,
  releaseHold: 13,
  swapAppointment: 31,
  getAppointment: 7,
  rateAppointment: 3,
  joinWaitlist: 9,
  listVisitors: 2,
  forgetVisitor: 2,
  listFavourites: 4,
  saveFavourite: 6,
  removeFavourite: 2,
  leaveWaitlist: 9,
  inviteFamily: 8,
  checkInvitation: 5,
  acceptInvitation: 16,
  listGrants: 3,
  getGrant: 3,
  listActs: 4,
  endGrant: 6,
  exportCitizen: 33,
  createSession: 3,
  eraseCitizen: 44,
  endSession: 2,
  tick: 86,
}

test('no call asks the database more often than its budget, and no budget has room', () => {
  const operationOf = (step: string) => step.split(' ')[0] ?? ''
  const counted = [...new Set(statements.map(({ step }) => operationOf(step)))].map((operation) => {
    const most = Math.max(0, ...countsOf((step) => operationOf(step) === operation))
    return [operation, most, budgets[operation] ?? 0] as const
  })
  expect(counted.map(([operation, most]) => [operation, most])).toEqual(
    counted.map(([operation, most, budget]) => [operation, Math.min(Math.max(most, budget - 1), budget)]),
  )
})
