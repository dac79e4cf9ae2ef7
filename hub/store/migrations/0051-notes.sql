-- What people of an agency write to each other about a complaint (hub/desk/notes.ts). It is no event: no board, door, feed or notice
-- reads these tables.
create table notes (
  id uuid primary key,
  complaint_id uuid not null references complaints (id) on delete cascade,
  -- whose people read it: an agency, or `hub`
  agency text not null,
  -- the login
  author text not null,
  body text not null,
  written_at timestamptz not null default now(),
  -- the author took it back; it stays
  struck_at timestamptz
);
create index notes_of_complaint on notes (complaint_id, agency, id);

-- Who is called by a note, until he or she has seen it.
create table note_mentions (
  note_id uuid not null references notes (id) on delete cascade,
  user_id uuid not null references users (id) on delete cascade,
  seen_at timestamptz,
  primary key (note_id, user_id)
);
create index note_mentions_unseen on note_mentions (user_id, note_id desc) where seen_at is null;
