-- The agency's engineer: a person of an agency who sees its connection, and no complaint and no complainant.
alter table users drop constraint users_role_check;
alter table users add constraint users_role_check check (role in ('administrator', 'counsellor', 'officer', 'auditor', 'engineer'));
alter table users drop constraint users_check;
alter table users add constraint users_check check ((role in ('officer', 'engineer')) = (agency is not null));

-- Keys have a name, by which the log of calls tells them apart, and say who made them.
alter table api_keys add column name text not null default '', add column made_by text;

-- The calls of each agency at the doors, without anything that was said in them. An id is a UUIDv7, so the order is that of time.
create table door_calls (
  agency text not null,
  id uuid not null,
  door text not null check (door in ('rest', 'soap', 'agent', 'posts')),
  -- the operation's name; null: no route was found, or it has none
  operation text,
  status int not null,
  -- the code of the refusal; null: there was none
  problem text,
  ms int not null,
  -- X-Request-Id
  request text not null,
  key_id uuid,
  primary key (agency, id)
);
-- How many calls were written since the log of the agency was last cut to its length.
create table door_logs (
  agency text primary key,
  uncut int not null
);
-- What an agency used in a day of Asia/Seoul.
create table door_days (
  agency text not null,
  day date not null,
  door text not null,
  calls int not null,
  failed int not null,
  limited int not null,
  primary key (agency, day, door)
);
create index door_days_day on door_days (day);

-- A person may hold an endpoint back; what it is to be told of waits.
alter table endpoint_health add column paused_at timestamptz, add column paused_by text;
-- Each call to an endpoint: the events, and tests (no delivery). An id is a UUIDv7.
create table endpoint_attempts (
  agency text not null,
  endpoint text not null,
  id uuid not null,
  delivery_id uuid,
  at timestamptz not null,
  ms int not null,
  outcome text not null check (outcome in ('done', 'retry', 'refused', 'unknown')),
  -- of HTTP; null: no reply came
  status int,
  reason jsonb,
  -- who asked for a test
  asked_by text,
  primary key (agency, endpoint, id)
);
create index endpoint_attempts_failed on endpoint_attempts (agency, endpoint, id) where outcome <> 'done';
create index endpoint_attempts_delivery on endpoint_attempts (delivery_id) where delivery_id is not null;
create index endpoint_attempts_at on endpoint_attempts (at);

-- The caller's own names of calls that manage its connection, each with the reply (never a secret).
create table managed_calls (
  agency text not null,
  key text not null,
  digest text not null,
  reply jsonb,
  used_at timestamptz not null default now(),
  primary key (agency, key)
);
create index managed_calls_used on managed_calls (used_at);

-- What is parked of one agency, for its engineer.
create index raw_items_parked_of_agency on raw_items (agency, id) where outcome = 'parked';
create index links_parked_of_agency on links (agency, id) where state = 'parked';
