-- When the vendor was asked whose answer was taken last: an older one changes nothing.
alter table payments add column answered_at timestamptz;

-- What is due is found for each vendor on its own: one that is away holds up its own payments only.
create index payments_due_at_vendor on payments (cashier, look_at) where look_at is not null;
drop index payments_due;

-- Notifications that were taken, each vendor's by its own ids. The ids that were kept before had no vendor; one that comes again is harmless.
drop table vendor_notifications;
create table vendor_notifications (
  city_id text not null,
  vendor text not null,
  id text not null,
  received_at timestamptz not null,
  primary key (city_id, vendor, id)
);

-- How far the statements of each vendor have been read, and when the next one is due.
create table vendor_statements (
  city_id text not null,
  vendor text not null,
  next_day text not null,
  due_at timestamptz not null,
  -- Looks since the last statement that was read, all of which failed: the pauses between them grow.
  looks integer not null default 0,
  primary key (city_id, vendor)
);
