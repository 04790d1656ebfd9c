import type { Client } from 'pg'
import type { HallPage, ItemPage } from '../../contract/wire/types.gen'
import { ask } from '../support/booking'

/** `citizens` are signed in already and get what everybody has; `now` is by the city's clock. */
export type Growth = { cityId: string; citizens: readonly string[]; people: number; now: Date }

/**
 * Fills a city of a sandbox with citizens, each with two accounts, ten bills, nine payments and a visit, as years would: most of it is
 * past. Days ahead exist for the halls that somebody has asked for before.
 */
export async function grow(client: Client, { cityId, citizens, people, now }: Growth): Promise<void> {
  const constants = { cityId: `'${cityId}'`, now: `timestamptz '${now.toISOString()}'` }
  await client.query('begin')
  await client.query(
    `create temporary table person on commit drop as
      select n, coalesce(($1::text[])[n], 'grown-' || n) as id, n > ${citizens.length} as is_new
      from generate_series(1, ${people}) n`,
    [citizens],
  )
  for (const text of [...money, ...visits])
    await client.query(text.replaceAll(':city', constants.cityId).replaceAll('now()', constants.now))
  await client.query('commit')
  // As it would have been long ago: otherwise the database does so while calls are timed.
  await client.query('vacuum analyze')
}

/** The days ahead come into being when somebody looks at them. */
export async function makeDays(base: string): Promise<void> {
  const halls = await ask<HallPage>(base, { path: '/halls' })
  for (const { id } of halls.body.items) {
    const items = await ask<ItemPage>(base, { path: `/items?hallId=${id}` })
    for (const item of items.body.items) await ask(base, { path: `/slot-days?hallId=${id}&itemId=${item.id}` })
  }
}

const zhEn = (text: string) => `'{"zh":"${text}","en":"${text}"}'`

const money = [
  'analyze person',
  `create temporary table past on commit drop as
    select p.n, p.id, k, case when k < 5 then 'hz-electricity' else 'hz-water' end as biller_id,
      case when k < 5 then '3' || lpad(p.n::text, 12, '0') else '4' || lpad(p.n::text, 8, '0') end as number,
      now() - make_interval(days => 30 * (k % 5) + p.n % 30, mins => p.n % 600) as at
    from person p, generate_series(0, 9) k`,
  'analyze past',
  `insert into citizens (id, city_id, subject, name, phone, created_at)
    select id, :city, 'grown/' || n, '李小明', '13800000001', now() from person where is_new`,
  `insert into sessions (token_hash, city_id, citizen_id, expires_at)
    select md5('s' || n), :city, id, now() - interval '1 hour' from person`,
  `insert into consents (city_id, citizen_id, consent, given, changed_at)
    select :city, id, 'terms', true, now() from person where is_new`,
  `insert into data_uses (id, city_id, citizen_id, at, by_whom, purpose)
    select 'grown-' || n || '-' || k, :city, id, at, ${zhEn('水务')}, ${zhEn('查询')} from past where k < 3`,
  `insert into family_grants (city_id, id, giver_id, actor_id, invited_as, things, ends_on, state, created_at, began_at)
    select :city, 'grown-' || n, id, 'grown-' || n + 1, 'actor', array['bills', 'pay', 'book'], '2027-11-23', 'active', now(), now()
    from person`,
  `insert into family_acts (city_id, grant_id, id, kind, giver_id, actor_id, by_whom, at, text)
    select :city, 'grown-' || n, 'fa-' || k, 'pay', id, 'grown-' || n + 1, 'actor', at, ${zhEn('缴费')} from past where k < 3`,
  `insert into reports (id, city_id, citizen_id, reference, about_kind, about_id, reason, text, state, created_at, answer_by)
    select 'grown-' || n, :city, id, 'R' || n, 'payment', 'grown-' || n || '-1', 'other', 'x', 'answered', at, at
    from past where n % 5 = 0 and k = 1`,
  `insert into report_entries (city_id, report_id, version, citizen_id, by_whom, text, at)
    select :city, 'grown-' || n, v, id, case v % 2 when 0 then 'office' else 'citizen' end, ${zhEn('好')}, at
    from past, generate_series(2, 4) v where n % 5 = 0 and k = 1`,
  `insert into messages (city_id, id, citizen_id, kind, about_kind, about_id, title, text, created_at, told_at, read_at, until, state, ended_at)
    select :city, 'grown/' || n || '/' || k, id, 'report-answered', 'report', 'grown-' || n, ${zhEn('答复')}, ${zhEn('好')}, at, at,
      case when k > 1 then at end, at, 'sent', at from past`,
  `insert into message_grants (city_id, citizen_id, template, granted, remaining, changed_at)
    select :city, id, 'tmpl-hz-visit', true, 1, at from past where k = 1`,
  `insert into biller_accounts (city_id, biller_id, number, holder, address, asked_at, answered_at)
    select :city, biller_id, number, '李小明', ${zhEn('西湖区文三路1号')}, now(), now() from past where k in (0, 5)`,
  `insert into book_accounts (city_id, biller_id, number, holder, address)
    select city_id, biller_id, number, holder, address from biller_accounts on conflict do nothing`,
  `insert into accounts (id, city_id, citizen_id, biller_id, number, relation, is_holder, bound_at)
    select 'grown-' || n || '-' || k, :city, id, biller_id, number, 'mine', true, at from past where k in (0, 5)`,
  `insert into account_matches (id, city_id, citizen_id, biller_id, number, expires_at)
    select 'grown-' || n || '-' || k, :city, id, biller_id, number, at from past where k in (0, 5)`,
  `insert into findings (city_id, id, citizen_id, biller_id, number, is_holder, found_at, expires_at)
    select :city, 'found-' || n || '-' || k, id || '', biller_id, number, false, at, at + interval '30 minutes' from past where k in (0, 5)`,
  // The newest bill of each is open.
  `insert into bills (id, city_id, biller_id, number, kind, title, lines, amount_fen, paid_fen, issued_on, settled_at, settled_by,
      usage_quantity, usage_unit, period_from, period_to)
    select 'grown-' || n || '-' || k, :city, biller_id, number, replace(biller_id, 'hz-', ''), ${zhEn('账单')},
      '[{"label":{"zh":"费用","en":"Use"},"amountFen":4200}]', 4200, case when k = 0 then 0 else 4200 end,
      to_char(at - interval '5 days', 'YYYY-MM-DD'), case when k > 0 then at end, case when k > 0 then 'grown-' || n || '-' || k end,
      '21', ${zhEn('度')}, to_char(at - interval '35 days', 'YYYY-MM-DD'), to_char(at - interval '6 days', 'YYYY-MM-DD')
    from past`,
  `insert into book_bills (id, city_id, biller_id, number, kind, title, lines, amount_fen, paid_fen, issued_on, settled_at,
      usage_quantity, usage_unit, period_from, period_to)
    select id, city_id, biller_id, number, kind, title, lines, amount_fen, paid_fen, issued_on, settled_at,
      usage_quantity, usage_unit, period_from, period_to from bills where id like 'grown-%' on conflict do nothing`,
  `insert into payments (id, city_id, citizen_id, reference, state, version, amount_fen, cashier, created_at, expires_at, paid_at,
      credited_at, credit_by, receipt_id)
    select 'grown-' || n || '-' || k, :city, id, 'G' || n || '-' || k, 'credited', 4, 4200, 'till', at, at, at, at, at,
      'grown-' || n || '-' || k
    from past where k > 0`,
  `insert into payment_bills (city_id, payment_id, position, bill_id, bill_version, title, kind, amount_fen, outcome, credited_at, live)
    select :city, 'grown-' || n || '-' || k, 0, 'grown-' || n || '-' || k, 1, ${zhEn('账单')}, replace(biller_id, 'hz-', ''), 4200,
      'credited', at, false
    from past where k > 0`,
  `insert into mandates (city_id, id, citizen_id, account_id, kind, state, cashier, reference, ceiling_fen, ends_on, began_at, ended_at)
    select :city, 'grown-' || n || '-' || k, id, 'grown-' || n || '-' || k, 'auto-pay', 'ended', 'till', 'M' || n || '-' || k, 20000,
      '2027-01-01', at, at
    from past where k in (0, 5)`,
  `insert into mandate_bills (city_id, mandate_id, bill_id, bill_version, amount_fen, title, state, brought_at)
    select :city, 'grown-' || n || '-' || k / 5 * 5, 'grown-' || n || '-' || k, 1, 4200, ${zhEn('账单')}, 'collected', at from past`,
  `insert into receipts (id, city_id, payment_id, number, issued_at)
    select 'grown-' || n || '-' || k, :city, 'grown-' || n || '-' || k, 'PJ' || n || '-' || k, at from past where k > 0`,
  `insert into ledger (city_id, payment_id, kind, bill_id, amount_fen, at)
    select :city, 'grown-' || n || '-' || k, kind, case when kind = 'in' then '' else 'grown-' || n || '-' || k end, 4200, at
    from past, unnest(array['in', 'credited']) kind where k > 0`,
  `insert into vendor_orders (reference, city_id, payment_id, vendor, state, amount_fen, vendor_number, expires_at, paid_at)
    select 'G' || n || '-' || k, :city, 'grown-' || n || '-' || k, 'till', 'SUCCESS', 4200, 'V' || n || '-' || k, at, at
    from past where k > 0`,
  `insert into vendor_notifications (city_id, vendor, id, received_at) select :city, 'till', 'grown-' || n || '-' || k, at from past where k > 0`,
  `insert into refunds (id, city_id, payment_id, amount_fen, state, reason, reference, created_at, due_at, arrive_by, steps)
    select 'grown-' || n, :city, 'grown-' || n || '-1', 100, 'succeeded', ${zhEn('退款')}, 'GR' || n, at, at, at, '[]'
    from past where k = 1 and n % 5 = 0`,
  `insert into idempotency_keys (city_id, citizen_id, key, request_hash, status, answer, created_at)
    select :city, id, 'grown-' || k, md5('x'), 201, '{}', at from past where k < 3`,
]

const visits = [
  `insert into slots (id, city_id, hall_id, counter_id, day, starts_at, ends_at, capacity, elsewhere, taken)
    select 'grown-' || row_number() over (), :city, hall_id, id, to_char(starts_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD'),
      starts_at, starts_at + interval '10 minutes', 4, 0, 0
    from counters, generate_series(1, (select count(*) from person) / 600 + 1) ago, generate_series(0, 40) at,
      lateral (select date_trunc('day', now(), 'Asia/Shanghai') - make_interval(days => ago::int) + interval '9 hours'
        + make_interval(mins => 10 * at) as starts_at) as moment
    where city_id = :city`,
  // One visit each: one in twelve is still to come, as far as there are places.
  `create temporary table place on commit drop as
    select row_number() over (partition by starts_at > now() order by abs(extract(epoch from starts_at - now())), id, at) as n,
      starts_at > now() as ahead, id as slot_id, hall_id, counter_id, day, starts_at, ends_at
    from slots, lateral generate_series(1, capacity - taken - (starts_at > now())::int) at
    where city_id = :city and abs(extract(epoch from starts_at - now())) > 3600`,
  'analyze place',
  `create temporary table visit on commit drop as
    select each.n, each.id, place.ahead, slot_id, hall_id, counter_id, day, starts_at, ends_at, i.item_id
    from (select n, id, n % 12 = 0 and n / 12 <= (select count(*) from place where ahead) as ahead from person) each
    join place on place.ahead = each.ahead and place.n = case when each.ahead then each.n / 12 else each.n end
    join (select hall_id, counter_id, min(item_id) as item_id from hall_items where city_id = :city group by 1, 2) i
      using (hall_id, counter_id)`,
  'analyze visit',
  `insert into holds (id, city_id, citizen_id, slot_id, item_id, ends_at, state, expires_at, created_at, ended_at)
    select 'grown-' || n, :city, id, slot_id, item_id, ends_at, 'released', starts_at, starts_at, starts_at from visit`,
  `insert into appointments (id, city_id, citizen_id, person_id, hold_id, slot_id, hall_id, item_id, day, ends_at, state, visitor, code,
      cancel_until, created_at)
    select 'grown-' || n, :city, id, id, 'grown-' || n, slot_id, hall_id, item_id, day, ends_at,
      case when ahead then 'confirmed' when n % 30 = 7 then 'no-show' else 'served' end,
      '{"name":"李小明","phone":"13800000001"}', 'G' || n, starts_at, starts_at
    from visit`,
  "update holds set state = 'confirmed', appointment_id = id where city_id = :city and id like 'grown-%'",
  'analyze slots',
  `update slots set taken = taken + visits.count from (select slot_id, count(*) from visit group by slot_id) visits
    where city_id = :city and id = visits.slot_id`,
  `insert into no_shows (appointment_id, city_id, citizen_id, reason, counted_at)
    select id, city_id, citizen_id, 'absent', ends_at from appointments where id like 'grown-%' and state = 'no-show'`,
  'insert into bookers (city_id, citizen_id) select :city, id from person on conflict do nothing',
  // Sixty days of numbers, the last of them today's: some wait.
  `insert into ticket_lines (city_id, hall_id, day, last_number, from_home, calls, called_number, called_at, pace_seconds)
    select :city, '9007199254740997', to_char(now() at time zone 'Asia/Shanghai' - make_interval(days => d), 'YYYY-MM-DD'), 1000, 20, 900,
      900, now(), 90
    from generate_series(0, 59) d`,
  `insert into tickets (city_id, id, hall_id, day, number, citizen_id, state, taken_at)
    select :city, 'grown-' || n, '9007199254740997',
      to_char(now() at time zone 'Asia/Shanghai' - make_interval(days => n % 60), 'YYYY-MM-DD'), n, id,
      case when n % 60 = 0 and n % 7 = 0 then 'waiting' else 'served' end, now()
    from person`,
  // A full day, for which one in two hundred waits.
  `create temporary table full_day on commit drop as
    select distinct on (city_id) city_id, hall_id, counter_id, day from slots
    where city_id = :city and starts_at > now() + interval '5 days' order by city_id, day desc`,
  'update slots set elsewhere = elsewhere + capacity - taken, taken = capacity from full_day f where (slots.city_id, slots.hall_id, slots.counter_id, slots.day) = (f.city_id, f.hall_id, f.counter_id, f.day)',
  `insert into waitlist (id, city_id, citizen_id, hall_id, item_id, day, part, state, created_at)
    select 'grown-' || n, :city, person.id, i.hall_id, i.item_id, case when n % 200 = 0 then day else '2026-01-05' end, 'any',
      case when n % 200 = 0 then 'waiting' else 'passed' end, now()
    from person, full_day f, lateral (select hall_id, item_id from hall_items i
      where (i.city_id, i.hall_id, i.counter_id) = (f.city_id, f.hall_id, f.counter_id) limit 1) i
    where n % 5 = 0`,
]
