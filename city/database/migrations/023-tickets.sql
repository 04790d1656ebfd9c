-- What a hall lets people do who take a number from home (在线取号); none are given where it is null.
alter table halls add column tickets jsonb;

-- A hall's queue of one day: the one sequence that its machine and the app draw from.
create table ticket_lines (
  city_id text not null,
  hall_id text not null,
  day text not null,
  last_number integer not null default 0,
  -- How many of them were taken from home; one that is given back still counts.
  from_home integer not null default 0,
  calls integer not null default 0,
  called_number integer,
  called_at timestamptz,
  -- How long a call takes, the last ones weighing most.
  pace_seconds integer not null,
  stopped_at timestamptz,
  ended_at timestamptz,
  reason jsonb,
  primary key (city_id, hall_id, day)
);
create index ticket_lines_by_day on ticket_lines (city_id, day);

create table tickets (
  city_id text not null,
  id text not null,
  hall_id text not null,
  day text not null,
  number integer not null,
  -- Null for one that the hall's machine gave.
  citizen_id text,
  state text not null default 'waiting',
  version integer not null default 1,
  -- The citizen let their host show messages about it, and was told that their turn is near.
  messages boolean not null default false,
  near_told boolean not null default false,
  times_passed integer not null default 0,
  -- Of one that was passed: after how many calls of the line it is called again.
  again_at integer,
  counter integer,
  called_at timestamptz,
  taken_at timestamptz not null,
  ended_at timestamptz,
  primary key (city_id, id),
  unique (city_id, hall_id, day, number)
);
create unique index tickets_one_open on tickets (city_id, citizen_id, hall_id)
  where citizen_id is not null and state in ('waiting', 'called', 'passed');
create index tickets_open on tickets (city_id, day, hall_id, number) where state in ('waiting', 'called', 'passed');
create index tickets_of_citizen on tickets (city_id, citizen_id, taken_at);
create index tickets_by_day on tickets (city_id, day);
