-- Keys of machines: what they open (null: everything), and when they last did.
alter table api_keys add column scopes text[], add column last_used_at timestamptz;

-- The feed: an agency that fetches its changes instead of having them brought to its board. A link's `given` is the event
-- up to which it was given out (null: nothing is out), and a row of feed_changes one change that is not acknowledged.
-- Positions are given when the feed is read, by one reader at a time per agency: nothing can appear before a cursor.
alter table links add column given integer;
create table feeds (
  agency text primary key,
  position bigint not null default 0
);
create table feed_changes (
  agency text not null,
  position bigint not null,
  link_id uuid not null,
  complaint_id uuid not null,
  seq integer not null,
  primary key (agency, position)
);
create index feed_changes_of_link on feed_changes (link_id, seq);

-- Limits at the doors, leased by processes in portions. Losing them costs nothing.
create unlogged table door_windows (
  agency text primary key,
  ends_at timestamptz not null,
  taken integer not null
);
create unlogged table door_slots (
  agency text not null,
  process uuid not null,
  slots integer not null,
  until timestamptz not null,
  primary key (agency, process)
);
