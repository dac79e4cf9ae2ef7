-- Messages by which people see their own wording arrive: made-up data, marked as a test, to the person who asked. They go
-- by the providers of the notices and count in no sum. The text stays here, also where nothing leaves the hub.
create table trial_messages (
  id uuid primary key,
  -- the login of the person who asked
  person text not null,
  channel text not null check (channel in ('email', 'sms')),
  address text not null,
  language text not null check (language in ('ko', 'en')),
  template text not null,
  subject text not null,
  text text not null,
  html text,
  state text not null default 'due' check (state in ('due', 'sent', 'failed')),
  tries int not null default 0,
  next_at timestamptz not null default now(),
  provider text,
  last_error jsonb,
  created_at timestamptz not null default now(),
  sent_at timestamptz
);
create index trial_messages_due on trial_messages (channel, next_at) where state = 'due';
create index trial_messages_of on trial_messages (person, id desc);
create index trial_messages_over on trial_messages (created_at);
