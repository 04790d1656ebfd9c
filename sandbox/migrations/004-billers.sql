-- The simulated billers' own books.

create table book_accounts (
  city_id text not null,
  biller_id text not null,
  number text not null,
  holder text not null,
  address jsonb not null,
  primary key (city_id, biller_id, number)
);

-- Whom a biller knows as the holder of an account: by name and telephone number, as the host's sign-in gives them.
create table book_holders (
  city_id text not null,
  biller_id text not null,
  number text not null,
  name text not null,
  phone text not null,
  primary key (city_id, biller_id, number, name, phone)
);

create table book_bills (
  id text not null,
  city_id text not null,
  biller_id text not null,
  number text not null,
  kind text not null,
  title jsonb not null,
  lines jsonb not null,
  amount_fen bigint not null check (amount_fen >= 0),
  late_fee_fen bigint not null default 0 check (late_fee_fen >= 0),
  arrears_fen bigint not null default 0 check (arrears_fen >= 0),
  paid_fen bigint not null default 0 check (paid_fen >= 0),
  partial_min_fen bigint check (partial_min_fen > 0),
  top_up jsonb,
  balance_fen bigint not null default 0,
  settlement jsonb,
  decision jsonb,
  changes jsonb not null default '[]',
  version integer not null default 1,
  usage_quantity text,
  usage_unit jsonb,
  period_from text,
  period_to text,
  issued_on text not null,
  due_on text,
  not_payable jsonb,
  settled_at timestamptz,
  paid_elsewhere_at timestamptz,
  primary key (city_id, id),
  constraint book_never_overpaid check (paid_fen <= amount_fen)
);
create index book_bills_of_number on book_bills (city_id, biller_id, number, issued_on);

-- What was booked for which payment, so that it is booked once.
create table book_credits (
  city_id text not null,
  reference text not null,
  bill_id text not null,
  amount_fen bigint not null,
  outcome text not null,
  at timestamptz not null,
  primary key (city_id, reference, bill_id)
);

-- Data of before: the billers know what the city knew.
insert into book_accounts (city_id, biller_id, number, holder, address)
  select city_id, biller_id, number, holder, address from biller_accounts;
insert into book_bills (id, city_id, biller_id, number, kind, title, lines, amount_fen, late_fee_fen, arrears_fen, paid_fen,
    partial_min_fen, top_up, balance_fen, settlement, decision, changes, version, usage_quantity, usage_unit, period_from, period_to,
    issued_on, due_on, not_payable, settled_at, paid_elsewhere_at)
  select id, city_id, biller_id, number, kind, title, lines, amount_fen, late_fee_fen, arrears_fen, paid_fen,
    partial_min_fen, top_up, balance_fen, settlement, decision, changes, version, usage_quantity, usage_unit, period_from, period_to,
    issued_on, due_on, not_payable, settled_at, paid_elsewhere_at from bills;
insert into book_holders (city_id, biller_id, number, name, phone)
  select distinct a.city_id, a.biller_id, a.number, c.name, c.phone from accounts a join citizens c on c.id = a.citizen_id
  where a.relation = 'mine';
