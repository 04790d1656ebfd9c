-- How many calls there were of a kind, by whom, in a stretch of time: shared by all instances.
create table call_counts (
  city_id text not null,
  -- A citizen's id, or what was made of an address: no address itself is kept.
  who text not null,
  kind text not null,
  -- The stretch: its end, and its length in seconds.
  until timestamptz not null,
  seconds integer not null,
  calls integer not null,
  primary key (city_id, who, kind, until, seconds)
);
