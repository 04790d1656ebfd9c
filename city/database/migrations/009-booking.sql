-- Visits that were moved too late. One that is moved twice counts twice, and what becomes of it then counts as well.
create table late_moves (
  city_id text not null,
  -- The hold it was moved to.
  id text not null,
  citizen_id text not null,
  appointment_id text not null,
  counted_at timestamptz not null,
  excused_at timestamptz,
  primary key (city_id, id)
);
create index late_moves_by_citizen on late_moves (city_id, citizen_id, counted_at);

-- The city kept the citizen from using it: that it ran out does not count.
alter table holds add column forgiven boolean not null default false;
create index unused_holds on holds (city_id, citizen_id, ended_at) where state in ('expired', 'released');

-- When the city was last there, by a machine's clock and by its own; and when it was not there, by its own.
create table heartbeats (
  city_id text primary key,
  machine_at timestamptz not null,
  clock_at timestamptz not null
);
create table outages (
  city_id text not null,
  id text not null,
  began_at timestamptz not null,
  ended_at timestamptz not null,
  primary key (city_id, id)
);
