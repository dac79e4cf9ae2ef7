-- When the call began that the board may still be working on: until the settling time has passed, "not held" is no proof. Null: the
-- board has replied, or nothing was sent.
alter table links add column attempting_since timestamptz;
update links set attempting_since = now() where attempting is not null;
alter table attachment_deliveries add column attempting_since timestamptz;
update attachment_deliveries set attempting_since = now() where attempting;
