-- Consents of complainants (개인정보 보호법, articles 15, 17, 22 and 37): who may get which items, what for, until when, in which words.
-- hub/store/states/consent-state.ts owns it. A row is changed once: when the consent is taken back. Given again, it is a new row.
create table consents (
  id uuid primary key,
  complaint_id uuid not null,
  -- The recipient.
  agency text not null,
  purpose text not null check (purpose in ('contact', 'aftercare', 'survey')),
  items text[] not null,
  required boolean not null,
  -- The words that were shown or read out.
  text_version text not null,
  wording text not null,
  given_at timestamptz not null,
  until timestamptz not null,
  way text not null check (way in ('console', 'rest', 'soap')),
  -- The login, or the agency whose program said it.
  recorded_by text not null,
  recorded_at timestamptz not null default now(),
  withdrawn_at timestamptz,
  withdrawn_way text check (withdrawn_way in ('console', 'rest', 'soap')),
  withdrawn_by text
);
create unique index consents_standing on consents (complaint_id, agency, purpose) where withdrawn_at is null;
create index consents_of_complaint on consents (complaint_id, id);
