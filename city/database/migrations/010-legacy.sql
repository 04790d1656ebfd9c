-- When a paid bill was last sent to an old billing system, which would book it twice if it were sent twice.
create table biller_attempts (
  city_id text not null,
  biller_id text not null,
  serial text not null,
  sent_at timestamptz not null,
  primary key (city_id, biller_id, serial)
);
