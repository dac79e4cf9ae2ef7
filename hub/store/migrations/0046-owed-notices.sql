-- A reminder tells of one occasion: a deadline, which an extension or a resumed clock moves, or something that is owed by a day. So an
-- occasion is reminded of once, and the next one again.

alter table notices add column about text not null default '';

do $$
declare name text;
begin
  select conname into strict name from pg_constraint where conrelid = 'notices'::regclass and contype = 'u';
  execute format('alter table notices drop constraint %I', name);
end $$;
alter table notices add constraint notices_once
  unique (complaint_id, seq, template, audience, agency, recipient, channel, about);

-- When the assignee next owes the complainant something beside the answer (hub/complaints/steps/duties.ts): the sweep looks then.
alter table complaints add column owed_at timestamptz;
update complaints set owed_at = now() where status in ('received', 'assigned', 'in_progress', 'supplement_requested');
create index complaints_owed on complaints (owed_at) where owed_at is not null;
