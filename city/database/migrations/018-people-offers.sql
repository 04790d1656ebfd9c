-- The last place that was found for who waits and was not taken: which it was, until when it was held, and how that ended.
alter table waitlist add column offer_starts_at timestamptz;
alter table waitlist add column offer_until timestamptz;
alter table waitlist add column offer_end text check (offer_end in ('unanswered', 'given-up'));
