-- Leaks of personal data (개인정보 보호법, article 34): what is known of one, and who was told of it when. hub/personal/breaches owns it.
create table breaches (
  id bigint generated always as identity primary key,
  -- Text and times as people gave them: hub/personal/breaches/breach.ts says what each means.
  facts jsonb not null,
  made_by text not null,
  made_at timestamptz not null default now(),
  -- What was done, in its order: told, reported, closed, each with when, by whom and a note. Never changed.
  record jsonb not null default '[]',
  closed_at timestamptz
);
-- Whose data was seen from an address between two times.
create index access_entries_address on access_entries (address, at);
