-- Who was verified with their host, how far and when. The number of the document is never here: `document_key` is blinded with the
-- city's key, and what the host's query needs of it is sealed with that key and goes once it is over.
create table verifications (
  city_id text not null,
  id text not null,
  citizen_id text not null,
  level text not null,
  state text not null default 'open',
  name text,
  document_key text not null,
  vendor_number text not null,
  sealed text,
  begun_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (city_id, id)
);
create index verifications_of_citizen on verifications (city_id, citizen_id, ended_at);
create index verifications_by_age on verifications (city_id, begun_at);
-- How far who books it must be verified; as far as the city demands of all without it.
alter table items add column level text;
-- How far one must be verified to read and confirm a decision of it.
alter table billers add column level text;
