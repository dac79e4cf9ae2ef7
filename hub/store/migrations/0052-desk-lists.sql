-- What a person decided about several complaints at once (hub/desk/bulk-runs.ts). Each complaint is claimed before its call, so that a
-- form that is sent twice, or again after a crash, does nothing twice.
create table bulk_runs (
  -- the key of its form
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  act text not null check (act in ('assign', 'transfer', 'extend')),
  made_at timestamptz not null default now()
);
create index bulk_runs_over on bulk_runs (made_at);
create table bulk_results (
  run_id uuid not null references bulk_runs (id) on delete cascade,
  position int not null,
  receipt_number text not null,
  -- doing: claimed, and its outcome is not written yet
  outcome text not null check (outcome in ('doing', 'done', 'nothing', 'refused')),
  problems jsonb not null default '[]',
  at timestamptz not null default now(),
  primary key (run_id, receipt_number)
);

-- The filters of lists that a person gave names.
create table saved_filters (
  id uuid primary key,
  user_id uuid not null references users (id) on delete cascade,
  name text not null,
  -- the query of the list's URL
  query text not null,
  created_at timestamptz not null default now()
);
create unique index saved_filters_of on saved_filters (user_id, lower(name));

-- How a person wants the desk.
create table desk_settings (
  user_id uuid primary key references users (id) on delete cascade,
  page_size int not null default 20 check (page_size in (20, 50, 100)),
  shortcuts boolean not null default true
);
