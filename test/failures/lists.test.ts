import { sql } from 'kysely'
import { citizenOf, freeDays, hall, item, slotsOf } from '../support/booking'
import { electricity, signIn, type TestCitizen } from '../support/citizen'
import { openRows } from '../support/rows'
import { startTestSandbox, type TestSandbox } from '../support/sandbox'

let sandbox: TestSandbox
let rows: Awaited<ReturnType<typeof openRows>>
let hangzhou: string

beforeAll(async () => {
  sandbox = await startTestSandbox()
  rows = await openRows(sandbox)
  hangzhou = sandbox.city('330100')
}, 100_000)
beforeEach(() => sandbox.control('POST', '/reset', { set: '2026-11-23T10:00:00+08:00' }))
afterAll(async () => {
  await rows.close()
  await sandbox.close()
})

interface ListPage {
  items: { id: string }[]
  next?: string
}

/** Puts copies of a row beside it, each with other values. */
async function copy(table: string, id: string, changes: readonly object[]): Promise<void> {
  for (const change of changes)
    await sql`insert into ${sql.table(table)}
      select (jsonb_populate_record(row, ${JSON.stringify(change)}::jsonb)).* from ${sql.table(table)} as row
      where city_id = '330100' and id = ${id}`.execute(rows.db)
  if (table !== 'payments') return
  await sql`insert into payment_bills
    select (jsonb_populate_record(bill, jsonb_build_object('payment_id', copies.id, 'live', false))).*
    from payment_bills as bill, payments as copies where bill.payment_id = ${id} and copies.id like ${`${id}-%`}
    on conflict do nothing`.execute(rows.db)
}

async function remove(table: string, id: string): Promise<void> {
  if (table === 'payments') await sql`delete from payment_bills where payment_id = ${id}`.execute(rows.db)
  await sql`delete from ${sql.table(table)} where city_id = '330100' and id = ${id}`.execute(rows.db)
}

const numbered = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))

/** Reads a list to its end; `between` happens after its first page. */
async function readAll(citizen: TestCitizen, path: string, between = async (_first: ListPage) => {}) {
  const ids: string[] = []
  let next: string | undefined
  do {
    const query = next === undefined ? '' : `${path.includes('?') ? '&' : '?'}cursor=${next}`
    const reply = await citizen.get<ListPage>(`${path}${query}`)
    expect([reply.status, reply.problem]).toEqual([200, null])
    ids.push(...reply.body.items.map(({ id }) => id))
    if (next === undefined) await between(reply.body)
    next = reply.body.next
  } while (next !== undefined)
  return ids
}

const lists: Record<
  string,
  { path: string; table: string; seed: (citizen: TestCitizen) => Promise<string>; early: object; late: object }
> = {
  bills: {
    path: '/bills',
    table: 'bills',
    async seed(citizen) {
      const [bill] = await citizen.billsOf('hz-electricity', electricity.severalDue)
      const id = bill?.id ?? ''
      await copy(
        'bills',
        id,
        numbered(50, (index) => ({ id: `${id}-${index}`, issued_on: `2026-0${1 + (index % 9)}-01` })),
      )
      return id
    },
    early: { issued_on: '2026-12-01' },
    late: { issued_on: '2020-01-01' },
  },
  accounts: {
    path: '/accounts',
    table: 'accounts',
    async seed(citizen) {
      const { id } = await citizen.bind('hz-electricity', electricity.oneDue)
      // Bound in the same instant: only their ids tell them apart.
      await copy(
        'accounts',
        id,
        numbered(50, (index) => ({ id: `${id}-${index}`, number: `${index}` })),
      )
      return id
    },
    early: { bound_at: '2020-01-01T00:00:00Z', number: 'early' },
    late: { bound_at: '2026-12-01T00:00:00Z', number: 'late' },
  },
  payments: {
    path: '/payments',
    table: 'payments',
    async seed(citizen) {
      const bills = await citizen.billsOf('hz-electricity', electricity.oneDue)
      const { id } = (await citizen.pay(bills)).body.payment
      // Microseconds apart: a cursor in milliseconds would lose some.
      await copy(
        'payments',
        id,
        numbered(50, (index) => ({
          id: `${id}-${index}`,
          reference: `r-${index}`,
          created_at: `2026-11-20T08:00:00.000${100 + index}Z`,
        })),
      )
      return id
    },
    early: { created_at: '2026-12-01T00:00:00Z', reference: 'early' },
    late: { created_at: '2020-01-01T00:00:00Z', reference: 'late' },
  },
  visits: {
    path: '/appointments',
    table: 'appointments',
    async seed({ citizenId }) {
      // Each visit has a hold of its own; what they come to is not looked at here.
      await sql`alter table appointments drop constraint if exists one_visit_a_hold`.execute(rows.db)
      const booker = await citizenOf(hangzhou, citizenId)
      const [day = ''] = await freeDays(hangzhou)
      const slot = (await slotsOf(hangzhou, day)).find(({ free }) => free > 0)
      const { body: hold } = await booker.hold(slot?.id ?? '')
      const { body } = await booker.confirm(hold.id)
      await sql`update appointments set citizen_id = ${citizenId}`.execute(rows.db)
      await copy(
        'appointments',
        body.id,
        numbered(50, (index) => ({ id: `${body.id}-${index}`, code: `c${index}`, state: 'served' })),
      )
      return body.id
    },
    early: { code: 'early', state: 'cancelled-by-hall' },
    late: { code: 'late', state: 'excused' },
  },
  halls: {
    path: '/halls',
    table: 'halls',
    async seed() {
      await copy(
        'halls',
        hall,
        numbered(50, (index) => ({ id: `${hall}${1000 + index}`, position: 100 + (index >> 2) })),
      )
      return hall
    },
    early: { position: -1 },
    late: { position: 100_000 },
  },
  items: {
    path: '/items',
    table: 'items',
    async seed() {
      await copy(
        'items',
        item,
        numbered(50, (index) => ({ id: `${item}-${index}`, position: 100 + (index >> 2) })),
      )
      return item
    },
    early: { position: -1 },
    late: { position: 100_000 },
  },
  reports: {
    path: '/reports',
    table: 'reports',
    async seed(citizen) {
      const bills = await citizen.billsOf('hz-electricity', electricity.oneDue)
      const { id: payment } = (await citizen.pay(bills)).body.payment
      const about = { kind: 'payment', id: payment }
      const { id } = (await citizen.send<{ id: string }>('/reports', { about, reason: 'other', text: '' })).body
      await copy(
        'reports',
        id,
        numbered(50, (index) => ({ id: `${id}-${index}`, reference: `R${index}` })),
      )
      return id
    },
    early: { created_at: '2026-12-01T00:00:00Z', reference: 'early' },
    late: { created_at: '2020-01-01T00:00:00Z', reference: 'late' },
  },
}

for (const [name, { path, table, seed, early, late }] of Object.entries(lists)) {
  test(`N13: ${name} that come and go between two pages make nothing missed and nothing stand twice`, async () => {
    const citizen = await signIn(hangzhou, `lists-${name}`)
    const id = await seed(citizen)
    const before = await readAll(citizen, path)
    expect(before.length).toBeGreaterThanOrEqual(50)
    expect(new Set(before).size).toBe(before.length)
    let gone: string[] = []
    const during = await readAll(citizen, path, async ({ items }) => {
      gone = items
        .map((one) => one.id)
        .filter((one) => one.startsWith(`${id}`) && one !== id)
        .slice(0, 7)
      for (const one of gone) await remove(table, one)
      await copy(table, id, [
        ...numbered(3, (index) => ({ id: `${id}-8000${index}`, ...apart(early, index) })),
        { id: `${id}-90000`, ...late },
      ])
    })
    expect(new Set(during).size).toBe(during.length)
    // What was there all the time came once, in its place; what was added behind came, too.
    expect(during.filter((one) => before.includes(one))).toEqual(before)
    const end = await readAll(citizen, path)
    expect(end).toEqual(expect.arrayContaining(before.filter((one) => !gone.includes(one))))
    expect(end.length).toBe(before.length - gone.length + 4)
    expect(during).toContain(`${id}-90000`)
  }, 30_000)

  test(`N13: ${name} refuse a cursor that is none with 400, never with 500`, async () => {
    const citizen = await signIn(hangzhou, `junk-${name}`)
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const junk = [
      'nonsense',
      '',
      '%00',
      '%F0%9F%98%80',
      Buffer.from('o20').toString('base64url'),
      Buffer.from('\0').toString('base64url'),
      encode(null),
      encode({ length: 2 }),
      encode([]),
      encode(['1']),
      encode([1, 2]),
      encode(['1', '2', '3', '4']),
      encode(['x', 'a\0']),
      encode(["'; drop table bills; --", 'a']),
      encode(['0', '99999999999999999999', 'a']),
      encode(['0', '1', '\ud800']),
    ]
    for (const cursor of junk) {
      const { status, problem } = await citizen.get(`${path}?cursor=${cursor}`)
      // What no text may hold is refused by the field's name.
      expect([cursor, status]).toEqual([cursor, 400])
      expect(['bad-request', 'invalid-fields']).toContain(problem?.code)
    }
    // One that another list could have given may be understood or refused.
    for (const cursor of [
      encode(['99999999999999999999', 'a']),
      encode(['2026-99-99', 'a']),
      encode(['-1', '-1', 'a']),
    ])
      expect([200, 400]).toContain((await citizen.get(`${path}?cursor=${cursor}`)).status)
  })
}

/** Several rows of a kind may not share what must be unique. */
const apart = (change: object, index: number): object =>
  Object.fromEntries(
    Object.entries(change).map(([name, value]) =>
      ['reference', 'number', 'code', 'id'].includes(name) ? [name, `${value}${index}`] : [name, value],
    ),
  )
