-- What is kept for a time only is found by that time.
create index sessions_by_end on sessions (city_id, expires_at);
create index keys_by_age on idempotency_keys (city_id, created_at) where payment_id is null;
create index payment_keys_by_age on idempotency_keys (city_id, created_at) where payment_id is not null;
create index account_matches_by_end on account_matches (city_id, expires_at);
create index data_uses_by_age on data_uses (city_id, at);
create index vendor_notifications_by_age on vendor_notifications (city_id, received_at);
create index call_counts_by_end on call_counts (city_id, until);
create index account_questions_by_day on account_questions (city_id, day);
create index no_shows_by_age on no_shows (city_id, counted_at);
create index late_moves_by_age on late_moves (city_id, counted_at);
create index grants_by_end on grants (city_id, until);
create index messages_by_end on messages (city_id, ended_at);
create index waitlist_by_day on waitlist (city_id, day);
create index holds_by_end on holds (city_id, ended_at) where state <> 'held';
create index holds_by_slot on holds (city_id, slot_id);
create index slots_by_end on slots (city_id, ends_at);
