-- What billers told the city, since when, and who is known to them.

-- The biller's own mark of what the copy was made from; null in a copy that has none yet.
alter table bills add column biller_version text;
-- When the copy last changed: an answer to an older question does not undo it.
alter table bills add column as_of timestamptz;

-- When the biller last told the city what is open on the account, and when it was last asked, answered or not.
alter table biller_accounts add column answered_at timestamptz;
alter table biller_accounts add column asked_at timestamptz;

-- Whether the biller knows the citizen as the holder.
alter table account_matches add column is_holder boolean not null default false;
alter table accounts add column is_holder boolean not null default false;
create index accounts_of_number on accounts (city_id, biller_id, number);

-- Billers that are closed beyond the hours of their catalogue entry, as far as they said so.
create table biller_closures (
  city_id text not null,
  biller_id text not null,
  closed_until timestamptz not null,
  primary key (city_id, biller_id)
);

-- Who asked how often about account numbers in one day: a citizen, or a device's address (hashed).
create table account_questions (
  city_id text not null,
  asker text not null,
  day text not null,
  questions integer not null default 0,
  -- Numbers that no biller knew.
  misses integer not null default 0,
  -- Not before then may the next question come.
  next_at timestamptz,
  primary key (city_id, asker, day)
);
