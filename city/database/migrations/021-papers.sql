-- Papers that the law gives for a payment (电子发票、财政电子票据、完税证明): one of each of its billers that was asked for.
create table papers (
  city_id text not null,
  payment_id text not null,
  biller_id text not null,
  -- Counts what its issuer was asked for: a paper in place of one that was refused or is void is another one.
  serial integer not null,
  -- issuing, issued, failed, withdrawing, withdrawn
  state text not null,
  amount_fen bigint not null,
  title jsonb,
  because text,
  -- Why, in the issuer's own words.
  reason jsonb,
  asked_at timestamptz not null,
  -- When its issuer is to be asked; null when there is nothing more to ask. While an instance asks, when another may.
  look_at timestamptz,
  issued_at timestamptz,
  number text,
  check_code text,
  file_url text,
  primary key (city_id, payment_id, biller_id)
);
create index papers_due on papers (look_at) where look_at is not null;

-- The title that a citizen lets the city keep for the next paper.
create table paper_titles (
  city_id text not null,
  citizen_id text not null,
  title jsonb not null,
  used_at timestamptz not null,
  primary key (city_id, citizen_id)
);
create index paper_titles_by_use on paper_titles (city_id, used_at);

-- Where files of papers are, beside the city's own address.
alter table cities add column paper_hosts jsonb;
