-- Reconciliation, replay and mapping again.

-- A link that is brought up again: `held` is set back, and of the events up to `reached` only those in `again` are
-- brought, also those that its board told itself. `rounds`, by event number: how often its board lost it; part of the key.
alter table links add column again integer[] not null default '{}';
alter table links add column reached integer not null default 0;
alter table links add column rounds jsonb not null default '{}';

-- When the newest poll that read the board to its end began: what was there before it has come in.
alter table boards add column read_through_at timestamptz;

-- One comparison of a board with what it should hold: its drifts are the report.
create table reconciliations (
  id uuid primary key,
  agency text not null,
  -- only what changed on the board since then; null: everything
  since timestamptz,
  -- login; null: the schedule
  asked_by text,
  asked_at timestamptz not null default now(),
  state text not null check (state in ('asked', 'reading', 'done', 'failed')),
  started_at timestamptz,
  finished_at timestamptz,
  -- posts on the board, and links that could not be judged because something is under way
  posts integer not null default 0,
  under_way integer not null default 0,
  error text
);
create unique index reconciliations_one_at_a_time on reconciliations (agency) where state in ('asked', 'reading');
create index reconciliations_of_agency on reconciliations (agency, id desc);

create table drifts (
  id uuid primary key,
  reconciliation_id uuid not null references reconciliations on delete cascade,
  agency text not null,
  kind text not null check (kind in ('missing_there', 'missing_here', 'differs', 'unknown')),
  external_id text not null,
  link_id uuid,
  -- what differs and what repairing does about it: [{part, expected, found, remedy, events}]
  parts jsonb not null,
  -- the same drift found again has the same mark
  mark text not null,
  -- superseded: a later comparison has its own report
  state text not null check (state in ('open', 'repairing', 'repaired', 'dismissed', 'superseded')),
  -- what repairing came to, or why it has to wait
  note text,
  decided_by text,
  decided_at timestamptz
);
create index drifts_of_report on drifts (reconciliation_id, id);
create index drifts_repairing on drifts (agency, id) where state = 'repairing';
create unique index drifts_dismissed on drifts (agency, mark) where state = 'dismissed';

-- What a board holds, while it is compared. Lost in a crash of the server, as the comparison is, which begins anew.
create unlogged table holdings (
  reconciliation_id uuid not null,
  external_id text not null,
  fingerprint jsonb not null,
  -- a link was found for it
  matched boolean not null default false,
  primary key (reconciliation_id, external_id)
);
create index holdings_by_receipt_number on holdings (reconciliation_id, (fingerprint->>'receiptNumber'));

-- Deliveries that are made again, link by link.
create table replays (
  id uuid primary key,
  filter jsonb not null,
  -- links begun per minute
  per_minute integer not null check (per_minute > 0),
  state text not null check (state in ('running', 'paused', 'cancelled', 'done')),
  asked_by text not null,
  asked_at timestamptz not null default now(),
  finished_at timestamptz
);
create index replays_running on replays (id) where state = 'running';

create table replay_links (
  replay_id uuid not null references replays on delete cascade,
  link_id uuid not null,
  -- the events that are brought again, in order
  events integer[] not null,
  begun_at timestamptz,
  primary key (replay_id, link_id)
);
create index replay_links_waiting on replay_links (replay_id, link_id) where begun_at is null;

-- What an agency's board gave, mapped again with today's mapping and applied.
create table remaps (
  id uuid primary key,
  agency text not null,
  state text not null check (state in ('running', 'done')),
  asked_by text not null,
  asked_at timestamptz not null default now(),
  finished_at timestamptz,
  -- the last raw item that was looked at; none newer than the request is
  position uuid,
  looked integer not null default 0,
  applied integer not null default 0,
  failed integer not null default 0
);
create unique index remaps_one_at_a_time on remaps (agency) where state = 'running';
create index raw_items_of_post on raw_items (agency, external_id, id desc) where source = 'poll' and outcome = 'applied';
create index raw_items_mapped on raw_items (agency, id) where source = 'poll' and outcome in ('applied', 'parked');

-- Who decided what about a comparison, a replay or a mapping, and when.
create table repair_decisions (
  id uuid primary key,
  subject text not null check (subject in ('reconciliation', 'replay', 'remap')),
  subject_id uuid not null,
  action text not null,
  detail text,
  decided_by text not null,
  decided_at timestamptz not null default now()
);
create index repair_decisions_of_subject on repair_decisions (subject_id, id);
