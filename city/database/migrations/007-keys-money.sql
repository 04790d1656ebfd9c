-- A city can be a shard: every key begins with it, and what belongs to a payment says whose city it is of.

alter table payment_bills drop constraint payment_bills_payment_id_fkey;
alter table payment_bills drop constraint payment_bills_bill_id_fkey;
alter table refunds drop constraint refunds_payment_id_fkey;
alter table receipts drop constraint receipts_payment_id_fkey;
alter table ledger drop constraint ledger_payment_id_fkey;

alter table payment_bills add column city_id text;
update payment_bills set city_id = (select city_id from payments where payments.id = payment_bills.payment_id);
alter table payment_bills alter column city_id set not null;
alter table ledger add column city_id text;
update ledger set city_id = (select city_id from payments where payments.id = ledger.payment_id);
alter table ledger alter column city_id set not null;

alter table payments drop constraint payments_pkey;
alter table payments add primary key (city_id, id);
alter table payments drop constraint payments_reference_key;
alter table payments add unique (city_id, reference);
alter table bills drop constraint bills_pkey;
alter table bills add primary key (city_id, id);
alter table payment_bills drop constraint payment_bills_pkey;
alter table payment_bills add primary key (city_id, payment_id, position);
alter table refunds drop constraint refunds_pkey;
alter table refunds add primary key (city_id, id);
alter table refunds drop constraint refunds_reference_key;
alter table refunds add unique (city_id, reference);
alter table receipts drop constraint receipts_pkey;
alter table receipts add primary key (city_id, id);
alter table receipts drop constraint receipts_payment_id_key;
alter table receipts add unique (city_id, payment_id);
alter table receipts drop constraint receipts_number_key;
alter table receipts add unique (city_id, number);
alter table ledger drop constraint ledger_pkey;
alter table ledger add primary key (city_id, payment_id, kind, bill_id);

alter table payment_bills add foreign key (city_id, payment_id) references payments (city_id, id);
alter table payment_bills add foreign key (city_id, bill_id) references bills (city_id, id);
alter table refunds add foreign key (city_id, payment_id) references payments (city_id, id);
alter table receipts add foreign key (city_id, payment_id) references payments (city_id, id);
alter table ledger add foreign key (city_id, payment_id) references payments (city_id, id);

drop index one_live_payment;
create unique index one_live_payment on payment_bills (city_id, bill_id) where live;
drop index payment_bills_of_bill;
create index payment_bills_of_bill on payment_bills (city_id, bill_id);
drop index refunds_of_payment;
create index refunds_of_payment on refunds (city_id, payment_id);
