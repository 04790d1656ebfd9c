-- The tables of the City Service; booking has its own file. Plain SQL that PostgreSQL and what is compatible with it understand.

create table citizens (
  id text primary key,
  city_id text not null,
  subject text not null,
  name text not null,
  phone text not null,
  created_at timestamptz not null,
  unique (city_id, subject)
);

create table sessions (
  token_hash text primary key,
  city_id text not null,
  citizen_id text not null references citizens (id),
  expires_at timestamptz not null,
  ended boolean not null default false
);

create table idempotency_keys (
  city_id text not null,
  citizen_id text not null,
  key text not null,
  request_hash text not null,
  -- The payment that this call made or gave, so that it is found when the answer got lost.
  payment_id text,
  status integer,
  answer jsonb,
  created_at timestamptz not null,
  primary key (city_id, citizen_id, key)
);

create table consents (
  city_id text not null,
  citizen_id text not null,
  consent text not null,
  given boolean not null,
  changed_at timestamptz not null,
  primary key (city_id, citizen_id, consent)
);

create table data_uses (
  id text primary key,
  city_id text not null,
  citizen_id text not null,
  at timestamptz not null,
  by_whom jsonb not null,
  purpose jsonb not null
);
create index data_uses_of_citizen on data_uses (city_id, citizen_id, at);

create table reports (
  id text primary key,
  city_id text not null,
  citizen_id text not null,
  reference text not null,
  about_kind text not null,
  about_id text not null,
  reason text not null,
  text text not null,
  state text not null,
  answer jsonb,
  created_at timestamptz not null,
  answer_by timestamptz not null
);

-- What a biller knows of an account number, bound by anybody or not.
create table biller_accounts (
  city_id text not null,
  biller_id text not null,
  number text not null,
  holder text not null,
  address jsonb not null,
  primary key (city_id, biller_id, number)
);

create table account_matches (
  id text primary key,
  city_id text not null,
  citizen_id text not null,
  biller_id text not null,
  number text not null,
  expires_at timestamptz not null
);

create table accounts (
  id text primary key,
  city_id text not null,
  citizen_id text not null,
  biller_id text not null,
  number text not null,
  relation text not null,
  nickname text,
  bound_at timestamptz not null,
  unbound_at timestamptz,
  undo_until timestamptz,
  -- Whether the citizen wants messages about its bills, and which ones the host was asked for.
  reminder_given boolean,
  reminder_changed_at timestamptz,
  reminder_templates jsonb,
  unique (city_id, citizen_id, biller_id, number)
);

create table bills (
  id text primary key,
  city_id text not null,
  biller_id text not null,
  number text not null,
  kind text not null,
  title jsonb not null,
  lines jsonb not null,
  amount_fen bigint not null check (amount_fen >= 0),
  late_fee_fen bigint not null default 0 check (late_fee_fen >= 0),
  arrears_fen bigint not null default 0 check (arrears_fen >= 0),
  -- What billers have booked of it; the rest is what is left.
  paid_fen bigint not null default 0 check (paid_fen >= 0),
  partial_min_fen bigint check (partial_min_fen > 0),
  -- A prepaid meter: its rule, and what is on it; below nought is debt.
  top_up jsonb,
  balance_fen bigint not null default 0,
  settlement jsonb,
  decision jsonb,
  decision_confirmed_at timestamptz,
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
  settled_by text,
  paid_elsewhere_at timestamptz,
  constraint never_overpaid check (paid_fen <= amount_fen),
  check (settled_at is null or paid_fen = amount_fen)
);
create index bills_of_number on bills (city_id, biller_id, number, issued_on);

create table payments (
  id text primary key,
  city_id text not null,
  citizen_id text not null,
  reference text not null unique,
  state text not null,
  version integer not null default 1,
  amount_fen bigint not null check (amount_fen >= 0),
  fee_fen bigint not null default 0 check (fee_fen >= 0),
  refunded_fen bigint not null default 0 check (refunded_fen >= 0),
  cashier text not null,
  hint_outcome text,
  hint_detail text,
  hint_at timestamptz,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  paid_at timestamptz,
  credited_at timestamptz,
  credit_by timestamptz,
  credit_after timestamptz,
  receipt_id text,
  -- When something is to be done although nobody asks; null once nothing is. While an instance works on it, when another may.
  look_at timestamptz,
  -- Looks since its last change, and those that failed: the pauses between them grow.
  looks integer not null default 0,
  -- Left unpaid until somebody else wanted to pay the bill.
  gave_way boolean not null default false
);
create index payments_due on payments (look_at) where look_at is not null;
create index payments_of_citizen on payments (city_id, citizen_id, created_at);

create table payment_bills (
  payment_id text not null references payments (id),
  position integer not null,
  bill_id text not null references bills (id),
  bill_version integer not null,
  title jsonb not null,
  kind text not null,
  amount_fen bigint not null check (amount_fen >= 0),
  outcome text not null default 'open',
  credited_at timestamptz,
  credit_by timestamptz,
  live boolean not null default true,
  primary key (payment_id, position)
);
-- Never two live payments for one bill, whatever the code above does.
create unique index one_live_payment on payment_bills (bill_id) where live;

create table refunds (
  id text primary key,
  city_id text not null,
  payment_id text not null references payments (id),
  bill_id text,
  amount_fen bigint not null check (amount_fen >= 0),
  state text not null,
  reason jsonb not null,
  reference text not null unique,
  created_at timestamptz not null,
  due_at timestamptz not null,
  arrive_by timestamptz not null,
  steps jsonb not null
);

create table receipts (
  id text primary key,
  city_id text not null,
  payment_id text not null unique references payments (id),
  number text not null unique,
  issued_at timestamptz not null
);

-- What moved. Once a payment is final: in = credited - uncredited + fee - fee-returned + refunded.
create table ledger (
  payment_id text not null references payments (id),
  kind text not null,
  -- A bill, or the empty text for the payment as a whole.
  bill_id text not null,
  amount_fen bigint not null check (amount_fen > 0),
  at timestamptz not null,
  primary key (payment_id, kind, bill_id)
);

create table vendor_notifications (
  id text primary key,
  received_at timestamptz not null
);
