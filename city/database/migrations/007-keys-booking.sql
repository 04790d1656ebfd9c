-- A city can be a shard: every key begins with it. No key is deferred, and whose turn it is follows from when they came.

alter table holds drop constraint became;
alter table holds drop constraint moves;
alter table holds drop constraint holds_slot_id_fkey;
alter table appointments drop constraint appointments_slot_id_fkey;
alter table appointments drop constraint appointments_hold_id_fkey;
alter table no_shows drop constraint no_shows_appointment_id_fkey;
alter table waitlist drop constraint waitlist_hold_id_fkey;

alter table slots drop constraint slots_pkey;
alter table slots add primary key (city_id, id);
alter table holds drop constraint holds_pkey;
alter table holds add primary key (city_id, id);
alter table appointments drop constraint appointments_pkey;
alter table appointments add primary key (city_id, id);
alter table appointments drop constraint appointments_hold_id_key;
alter table appointments add constraint one_visit_a_hold unique (city_id, hold_id);
alter table no_shows drop constraint no_shows_pkey;
alter table no_shows add primary key (city_id, appointment_id);
alter table waitlist drop constraint waitlist_pkey;
alter table waitlist add primary key (city_id, id);

-- That a hold became a visit is kept with the visit; a hold says it as well.
alter table holds add foreign key (city_id, slot_id) references slots (city_id, id);
alter table appointments add foreign key (city_id, slot_id) references slots (city_id, id);
alter table appointments add foreign key (city_id, hold_id) references holds (city_id, id);
alter table holds add constraint moves foreign key (city_id, moves_id) references appointments (city_id, id);
alter table no_shows add foreign key (city_id, appointment_id) references appointments (city_id, id);
alter table waitlist add foreign key (city_id, hold_id) references holds (city_id, id);

drop index held_by_slot;
create index held_by_slot on holds (city_id, slot_id, expires_at) where state = 'held';
drop index held_until;
create index held_until on holds (city_id, expires_at) where state = 'held';
drop index appointments_by_slot;
create index appointments_by_slot on appointments (city_id, slot_id);
drop index waitlist_of_hold;
create index waitlist_of_hold on waitlist (city_id, hold_id) where hold_id is not null;
create index holds_by_move on holds (city_id, moves_id) where moves_id is not null;

drop index waiting_in_turn;
alter table waitlist drop column turn;
