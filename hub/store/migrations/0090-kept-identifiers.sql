-- Numbers of people that a law lets an agency keep (개인정보 보호법, articles 24 and 24-2; schemas/agency.ts, `uniqueIdentifiers`). The text of
-- the complaint has them masked; hub/personal/numbers owns this table, and docs/masked-numbers.md says who sees it.
create table kept_identifiers (
  id uuid primary key,
  complaint_id uuid not null references complaints (id),
  -- The agency that the law names. Nobody else sees the number.
  agency text not null,
  kind text not null,
  -- Always sealed: without a key nothing is kept.
  value text not null,
  -- As the configuration named it when the number came in.
  law text not null,
  kept_at timestamptz not null default now()
);
create index kept_identifiers_of on kept_identifiers (complaint_id, agency);
