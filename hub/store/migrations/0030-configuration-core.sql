-- The configuration as people write it: the text with its comments, why it was changed, and which way the change came.
-- Rows from before have no source; it is then written from the body.
alter table configurations
  add column source text,
  add column note text not null default '',
  add column way text not null default 'command' check (way in ('console', 'command', 'api', 'first-start')),
  -- grows with each applied version, so that a process asks only for what came after its last look
  add column mark bigserial,
  -- a later version was applied: what is in force is found without reading the history
  add column superseded boolean not null default false;
alter table configurations
  drop constraint configurations_kind_check,
  add constraint configurations_kind_check check (kind in ('agency', 'routing', 'clock', 'template'));
update configurations c set superseded = true
  where exists (select from configurations n where n.kind = c.kind and n.name = c.name and n.version > c.version);
create unique index configurations_mark on configurations (mark);
create index configurations_newest on configurations (kind, name, version desc) where not superseded;

-- What a person has begun to write and not applied: one draft for each person and document.
create table configuration_drafts (
  person text not null,
  kind text not null,
  name text not null,
  -- the version in force when the draft was begun; 0: there was none
  base int not null,
  source text not null,
  changed_at timestamptz not null default now(),
  primary key (person, kind, name)
);

-- Changes that wait for a second person, where the rule of four eyes holds.
create table configuration_proposals (
  id uuid primary key,
  changes jsonb not null,
  author text not null,
  way text not null check (way in ('console', 'command', 'api', 'first-start')),
  note text not null,
  proposed_at timestamptz not null default now(),
  state text not null default 'open' check (state in ('open', 'applied', 'refused', 'withdrawn')),
  decided_by text,
  decided_at timestamptz,
  decision_note text
);
create index configuration_proposals_open on configuration_proposals (id) where state = 'open';

-- Who changed what, whichever way the change came. Never changed, never removed; no secrets, no personal data of complainants.
create table audit_entries (
  id bigserial primary key,
  at timestamptz not null default now(),
  actor text not null,
  way text not null check (way in ('console', 'command', 'api', 'first-start')),
  action text not null,
  subject text not null,
  agency text,
  detail jsonb
);
create index audit_entries_agency on audit_entries (agency, id desc) where agency is not null;
create index audit_entries_actor on audit_entries (actor, id desc);
create index audit_entries_action on audit_entries (action, id desc);
