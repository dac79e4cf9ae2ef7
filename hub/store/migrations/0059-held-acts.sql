-- Acts of people that reach a complainant or another agency. Each waits a moment, in which its sender can take it back.
create table held_acts (
  id uuid primary key default gen_random_uuid(),
  complaint_id uuid not null references complaints (id) on delete cascade,
  -- who sent it; the login stays when the account is gone
  user_id uuid references users (id) on delete set null,
  login text not null,
  -- the agency in whose name it was sent; `hub` for the contact centre
  agency text not null,
  -- the form that was filled in, and the right that it needs
  form text not null,
  action text not null,
  -- values by field, references to the files, and what they say as a post
  fields jsonb not null,
  files jsonb not null,
  post jsonb not null,
  -- how often numbers that may not be kept were masked in it, by kind
  masked jsonb not null default '{}',
  -- the id of the form at the exchange: the same form sent twice is one act
  external_id text not null,
  -- the answer of another person that it releases; no reference, because that row is locked while this one is made
  review_id uuid,
  -- what was sent to several complaints at once
  run_id uuid references bulk_runs (id) on delete set null,
  -- the newest event of the complaint when it was sent
  seq integer not null,
  -- held: it waits. returned: it was refused when it was due, and its sender has not seen that yet
  state text not null default 'held' check (state in ('held', 'returned')),
  problems jsonb not null default '[]',
  sent_at timestamptz not null default now(),
  due_at timestamptz not null,
  ended_at timestamptz
);
-- The second of two acts could rest on what the first has not done yet, so one waits at a time.
create unique index held_acts_one on held_acts (complaint_id) where state = 'held';
create index held_acts_complaint on held_acts (complaint_id);
create index held_acts_due on held_acts (due_at) where state = 'held';
create index held_acts_user on held_acts (user_id);
create index held_acts_agency on held_acts (agency) where state = 'returned';
create index held_acts_run on held_acts (run_id);

-- The files of an act that was taken back, or refused when it was due, are in its draft.
alter table drafts add column files jsonb not null default '[]';

-- What is sent to several complaints waits as well, and can be taken back as a whole; its form can then be filled in again.
alter table bulk_runs add column fields jsonb not null default '{}';
alter table bulk_results drop constraint bulk_results_outcome_check;
alter table bulk_results add constraint bulk_results_outcome_check
  check (outcome in ('doing', 'held', 'done', 'nothing', 'refused', 'taken_back'));
