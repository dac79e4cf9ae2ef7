-- What an agency's endpoints (`webhooks` of its configuration) are told of: one row for each event and endpoint, written with the event.
-- Rows of one endpoint and complaint are delivered in the order of seq: a row waits as long as an earlier one is waiting or parked.
create table endpoint_deliveries (
  id uuid primary key default gen_random_uuid(),
  agency text not null,
  endpoint text not null,
  complaint_id uuid not null references complaints,
  seq int not null,
  state text not null default 'waiting' check (state in ('waiting', 'parked', 'done', 'skipped')),
  tries int not null default 0,
  next_at timestamptz not null default now(),
  -- when the receiver refused the hub's signature for this event; null: it did not
  shut_out_at timestamptz,
  -- the receiver's own id of the complaint, as its reply named it
  external_id text,
  last_error jsonb,
  owner text,
  decided_by text,
  decided_at timestamptz,
  ended_at timestamptz,
  unique (agency, endpoint, complaint_id, seq)
);
create index endpoint_deliveries_due on endpoint_deliveries (agency, endpoint, next_at) where state = 'waiting';
create index endpoint_deliveries_open on endpoint_deliveries (agency, endpoint, complaint_id, seq) where state in ('waiting', 'parked');
create index endpoint_deliveries_parked on endpoint_deliveries (id) where state = 'parked';
create index endpoint_deliveries_over on endpoint_deliveries (ended_at) where ended_at is not null;

-- The breaker of each endpoint. `settings` tells whether the configuration has changed since: a change ends the pause.
create table endpoint_health (
  agency text not null,
  endpoint text not null,
  settings text not null,
  failures int not null default 0,
  closed_until timestamptz,
  last_error jsonb,
  delivered_at timestamptz,
  primary key (agency, endpoint)
);
