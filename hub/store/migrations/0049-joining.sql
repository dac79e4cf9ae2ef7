-- Complaints of one purpose that are handled as one (Decree, article 6). It follows from the events of the complaint that leads
-- them (hub/exchange/intake/save-joins.ts), and says how far each joined complaint was told what the leading one was told.
create table joins (
  lead_id uuid not null,
  complaint_id uuid not null,
  -- the events of the leading complaint that joined it and that let it go; null: it is joined
  joined_seq integer not null,
  parted_seq integer,
  -- up to which event of the leading complaint it was told, and up to which it is to be told
  told integer not null,
  due integer not null,
  -- what it could not be told, and why; null: nothing of the kind
  problem jsonb,
  next_at timestamptz not null default now(),
  primary key (lead_id, complaint_id, joined_seq)
);
-- A complaint is joined to one other at a time, whoever asks at the same moment.
create unique index joins_once on joins (complaint_id) where parted_seq is null;
create index joins_behind on joins (next_at) where told < due;

-- Files that a joined complaint was given with an answer, and whose content is not there yet.
create index attachments_awaited on attachments (complaint_id) where state = 'wanted' and via = 'upload';

-- Marks the text of a complaint, so that identical ones are found over all agencies (hub/complaints/joining/same-person.ts).
alter table complaint_terms add column text_mark text;
create index complaint_terms_same on complaint_terms (text_mark);
-- Those that were taken in before get their mark when their words are indexed again.
insert into unindexed select complaint_id from complaint_terms;
