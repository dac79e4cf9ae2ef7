-- Taking a complaint in writes less: its words are indexed a moment later, many complaints at once, and rows that are
-- written in the same statement as their complaint do not look it up again.
create table unindexed (
  complaint_id uuid not null
);
alter table events drop constraint events_complaint_id_fkey;
alter table links drop constraint links_complaint_id_fkey;
-- lists of notices go by the id, which is a UUIDv7
drop index notices_newest;
