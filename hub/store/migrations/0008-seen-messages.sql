-- Messages with WS-Security that were let in, until their time stamp is too old anyway: one sent again is refused.
create table seen_messages (
  agency text not null,
  -- SHA-256 of what makes the message one of a kind
  message bytea not null,
  until timestamptz not null,
  primary key (agency, message)
);
create index seen_messages_over on seen_messages (until);
