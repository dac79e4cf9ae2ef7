-- What complainants are still to be told, found without walking over all that reached them otherwise.

-- Another notice of the same, by another channel, was sent. True is certain; false: the list looks itself
-- (hub/store/states/notice-state.ts, `settleTold`).
alter table notices add column told_otherwise boolean not null default false;
drop index notices_undelivered;
create index notices_undelivered on notices (agency, id)
  where audience = 'complainant' and state in ('failed', 'unreachable') and by_hand is null and not told_otherwise;
create index notices_undelivered_newest on notices (id)
  where audience = 'complainant' and state in ('failed', 'unreachable') and by_hand is null and not told_otherwise;

-- Work that is to be handed on, read from the index alone; what is open or overdue at an agency, by month as lists have it.
drop index process_cases_unhanded;
create index process_cases_unhanded on process_cases (agency, hand_by) include (complaint_id, transfer_by) where hand_by is not null;
create index process_cases_open_of_agency on process_cases (agency, month, complaint_id) where state = 'open';
create index process_cases_overdue_of_agency on process_cases (agency, month, complaint_id) where state = 'overdue';
-- Figures change while a complaint is open, which is a small part of all.
alter table process_cases set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02);

-- Words that are made again for a reason of ours wait behind those of new and changed complaints.
alter table unindexed add column later boolean not null default false;
update unindexed set later = true;
create index unindexed_now on unindexed (complaint_id) where not later;
