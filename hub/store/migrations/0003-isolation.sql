-- A board that asked to be left alone (Retry-After): neither deliveries nor polls before this time.
alter table boards add column busy_until timestamptz;
-- Where a board's rate is limited: when the next call may be made, by whichever process.
alter table boards add column next_call_at timestamptz;
