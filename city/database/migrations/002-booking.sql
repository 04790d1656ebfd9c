-- Service halls, places by time, and who holds them. Every deadline is compared with the city clock that the application
-- passes in; now() is never used.

create table halls (
  city_id text not null,
  id text not null,
  position integer not null,
  name jsonb not null,
  district jsonb not null,
  address jsonb not null,
  phone text not null,
  latitude double precision not null,
  longitude double precision not null,
  hours jsonb not null,
  maintenance jsonb,
  own_days jsonb not null default '[]',
  queue text not null check (queue in ('live', 'old', 'none')),
  primary key (city_id, id)
);

create table items (
  city_id text not null,
  id text not null,
  position integer not null,
  name jsonb not null,
  department jsonb not null,
  duration_minutes integer not null check (duration_minutes > 0),
  fee_fen integer check (fee_fen >= 0),
  note jsonb,
  materials jsonb not null,
  questions jsonb,
  rules jsonb,
  document_kinds jsonb,
  monthly_limit integer check (monthly_limit between 1 and 31),
  primary key (city_id, id)
);

-- Items of one counter share its places.
create table counters (
  city_id text not null,
  hall_id text not null,
  id text not null,
  slot_minutes integer not null check (slot_minutes between 5 and 240),
  capacity integer not null check (capacity > 0),
  primary key (city_id, hall_id, id),
  foreign key (city_id, hall_id) references halls (city_id, id)
);

create table hall_items (
  city_id text not null,
  hall_id text not null,
  item_id text not null,
  counter_id text not null,
  primary key (city_id, hall_id, item_id),
  foreign key (city_id, hall_id, counter_id) references counters (city_id, hall_id, id),
  foreign key (city_id, item_id) references items (city_id, id)
);

-- taken = elsewhere (walk-ins, the counter, the telephone) + held holds + visits that keep their place.
create table slots (
  id text collate "C" primary key,
  city_id text not null,
  hall_id text not null,
  counter_id text not null,
  day text not null check (day ~ '^\d{4}-\d{2}-\d{2}$'),
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  capacity integer not null check (capacity > 0),
  elsewhere integer not null check (elsewhere >= 0),
  taken integer not null,
  constraint places_never_negative check (taken >= elsewhere),
  constraint never_double_booked check (taken <= capacity),
  unique (city_id, hall_id, counter_id, starts_at),
  foreign key (city_id, hall_id, counter_id) references counters (city_id, hall_id, id)
);
create index slots_by_day on slots (city_id, hall_id, counter_id, day);

-- One row a citizen, locked first by everything that changes what this citizen has booked, so that limits count right.
create table bookers (
  city_id text not null,
  citizen_id text not null,
  primary key (city_id, citizen_id)
);

-- For whom a citizen may act, until when.
create table grants (
  city_id text not null,
  citizen_id text not null,
  person_id text not null references citizens (id),
  until timestamptz not null,
  primary key (city_id, citizen_id, person_id)
);

create table holds (
  id text collate "C" primary key,
  city_id text not null,
  citizen_id text not null,
  -- The first slot of the visit and those that follow it; a place is counted in each.
  slot_id text collate "C" not null references slots (id),
  more_slot_ids text[] not null default '{}',
  item_id text not null,
  more_item_ids text[] not null default '{}',
  ends_at timestamptz not null,
  state text not null check (state in ('held', 'confirmed', 'released', 'expired')),
  -- Made by the city for somebody on the waitlist.
  offered boolean not null default false,
  -- The appointment that this hold is to move, and the one that it became.
  moves_id text collate "C",
  appointment_id text collate "C",
  expires_at timestamptz not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  check ((state = 'confirmed') = (appointment_id is not null))
);
create unique index one_hold_a_citizen on holds (city_id, citizen_id) where state = 'held' and not offered;
create unique index one_offer_a_citizen on holds (city_id, citizen_id) where state = 'held' and offered;
create index held_by_slot on holds (slot_id, expires_at) where state = 'held';
create index held_until on holds (expires_at) where state = 'held';
create index holds_of_citizen on holds (city_id, citizen_id) where state = 'held';

create table appointments (
  id text collate "C" primary key,
  city_id text not null,
  citizen_id text not null,
  -- Who comes: the citizen, or somebody who lets them act.
  person_id text not null,
  -- Made of the document that the visitor shows, where the hall demands one; the document itself is kept masked only.
  document_key text,
  -- The hold that gave the present place; a swap replaces it.
  hold_id text collate "C" not null unique references holds (id),
  slot_id text collate "C" not null references slots (id),
  more_slot_ids text[] not null default '{}',
  hall_id text not null,
  item_id text not null,
  more_item_ids text[] not null default '{}',
  day text not null,
  ends_at timestamptz not null,
  state text not null check (state in ('confirmed', 'checked-in', 'served', 'expired', 'cancelled-by-citizen',
    'cancelled-by-hall', 'no-show', 'excused')),
  version integer not null default 1 check (version >= 1),
  -- Maintenance got in its way: not coming does not count.
  forgiven boolean not null default false,
  visitor jsonb not null,
  code text not null,
  cancel_until timestamptz not null,
  created_at timestamptz not null,
  ended_at timestamptz,
  checked_in_at timestamptz,
  queue_number text,
  -- How many stood before this citizen when they checked in.
  queue_ahead integer check (queue_ahead >= 0),
  stars integer check (stars between 1 and 5),
  rating_text text
);
create unique index one_visit_a_day_and_item on appointments (city_id, person_id, item_id, day)
  where state in ('confirmed', 'checked-in');
create unique index one_code_a_day on appointments (city_id, hall_id, day, code);
create index appointments_by_citizen on appointments (city_id, citizen_id);
create index appointments_by_slot on appointments (slot_id);
create index appointments_by_person on appointments (city_id, person_id, day);
create index appointments_by_document on appointments (city_id, document_key)
  where document_key is not null and state in ('confirmed', 'checked-in');
create index open_appointments on appointments (city_id, ends_at) where state in ('confirmed', 'checked-in');
alter table holds add constraint became foreign key (appointment_id) references appointments (id) deferrable initially deferred;
alter table holds add constraint moves foreign key (moves_id) references appointments (id);

-- Missed visits and late cancellations; an excused one no longer counts.
create table no_shows (
  appointment_id text collate "C" primary key references appointments (id),
  city_id text not null,
  citizen_id text not null,
  reason text not null check (reason in ('absent', 'late-cancellation')),
  counted_at timestamptz not null,
  excused_at timestamptz
);
create index no_shows_by_citizen on no_shows (city_id, citizen_id, counted_at);

create table waitlist (
  id text collate "C" primary key,
  -- Whose turn it is.
  turn bigint generated always as identity,
  city_id text not null,
  citizen_id text not null,
  hall_id text not null,
  item_id text not null,
  day text not null,
  part text not null check (part in ('morning', 'afternoon', 'any')),
  state text not null check (state in ('waiting', 'offered', 'taken', 'passed', 'left')),
  hold_id text collate "C" references holds (id),
  notices_sent integer not null default 0 check (notices_sent between 0 and 3),
  last_notice_day text,
  created_at timestamptz not null,
  check (state <> 'offered' or hold_id is not null)
);
create unique index waiting_once on waitlist (city_id, citizen_id, hall_id, item_id, day)
  where state in ('waiting', 'offered');
create index waiting_in_turn on waitlist (city_id, hall_id, day, turn) where state = 'waiting';
