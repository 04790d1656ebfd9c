-- What a fine is paid by.
alter table book_bills add column fine jsonb;
-- What has to be named beside a number, as the city makes it plain.
create table book_proofs (
  city_id text not null,
  biller_id text not null,
  number text not null,
  proof text not null,
  primary key (city_id, biller_id, number)
);
