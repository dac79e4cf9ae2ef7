-- Keys of administrators' programs (pipelines) for the administration API. They end with the account that they belong to.
create table admin_keys (
  id uuid primary key,
  user_id uuid not null references users (id),
  -- what the key is for, as its maker named it
  name text not null,
  key_hash text not null unique,
  hint text not null,
  scopes text[] not null,
  made_by text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz,
  last_used_at timestamptz
);
create index admin_keys_user on admin_keys (user_id, created_at desc);
