-- The lines of its log that an agent was asked for. One row an agency: the newest question, and what came last. Gone after a day.
create table agent_logs (
  agency text primary key,
  -- the question that waits for the agent; null: it was answered
  ask_id uuid,
  level text not null check (level in ('error', 'warn', 'info', 'debug')),
  most int not null,
  asked_by text not null,
  asked_at timestamptz not null default now(),
  -- when the agent was last given the question
  given_at timestamptz,
  -- what came last, by an earlier question perhaps: its level, when (by the hub's clock), and the lines as the agent redacted them
  sent_level text,
  sent_at timestamptz,
  lines jsonb
);
create unique index agent_logs_ask on agent_logs (ask_id) where ask_id is not null;

-- The history names people by their logins, and machines by words with a space in them (`key <id>`, `hub agency`). No login may
-- look like one of these, whichever way an account is made.
alter table users add constraint users_login_is_a_word check (login ~ '^[^[:space:]]+$') not valid;
