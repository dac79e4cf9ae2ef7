-- What an adapter left out of a post and kept for people: words that were taken for a quote or a signature. `note` says why
-- something was discarded, and why something that was applied says nothing new.
alter table raw_items add column cut text;
create index raw_items_aside on raw_items (complaint_id) where complaint_id is not null and (cut is not null or note is not null);
