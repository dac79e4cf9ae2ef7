-- What became of a message that its provider took. Null: the provider reports nothing, or the message is not out.
alter table notices add column report text check (report in ('awaited', 'delivered', 'undelivered', 'unconfirmed'));
-- SHA-256 of the token in the address at which the provider reports of the newest attempt; null: it does not call
alter table notices add column report_hash bytea;
-- until when a report is awaited, when the last one came, and when the provider is asked for one
alter table notices add column report_by timestamptz;
alter table notices add column reported_at timestamptz;
alter table notices add column ask_at timestamptz;
create index notices_reported on notices (report, channel, sent_at) where report is not null;
create index notices_awaited on notices (report_by) where report = 'awaited';
create index notices_asked on notices (ask_at) where ask_at is not null;
