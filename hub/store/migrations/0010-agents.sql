-- Agents: programs beside boards that the hub cannot reach. They call the hub; one per agency.
create table agents (
  agency text primary key,
  -- the one-time token with which it enrols: its hash, until when it is good, who made it
  token_hash text,
  token_expires_at timestamptz,
  token_by text,
  enrolled_at timestamptz,
  -- what it told last, when (by the hub's clock), and how far its clock is ahead of the hub's, in milliseconds
  heartbeat jsonb,
  heartbeat_at timestamptz,
  skew integer,
  -- what it said of the newest configuration that it was given
  configuration integer,
  configuration_outcome text check (configuration_outcome in ('applied', 'rolled-back')),
  configuration_reason text,
  configuration_at timestamptz
);
create unique index agents_by_token on agents (token_hash) where token_hash is not null;

-- What only a board behind an agent can tell, while somebody waits for it. Losing it costs a question.
create unlogged table agent_asks (
  id uuid primary key,
  agency text not null,
  ask jsonb not null,
  given_at timestamptz,
  -- moved on while its asker waits; over: nobody waits any more
  expires_at timestamptz not null
);
create index agent_asks_of_agency on agent_asks (agency);
create unlogged table agent_answers (
  ask_id uuid not null references agent_asks on delete cascade,
  page integer not null,
  body jsonb not null,
  primary key (ask_id, page)
);

-- Files that an agent is to bring are changes of their own; `again`: the board may hold it already, so it is asked first.
alter table feed_changes add column attachment_id uuid, add column again boolean not null default false;
-- Up to which position a reader was answered: who then begins anew may have brought any of it.
alter table feeds add column read_to bigint not null default 0;

-- Keys with which the hub signs what others must be able to trust: PKCS #8, PEM.
create table signing_keys (
  name text primary key,
  private_key text not null,
  created_at timestamptz not null default now()
);
