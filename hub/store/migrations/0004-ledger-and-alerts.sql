-- The ledger reads a day: raw items and notices by their id (UUIDv7 carries the time), complaints by an index that
-- exists. Events have no id and come in the order of their time: block ranges cost next to nothing to keep.
create index events_by_time on events using brin (at) with (pages_per_range = 32, autosummarize = on);
-- Items that a person decided are few; their complaints were registered on another day than they came in.
create index raw_items_decided on raw_items (complaint_id) where decided_at is not null;

-- What is wrong now or was: one row for each condition and what it was found on, however often it comes and goes.
create table alerts (
  id uuid primary key,
  condition text not null,
  -- an agency, or a channel of notices
  subject text not null,
  -- pending: found, and not long enough to tell anybody
  state text not null check (state in ('pending', 'open', 'ended')),
  -- found since, and when it was found last
  since timestamptz not null,
  seen_at timestamptz not null,
  opened_at timestamptz,
  ended_at timestamptz,
  -- how often it came back soon after it had ended
  returns integer not null default 0,
  -- how many things it concerns, and the first of them by name
  count integer not null,
  items jsonb not null,
  -- when each audience was last told that it stands: {"operator": time, "<agency>": time}
  told jsonb not null default '{}',
  acknowledged_by text,
  acknowledged_at timestamptz,
  -- what was acknowledged: more than that is news again
  acknowledged_count integer,
  unique (condition, subject)
);
create index alerts_shown on alerts (opened_at desc, id desc) where opened_at is not null;

-- When each condition was looked for, by whichever process.
create table alert_checks (
  condition text primary key,
  checked_at timestamptz not null
);

-- Messages about alerts, planned in the transaction that changes the alerts.
create table alert_messages (
  id uuid primary key,
  -- operator, or the code of an agency
  audience text not null,
  channel text not null check (channel in ('email', 'webhook')),
  address text not null,
  subject text not null,
  text text not null,
  state text not null check (state in ('due', 'sent', 'failed')),
  provider text,
  tries integer not null default 0,
  next_at timestamptz not null,
  last_error text,
  sent_at timestamptz,
  created_at timestamptz not null
);
create index alert_messages_due on alert_messages (next_at) where state = 'due';
create index alert_messages_of_audience on alert_messages (audience, created_at desc);
