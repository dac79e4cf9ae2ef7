-- When an agent enrolled with its token. The token is over when the key that it gave is used: until then the reply with
-- the key may have been lost, and the agent asks again.
alter table agents add column token_used_at timestamptz;
