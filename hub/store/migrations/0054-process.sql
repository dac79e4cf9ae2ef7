-- The process view (처리 현황): what became of complaints, by agency, kind and month. hub/insight/process/README.md says how it is kept.

-- Complaints whose figures are not counted yet, or not since their newest event. One row for each mark.
create table unmeasured (
  complaint_id uuid not null
);

-- A trigger, so that no writer can forget the mark: it is durable with the event, or neither is. Shadow tables are copied without it.
create function mark_unmeasured() returns trigger language plpgsql as $$
begin
  insert into public.unmeasured values (new.id);
  return null;
end $$;
create trigger complaints_unmeasured after insert or update of last_seq on complaints
  for each row execute function mark_unmeasured();
insert into unmeasured select id from complaints;

-- The figures of one complaint: what its events and its clock say. Times are quarters of an office hour.
create table process_cases (
  complaint_id uuid primary key,
  -- The agency that answers, or answered.
  agency text not null,
  kind text not null,
  -- In which it was taken in, in Korea: 2026-11.
  month text not null,
  -- open, overdue, in_time, late; untimed: answered, and no period applies; dropped: withdrawn or merged.
  state text not null,
  taken_in_at timestamptz not null,
  ended_at timestamptz,
  -- The period without extensions, and what of it was used until the answer.
  legal int,
  real int,
  -- Office time from the intake to the assignment, from there to the first work, from there to the answer.
  to_assigned int,
  to_begun int,
  to_answered int,
  stops int not null,
  extensions int not null,
  transfers int not null,
  -- Within 30 days after the answer.
  reopened boolean not null,
  -- When the figures change without an event. Null: never.
  look_at timestamptz
);
create index process_cases_look on process_cases (look_at) where look_at is not null;
-- Lists go by month and id, so that each page is read from an index in its order.
create index process_cases_of_agency on process_cases (agency, month, complaint_id);
create index process_cases_of_kind on process_cases (kind, month, complaint_id);
create index process_cases_of_month on process_cases (month, complaint_id);
-- What few complaints have is found without walking over the others.
create index process_cases_late on process_cases (month, complaint_id) where state = 'late';
create index process_cases_overdue on process_cases (month, complaint_id) where state = 'overdue';
create index process_cases_open on process_cases (month, complaint_id) where state = 'open';
create index process_cases_untimed on process_cases (month, complaint_id) where state = 'untimed';
create index process_cases_dropped on process_cases (month, complaint_id) where state = 'dropped';
create index process_cases_stopped on process_cases (month, complaint_id) where stops > 0;
create index process_cases_extended on process_cases (month, complaint_id) where extensions > 0;
create index process_cases_transferred on process_cases (month, complaint_id) where transfers > 0;
create index process_cases_reopened on process_cases (month, complaint_id) where reopened;

-- Sums that have to be made again.
create table process_stale (
  agency text not null,
  month text not null,
  primary key (agency, month)
);

-- The sums. Agency or kind '': all of them. Medians need to know how often each length occurred, so `lengths` holds that.
create table process_sums (
  agency text not null,
  kind text not null,
  month text not null,
  counts jsonb not null,
  lengths jsonb not null,
  primary key (agency, kind, month)
);
