-- Walks over all sealed tables: the first one seals what was there before, later ones take old data keys out of use.
create table reseals (
  number integer generated always as identity primary key,
  -- a login, or the hub itself
  asked_by text not null,
  asked_at timestamptz not null default now(),
  -- from when: every process seals with the new key by then
  starts_at timestamptz not null default now(),
  -- what is sealed with one of these is sealed anew, and what is not sealed at all
  old_keys text[] not null default '{}',
  -- how far it has come: the table, and the primary key of the last row
  place text,
  last_key jsonb,
  looked bigint not null default 0,
  sealed bigint not null default 0,
  finished_at timestamptz
);
create index attachment_contents_in_clear on attachment_contents (sha256) where key_id is null and not missing;
