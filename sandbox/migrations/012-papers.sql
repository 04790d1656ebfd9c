-- What the simulated issuer of invoices and official receipts has in its books.
create table book_papers (
  city_id text not null,
  reference text not null,
  biller_id text not null,
  state text not null,
  amount_fen bigint not null,
  title jsonb,
  asked_at timestamptz not null,
  number text not null,
  file text not null,
  primary key (city_id, reference)
);
create index book_papers_of_file on book_papers (file);
