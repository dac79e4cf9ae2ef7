-- Whoever may release an answer is told by mail that one waits. about: the review (answer_reviews); facts: the receipt number.
alter table account_mails
  drop constraint account_mails_kind_check,
  drop constraint account_mails_about,
  add constraint account_mails_kind_check
    check (kind in ('invitation', 'reset', 'email', 'password_changed', 'email_changed', 'api_changed',
      'signed_in', 'factor_added', 'factor_removed', 'recovery_used', 'break_glass', 'access_review', 'answer_waiting')),
  add constraint account_mails_about
    check ((kind in ('api_changed', 'access_review', 'answer_waiting')) = (about is not null));
