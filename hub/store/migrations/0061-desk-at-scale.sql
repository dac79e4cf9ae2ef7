-- Lists and figures that do not grow with what is stored (docs/process-view.md, `npm run bench -- --desk`).

-- What an agency answers, what it took in, and what it has a part in beside that: what its people may read, by status and
-- kind. They hold few different values, which PostgreSQL keeps once each.
drop index complaints_between;
create index complaints_between on complaints (assignee, status, kind, origin);
create index complaints_from on complaints (origin, status, kind);
create index links_beside on links (agency, complaint_id) where role in ('copy', 'part');

-- The work of an officer, by agency first: who left an agency still has complaints there, which others have to find.
drop index complaints_of_officer;
create index complaints_of_officer on complaints (assignee, officer_user, due_at, id)
  where officer_user is not null and status in ('received', 'assigned', 'in_progress', 'supplement_requested');

-- The newest complaints of a person. A switchboard has thousands.
drop index complaints_of_phone;
create index complaints_of_phone on complaints ((content #>> '{complainant,phone}'), registered_at desc)
  where content #>> '{complainant,phone}' is not null;
drop index complaints_of_email;
create index complaints_of_email on complaints (lower(content #>> '{complainant,email}'), registered_at desc)
  where content #>> '{complainant,email}' is not null;

-- What few complaints of an agency have is found without walking over the agency's others, or those of other agencies.
-- What is open or overdue at an agency is in process_cases_inspected.
create index process_cases_late_of_agency on process_cases (agency, month, complaint_id) where state = 'late';
create index process_cases_untimed_of_agency on process_cases (agency, month, complaint_id) where state = 'untimed';
create index process_cases_dropped_of_agency on process_cases (agency, month, complaint_id) where state = 'dropped';
create index process_cases_stopped_of_agency on process_cases (agency, month, complaint_id) where stops > 0;
create index process_cases_extended_of_agency on process_cases (agency, month, complaint_id) where extensions > 0;
create index process_cases_transferred_of_agency on process_cases (agency, month, complaint_id) where transfers > 0;
create index process_cases_reopened_of_agency on process_cases (agency, month, complaint_id) where reopened;

-- Messages to complainants that only lie in the outbox.
create index notices_kept on notices (agency, id)
  where audience = 'complainant' and state = 'sent' and provider = 'outbox' and by_hand is null;

-- One truth of the kind: as the agency classified the complaint, otherwise as it was filed. Lists filter by the column, which
-- follows from now on (hub/exchange/intake/save-decisions.ts), and the figures are counted by the same.
with classified as (
  select distinct on (complaint_id) complaint_id, data #>> '{step,as}' as kind from events
  where type = 'step_taken' and data #>> '{step,kind}' = 'classified' order by complaint_id, seq desc
), changed as (
  update complaints c set kind = x.kind from classified x where c.id = x.complaint_id and c.kind <> x.kind
)
insert into unmeasured select complaint_id from classified;
