-- What the vendors know of agreements under which money is collected.
create table vendor_agreements (
  vendor text not null,
  reference text not null,
  city_id text not null,
  payer text not null,
  subject text not null,
  state text not null,
  sign_until timestamptz not null,
  primary key (vendor, reference)
);
