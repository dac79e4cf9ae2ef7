-- People set their passwords themselves, by a link that is mailed. password_hash: null until an invited person has done so.
-- email: where mails about the account go, proven by such a link.
alter table users
  alter column password_hash drop not null,
  add column email text,
  add column last_sign_in_at timestamptz;
create unique index users_email on users (lower(email)) where email is not null and disabled_at is null;
create index users_by_login on users (login text_pattern_ops);
create index users_by_name on users (lower(name) text_pattern_ops);

-- Where a session began: the caller's address, the browser in words, and the device that known_devices has under this hash.
alter table sessions
  add column address text,
  add column browser text,
  add column device_hash text,
  add column last_seen_at timestamptz not null default now();
create index sessions_of on sessions (user_id, created_at desc);
alter table known_devices add column created_at timestamptz not null default now();

-- A link by which a person sets a password (invitation, reset) or proves an address (email). It works once, and for this address.
create table account_links (
  id uuid primary key,
  user_id uuid not null references users,
  kind text not null check (kind in ('invitation', 'reset', 'email')),
  address text not null,
  -- the login of the person who asked for it
  made_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz,
  -- withdrawn, or replaced by a newer one
  ended_at timestamptz
);
create unique index account_links_open on account_links (user_id, kind) where used_at is null and ended_at is null;
create index account_links_to on account_links (lower(address)) where used_at is null and ended_at is null;
create index account_links_over on account_links (created_at);

-- The tokens of a link, hashed: one for each mail that carried it. The token itself is in the mail alone.
create table account_tokens (
  token_hash text primary key,
  link_id uuid not null references account_links on delete cascade
);
create index account_tokens_of on account_tokens (link_id);

-- Mails about accounts, due until their outcome is written. kept: the text, where no mail server is set.
create table account_mails (
  id uuid primary key,
  user_id uuid not null references users,
  kind text not null check (kind in ('invitation', 'reset', 'email', 'password_changed', 'email_changed')),
  link_id uuid references account_links on delete cascade,
  address text not null,
  -- the hub's address in the link
  base_url text,
  state text not null default 'due' check (state in ('due', 'sent', 'failed', 'dropped')),
  tries int not null default 0,
  next_at timestamptz not null default now(),
  provider text,
  last_error jsonb,
  kept text,
  created_at timestamptz not null default now(),
  sent_at timestamptz,
  check ((link_id is null) = (base_url is null))
);
create index account_mails_due on account_mails (next_at, id) where state = 'due';
create index account_mails_of on account_mails (user_id, created_at desc);
create index account_mails_about on account_mails (link_id);
create index account_mails_over on account_mails (created_at);

-- Forgotten passwords: one row for each time somebody asked, whether the name is known or not, so that both take as long.
create table account_asks (
  id uuid primary key,
  user_id uuid references users,
  base_url text not null,
  asked_at timestamptz not null default now()
);
