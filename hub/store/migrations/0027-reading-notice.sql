-- What a person should know about how a board is read, for example that it ignores page numbers. Null: nothing.
alter table boards add column poll_notice jsonb;
create index boards_with_notice on boards (agency) where poll_notice is not null;
