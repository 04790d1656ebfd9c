-- When the billers were first told to credit a payment: before that it can be stopped. What is being credited now may have been told already.
alter table payments add column credit_sent_at timestamptz;
update payments set credit_sent_at = paid_at where state = 'paid';

-- Somebody paid a bill that is not theirs and wants it back: once for each bill of a payment, kept with it.
alter table payment_bills add column recall_state text;
alter table payment_bills add column recall_reference text;
alter table payment_bills add column recall_asked_at timestamptz;
-- When the biller has to have decided.
alter table payment_bills add column recall_decide_by timestamptz;
-- When the biller is to be asked; null when there is nothing more to ask. While an instance asks, when another may.
alter table payment_bills add column recall_look_at timestamptz;
alter table payment_bills add column recall_ended_at timestamptz;
-- Why the biller keeps the money, in its own words.
alter table payment_bills add column recall_reason jsonb;
create index recalls_due on payment_bills (recall_look_at) where recall_look_at is not null;
