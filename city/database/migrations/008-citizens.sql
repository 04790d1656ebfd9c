-- What the city tells a citizen by itself, written with what it is about, sent afterwards.
create table messages (
  city_id text not null,
  -- Made of what it is about, so that one thing is told once.
  id text not null,
  citizen_id text not null,
  kind text not null,
  about_kind text not null,
  about_id text not null,
  title jsonb not null,
  text jsonb not null,
  created_at timestamptz not null,
  -- When to send it, or to try again; null when there is nothing more to do. While an instance sends it, when another may.
  send_at timestamptz,
  -- No use after this.
  until timestamptz not null,
  tries integer not null default 0,
  state text not null default 'waiting',
  ended_at timestamptz,
  primary key (city_id, id)
);
create index messages_due on messages (send_at) where send_at is not null;
create index messages_of_citizen on messages (city_id, citizen_id, created_at);
create index accounts_reminded on accounts (city_id, biller_id, number) where reminder_given and unbound_at is null;
create index unsettled_bills_by_due_day on bills (city_id, due_on, biller_id, number) where settled_at is null and due_on is not null;
-- What is erased and copied is found by whose it is.
create index sessions_of_citizen on sessions (city_id, citizen_id);
create index account_matches_of_citizen on account_matches (city_id, citizen_id);
create index holds_by_citizen on holds (city_id, citizen_id);
