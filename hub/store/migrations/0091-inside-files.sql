-- What stands inside files (hub/attachments/reading; docs/masked-numbers.md): numbers that may not be kept, by kind, and why nobody could
-- look: {"numbers": {"rrn": 1}, "unread": null}. Null: nobody has looked yet.
alter table attachment_contents add column inside jsonb;
create index attachment_contents_unseen on attachment_contents (sha256) where inside is null and not missing;

-- The state `withheld`: the content is here, has such numbers, and goes to nobody until a person decides. These agencies have a law for
-- all of them, and get it. Null: there is nothing in it.
alter table attachments add column open_to text[];
-- The content is here, whether it is given out or not.
alter table attachments drop constraint attachments_state_check;
alter table attachments add constraint attachments_state_check
  check (state in ('wanted', 'held', 'failed', 'refused', 'withheld'));
alter table attachments drop constraint attachments_check;
alter table attachments add constraint attachments_check check ((state in ('held', 'withheld')) = (sha256 is not null));
create index attachments_withheld on attachments (complaint_id) where state = 'withheld';
