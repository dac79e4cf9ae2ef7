-- What was corrected because its person asked for it (개인정보 보호법, article 36). hub/personal/requests/corrections.ts owns these tables.
create table subject_corrections (
  request_id uuid not null references subject_requests (id) on delete cascade,
  complaint_id uuid not null,
  -- The event that says the content anew: boards are level with it, or are not yet.
  seq integer not null,
  made_by text not null,
  made_at timestamptz not null default now(),
  primary key (request_id, complaint_id)
);
create index subject_corrections_of_complaint on subject_corrections (complaint_id);
-- What a person did by hand on a board that the hub cannot change.
create table subject_hand_work (
  request_id uuid not null references subject_requests (id) on delete cascade,
  complaint_id uuid not null,
  agency text not null,
  done_by text not null,
  done_at timestamptz not null default now(),
  primary key (request_id, complaint_id, agency)
);
create index subject_hand_work_of_complaint on subject_hand_work (complaint_id);
