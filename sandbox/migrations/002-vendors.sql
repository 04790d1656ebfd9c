-- What WeChat Pay and Alipay know of an order besides: they are told no more than their protocols say.
alter table vendor_orders add column subject text not null default '';
alter table vendor_orders add column payer text not null default '';
alter table vendor_orders add column notify_url text not null default '';
-- The transaction's number; `vendor_number` is what the cashier is opened with.
alter table vendor_orders add column paid_number text not null default '';
alter table vendor_orders add column opened_at timestamptz not null default now();
create index vendor_orders_pending on vendor_orders (vendor, pending_until) where pending_until is not null;
create index vendor_orders_paid on vendor_orders (vendor, paid_at) where paid_at is not null;

create table vendor_refunds (
  vendor text not null,
  refund_reference text not null,
  reference text not null,
  amount_fen bigint not null,
  reason text not null,
  notify_url text not null,
  number text not null,
  state text not null,
  requested_at timestamptz not null,
  done_at timestamptz not null,
  primary key (vendor, refund_reference)
);
create index vendor_refunds_of_order on vendor_refunds (reference);
create index vendor_refunds_moving on vendor_refunds (vendor, done_at) where state = 'PROCESSING';
create index vendor_refunds_done on vendor_refunds (vendor, done_at);

-- Notifications on their way; whichever instance takes one out delivers it.
create table vendor_letters (
  key text primary key,
  vendor text not null,
  id text not null,
  reference text not null,
  refund_reference text,
  at timestamptz not null,
  attempt integer not null,
  twist text
);
create index vendor_letters_due on vendor_letters (vendor, at);
