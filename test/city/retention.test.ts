import pg from 'pg'
import { forgetOld, kept } from '../../city/retention'
import { type Sandbox, startSandbox } from '../../sandbox/start'
import { citizenOf, freeDays, slotsOf } from '../support/booking'
import { keptLog } from '../support/logs'
import { testDatabase } from '../support/sandbox'

const { log, lines } = keptLog()
const morning = new Date('2026-11-23T10:00:00+08:00')
let sandbox: Sandbox
let rows: pg.Client
let release: () => Promise<void>
beforeAll(async () => {
  const database = await testDatabase()
  release = database.release
  const { databaseUrl, schema } = database
  sandbox = await startSandbox({ port: 0, databaseUrl, schema, startAt: morning, log, sweepMs: null })
  rows = new pg.Client({ connectionString: databaseUrl, options: `-c search_path=${schema}` })
  await rows.connect()
}, 100_000)
afterAll(async () => {
  await rows.end()
  await sandbox.close()
  await release()
})

const names = async (table: string, column: string, rule = 'true') =>
  (await rows.query(`select ${column} as name from ${table} where ${rule} order by 1`)).rows.map(({ name }) => name)

/** Days before the city's morning, as SQL. */
const ago = (days: number) => `timestamptz '${morning.toISOString()}' - interval '${days} days'`
const dayAgo = (days: number) =>
  new Date(morning.getTime() + 8 * 3_600_000 - days * 86_400_000).toISOString().slice(0, 10)

/** An old row and a young one of each kind of the table: what is inserted, and the column that tells them apart. */
const samples: Record<string, { column: string; insert(name: string, days: number): string }> = {
  call_counts: {
    column: 'who',
    insert: (name, days) => `insert into call_counts values ('330100', '${name}', 'read', ${ago(days)}, 60, 5)`,
  },
  account_questions: {
    column: 'asker',
    insert: (name, days) =>
      `insert into account_questions (city_id, asker, day) values ('330100', '${name}', '${dayAgo(days)}')`,
  },
  account_matches: {
    column: 'id',
    insert: (name, days) =>
      `insert into account_matches (id, city_id, citizen_id, biller_id, number, expires_at) values ('${name}', '330100', 'c', 'b', '1', ${ago(days)})`,
  },
  sessions: {
    column: 'token_hash',
    insert: (name, days) =>
      `insert into sessions (token_hash, city_id, citizen_id, expires_at) select '${name}', '330100', id, ${ago(days)} from citizens where city_id = '330100' limit 1`,
  },
  'idempotency_keys is': {
    column: 'key',
    insert: (name, days) =>
      `insert into idempotency_keys (city_id, citizen_id, key, request_hash, created_at) values ('330100', 'c', '${name}', 'h', ${ago(days)})`,
  },
  'idempotency_keys is not': {
    column: 'key',
    insert: (name, days) =>
      `insert into idempotency_keys (city_id, citizen_id, key, request_hash, payment_id, created_at) values ('330100', 'c', '${name}', 'h', 'p-1', ${ago(days)})`,
  },
  outages: {
    column: 'id',
    insert: (name, days) => `insert into outages values ('330100', '${name}', ${ago(days)}, ${ago(days)})`,
  },
  verifications: {
    column: 'id',
    insert: (name, days) =>
      `insert into verifications (city_id, id, citizen_id, level, document_key, vendor_number, begun_at, expires_at)
       values ('330100', '${name}', 'c', 'face', 'k', 'n', ${ago(days)}, ${ago(days)})`,
  },
  vendor_notifications: {
    column: 'id',
    insert: (name, days) =>
      `insert into vendor_notifications (city_id, vendor, id, received_at) values ('330100', 'wechat', '${name}', ${ago(days)})`,
  },
  family_grants: {
    column: 'id',
    insert: (name, days) =>
      `insert into family_grants (city_id, id, invited_as, things, ends_on, created_at) values ('330100', '${name}', 'giver', array['book'], '${dayAgo(days)}', ${ago(days)})`,
  },
  family_acts: {
    column: 'id',
    insert: (name, days) =>
      `insert into family_acts values ('330100', 'fg-1', '${name}', 'book', 'c', 'c', 'actor', ${ago(days)}, '{}')`,
  },
  saved_visitors: {
    column: 'id',
    insert: (name, days) =>
      `insert into saved_visitors (city_id, id, citizen_id, name, saved_at, used_at) values ('330100', '${name}', '${name}', '李小明', ${ago(days)}, ${ago(days)})`,
  },
  paper_titles: {
    column: 'citizen_id',
    insert: (name, days) =>
      `insert into paper_titles (city_id, citizen_id, title, used_at) values ('330100', '${name}', '{}', ${ago(days)})`,
  },
  waitlist: {
    column: 'id',
    insert: (name, days) =>
      `insert into waitlist (id, city_id, citizen_id, hall_id, item_id, day, part, state, created_at) values ('${name}', '330100', '${name}', 'h', 'i', '${dayAgo(days)}', 'any', 'passed', ${ago(days)})`,
  },
  messages: {
    column: 'id',
    insert: (name, days) =>
      `insert into messages (city_id, id, citizen_id, kind, about_kind, about_id, title, text, created_at, until, ended_at)
       values ('330100', '${name}', 'c', 'k', 'bill', 'b', '{}', '{}', ${ago(days)}, ${ago(days)}, ${ago(days)})`,
  },
  data_uses: {
    column: 'id',
    insert: (name, days) =>
      `insert into data_uses (id, city_id, citizen_id, at, by_whom, purpose) values ('${name}', '330100', 'c', ${ago(days)}, '{}', '{}')`,
  },
  late_moves: {
    column: 'id',
    insert: (name, days) =>
      `insert into late_moves (city_id, id, citizen_id, appointment_id, counted_at) values ('330100', '${name}', 'c', 'a', ${ago(days)})`,
  },
  tickets: {
    column: 'id',
    insert: (name, days) =>
      `insert into tickets (city_id, id, hall_id, day, number, taken_at)
       select '330100', '${name}', 'h', '${dayAgo(days)}', count(*), now() from tickets`,
  },
  ticket_lines: {
    column: 'hall_id',
    insert: (name, days) =>
      `insert into ticket_lines (city_id, hall_id, day, pace_seconds) values ('330100', '${name}', '${dayAgo(days)}', 90)`,
  },
  no_shows: {
    column: 'appointment_id',
    insert: (name, days) =>
      `insert into no_shows (city_id, appointment_id, citizen_id, reason, counted_at) select '330100', '${name}', 'c', 'absent', ${ago(days)}`,
  },
}

test('each kind that is kept for a time is deleted after it, more than a batch of it too, and the young stay', async () => {
  await citizenOf(`${sandbox.address}/330100`, 'somebody')
  // Missed visits belong to a visit: here none is needed.
  await rows.query('alter table no_shows drop constraint no_shows_city_id_appointment_id_fkey')
  for (const { table, where, days } of kept) {
    const sample = samples[where ? `${table} ${where[1]}` : table]
    if (sample === undefined) throw new Error(`no sample of ${table}`)
    const ages = [days - 1.5, days + 1.5, days + 400]
    for (const age of ages)
      await rows.query(sample.insert(`${where?.[1].slice(0, 6) ?? ''}${age < days ? 'young' : 'old'}-${age}`, age))
  }
  await rows.query(
    `insert into call_counts select '330100', 'old-' || n, 'read', ${ago(5)}, 60, 1 from generate_series(1, 1700) n`,
  )
  await rows.query(`insert into call_counts select '999999', 'old-elsewhere', 'read', ${ago(5)}, 60, 1`)
  await forgetOld(sandbox.world)
  expect(lines.filter((line) => line.includes('"error"'))).toEqual([])
  for (const { table, where } of kept) {
    const sample = samples[where ? `${table} ${where[1]}` : table]
    const left = await names(table, sample?.column ?? '', `city_id = '330100'`)
    expect([table, left.filter((name) => name.includes('old-'))]).toEqual([table, []])
    expect([table, left.filter((name) => name.includes('young-')).length]).toEqual([
      table,
      table === 'idempotency_keys' ? 2 : 1,
    ])
  }
  // Another city's is another instance's.
  expect(await names('call_counts', 'who', `city_id = '999999'`)).toEqual(['old-elsewhere'])
}, 60_000)

test('old holds and times go, but for those that a visit has; who had one sees it still, and can book again', async () => {
  const citizen = await citizenOf(`${sandbox.address}/330100`, 'visitor')
  const other = await citizenOf(`${sandbox.address}/330100`, 'passer-by')
  const [, day = ''] = await freeDays(`${sandbox.address}/330100`)
  const free = (await slotsOf(`${sandbox.address}/330100`, day)).filter((slot) => slot.free > 0).map(({ id }) => id)
  const [booked = '', following = '', first = '', second = ''] = free
  const hold = await citizen.hold(booked)
  expect(hold.status).toBe(201)
  const confirmed = await citizen.confirm(hold.body.id)
  expect(confirmed.status).toBeLessThan(300)
  expect((await other.hold(first)).status).toBe(201)
  expect((await other.hold(second)).status).toBe(201)
  await rows.query(`update appointments set more_slot_ids = array[$1] where city_id = '330100'`, [following])

  sandbox.world.clock.set(new Date(morning.getTime() + 65 * 86_400_000))
  await rows.query(`update holds set state = 'expired', ended_at = expires_at where state = 'held'`)
  const before = Number((await rows.query('select count(*) from slots')).rows[0].count)
  await forgetOld(sandbox.world)
  expect(lines.filter((line) => line.includes('"error"'))).toEqual([])
  expect(await names('holds', 'id')).toEqual([hold.body.id])
  const left = await names(
    'slots',
    'id',
    `city_id = '330100' and ends_at < timestamptz '${morning.toISOString()}' + interval '5 days' - interval '1 hour'`,
  )
  expect(left).toEqual([booked, following].sort())
  const after = Number((await rows.query('select count(*) from slots')).rows[0].count)
  expect([after > left.length, after < before - 10]).toEqual([true, true])

  const again = await citizenOf(`${sandbox.address}/330100`, 'visitor')
  for (const path of ['/appointments', '/citizen', `/appointments/${(await names('appointments', 'id'))[0]}`])
    expect([path, (await again.get(path)).status]).toEqual([path, 200])
}, 60_000)

test('what is old is found by its index: nothing reads a table from end to end', async () => {
  await rows.query('set enable_seqscan = off')
  const cut = `'2026-01-01'`
  for (const { table, time, where } of kept) {
    const rule = where ? ` and ${where[0]} ${where[1]} null` : ''
    const { rows: plan } = await rows.query(
      `explain delete from ${table} where city_id = '330100' and ${time} < ${cut}${rule}`,
    )
    const text = plan.map((row) => row['QUERY PLAN']).join('\n')
    expect([table, text]).toEqual([table, expect.stringMatching(new RegExp(`Index Cond: .*${time}`))])
  }
  await rows.query('set enable_seqscan = on')
})
