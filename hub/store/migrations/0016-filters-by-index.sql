-- Lists show the newest first and stop after a page. Where a filter matches hardly anything, walking the newest in search
-- of it reads the whole table. So what a filter matches is counted first, no further than some thousand, and few are
-- sorted instead: by these indexes. They hold few different values, which PostgreSQL keeps once each: small and cheap.
create index complaints_in_status on complaints (status, kind);
create index complaints_between on complaints (assignee, status, origin);
create index notices_in_state on notices (state, channel);

-- Ids of the complaints in which all words are found, `most` of them. By its index always: PostgreSQL knows how frequent the
-- thousand most frequent words are and guesses for all others, so left to itself it looks for a rare one everywhere.
create function complaints_with_terms(words tsquery, most integer) returns setof uuid
language sql stable rows 100 set enable_seqscan = off
as 'select complaint_id from complaint_terms where terms @@ words limit most';

-- When the sweep of some process last had a board polled: no other has it polled meanwhile, and a process that ended
-- leaves it to the next a moment later.
alter table boards add column poll_named_at timestamptz;

-- What waits for a person, in the order in which it is shown.
create index links_parked_oldest on links (id) where state = 'parked';
drop index raw_items_parked;
create index raw_items_parked on raw_items (id desc) where outcome = 'parked';
create index attachment_deliveries_parked_newest on attachment_deliveries (attachment_id desc) where state = 'parked';

-- What a board was sent and has not named yet: asked for with every new post of that board. Only columns that other
-- indexes have already: `attempting` in here would make each call to a board move all of them.
create index links_unnamed on links (agency, next_at) where external_id is null and state <> 'screen';
