-- Answers that wait until a second person of the agency releases them (기안, 검토, 결재). Nothing of them has been sent.
create table answer_reviews (
  id uuid primary key default gen_random_uuid(),
  complaint_id uuid not null references complaints (id) on delete cascade,
  agency text not null,
  -- the form that was filled in: an answer, a refusal, the decision on an objection
  form text not null,
  -- values by field, and references to the files that were sent with them
  fields jsonb not null,
  files jsonb not null,
  -- who wrote it; the login stays when the account is gone
  author text not null,
  author_id uuid references users (id) on delete set null,
  -- the newest event of the complaint when it was written
  seq integer not null,
  state text not null default 'waiting' check (state in ('waiting', 'released', 'returned', 'withdrawn', 'superseded')),
  comment text,
  decided_by text,
  sent_at timestamptz not null default now(),
  decided_at timestamptz
);
-- Two waiting answers to one complaint would both go out.
create unique index answer_reviews_waiting on answer_reviews (complaint_id) where state = 'waiting';
create index answer_reviews_complaint on answer_reviews (complaint_id, sent_at);
create index answer_reviews_agency on answer_reviews (agency, sent_at) where state = 'waiting';
create index answer_reviews_author on answer_reviews (author_id, decided_at) where state = 'returned';

-- A file of an answer that waits is kept longer than the day after which nobody will name it.
alter table uploads add column kept_until timestamptz;
