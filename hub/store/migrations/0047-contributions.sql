-- What the agency that leads asks of others (Civil Complaints Treatment Act, articles 20 and 31). The history holds all of it
-- (hub/complaints/contributions); the columns hold what lists need.

alter table complaints
  -- Number, kind, agencies, state and dates, after the newest event. Null: nothing was ever asked.
  add column contributions jsonb,
  -- The agencies that still owe a reply while the complaint is open. Null: none.
  add column asked text[];

create index complaints_asked on complaints using gin (asked) where asked is not null;
-- The owing statuses of schemas/statuses.ts: a new one needs a migration.
create index complaints_joint on complaints (assignee, due_at, id)
  where contributions is not null and status in ('received', 'assigned', 'in_progress', 'supplement_requested');

-- `part`: the agency was asked for a contribution.
alter table links drop constraint links_role_check;
alter table links add constraint links_role_check check (role in ('origin', 'assignee', 'copy', 'part'));
