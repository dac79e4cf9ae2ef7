-- A board may go back to what it showed before (A, B, A): `round` counts how often a version came back. `read_at` is when
-- the board was asked: it tells what came back from what is sent once more.
alter table raw_items add column round integer not null default 0, add column read_at timestamptz;
drop index raw_items_once;
create unique index raw_items_once on raw_items (agency, external_id, version, round) where outcome <> 'duplicate';

-- What each agency used its own keys for (Idempotency-Key); removed when they are old (store/prune).
create table idempotency_keys (
  agency text not null,
  key text not null,
  -- of the raw item: which thing, and what was said of it
  external_id text not null,
  version text not null,
  complaint_id uuid not null,
  used_at timestamptz not null,
  primary key (agency, key)
);
create index idempotency_keys_old on idempotency_keys (used_at);

-- Keys stood in the versions of raw items; a version is now the digest of the words alone.
insert into idempotency_keys (agency, key, external_id, version, complaint_id, used_at)
select distinct on (agency, substr(version, 5)) agency, substr(version, 5), external_id,
  rtrim(translate(encode(sha256(convert_to(body, 'UTF8')), 'base64'), '+/', '-_'), '='), complaint_id, received_at
from raw_items
where version like 'key:%' and source in ('rest', 'soap') and outcome = 'applied' and complaint_id is not null
  and received_at > now() - interval '30 days'
order by agency, substr(version, 5), received_at;
