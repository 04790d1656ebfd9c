-- How a bill of a biller is found without binding an account.
alter table billers add column finding jsonb;
-- What a fine is paid by.
alter table bills add column fine jsonb;
-- What a citizen has found by its number, to pay it without binding: for half an hour, or a day longer once it is being paid.
create table findings (
  city_id text not null,
  id text not null,
  citizen_id text not null,
  biller_id text not null,
  number text not null,
  is_holder boolean not null,
  found_at timestamptz not null,
  expires_at timestamptz not null,
  primary key (city_id, id)
);
create unique index findings_once on findings (city_id, citizen_id, biller_id, number);
create index findings_of_number on findings (city_id, biller_id, number);
create index findings_by_end on findings (city_id, expires_at);
