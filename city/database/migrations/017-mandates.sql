-- Standing permissions to pay the bills of an account.
create table mandates (
  city_id text not null,
  id text not null,
  citizen_id text not null,
  account_id text not null,
  kind text not null,
  state text not null,
  version integer not null default 1,
  -- Of an auto-pay: who collects, the agreement's number there, and the terms.
  cashier text,
  reference text,
  ceiling_fen bigint check (ceiling_fen > 0),
  ends_on text,
  began_at timestamptz not null,
  sign_until timestamptz,
  ended_at timestamptz,
  end_reason text,
  -- The vendor has not heard of the end yet.
  untold boolean not null default false,
  look_at timestamptz,
  looks integer not null default 0,
  primary key (city_id, id)
);
create unique index mandates_in_force on mandates (city_id, account_id) where state = 'active';
create index mandates_of_citizen on mandates (city_id, citizen_id, account_id, began_at);
create index mandates_due on mandates (look_at) where look_at is not null;

-- Each bill that was brought under one, once.
create table mandate_bills (
  city_id text not null,
  mandate_id text not null,
  bill_id text not null,
  bill_version integer not null,
  -- With the fee, as the notice says it.
  amount_fen bigint not null,
  title jsonb not null,
  state text not null,
  reason text,
  brought_at timestamptz not null,
  -- The message that announces the collection.
  notice_id text,
  collect_at timestamptz,
  payment_id text,
  primary key (city_id, mandate_id, bill_id)
);

-- Of a payment that nobody opens a cashier for.
alter table payments add column mandate_id text;
