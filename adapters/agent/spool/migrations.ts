/**
 * The migrations of the spool's tables, one step per version. A spool stores in `user_version` how many steps it has
 * run. An upgraded agent keeps its spool, so steps are only added, never changed.
 */
export const migrations: readonly string[] = [
  `
-- What there is one of: key, the hub's public key, cursors, times. JSON.
create table facts (name text primary key, value text not null) strict;

-- Read from the board and not yet taken by the hub, oldest first.
create table posts (
  id integer primary key autoincrement,
  external_id text not null,
  version text not null,
  raw text not null,
  read_at text not null
) strict;

-- Taken from the hub and not yet on the board. An event stands once, however often it is given out; file: '' for the event itself.
create table changes (
  receipt text not null,
  seq integer not null,
  file text not null default '',
  position integer not null,
  body text not null,
  taken_at text not null,
  attempting integer not null default 0,
  tries integer not null default 0,
  next_at integer not null default 0,
  primary key (receipt, seq, file)
) strict;
create index changes_by_position on changes (position);

-- Complaints of which the hub may not know yet what the board calls them, or that wait for a person at the hub
-- (parked). reported: the hub's position when it took the last outcome of theirs; null: it has not yet. void: what it gave
-- out up to this position is not to be brought.
create table matters (
  receipt text primary key,
  external_id text,
  parked integer not null,
  reported integer,
  void integer not null default 0
) strict, without rowid;

-- How bringing ended, not yet taken by the hub.
create table outcomes (
  id integer primary key autoincrement,
  receipt text not null,
  seq integer not null,
  file text not null default '',
  body text not null,
  ended_at text not null
) strict;
create index outcomes_by_change on outcomes (receipt, seq, file);

-- Signed by the hub. A report is the outcome that the hub has not been told of yet.
create table configurations (
  version integer primary key,
  document text not null,
  signature text not null,
  state text not null check (state in ('current', 'former', 'rolled-back')),
  report text
) strict;
`,
  `
-- Why the hub did not take it: such a post holds up no other.
alter table posts add column refused text;
`,
  `
-- What was put off and is due again goes behind what was not tried yet.
drop index changes_by_position;
create index changes_by_turn on changes (next_at, position);
`,
  `
-- Reasons are data (schemas/reason.ts); what was kept in words are words of others.
update outcomes set body = json_set(body, '$.reason', json_object('code', 'said', 'said', body ->> '$.reason'))
  where json_type(body, '$.reason') = 'text';
update configurations set report = json_set(report, '$.reason', json_object('code', 'said', 'said', report ->> '$.reason'))
  where json_type(report, '$.reason') = 'text';
update posts set refused = json_object('code', 'said', 'said', refused) where refused is not null;
update facts set value = case value ->> '$' when '' then 'null' else json_object('code', 'said', 'said', value ->> '$') end
  where name in ('boardProblem', 'hubProblem') and json_type(value) = 'text';
`,
  `
-- When the call began that the board may still be working on, in milliseconds since 1970: until the settling time has passed,
-- "not held" is no proof.
alter table changes add column attempting_since integer;
update changes set attempting_since = cast(unixepoch('subsec') * 1000 as integer) where attempting = 1;
`,
];
