-- How long complaints are kept, and their destruction (개인정보 보호법, article 21). hub/retention owns these tables; docs/retention.md
-- says how it works.

alter table complaints
  -- When what people had written was destroyed. The row, its history and its times stay: nobody can be told from them.
  add column destroyed_at timestamptz,
  add column destroyed_by uuid;
-- What may be over: read by agency, the oldest first.
create index complaints_over on complaints (assignee, updated_at, id)
  where destroyed_at is null and status in ('answered', 'closed', 'withdrawn', 'rejected');
create index complaints_destroyed on complaints (destroyed_by, id) where destroyed_by is not null;

-- One destruction of an agency's complaints whose time is over: told beforehand, then carried out.
create table destructions (
  id uuid primary key,
  agency text not null,
  -- The rule as it was when it was announced.
  kinds text[] not null,
  years integer not null,
  source text not null,
  -- What was completed before.
  cutoff timestamptz not null,
  -- How many were over when it was announced.
  expected integer not null,
  state text not null check (state in ('announced', 'stopped', 'running', 'done')),
  announced_at timestamptz not null default now(),
  planned_at timestamptz not null,
  -- Who stopped it or had it go on, and why. `hub`: the rule is there no more.
  decided_by text,
  decided_at timestamptz,
  reason text,
  begun_at timestamptz,
  ended_at timestamptz,
  -- What was removed, by table, as far as it went.
  removed jsonb not null default '{}',
  -- What was destroyed and what was left, signed when it was done.
  report jsonb,
  public_key text,
  signature text
);
create unique index destructions_open on destructions (agency, kinds) where state <> 'done';
create index destructions_newest on destructions (announced_at desc, id desc);

-- Of a complaint: what came in about it.
create index raw_items_of_complaint on raw_items (complaint_id) where complaint_id is not null;
create index drifts_of_link on drifts (link_id) where link_id is not null;

-- Complaints that must not be destroyed, whatever the rule says: a court or an audit asks for them.
create table retention_holds (
  id uuid primary key,
  complaint_id uuid not null references complaints (id),
  reason text not null,
  held_by text not null,
  held_at timestamptz not null default now(),
  ended_by text,
  ended_at timestamptz
);
create unique index retention_holds_standing on retention_holds (complaint_id) where ended_at is null;
create index retention_holds_newest on retention_holds (held_at desc, id desc);
