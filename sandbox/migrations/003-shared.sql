-- What is switched on in all instances. `times`: how often it still happens; null until it is switched off.
create table sandbox_faults (
  id text primary key,
  name text not null,
  city_id text,
  operation_id text,
  times integer,
  delay_ms integer,
  switched_on timestamptz not null
);
