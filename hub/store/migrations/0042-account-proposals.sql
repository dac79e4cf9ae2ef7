-- Where the rule of four eyes holds, nobody alone makes another administrator, nor a key of one: it waits here for a second administrator.
create table account_proposals (
  id uuid primary key,
  kind text not null check (kind in ('invite', 'change', 'enable', 'link', 'key')),
  -- the account that it is about
  login text not null,
  -- what is wanted, by the kind; no secret
  wanted jsonb not null,
  author text not null,
  way text not null check (way in ('console', 'command', 'api', 'first-start')),
  proposed_at timestamptz not null default now(),
  -- agreed: a key that its author has not fetched yet
  state text not null default 'open' check (state in ('open', 'agreed', 'applied', 'refused', 'withdrawn')),
  decided_by text,
  decided_at timestamptz
);
create index account_proposals_open on account_proposals (id) where state in ('open', 'agreed');
