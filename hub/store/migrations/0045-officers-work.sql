-- The work of an officer: what is his or hers, and what nobody at the agency has taken yet (hub/complaints/reading/my-work.ts).
alter table complaints
  -- The login of the person who answers. Null: nobody was named, or a person without an account.
  add column officer_user text;

-- The owing statuses of schemas/statuses.ts: a new one needs a migration. Only what is open is in these indexes, so that
-- they stay small among a million complaints.
create index complaints_of_officer on complaints (officer_user, due_at, id)
  where officer_user is not null and status in ('received', 'assigned', 'in_progress', 'supplement_requested');
create index complaints_of_nobody on complaints (assignee, due_at, id)
  where officer is null and status in ('received', 'assigned', 'in_progress', 'supplement_requested');
create index complaints_waiting on complaints (assignee, id)
  where status = 'supplement_requested' or (status in ('received', 'assigned', 'in_progress') and clock ->> 'phase' = 'stopped');
