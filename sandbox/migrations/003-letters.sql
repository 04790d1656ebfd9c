-- What the hosts have shown to people: each message once.
create table letters (
  city_id text not null,
  id text not null,
  subject text not null,
  title jsonb not null,
  text jsonb not null,
  shown_at timestamptz not null,
  primary key (city_id, id)
);
