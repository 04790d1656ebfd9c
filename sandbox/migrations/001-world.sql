-- What the world around the cities keeps, in tables of its own.

-- The vendors' books: what WeChat, Alipay or the till know of an order.
create table vendor_orders (
  reference text primary key,
  city_id text not null,
  payment_id text not null,
  vendor text not null,
  state text not null,
  version integer not null default 1,
  amount_fen bigint not null,
  refunded_fen bigint not null default 0,
  vendor_number text not null,
  pending_until timestamptz,
  pending_state text,
  expires_at timestamptz not null,
  paid_at timestamptz
);

-- The hosts' sign-in codes work once.
create table used_codes (
  city_id text not null,
  code text not null,
  primary key (city_id, code)
);

-- What every instance of the sandbox must know alike: that the cities are filled, and how far their clock was moved.
create table sandbox_state (
  name text primary key,
  value text not null
);
