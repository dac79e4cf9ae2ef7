-- An agency is connected in stages (`stage` of its configuration): rehearsal, trial, live. What is read in rehearsal, and test complaints,
-- lie in copies of the hub's tables, in schemas of their own (hub/store/shadow): no query of the hub can count them.
create schema if not exists rehearsal;
create schema if not exists trial;

-- Every change of an agency's stage, written with its configuration.
create table stage_switches (
  id uuid primary key,
  agency text not null,
  -- null: the agency is new
  before text,
  after text not null,
  version integer not null,
  author text not null,
  at timestamptz not null default now(),
  -- where reading the board goes on, for a switch to live
  read_from text,
  note text
);
create index stage_switches_of_agency on stage_switches (agency, id desc);

-- What a person tried on the way to live, the newest of each step. `settings`: a mark of the board's configuration then.
create table stage_evidence (
  agency text not null,
  step text not null,
  passed boolean not null,
  detail jsonb,
  settings text not null,
  checked_by text not null,
  checked_at timestamptz not null default now(),
  primary key (agency, step)
);

-- Test complaints: who made each, and who alone is told of it. A row stays when its complaint was removed, because its post may still
-- stand on the board and must never be taken for a real one.
create table test_complaints (
  id uuid primary key,
  agency text not null,
  -- in which direction it goes: from the hub to the board, or from the board
  direction text not null check (direction in ('to_board', 'from_board')),
  -- stands in its title, and recognises it on the board
  mark text not null unique,
  complaint_id uuid,
  receipt_number text,
  made_by text not null,
  address text not null,
  language text not null,
  made_at timestamptz not null default now(),
  removed_by text,
  removed_at timestamptz,
  -- its post on the board when it was removed, which a person has to remove there
  left_post text,
  -- who said that the post is gone
  cleared_by text,
  cleared_at timestamptz
);
create index test_complaints_of_agency on test_complaints (agency, id desc);
