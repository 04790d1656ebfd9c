-- What in a life an item belongs to; how many came for it lately: counted here, and elsewhere (without an appointment) as the city tells.
alter table items add column life_events jsonb;
alter table items add column visits_elsewhere integer not null default 0;
alter table items add column visits_counted integer not null default 0;
alter table items add column counted_on text;
-- Halls and items that citizens saved.
create table favourites (
  city_id text not null,
  citizen_id text not null,
  kind text not null,
  target_id text not null,
  saved_at timestamptz not null,
  primary key (city_id, citizen_id, kind, target_id)
);
