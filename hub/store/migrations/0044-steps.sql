-- The statutory clock as a fold over the history (hub/complaints/steps), kept with the complaint for lists.

alter table complaints
  -- When the origin took it in: the start of the clock. Null in old records: when the hub heard of it.
  add column taken_in_at timestamptz,
  -- Where the clock stands after the newest event: schemas/complaint.ts, ClockFace. Null: no event since this column.
  add column clock jsonb,
  -- The person who answers, where one was named: schemas/complaint.ts, Officer.
  add column officer jsonb;
