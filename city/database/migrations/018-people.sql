-- Several people come in one visit: each takes a place of every slot that the visit stands in.
alter table hall_items add column persons_per_visit integer not null default 1 check (persons_per_visit between 1 and 20);
alter table holds add column persons integer not null default 1 check (persons between 1 and 20);
alter table appointments add column persons integer not null default 1 check (persons between 1 and 20);
alter table waitlist add column persons integer not null default 1 check (persons between 1 and 20);
