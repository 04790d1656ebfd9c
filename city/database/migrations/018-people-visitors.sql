-- People whom a citizen books for and lets the city keep. Of a document only what tells two apart.
create table saved_visitors (
  city_id text not null,
  id text not null,
  citizen_id text not null,
  name text not null,
  phone text,
  document_kind text,
  document_number text,
  document_key text,
  saved_at timestamptz not null,
  used_at timestamptz not null,
  primary key (city_id, id)
);
create index saved_visitors_of_citizen on saved_visitors (city_id, citizen_id);
create index saved_visitors_by_use on saved_visitors (city_id, used_at);
