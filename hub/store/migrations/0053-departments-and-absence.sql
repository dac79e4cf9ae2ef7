-- Who works where at an agency, and who stands in for whom (hub/desk/people.ts).
alter table users
  -- as the agency calls it
  add column department text;

create table absences (
  user_id uuid primary key references users (id) on delete cascade,
  deputy_id uuid not null references users (id) on delete cascade,
  -- Korean days, both inside
  since date not null,
  until date not null,
  check (since <= until),
  check (user_id <> deputy_id)
);
create index absences_of_deputy on absences (deputy_id);

-- Open complaints of a department that no person there has taken. As complaints_of_nobody (0045), for hub/complaints/reading/my-work.ts.
create index complaints_of_department on complaints (assignee, (officer ->> 'department'), due_at, id)
  where officer is not null and officer_user is null
    and status in ('received', 'assigned', 'in_progress', 'supplement_requested');

-- Words that officers of an agency use again and again in answers, with variables (hub/desk/canned-answers.ts).
create table canned_answers (
  id uuid primary key,
  agency text not null,
  title text not null,
  body text not null,
  -- the login of who wrote it last
  author text not null,
  changed_at timestamptz not null default now()
);
create unique index canned_answers_of on canned_answers (agency, lower(title));
