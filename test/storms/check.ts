import type pg from 'pg'

/**
 * What must hold in the rows of a city and of its vendors, in SQL of its own: nothing here is shared with the backend. A rule selects
 * what breaks it. `atRest`: only once all news has come and all clocks have run out.
 */
type Rule = { readonly name: string; readonly select: string; readonly atRest?: boolean }

const keeps = `state not in ('cancelled-by-citizen', 'cancelled-by-hall', 'excused')`
const isOpen = `state in ('created', 'cashier-open', 'unknown', 'closing')`
const sum = (rows: string) => `coalesce((select sum(amount_fen) from ${rows}), 0)`
const ledger = (kind: string, of = 'payment_id = p.id') => sum(`ledger where ${of} and kind = '${kind}'`)
const credited = (of: string) => `${ledger('credited', of)} - ${ledger('uncredited', of)}`
const missing = (child: string, column: string, parent: string, key: string, where = 'true') =>
  `select concat_ws(' ', '${child}.${column}', ${column}) as what from ${child}
   where ${where} and ${column} is not null and not exists (select 1 from ${parent} where ${parent}.${key} = ${child}.${column})`

export const rules: readonly Rule[] = [
  {
    name: 'places: elsewhere, held and booked are what is taken',
    select: `
      select s.id as what from slots s where s.taken <> s.elsewhere
        + (select coalesce(sum(persons), 0) from holds where state = 'held' and s.id = any(slot_id || more_slot_ids))
        + (select coalesce(sum(persons), 0) from appointments where ${keeps} and s.id = any(slot_id || more_slot_ids))`,
  },
  {
    name: 'places: never more than there are',
    select: 'select id as what from slots where taken > capacity or elsewhere < 0 or elsewhere > taken',
  },
  {
    name: 'holds: one a citizen, one offer beside it',
    select: `
      select citizen_id as what from holds where state = 'held' group by city_id, citizen_id, offered having count(*) > 1`,
  },
  {
    name: 'holds: an end has its time, a confirmed one its visit',
    select: `
      select id as what from holds where (state = 'held') <> (ended_at is null)
        or (state = 'confirmed') <> (appointment_id is not null)`,
  },
  {
    name: 'holds: none outlives its deadline',
    select: `select id as what from holds where state = 'held' and expires_at <= $1`,
    atRest: true,
  },
  {
    name: 'visits: each stands where its own hold does',
    select: `
      select a.id as what from appointments a left join holds h on h.id = a.hold_id
      where h.id is null or h.state <> 'confirmed' or h.appointment_id is distinct from a.id or h.city_id <> a.city_id
        or h.citizen_id <> a.citizen_id or h.slot_id || h.more_slot_ids <> a.slot_id || a.more_slot_ids
        or h.item_id || h.more_item_ids <> a.item_id || a.more_item_ids or h.persons <> a.persons or h.ends_at <> a.ends_at`,
  },
  {
    name: 'visits: hall, day and end are those of their places',
    select: `
      select a.id as what from appointments a join slots s on s.id = a.slot_id
      where s.hall_id <> a.hall_id or s.day <> a.day or s.city_id <> a.city_id or a.ends_at <= s.starts_at`,
  },
  {
    name: 'visits: an end has its time',
    select: `select id as what from appointments where (state in ('confirmed', 'checked-in')) <> (ended_at is null)`,
  },
  {
    name: 'visits: nobody is at two places at one time',
    select: `
      select one.id as what from appointments one join slots s on s.id = one.slot_id
      join appointments other on other.city_id = one.city_id and other.person_id = one.person_id and other.id <> one.id
      join slots o on o.id = other.slot_id
      where one.state in ('confirmed', 'checked-in') and other.state in ('confirmed', 'checked-in')
        and s.starts_at < other.ends_at and o.starts_at < one.ends_at`,
  },
  {
    name: 'visits: one a day, item and person, and a code of its own',
    select: `
      select person_id as what from appointments where state in ('confirmed', 'checked-in')
        group by city_id, person_id, item_id, day having count(*) > 1
      union all select code from appointments group by city_id, hall_id, day, code having count(*) > 1`,
  },
  {
    name: 'missed visits: only what was missed or given back late counts',
    select: `
      select n.appointment_id as what from no_shows n left join appointments a on a.id = n.appointment_id
      where a.id is null or (n.reason = 'late-cancellation' and a.state <> 'cancelled-by-citizen' and n.excused_at is null)
        or (n.reason = 'absent' and a.state <> 'no-show' and n.excused_at is null)`,
  },
  {
    name: 'waiting: an offer is a place that is held for who waits',
    select: `
      select w.id as what from waitlist w left join holds h on h.id = w.hold_id
      where w.state = 'offered' and (h.id is null or not h.offered or h.citizen_id <> w.citizen_id)
      union all select h.id from holds h where h.offered and h.state = 'held'
        and not exists (select 1 from waitlist w where w.hold_id = h.id and w.state = 'offered')
      union all select w.id from waitlist w join holds h on h.id = w.hold_id where w.state = 'taken' and h.state <> 'confirmed'`,
  },
  {
    name: 'waiting: once a hall, item and day; three notices at most',
    select: `
      select citizen_id as what from waitlist where state in ('waiting', 'offered')
        group by city_id, citizen_id, hall_id, item_id, day having count(*) > 1
      union all select id from waitlist where notices_sent > 3`,
  },
  {
    name: 'money: a payment is its bills and its fee',
    select: `
      select id as what from payments p
      where amount_fen <> fee_fen + ${sum('payment_bills where payment_id = p.id')}`,
  },
  {
    name: 'money: all of it comes in once, or nothing',
    select: `
      select id as what from payments p where ${ledger('in')} <> case when paid_at is null then 0 else amount_fen end
        or (${isOpen} or state in ('closed', 'failed')) <> (paid_at is null)`,
  },
  {
    name: 'money: what came in is credited, kept as fee, refunded or on its way',
    select: `
      select id as what from payments p where ${ledger('in')} <> ${credited('payment_id = p.id')}
        + ${ledger('fee')} - ${ledger('fee-returned')} + ${ledger('refunded')}
        + case when state = 'paid' then amount_fen else ${sum(`refunds where payment_id = p.id and state <> 'succeeded'`)} end`,
  },
  {
    name: 'money: what was given back is so in all four books',
    select: `
      select id as what from payments p where exists (
        select from (values (${ledger('refunded')}), (${sum(`refunds where payment_id = p.id and state = 'succeeded'`)}),
          (coalesce((select refunded_fen from vendor_orders v where v.reference = p.reference), 0))) as book (fen)
        where book.fen <> p.refunded_fen)`,
  },
  {
    name: 'money: a fee is for something',
    select: `
      select id as what from payments p where ${ledger('fee')} > ${ledger('fee-returned')}
        and ${credited('payment_id = p.id')} = 0`,
  },
  {
    name: 'money: a state says what the books say',
    select: `
      select id as what from payments p where
        (state = 'credited' and ${ledger('refunded')} <> 0)
        or (state = 'refunded' and refunded_fen <> amount_fen)
        or (state = 'partly-refunded' and refunded_fen not between 1 and amount_fen - 1)
        or (state = 'refunding') <> exists (select from refunds r where r.payment_id = p.id and r.state <> 'succeeded')
        or (state = 'credited') and credited_at is null`,
  },
  {
    name: 'money: a bill of a payment went where the payment says',
    select: `
      select pb.payment_id as what from payment_bills pb
      where case when outcome = 'credited' then amount_fen else 0 end
          <> ${credited('payment_id = pb.payment_id and bill_id = pb.bill_id')}
        or case when outcome = 'refunded' then amount_fen else 0 end
          <> ${ledger('refunded', 'payment_id = pb.payment_id and bill_id = pb.bill_id')}`,
  },
  {
    name: 'bills: what is booked as paid was credited, and no more',
    select: `
      select b.id as what from bills b where exists (select from payment_bills pb where pb.bill_id = b.id) and case
        when top_up is null then paid_fen <> ${credited('bill_id = b.id')} or paid_fen > amount_fen
          or (settled_at is null) = (paid_fen = amount_fen)
        else balance_fen <> (top_up ->> 'openingFen')::bigint + ${credited('bill_id = b.id')} end`,
  },
  {
    name: 'bills: one live payment, which is open or paid',
    select: `
      select bill_id as what from payment_bills where live group by bill_id having count(*) > 1
      union all select p.id from payments p join payment_bills pb on pb.payment_id = p.id
        where pb.live <> (${isOpen} or p.state = 'paid') and p.state <> 'refunding'`,
  },
  {
    name: 'billers: they booked what the city says, once',
    select: `
      select pb.payment_id as what from payment_bills pb join payments p on p.id = pb.payment_id
      where case when outcome = 'credited' then pb.amount_fen else 0 end <> ${sum(`book_credits c
        where c.city_id = p.city_id and c.reference = p.reference and c.bill_id = pb.bill_id and c.outcome = 'taken'`)}
      union all select c.reference from book_credits c where not exists (select from payments p
        join payment_bills pb on pb.payment_id = p.id where p.reference = c.reference and pb.bill_id = c.bill_id)`,
    atRest: true,
  },
  {
    name: 'billers: a bill in their books is what they booked of it',
    select: `
      select b.id as what from book_bills b where exists (select from book_credits c where c.bill_id = b.id)
        and ${sum(`book_credits c where c.city_id = b.city_id and c.bill_id = b.id and c.outcome = 'taken'`)}
          <> case when top_up is null then paid_fen else balance_fen - (top_up ->> 'openingFen')::bigint end`,
  },
  {
    name: 'vendors: an order for each payment they took, of its amount',
    select: `
      select p.id as what from payments p left join vendor_orders v on v.reference = p.reference
        where (v.reference is null and p.paid_at is not null) or v.amount_fen <> p.amount_fen
      union all select reference from vendor_orders v
        where not exists (select from payments p where p.id = v.payment_id and p.reference = v.reference)`,
  },
  {
    name: 'vendors: nothing came in that they did not take',
    select: `
      select p.id as what from payments p join vendor_orders v on v.reference = p.reference
      where p.paid_at is not null and v.paid_at is null`,
  },
  {
    name: 'vendors: what has ended cannot be paid',
    select: `
      select p.id as what from payments p join vendor_orders v on v.reference = p.reference
      where p.state in ('closed', 'failed') and v.state in ('NOTPAY', 'USERPAYING')`,
  },
  {
    name: 'vendors: what they took has come in',
    select: `
      select p.id as what from payments p join vendor_orders v on v.reference = p.reference
      where (p.paid_at is null) <> (v.paid_at is null)`,
    atRest: true,
  },
  {
    name: 'payments: all have ended',
    select: `
      select concat_ws(' ', id, state) as what from payments
      where state not in ('credited', 'failed', 'closed', 'refunded', 'partly-refunded')`,
    atRest: true,
  },
  {
    name: 'payments: a receipt for each that was paid',
    select: `
      select p.id as what from payments p
      where (p.paid_at is null) <> not exists (select from receipts r where r.payment_id = p.id and r.id = p.receipt_id)
        or (p.receipt_id is null) <> (p.paid_at is null)`,
  },
  {
    name: 'calls: a key that was kept has its answer',
    select: `
      select key as what from idempotency_keys k where status is null or (payment_id is not null
        and not exists (select from payments p where p.id = k.payment_id))`,
  },
  {
    name: 'no row is without what it belongs to',
    select: [
      missing('payment_bills', 'payment_id', 'payments', 'id'),
      missing('payment_bills', 'bill_id', 'bills', 'id'),
      missing('ledger', 'payment_id', 'payments', 'id'),
      missing('ledger', 'bill_id', 'bills', 'id', `bill_id <> ''`),
      missing('refunds', 'payment_id', 'payments', 'id'),
      missing('receipts', 'payment_id', 'payments', 'id'),
      missing('holds', 'slot_id', 'slots', 'id'),
      missing('holds', 'moves_id', 'appointments', 'id'),
      missing('waitlist', 'hold_id', 'holds', 'id'),
      missing('payments', 'citizen_id', 'citizens', 'id'),
      missing('sessions', 'citizen_id', 'citizens', 'id'),
      missing('accounts', 'citizen_id', 'citizens', 'id'),
      `select concat_ws(' ', 'bills.settled_by', settled_by) as what from bills b where settled_by is not null
         and not exists (select from payments p where p.id = b.settled_by)`,
    ].join(' union all '),
  },
]

/** A line for each row that breaks a rule; empty when all is well. `restAt`: the city's time, once all has ended. */
export async function brokenRules(client: pg.ClientBase, restAt?: Date): Promise<string[]> {
  const broken: string[] = []
  for (const { name, select, atRest } of rules) {
    if (atRest && restAt === undefined) continue
    const values = select.includes('$1') ? [restAt] : []
    const { rows } = await client.query<{ what: string }>(`select what from (${select}) as broken limit 5`, values)
    broken.push(...rows.map(({ what }) => `${name}: ${what}`))
  }
  return broken
}

/** The same while others write: all of one moment. */
export async function brokenNow(client: pg.ClientBase, restAt?: Date): Promise<string[]> {
  await client.query('begin isolation level repeatable read read only')
  try {
    return await brokenRules(client, restAt)
  } finally {
    await client.query('rollback')
  }
}
