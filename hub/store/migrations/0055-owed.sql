-- What complainants were to be told and were not (hub/insight/duties). A person tells them otherwise, and says how.

-- How a complainant was told by hand of what this notice did not bring: way, note, who and when. Null: not so.
alter table notices add column by_hand jsonb;
create index notices_undelivered on notices (agency, id)
  where audience = 'complainant' and state in ('failed', 'unreachable') and by_hand is null;

-- What an assignee owes now beside the answer (hub/complaints/steps/duties.ts), as it was when the complaint was measured.
create table owed_duties (
  complaint_id uuid not null,
  -- progress, return, review
  kind text not null,
  -- In Korea: 2026-12-02. With the kind it names the occasion.
  day text not null,
  agency text not null,
  since timestamptz not null,
  primary key (complaint_id, kind, day)
);
create index owed_duties_of_agency on owed_duties (agency, since, complaint_id);
create index owed_duties_oldest on owed_duties (since, complaint_id);

-- Of which of these the complainant was told by hand. An occasion that was told of is owed no more.
create table duties_told (
  complaint_id uuid not null,
  kind text not null,
  day text not null,
  by_hand jsonb not null,
  primary key (complaint_id, kind, day)
);
insert into unmeasured select id from complaints where not exists (select from unmeasured);

-- The monthly inspection of an agency (Decree, article 22): who confirmed it, with what note, and what it showed then.
create table inspections (
  agency text not null,
  month text not null,
  note text not null,
  confirmed_by text not null,
  confirmed_at timestamptz not null default now(),
  counts jsonb not null,
  primary key (agency, month)
);

-- Letters that remind an agency of a complaint beyond its deadline (독촉장; Decree, article 28): one for each rule.
create table reminder_letters (
  complaint_id uuid not null,
  agency text not null,
  -- overdue, overdue_30
  rule text not null,
  due_at timestamptz not null,
  made_by text not null,
  made_at timestamptz not null default now(),
  primary key (complaint_id, agency, rule)
);
create index process_cases_inspected on process_cases (agency, taken_in_at) where state in ('open', 'overdue');
create index process_cases_ended_late on process_cases (agency, ended_at) where state = 'late';

-- Limits of Decree, article 13 (hub/insight/limits): until when a complaint that nobody was given is to be handed to a department, and
-- to another agency. Null: somebody has it. And when one was last transferred after its limit.
alter table process_cases
  add column hand_by timestamptz,
  add column transfer_by timestamptz,
  add column late_transfer_at timestamptz;
create index process_cases_unhanded on process_cases (agency, hand_by) where hand_by is not null;
create index process_cases_transferred_late on process_cases (late_transfer_at) where late_transfer_at is not null;
