-- Reports are answered, replied to and closed; `version` goes up with each of it.
alter table reports add column version integer not null default 1;
alter table reports add column answered_at timestamptz;
alter table reports add column closed_at timestamptz;
create index reports_unanswered on reports (answer_by) where state = 'received';

-- What was said after a report's own text.
create table report_entries (
  city_id text not null,
  report_id text not null,
  -- The version that it made of the report.
  version integer not null,
  citizen_id text not null,
  by_whom text not null,
  office jsonb,
  -- An office may answer in one language only.
  text jsonb not null,
  at timestamptz not null,
  primary key (city_id, report_id, version)
);
create index report_entries_of_citizen on report_entries (city_id, citizen_id);

-- Answers of before; nobody wrote down when they came.
insert into report_entries (city_id, report_id, version, citizen_id, by_whom, text, at)
  select city_id, id, 2, citizen_id, 'office', answer, created_at from reports where answer is not null;
update reports set version = 2 where answer is not null;

-- Who takes up what a city has not answered in time.
alter table cities add column escalation jsonb;
