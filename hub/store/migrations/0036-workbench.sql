-- What a draft of an agency's mapping would have made of the items that its board gave, beside what is in force makes of
-- them. Nothing of an item's content is kept here: pages map the items that they show again.
create table workbench_runs (
  id uuid primary key,
  agency text not null,
  -- the agency's documents, drafted and in force when it was asked for; secrets are references in both
  draft jsonb not null,
  in_force jsonb,
  state text not null default 'running' check (state in ('running', 'done', 'cancelled', 'failed')),
  error jsonb,
  asked_by text not null,
  asked_at timestamptz not null default now(),
  finished_at timestamptz,
  -- how many of the newest items are wanted, and how many of these there are; null: not yet counted
  most integer not null check (most > 0),
  total integer,
  -- the oldest item that was looked at; none newer than the request is
  position uuid,
  looked integer not null default 0,
  same integer not null default 0,
  changed integer not null default 0,
  mended integer not null default 0,
  broken integer not null default 0,
  failing integer not null default 0,
  -- how often each field differs
  fields jsonb not null default '{}'
);
create unique index workbench_runs_one_at_a_time on workbench_runs (agency) where state = 'running';
create index workbench_runs_of_agency on workbench_runs (agency, id desc);

-- Items of which draft and configuration make something different: the newest, up to a limit.
create table workbench_differences (
  run_id uuid not null references workbench_runs on delete cascade,
  item_id uuid not null,
  kind text not null check (kind in ('changed', 'mended', 'broken', 'failing')),
  primary key (run_id, item_id)
);

-- Posts of a board with personal data masked, kept under a name to try mappings on.
create table workbench_samples (
  id uuid primary key,
  agency text not null,
  name text not null,
  items jsonb not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  unique (agency, name)
);
