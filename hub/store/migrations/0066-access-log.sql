-- Who saw whose personal data (개인정보의 안전성 확보조치 기준, article 8). hub/personal/log owns these tables; docs/access-log.md says how they hold.

-- One row for each time that data of persons was given out: a page, a list, a file, a reply.
create table access_entries (
  id bigint generated always as identity,
  at timestamptz not null,
  -- The login of a person, or the key of a program.
  actor text not null,
  -- The agency of that person or program. Empty: the hub itself.
  agency text not null,
  way text not null,
  -- The address that the request came from. Empty: this machine's command line.
  address text not null,
  act text not null,
  purpose text not null,
  -- The route or command, without anything that was typed.
  place text not null,
  -- Whose: the complaints whose persons were shown, or the raw items where no complaint came of them yet.
  subjects uuid[] not null,
  -- What of them: name, contact, text, files, history, notices.
  items text[] not null,
  masked boolean not null,
  -- Asked for where data leaves the hub as a file. Empty: not asked.
  reason text not null,
  -- SHA-256 over all of the above but the id.
  digest bytea not null,
  primary key (id, at)
) partition by range (at);
-- Who saw this person's data.
create index access_entries_subjects on access_entries using gin (subjects);
-- Whose data did this account see between two times.
create index access_entries_actor on access_entries (actor, at);
-- The monthly review reads what left the hub as a file.
create index access_entries_given on access_entries (at, id) where reason <> '';
-- An alert tells of what nobody foresaw.
create index access_entries_unforeseen on access_entries (at) where purpose = 'unforeseen';

-- Entries that no seal holds yet: those of the last seconds. Its rows go when they are sealed.
create table access_unsealed (
  id bigint primary key,
  at timestamptz not null
);

-- A hash chain for each month (Asia/Seoul). A seal holds some hundred entries: its hash covers theirs and that of the seal before.
create table access_seals (
  month text not null,
  number bigint not null,
  at timestamptz not null,
  entries bigint[] not null,
  hash bytea not null,
  primary key (month, number)
) partition by list (month);

-- Once a day: where the chain of each month ends, signed with the hub's key, in a chain of their own. Kept for ever.
create table access_anchors (
  number bigint primary key,
  at timestamptz not null,
  -- The day that it closes, in Korea: 2026-11-30.
  day text not null,
  -- Month, last seal, its hash, and the number of entries up to it.
  heads jsonb not null,
  -- Months that were removed because their time was over.
  dropped text[] not null,
  previous bytea not null,
  hash bytea not null,
  public_key text not null,
  signature text not null
);

create function refuse_change_of_access_log() returns trigger language plpgsql as $$
begin
  raise exception 'the access log is never changed or removed (% on %)', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger access_entries_stay before update or delete on access_entries
  for each row execute function refuse_change_of_access_log();
create trigger access_seals_stay before update or delete on access_seals
  for each row execute function refuse_change_of_access_log();
create trigger access_anchors_stay before update or delete on access_anchors
  for each row execute function refuse_change_of_access_log();
create trigger access_anchors_whole before truncate on access_anchors
  for each statement execute function refuse_change_of_access_log();

-- Makes the tables of a month and of the two after it. A trigger on the whole table does not hold for truncating one month of it.
create function make_access_months(first date) returns void language plpgsql as $$
declare
  begins date;
  named text;
begin
  for ahead in 0..2 loop
    begins := (date_trunc('month', first) + make_interval(months => ahead))::date;
    named := to_char(begins, 'YYYY_MM');
    continue when to_regclass('public.access_seals_' || named) is not null;
    execute format('create table %I partition of access_entries for values from (%L) to (%L)', 'access_entries_' || named,
      begins::timestamp at time zone 'Asia/Seoul', (begins + interval '1 month') at time zone 'Asia/Seoul');
    execute format('create table %I partition of access_seals for values in (%L)', 'access_seals_' || named, to_char(begins, 'YYYY-MM'));
    execute format('create trigger whole before truncate on access_entries_%s for each statement execute function refuse_change_of_access_log()', named);
    execute format('create trigger whole before truncate on access_seals_%s for each statement execute function refuse_change_of_access_log()', named);
  end loop;
end $$;
select make_access_months((now() at time zone 'Asia/Seoul')::date);
