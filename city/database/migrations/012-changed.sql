-- When a biller said that something about an account is not as it was: what was asked before then is old, also where it is answered later.
alter table biller_accounts add column changed_at timestamptz;
