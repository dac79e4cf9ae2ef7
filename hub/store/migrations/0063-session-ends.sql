-- expires_at moves on with every sign of the person, up to ends_at: a session ends when nobody uses it, and in any case then.
alter table sessions add column ends_at timestamptz;
update sessions set ends_at = expires_at;
alter table sessions
  alter column ends_at set not null,
  -- When the person last gave the second factor. Null: never, in this session.
  add column proved_at timestamptz;

-- facts: what a mail about a sign-in or a second factor says of it: the browser, and the address in part.
alter table account_mails
  add column facts jsonb,
  drop constraint account_mails_kind_check,
  add constraint account_mails_kind_check
    check (kind in ('invitation', 'reset', 'email', 'password_changed', 'email_changed', 'api_changed',
      'signed_in', 'factor_added', 'factor_removed', 'recovery_used', 'break_glass'));
