-- What each agency's board looks like: kinds and names, nothing of what its posts say.
create table board_shapes (
  agency text primary key,
  -- the kind of board that was looked at; another kind begins anew
  adapter text,
  -- what is normal: as the first look found it, or as a person took it
  approved jsonb,
  approved_by text,
  approved_at timestamptz,
  -- what the newest look found, and how it differs: [{place, kind, before, now, uses, since}]
  seen jsonb,
  seen_at timestamptz,
  changes jsonb not null default '[]',
  -- how many of the changes touch what the agency's configuration uses
  concerned integer not null default 0,
  -- the newest look, also one that failed, and when the next is due
  looked_at timestamptz not null,
  next_at timestamptz not null,
  error text
);
create index board_shapes_concerned on board_shapes (agency) where concerned > 0;

-- Who took what as the new normal.
create table board_shape_decisions (
  id uuid primary key,
  agency text not null,
  changes jsonb not null,
  decided_by text not null,
  decided_at timestamptz not null default now()
);
create index board_shape_decisions_of_agency on board_shape_decisions (agency, id desc);

-- Since when the board refuses the credentials with which it is written to; null: it lets the hub in.
alter table boards add column unauthorised_since timestamptz;
