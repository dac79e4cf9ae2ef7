-- What agencies owe (hub/complaints/reading/open-work.ts): a narrow row for each complaint that waits for its agency, so that the
-- numbers and the first rows of a person's work are read from an index, and not from the complaints.

create table open_work (
  complaint_id uuid primary key,
  agency text not null,
  -- Whose it is: `user:<login>`, `department:<name>`, `nobody`; `board`: of a person without an account, whom a board named.
  -- Ordered by its bytes, so that all names of one kind lie between two words.
  owner text collate "C" not null,
  -- fresh: nobody has begun; waiting: the clock stands; begun: the others
  stage text not null,
  -- While the clock runs. Null: at no time.
  due_at timestamptz
  -- Few rows that change all day: numbers are read from indexes alone as long as most of it was vacuumed lately.
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);

-- What a complaint says of it. No row: nothing is owed. The owing, running and untouched statuses of schemas/statuses.ts: a new one
-- needs a migration. To join others and to ask agencies is work, and leaves the status.
create function open_work_of(c complaints) returns setof open_work language sql stable as $$
  select c.id, c.assignee,
    case when c.officer_user is not null then 'user:' || c.officer_user
      when c.officer is null then 'nobody'
      when c.officer ->> 'name' is null and c.officer ->> 'department' is not null then 'department:' || (c.officer ->> 'department')
      else 'board' end,
    case when c.status = 'supplement_requested' or (c.clock ->> 'phase' = 'stopped') is true then 'waiting'
      when c.status = 'in_progress' or c.contributions is not null or exists (select from public.joins j where j.lead_id = c.id) then 'begun'
      else 'fresh' end,
    case when c.status <> 'supplement_requested' then c.due_at end
  where c.status in ('received', 'assigned', 'in_progress', 'supplement_requested')
$$;

-- Triggers, so that no writer can forget it: the row changes with the complaint, or neither does. Shadow tables are copied without
-- them. A complaint is written under its lock, and so is who is joined to it.
create function keep_open_work() returns trigger language plpgsql as $$
begin
  insert into public.open_work select o.* from public.open_work_of(new) o
  on conflict (complaint_id) do update
    set agency = excluded.agency, owner = excluded.owner, stage = excluded.stage, due_at = excluded.due_at
    where (open_work.agency, open_work.owner, open_work.stage, open_work.due_at)
      is distinct from (excluded.agency, excluded.owner, excluded.stage, excluded.due_at);
  if not found and new.status not in ('received', 'assigned', 'in_progress', 'supplement_requested') then
    delete from public.open_work where complaint_id = new.id;
  end if;
  return null;
end $$;
create function drop_open_work() returns trigger language plpgsql as $$
begin
  delete from public.open_work where complaint_id = old.id;
  return null;
end $$;
create function keep_joined_work() returns trigger language plpgsql as $$
begin
  update public.open_work w set stage = o.stage from public.complaints c, public.open_work_of(c) o
  where c.id = coalesce(new.lead_id, old.lead_id) and w.complaint_id = c.id and w.stage <> o.stage;
  return null;
end $$;
create trigger complaints_open_work after insert on complaints for each row execute function keep_open_work();
create trigger complaints_open_work_changed after update on complaints for each row
  when ((old.status, old.assignee, old.officer_user, old.officer, old.due_at, old.clock, old.contributions)
    is distinct from (new.status, new.assignee, new.officer_user, new.officer, new.due_at, new.clock, new.contributions))
  execute function keep_open_work();
create trigger complaints_open_work_gone after delete on complaints for each row execute function drop_open_work();
create trigger joins_open_work after insert or delete on joins for each row execute function keep_joined_work();

-- The triggers hold up writers until this is committed, so that none is missed.
insert into open_work select o.* from complaints c, open_work_of(c) o
where c.status in ('received', 'assigned', 'in_progress', 'supplement_requested');

-- Of an owner: by stage, and by deadline. Of all: by deadline, and what nobody has begun.
create index open_work_in_stage on open_work (agency, owner, stage, due_at, complaint_id);
create index open_work_of_owner on open_work (agency, owner, due_at, complaint_id) where due_at is not null;
create index open_work_due on open_work (due_at) where due_at is not null;
create index open_work_fresh on open_work (agency) where stage = 'fresh';

-- Links whose board is behind after a failed try. All that is behind would be looked through in an outage.
create index links_failing on links (agency) where state = 'open' and held < due and tries > 0;
