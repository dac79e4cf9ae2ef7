-- What a copy did not hold of the person, beside what it held (개인정보 보호법, article 3 (1): the least that the purpose needs).
alter table provisions add column withheld text[] not null default '{}';
-- What a change held when the agency or its agent fetched it: {"items": [...], "withheld": [...]}. It counts as provided when it
-- is acknowledged. Null: it was not fetched yet, or before this was noted.
alter table feed_changes add column provided jsonb;
