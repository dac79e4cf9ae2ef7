-- The hub's truth. Times are timestamptz; agencies are named by their code.
-- What is written by the thousand beside its complaint, in the same statement, has no foreign key: looking each
-- parent up again took a sixth of the time of taking a complaint in.

-- Every applied version of a configuration document; the highest version is in force, a null body removes.
create table configurations (
  kind text not null check (kind in ('agency', 'routing', 'clock')),
  name text not null,
  version integer not null,
  body jsonb,
  author text not null,
  applied_at timestamptz not null default now(),
  primary key (kind, name, version)
);

create sequence receipt_numbers;

create table complaints (
  id uuid primary key,
  receipt_number text not null unique,
  origin text not null,
  assignee text not null,
  status text not null,
  kind text not null,
  content jsonb not null,
  routing jsonb not null,
  registered_at timestamptz not null,
  due_at timestamptz,
  -- when somebody has to be told of the deadline next: shortly before it, at it, then never
  remind_at timestamptz,
  last_seq integer not null,
  updated_at timestamptz not null
);
create index complaints_newest on complaints (registered_at desc, id desc);
create index complaints_of_assignee on complaints (assignee, registered_at desc, id desc);
create index complaints_of_origin on complaints (origin, registered_at desc, id desc);
create index complaints_to_remind on complaints (remind_at) where remind_at is not null;
-- the work list: what is not answered yet, most urgent first
create index complaints_open on complaints (due_at, id) where status in ('received', 'assigned', 'in_progress');
-- earlier complaints of the same person
create index complaints_of_phone on complaints ((content #>> '{complainant,phone}'))
  where content #>> '{complainant,phone}' is not null;
create index complaints_of_email on complaints (lower(content #>> '{complainant,email}'))
  where content #>> '{complainant,email}' is not null;

-- Korean words are mostly two syllables, too short for trigrams: terms are bigrams made by the hub.
create table complaint_terms (
  complaint_id uuid primary key,
  terms tsvector not null
);
create index complaint_terms_found on complaint_terms using gin (terms);

create table events (
  complaint_id uuid not null references complaints,
  seq integer not null,
  type text not null,
  at timestamptz not null,
  actor jsonb not null,
  -- the link by which it came in: its board holds it already
  link_id uuid,
  data jsonb not null,
  primary key (complaint_id, seq)
);

-- One complaint on one agency's board. Behind while held < due.
create table links (
  id uuid primary key,
  complaint_id uuid not null references complaints,
  agency text not null,
  role text not null check (role in ('origin', 'assignee', 'copy')),
  -- screen: the agency has no board and reads the hub's own pages, so nothing is delivered
  state text not null check (state in ('open', 'parked', 'screen')),
  external_id text,
  -- ids that the board gave to answers and follow-ups, by event number
  parts jsonb not null default '{}',
  -- what the board said last of status and transfer: only a change of it is news
  seen jsonb not null default '{}',
  -- the event with which its agency came in
  joined integer not null default 1,
  held integer not null default 0,
  due integer not null,
  -- an event that was sent and whose outcome is not recorded
  attempting integer,
  tries integer not null default 0,
  next_at timestamptz not null default now(),
  last_error text,
  owner text,
  -- who retried or skipped it when it was parked
  decided_by text,
  decided_at timestamptz,
  unique (complaint_id, agency)
) with (fillfactor = 70);
create unique index links_by_external_id on links (agency, external_id) where external_id is not null;
create index links_behind on links (agency, next_at) where state = 'open' and held < due;
create index links_parked on links (agency) where state = 'parked';
create index links_of_agency on links (agency, complaint_id);

-- What came in, as it came in. received = applied + duplicate + parked (+ discarded by a person).
create table raw_items (
  id uuid primary key,
  agency text not null,
  source text not null check (source in ('poll', 'rest', 'soap', 'console')),
  -- the sender's id of the thing and a mark that changes with it: together they recognise a repetition
  external_id text not null,
  version text not null,
  body text not null,
  actor jsonb not null,
  received_at timestamptz not null,
  outcome text not null check (outcome in ('applied', 'duplicate', 'parked', 'discarded')),
  complaint_id uuid,
  problems jsonb,
  owner text,
  decided_by text,
  decided_at timestamptz,
  note text
);
create unique index raw_items_once on raw_items (agency, external_id, version) where outcome <> 'duplicate';
create index raw_items_parked on raw_items (received_at desc, id desc) where outcome = 'parked';

-- Every call to a board, entered when it ended; before it, links.attempting is set.
create table attempts (
  id uuid primary key,
  link_id uuid not null,
  seq integer not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  outcome text,
  reason text
);
create index attempts_of_link on attempts (link_id, started_at);

-- What the hub knows of an agency's board: where polling stands, and its health.
create table boards (
  agency text primary key,
  cursor text,
  polled_at timestamptz,
  -- when to look at the board again
  poll_at timestamptz,
  poll_failures integer not null default 0,
  poll_error text,
  delivered_at timestamptz,
  failures integer not null default 0,
  -- the breaker: no delivery before this time
  closed_until timestamptz,
  last_error text,
  last_error_at timestamptz
);

-- Notices to people, planned in the transaction of their event, once per event, recipient and channel.
create table notices (
  id uuid primary key,
  complaint_id uuid not null,
  seq integer not null,
  template text not null,
  audience text not null check (audience in ('complainant', 'officer')),
  agency text not null,
  recipient text not null,
  channel text not null check (channel in ('email', 'sms')),
  address text,
  language text not null,
  -- other ways to reach the same person, in order, for when this one fails: [{channel, address}]
  fallbacks jsonb not null default '[]',
  state text not null check (state in ('due', 'sent', 'failed', 'unreachable')),
  provider text,
  provider_id text,
  attempting_since timestamptz,
  tries integer not null default 0,
  next_at timestamptz not null default now(),
  last_error text,
  decided_by text,
  decided_at timestamptz,
  sent_at timestamptz,
  created_at timestamptz not null default now(),
  unique (complaint_id, seq, template, audience, agency, recipient, channel)
);
create index notices_due on notices (channel, next_at) where state = 'due';
create index notices_newest on notices (created_at desc, id desc);
create index notices_failed on notices (created_at desc, id desc) where state = 'failed';

-- The local outbox: messages kept here where no server is configured for their channel.
create table outbox (
  notice_id uuid primary key references notices,
  address text not null,
  subject text,
  text text not null,
  html text,
  kept_at timestamptz not null default now()
);

create table users (
  id uuid primary key,
  login text not null unique,
  name text not null,
  role text not null check (role in ('administrator', 'counsellor', 'officer', 'auditor')),
  agency text,
  password_hash text not null,
  language text not null default 'ko',
  created_at timestamptz not null default now(),
  disabled_at timestamptz,
  check ((role = 'officer') = (agency is not null))
);

create table sessions (
  token_hash text primary key,
  user_id uuid not null references users,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null
);

-- Tries to sign in, counted per login and per address until the window ends. Losing them costs nothing.
create unlogged table sign_in_tries (
  subject text primary key,
  tries integer not null,
  until timestamptz not null
);

-- Keys of machines (agencies); shown once, kept hashed.
create table api_keys (
  id uuid primary key,
  agency text not null,
  key_hash text not null unique,
  hint text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz
);
