-- What is over is removed every minute, some of it at a time (hub/store/prune.ts): found by these.
create index door_windows_over on door_windows (ends_at);
create index alert_messages_over on alert_messages (created_at) where state <> 'due';
