-- Who may act for whom, for what and until when; an invitation as long as one of the two is open. Of its code only what finds it again.
create table family_grants (
  city_id text not null,
  id text not null,
  giver_id text,
  actor_id text,
  invited_as text not null check (invited_as in ('giver', 'actor')),
  things text[] not null,
  -- Its last day.
  ends_on text not null,
  state text not null default 'open',
  version integer not null default 1,
  code_key text,
  code_until timestamptz,
  -- A counter has seen the giver's papers.
  at_counter boolean not null default false,
  created_at timestamptz not null,
  began_at timestamptz,
  ended_at timestamptz,
  end_reason text,
  primary key (city_id, id)
);
create unique index family_codes on family_grants (city_id, code_key) where code_key is not null;
create index family_given on family_grants (city_id, giver_id, created_at);
create index family_received on family_grants (city_id, actor_id, created_at);
create index family_grants_by_end on family_grants (city_id, ends_on);

-- Who did what for whom.
create table family_acts (
  city_id text not null,
  grant_id text not null,
  -- Of what is noted once a day, the kind and the day.
  id text not null,
  kind text not null,
  giver_id text not null,
  actor_id text not null,
  by_whom text not null check (by_whom in ('giver', 'actor', 'counter')),
  at timestamptz not null,
  text jsonb not null,
  primary key (city_id, grant_id, id)
);
create index family_acts_of_giver on family_acts (city_id, giver_id);
create index family_acts_of_actor on family_acts (city_id, actor_id);
create index family_acts_by_age on family_acts (city_id, at);

-- Those of before were for booking only, and began at a counter.
insert into family_grants (city_id, id, giver_id, actor_id, invited_as, things, ends_on, state, at_counter, created_at, began_at)
  select city_id, 'fg-' || md5(citizen_id || '/' || person_id), person_id, citizen_id, 'actor', array['book'],
    cast(cast(until at time zone 'Asia/Shanghai' as date) as text), 'active', true, now(), now()
  from grants;
drop table grants;

-- Nobody books it for somebody else.
alter table items add column in_person boolean not null default false;
