-- Browsers in which a person signed in before: whatever strangers try with the login, these are not shut out. Kept hashed.
create table known_devices (
  token_hash text primary key,
  user_id uuid not null references users,
  expires_at timestamptz not null
);
create index known_devices_of on known_devices (user_id, expires_at desc);

-- What a row counts (hub/access/sign-in-tries.ts), and whose login it is, where it is anybody's: an alert names both.
truncate sign_in_tries;
alter table sign_in_tries add column kind text not null default 'address', add column user_id uuid;
