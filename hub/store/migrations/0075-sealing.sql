-- Keys of sealed data (docs/encryption.md). Each is wrapped by a key-encryption key, which is not in this database.
create table data_keys (
  id text primary key,
  -- columns, contents of attachments, or the marks by which sealed values are found
  purpose text not null check (purpose in ('columns', 'files', 'marks')),
  algorithm text not null check (algorithm in ('aes-256-gcm', 'aria-256-gcm')),
  wrapped bytea not null,
  -- the id of the key-encryption key
  wrapped_by text not null,
  made_at timestamptz not null default now(),
  -- from when it seals: every process knows it by then
  active_from timestamptz not null
);

-- Marks of a telephone number and an address, by which complaints of one person are found. Null: the row is not sealed.
alter table complaints add column phone_mark text, add column email_mark text;
create index complaints_of_phone_mark on complaints
  ((coalesce(phone_mark, content #>> '{complainant,phone}')), registered_at desc)
  where coalesce(phone_mark, content #>> '{complainant,phone}') is not null;
create index complaints_of_email_mark on complaints
  ((coalesce(email_mark, lower(content #>> '{complainant,email}'))), registered_at desc)
  where coalesce(email_mark, lower(content #>> '{complainant,email}')) is not null;
drop index complaints_of_phone, complaints_of_email;

-- The same for the person of a notice, so that one who was told is not told again.
alter table notices add column recipient_mark text;
alter table complaint_terms add column keyed boolean not null default false;
create index complaint_terms_in_clear on complaint_terms (complaint_id) where not keyed;
alter table notices drop constraint notices_once;
create unique index notices_once on notices
  (complaint_id, seq, template, audience, agency, (coalesce(recipient_mark, recipient)), channel, about);

-- The data key with which a content is sealed in the store of attachments. Null: it is not sealed.
alter table attachment_contents add column key_id text;
-- The store of attachments does not have it: nothing can be sealed.
alter table attachment_contents add column missing boolean not null default false;
