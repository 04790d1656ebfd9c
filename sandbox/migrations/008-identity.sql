-- The hosts' own books of whom they verify, and of how it ended for the citizen. No number of a document is in them.
create table book_verifications (
  city_id text not null,
  number text not null,
  subject text not null,
  level text not null,
  outcome text not null default 'open',
  begun_at timestamptz not null,
  primary key (city_id, number)
);
