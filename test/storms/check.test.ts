import pg from 'pg'
import type { Bill, PaymentRequest } from '../../contract/wire/types.gen'
import { type Sandbox, startSandbox } from '../../sandbox/start'
import { sweep } from '../../sandbox/sweep'
import { citizenOf, hall, item, leave, slotsOf } from '../support/booking'
import { electricity, signIn, type TestCitizen } from '../support/citizen'
import { testDatabase } from '../support/sandbox'
import { brokenNow, brokenRules, rules } from './check'

let sandbox: Sandbox
let client: pg.Client
let release: () => Promise<void>

beforeAll(async () => {
  const database = await testDatabase()
  release = database.release
  const startAt = new Date('2026-11-23T10:00:00+08:00')
  sandbox = await startSandbox({ port: 0, quiet: true, startAt, sweepMs: null, ...database })
  client = new pg.Client({ connectionString: database.databaseUrl, options: `-c search_path=${database.schema}` })
  await client.connect()
  await live()
}, 100_000)
afterAll(async () => {
  await client.end()
  await sandbox.close()
  await release()
})

/** One of each: a payment that is credited, one that is closed, one that went back, one in part and one open; visits, a hold and an offer. */
async function live(): Promise<void> {
  const { world, address } = sandbox
  const wait = async (seconds: number) => {
    world.clock.advance(seconds)
    await sweep(world)
  }
  const hangzhou = await signIn(`${address}/330100`, 'payer')
  const chengdu = await signIn(`${address}/510100`, 'payer')
  const pays = async (citizen: TestCitizen, bills: Bill[], more: Partial<PaymentRequest> = {}) => {
    const { id, reference } = (await citizen.pay(bills, { acknowledgeRecent: true, ...more })).body.payment
    await world.vendors.pay(reference)
    await citizen.payment(id)
  }
  await pays(hangzhou, await hangzhou.billsOf('hz-electricity', electricity.oneDue))
  const [fine] = await chengdu.billsOf('cd-fine', '510106190012345')
  const [meter] = await chengdu.billsOf('cd-gas', 'CDRQ99001A')
  if (!fine || !meter) throw new Error('no bills')
  await pays(chengdu, [fine], { totalFen: fine.amountFen + 200 })
  await pays(chengdu, [meter], {
    bills: [{ billId: meter.id, version: meter.version, amountFen: 1000 }],
    totalFen: 1000,
  })
  await wait(5)
  world.faults.set({ name: 'credit-refused' }, true)
  await pays(hangzhou, await hangzhou.billsOf('hz-gas', '5711880013'))
  await pays(hangzhou, await hangzhou.billsOf('hz-electricity', electricity.severalDue))
  await wait(5)
  world.faults.clear()
  await wait(20)
  const closed = await hangzhou.pay(await hangzhou.billsOf('hz-electricity', electricity.huge))
  await hangzhou.send(`/payments/${closed.body.payment.id}/closing`)

  const base = `${address}/330100`
  const [one, two, three] = await slotsOf(base, '2026-11-25')
  if (!one || !two || !three) throw new Error('no slots')
  const all = await slotsOf(base, '2026-11-25')
  const [visitor, other, waiting] = [
    await citizenOf(base, 'visitor'),
    await citizenOf(base, 'other'),
    await citizenOf(base, 'waiting'),
  ]
  await leave(sandbox, [one, two, three], 2)
  const visit = await visitor.confirm((await visitor.hold(one.id)).body.id)
  await visitor.swap(visit.body.id, (await visitor.hold(two.id, { appointmentId: visit.body.id })).body.id)
  await visitor.cancel(
    (await visitor.confirm((await visitor.hold(three.id, { itemId: 'household-transfer' })).body.id)).body.id,
  )
  await other.confirm((await other.hold(one.id, { itemId: 'household-transfer' })).body.id)
  await other.hold(two.id, { itemId: 'newborn-registration' })
  await leave(sandbox, all, 0)
  await waiting.join({ hallId: hall, itemId: item, day: '2026-11-25', part: 'any' })
  await leave(sandbox, [three], 1)
  await waiting.waitlist()
}

/** By hand: what breaks each rule, at least once for each thing that it compares. */
const breaks: Readonly<Record<string, readonly string[]>> = {
  'places: elsewhere, held and booked are what is taken': [
    'update slots set taken = taken + 1 where id = (select slot_id from appointments limit 1)',
    `update holds set state = 'expired', ended_at = now() where state = 'held'`,
    `update appointments set state = 'excused', ended_at = now() where state = 'confirmed'`,
    `update appointments set state = 'confirmed', ended_at = null where state = 'cancelled-by-citizen'`,
    'update slots set elsewhere = elsewhere - 1 where elsewhere > 0',
    `update holds set more_slot_ids = array[(select id from slots order by id desc limit 1)] where state = 'held'`,
  ],
  'places: never more than there are': [
    `update slots set capacity = taken - 1 where id = (select slot_id from holds where state = 'held' limit 1)`,
    'update slots set elsewhere = -1',
  ],
  'holds: one a citizen, one offer beside it': [
    `update holds set state = 'held', citizen_id = (select citizen_id from holds where state = 'held' and not offered)`,
    `update holds set offered = true, state = 'held', citizen_id = (select citizen_id from holds where offered)`,
  ],
  'holds: an end has its time, a confirmed one its visit': [
    `update holds set ended_at = now() where state = 'held'`,
    `update holds set ended_at = null where state = 'confirmed'`,
    `update holds set appointment_id = null where state = 'confirmed'`,
  ],
  'holds: none outlives its deadline': [`update holds set expires_at = '2020-01-01'`],
  'visits: each stands where its own hold does': [
    `update appointments set hold_id = 'none'`,
    `update appointments set slot_id = (select id from slots order by id desc limit 1)`,
    `update holds set citizen_id = 'somebody'`,
    'update holds set appointment_id = (select min(id) from appointments) where appointment_id is not null',
    `update appointments set item_id = 'else'`,
    `update appointments set ends_at = ends_at + interval '1 minute'`,
  ],
  'visits: hall, day and end are those of their places': [
    `update appointments set day = '2026-11-24'`,
    `update appointments set hall_id = 'h'`,
    `update appointments set ends_at = '2026-11-01'`,
  ],
  'visits: an end has its time': [
    `update appointments set ended_at = now() where state = 'confirmed'`,
    `update appointments set ended_at = null where state = 'cancelled-by-citizen'`,
  ],
  'visits: nobody is at two places at one time': [
    `update appointments set person_id = 'p', ends_at = ends_at + interval '1 day', state = 'confirmed'`,
  ],
  'visits: one a day, item and person, and a code of its own': [
    `update appointments set person_id = 'p', item_id = 'i', state = 'confirmed'`,
    `update appointments set code = 'AAAAAA'`,
  ],
  'missed visits: only what was missed or given back late counts': [
    `insert into no_shows select id, city_id, citizen_id, 'absent', now() from appointments where state = 'confirmed'`,
    `insert into no_shows select id, city_id, citizen_id, 'late-cancellation', now() from appointments
       where state = 'confirmed'`,
    `insert into no_shows values ('none', '330100', 'c', 'absent', now())`,
  ],
  'waiting: an offer is a place that is held for who waits': [
    `update waitlist set hold_id = 'none'`,
    'update holds set offered = false',
    `update waitlist set citizen_id = 'somebody'`,
    `update waitlist set state = 'left'`,
    `update waitlist set state = 'taken'`,
  ],
  'waiting: once a hall, item and day; three notices at most': [
    `insert into waitlist (id, city_id, citizen_id, hall_id, item_id, day, part, state, created_at)
       select 'again', city_id, citizen_id, hall_id, item_id, day, part, 'waiting', now() from waitlist`,
    'update waitlist set notices_sent = 4',
  ],
  'money: a payment is its bills and its fee': [
    'update payments set fee_fen = fee_fen + 1',
    'update payment_bills set amount_fen = amount_fen - 1',
    'delete from payment_bills where position > 0',
  ],
  'money: all of it comes in once, or nothing': [
    `update ledger set amount_fen = amount_fen - 1 where kind = 'in'`,
    `delete from ledger where kind = 'in'`,
    `update payments set paid_at = null where state = 'credited'`,
    `update payments set state = 'closed' where state = 'credited'`,
    `insert into ledger select id, 'in', '', amount_fen, now(), city_id from payments where state = 'closed'`,
  ],
  'money: what came in is credited, kept as fee, refunded or on its way': [
    `delete from ledger where kind = 'refunded' and bill_id <> ''`,
    `insert into ledger select payment_id, 'credited', 'again', 1, at, city_id from ledger where kind = 'in'`,
    `update refunds set state = 'pending' where state = 'succeeded'`,
    `update payments set state = 'paid' where state = 'credited'`,
    `delete from ledger where kind = 'fee'`,
  ],
  'money: what was given back is so in all four books': [
    'update payments set refunded_fen = refunded_fen + 1 where refunded_fen > 0',
    'update vendor_orders set refunded_fen = 2 * refunded_fen',
    'update refunds set amount_fen = amount_fen - 1',
    `update ledger set amount_fen = amount_fen + 1 where kind = 'refunded'`,
  ],
  'money: a fee is for something': [
    `insert into ledger select id, 'fee', '', 1, now(), city_id from payments where state = 'refunded'`,
  ],
  'money: a state says what the books say': [
    `update payments set state = 'credited', credited_at = now() where state like '%refunded'`,
    `update payments set state = 'refunded' where state = 'partly-refunded'`,
    `update payments set state = 'partly-refunded' where state = 'refunded'`,
    `update payments set state = 'refunding' where state = 'credited'`,
    `update payments set credited_at = null`,
  ],
  'money: a bill of a payment went where the payment says': [
    `update payment_bills set outcome = 'refunded' where outcome = 'credited'`,
    `update payment_bills set outcome = 'credited' where outcome = 'refunded'`,
    `update payment_bills set outcome = 'not-credited' where outcome = 'credited'`,
  ],
  'bills: what is booked as paid was credited, and no more': [
    'update bills set paid_fen = 0, settled_at = null',
    'update bills set settled_at = null',
    'update bills set amount_fen = amount_fen - 1',
    'update bills set balance_fen = balance_fen + 1 where top_up is not null',
  ],
  'bills: one live payment, which is open or paid': [
    `update payment_bills set bill_id = (select bill_id from payment_bills limit 1), live = true`,
    'update payment_bills set live = true',
  ],
  'billers: they booked what the city says, once': [
    'delete from book_credits',
    'update book_credits set amount_fen = amount_fen + 1',
    `update book_credits set outcome = 'taken'`,
    `update book_credits set reference = 'none'`,
  ],
  'billers: a bill in their books is what they booked of it': [
    'update book_bills set paid_fen = paid_fen - 1 where paid_fen > 0',
    'update book_bills set balance_fen = balance_fen + 1 where top_up is not null',
    'update book_credits set amount_fen = amount_fen + 1',
  ],
  'vendors: an order for each payment they took, of its amount': [
    'delete from vendor_orders',
    'update vendor_orders set amount_fen = amount_fen + 1',
    `update vendor_orders set payment_id = 'none'`,
  ],
  'vendors: nothing came in that they did not take': ['update vendor_orders set paid_at = null'],
  'vendors: what has ended cannot be paid': [`update vendor_orders set state = 'NOTPAY'`],
  'vendors: what they took has come in': ['update vendor_orders set paid_at = now()'],
  'payments: all have ended': [
    `update payments set state = 'unknown' where state = 'closed'`,
    `update payments set state = 'paid' where state = 'credited'`,
  ],
  'payments: a receipt for each that was paid': [
    'delete from receipts',
    'update payments set receipt_id = null',
    `update payments set receipt_id = 'none' where state = 'closed'`,
  ],
  'calls: a key that was kept has its answer': [
    'update idempotency_keys set status = null',
    `update idempotency_keys set payment_id = 'none'`,
  ],
  'no row is without what it belongs to': [
    ...['payments', 'bills', 'citizens', 'slots', 'holds', 'appointments'].map((table) => `delete from ${table}`),
    `update bills set settled_by = 'none'`,
  ],
}

const now = () => sandbox.world.clock.now()

test('nothing is broken after a day in a city', async () => {
  expect(await brokenNow(client, now())).toEqual([])
})

test.each(Object.entries(breaks).flatMap(([rule, all]) => all.map((sql) => [rule, sql] as const)))(
  'the check bites. %s: %s',
  async (rule, sql) => {
    await client.query('begin')
    try {
      // What the tables themselves refuse, the check must see without them.
      await client.query(freed)
      const { rowCount } = await client.query(sql)
      expect(rowCount).toBeGreaterThan(0)
      expect(await brokenRules(client, now())).toContainEqual(expect.stringContaining(`${rule}: `))
    } finally {
      await client.query('rollback')
    }
  },
)

test('each rule was broken', () => {
  expect(Object.keys(breaks)).toEqual(rules.map(({ name }) => name))
})

/** Takes all constraints and unique indexes away. */
const freed = `do $$ declare each record; begin
  for each in select conname, conrelid::regclass as name from pg_constraint c
    where connamespace = current_schema()::regnamespace and contype in ('c', 'f', 'u', 'p')
    order by array_position(array['f', 'c', 'u', 'p'], contype::text)
  loop execute format('alter table %s drop constraint %I cascade', each.name, each.conname); end loop;
  for each in select indexrelid::regclass as name from pg_index i join pg_class c on c.oid = i.indrelid
    where indisunique and c.relnamespace = current_schema()::regnamespace
  loop execute format('drop index %s', each.name); end loop;
end $$`
