-- What a person has typed into a form and not sent yet. It is the person's own: nobody else sees it.
create table drafts (
  user_id uuid not null references users (id) on delete cascade,
  -- the complaint and the form's name, or `register`
  place text not null,
  complaint_id uuid references complaints (id) on delete cascade,
  -- values by field
  fields jsonb not null,
  saved_at timestamptz not null default now(),
  primary key (user_id, place)
);
create index drafts_complaint on drafts (complaint_id);
create index drafts_saved_at on drafts (saved_at);
