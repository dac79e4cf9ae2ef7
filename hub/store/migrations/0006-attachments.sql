-- Files of complaints, answers and follow-ups: what belongs where, and how far its content has come. The content
-- itself lies in the store of hub/attachments, under its SHA-256, once.
create table attachment_contents (
  sha256 text primary key,
  size bigint not null,
  -- by its first bytes and its name's ending
  media_type text not null,
  -- when to look whether anything still refers to it; null: not before something lets go of it
  check_at timestamptz default now() + interval '1 day'
);
create index attachment_contents_to_check on attachment_contents (check_at) where check_at is not null;

-- Whoever deletes what refers to a content, also for privacy's sake, lets go of it; a day later it is looked at.
create function release_attachment_content() returns trigger language plpgsql as $$
begin
  update attachment_contents set check_at = now() + interval '1 day' where sha256 = old.sha256;
  return null;
end $$;

-- Content that came before anything named it: an upload at a door or in the console. It goes after a day.
create table uploads (
  id uuid primary key,
  agency text not null,
  name text not null,
  sha256 text not null references attachment_contents,
  created_at timestamptz not null default now()
);
create index uploads_oldest on uploads (created_at);
create index uploads_by_content on uploads (sha256);
create trigger uploads_release after delete on uploads for each row execute function release_attachment_content();

create table attachments (
  id uuid primary key,
  complaint_id uuid not null,
  -- the event to whose text it belongs, and its place there from 1
  seq integer not null,
  position integer not null,
  agency text not null,
  -- how its content comes: fetched from the agency's board, or uploaded by the agency or a person
  via text not null check (via in ('board', 'upload')),
  -- the link by which it came in: its board holds it already
  link_id uuid,
  -- what the sender calls it; together they recognise a repetition
  reference text not null,
  -- as the sender named it: name, mediaType, size, sha256, id, url
  declared jsonb not null,
  -- wanted: its content is still to come; failed: a person has to look; refused: the hub does not take it
  state text not null check (state in ('wanted', 'held', 'failed', 'refused')),
  sha256 text references attachment_contents,
  tries integer not null default 0,
  next_at timestamptz not null default now(),
  last_error text,
  owner text,
  decided_by text,
  decided_at timestamptz,
  created_at timestamptz not null default now(),
  unique (complaint_id, agency, reference),
  check ((state = 'held') = (sha256 is not null))
);
create index attachments_wanted on attachments (agency, next_at) where state = 'wanted' and via = 'board';
create index attachments_failed on attachments (created_at desc, id desc) where state = 'failed';
create index attachments_by_content on attachments (sha256);
create trigger attachments_release after delete on attachments for each row execute function release_attachment_content();

-- One attachment to bring to one board that holds a copy.
create table attachment_deliveries (
  attachment_id uuid not null references attachments on delete cascade,
  link_id uuid not null,
  agency text not null,
  seq integer not null,
  -- skipped: the board takes no files, or a person gave it up
  state text not null default 'waiting' check (state in ('waiting', 'held', 'parked', 'skipped')),
  -- the board's own id of it
  part_id text,
  -- sent, and no outcome recorded: ask before it is sent again
  attempting boolean not null default false,
  tries integer not null default 0,
  -- infinity until there is content
  next_at timestamptz not null default 'infinity',
  last_error text,
  owner text,
  decided_by text,
  decided_at timestamptz,
  primary key (attachment_id, link_id)
);
create index attachment_deliveries_due on attachment_deliveries (agency, next_at) where state = 'waiting';
create index attachment_deliveries_parked on attachment_deliveries (agency) where state = 'parked';
