-- The monthly review of the access log (안전성 확보조치 기준, article 8, paragraph 2): what stood out, and who looked at it.
create table access_reviews (
  -- In Korea: 2026-11.
  month text primary key,
  made_at timestamptz not null default now(),
  -- What hub/personal/review found. Without data of complainants.
  report jsonb not null,
  confirmed_by text,
  confirmed_at timestamptz,
  note text not null default ''
);

-- Whoever reviews the log is told by mail that a month waits.
alter table account_mails
  drop constraint account_mails_kind_check,
  drop constraint account_mails_about,
  add constraint account_mails_kind_check
    check (kind in ('invitation', 'reset', 'email', 'password_changed', 'email_changed', 'api_changed',
      'signed_in', 'factor_added', 'factor_removed', 'recovery_used', 'break_glass', 'access_review')),
  add constraint account_mails_about check ((kind in ('api_changed', 'access_review')) = (about is not null));
