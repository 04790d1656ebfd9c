-- The citizen reads in the app what the city told: from when on, whether or not the host showed it, and since when it has been seen.
alter table messages add column told_at timestamptz;
alter table messages add column read_at timestamptz;
create index messages_unread on messages (city_id, citizen_id) where told_at is not null and read_at is null;
-- What the host may show, by template: of one that is good for one message each, how many more.
create table message_grants (
  city_id text not null,
  citizen_id text not null,
  template text not null,
  granted boolean not null,
  remaining integer not null default 0,
  changed_at timestamptz not null,
  primary key (city_id, citizen_id, template)
);
-- What the templates of a city tell of.
alter table cities add column templates jsonb;
