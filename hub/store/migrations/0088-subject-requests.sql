-- What persons ask about their own data (개인정보 보호법, articles 35 to 37): to see it, to have it corrected, deleted, or used no more.
-- hub/personal/requests owns these tables; docs/subject-requests.md says how it works.
create sequence subject_request_numbers;
create table subject_requests (
  id uuid primary key,
  -- What people quote.
  number bigint not null unique default nextval('subject_request_numbers'),
  kind text not null check (kind in ('access', 'correct', 'delete', 'stop')),
  state text not null check (state in ('received', 'identified', 'decided', 'told', 'withdrawn')),
  way text not null check (way in ('counter', 'phone', 'letter', 'email', 'rest')),
  -- The agency that passed it on. Null: the hub's own people took it.
  agency text,
  -- That agency's own number of it: sent again, it is the same one.
  external_id text,
  received_at timestamptz not null,
  -- The end of the last day (Asia/Seoul). A postponement of seeing moves it.
  due_at timestamptz not null,
  -- Until when seeing is put off (article 35, paragraph 3). Null: it is not.
  postponed_until timestamptz,
  -- Who asks, and for what, sealed: hub/personal/requests/request.ts says what each means.
  facts jsonb not null,
  phone_mark text,
  email_mark text,
  name_mark text,
  decision text check (decision in ('granted', 'partly', 'refused')),
  decided_at timestamptz,
  -- When the person was told: the clock has stopped.
  told_at timestamptz,
  made_by text not null,
  made_at timestamptz not null default now(),
  -- Each step in its order, never changed: act, when and by whom, and what was written about it, sealed.
  record jsonb not null default '[]'
);
create unique index subject_requests_of_agency on subject_requests (agency, external_id) where external_id is not null;
create index subject_requests_open on subject_requests (due_at, number) where state in ('received', 'identified', 'decided');
create index subject_requests_phone on subject_requests (coalesce(phone_mark, facts ->> 'phone'));
create index subject_requests_email on subject_requests (coalesce(email_mark, lower(facts ->> 'email')));
create index subject_requests_name on subject_requests (coalesce(name_mark, facts ->> 'name'));

-- What a person looked at and said: it is of whoever asks, or it is not. The same name is not the same person.
create table subject_holdings (
  request_id uuid not null references subject_requests (id) on delete cascade,
  source text not null check (source in ('complaint', 'mention', 'raw_item', 'draft', 'filter', 'request')),
  -- The row, as its table is keyed.
  row_id text not null,
  -- Of a complaint, or of another person's in which this one is mentioned: it goes with that complaint.
  complaint_id uuid,
  theirs boolean not null,
  decided_by text not null,
  decided_at timestamptz not null default now(),
  primary key (request_id, source, row_id)
);
create index subject_holdings_of_complaint on subject_holdings (complaint_id) where complaint_id is not null;
-- What came in and became no complaint: read through for what names a person.
create index raw_items_of_nobody on raw_items (id) where complaint_id is null;
