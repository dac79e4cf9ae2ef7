-- The versions of the REST API that this hub has served. A new one is told to engineers by mail, in the transaction that adds it
-- here: so each is told once, whatever is restarted, and by however many processes.
create table api_versions (
  version text primary key,
  noted_at timestamptz not null default now()
);
-- A hub that is upgraded has told nobody of these, and nobody wants to hear of them now. A new hub has no people yet, and begins
-- with whatever is newest.
insert into api_versions (version)
  select version from unnest(array['1.0.0', '1.1.0', '1.2.0']) version where exists (select from users);

-- Whether an engineer wants these mails.
alter table users add column change_mails boolean not null default true;

alter table account_mails
  drop constraint account_mails_kind_check,
  add constraint account_mails_kind_check
    check (kind in ('invitation', 'reset', 'email', 'password_changed', 'email_changed', 'api_changed')),
  -- the version of the API that an `api_changed` is about
  add column about text,
  add constraint account_mails_about check ((kind = 'api_changed') = (about is not null));
create unique index account_mails_once on account_mails (user_id, about) where about is not null;
