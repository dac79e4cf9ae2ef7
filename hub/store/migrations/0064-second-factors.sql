-- What a person signs in with besides the password: a program that shows codes (RFC 6238), or a passkey (WebAuthn).
create table second_factors (
  id uuid primary key,
  user_id uuid not null references users,
  kind text not null check (kind in ('totp', 'passkey')),
  -- as the person named it
  name text not null,
  created_at timestamptz not null default now(),
  last_used_at timestamptz,
  -- totp: the shared secret in base32, and the time step of the last code, which works no second time
  secret text,
  last_step int8,
  -- passkey: its id in base64url, its key as COSE, how often it signed, and how a browser reaches it
  credential text unique,
  public_key bytea,
  uses int8,
  transports text[],
  check ((kind = 'totp') = (secret is not null)),
  check ((kind = 'passkey') = (credential is not null and public_key is not null))
);
create index second_factors_of on second_factors (user_id, created_at);

-- Codes for the day on which the telephone is lost, hashed. Each works once.
create table recovery_codes (
  user_id uuid not null references users,
  code_hash text not null,
  used_at timestamptz,
  primary key (user_id, code_hash)
);

-- Somebody who gave the right password and not the second factor yet. It is no session, and opens no page of one.
create table half_sign_ins (
  token_hash text primary key,
  user_id uuid not null references users,
  expires_at timestamptz not null
);
create index half_sign_ins_over on half_sign_ins (expires_at);

-- What the hub asked a browser for, and waits for: the challenge of a passkey, or the secret of a program to be set up.
-- holder: the hash of the half sign-in or of the session.
create table factor_asks (
  holder text not null,
  kind text not null check (kind in ('totp', 'passkey_new', 'passkey')),
  value text not null,
  expires_at timestamptz not null,
  primary key (holder, kind)
);
create index factor_asks_over on factor_asks (expires_at);
