-- What makes cities differ: read anew every few seconds by every instance, so a changed row counts soon after.

create table cities (
  id text primary key check (id ~ '^[0-9]{6}$'),
  position integer not null,
  -- Begins every reference: HZ20261123000001.
  letters text not null check (letters ~ '^[A-Z]{2,4}$'),
  name jsonb not null,
  mode text not null default 'open' check (mode in ('open', 'read-only')),
  -- Since when it is in maintenance; null for one that always was.
  paused_at timestamptz,
  phone text not null,
  booking jsonb,
  features jsonb not null,
  promises jsonb not null,
  messages jsonb
);

create table billers (
  city_id text not null references cities (id),
  id text not null,
  position integer not null,
  kind text not null,
  name jsonb not null,
  phone text not null,
  account jsonb not null,
  credited_within_minutes integer not null check (credited_within_minutes > 0),
  -- Its closing hours: {"from": "23:30", "to": "06:00"}.
  asleep jsonb,
  partial_min_fen bigint check (partial_min_fen > 0),
  paying jsonb,
  primary key (city_id, id)
);

create table notices (
  city_id text not null references cities (id),
  id text not null,
  position integer not null,
  level text not null,
  title jsonb not null,
  text jsonb,
  lasts_days integer check (lasts_days > 0),
  -- Shown only while this biller is closed.
  while_asleep text,
  primary key (city_id, id),
  foreign key (city_id, while_asleep) references billers (city_id, id)
);
