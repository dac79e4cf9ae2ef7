/** The one file that writes `reseals`. It seals rows anew, in batches, and goes on where it stopped. */
import type pg from 'pg';
import { inTransaction, type Queryable } from '../database.ts';
import { Keyed } from './keyed.ts';
import { type SealedTable, sealedTables } from './sealed-tables.ts';
import { sealedPrefix } from './sealed-text.ts';

/** A walk over the tables, for people. */
export interface Reseal {
  number: number;
  askedBy: string;
  askedAt: Date;
  startsAt: Date;
  /** The table that it has come to. Null: it has not begun, or only contents of attachments are left. */
  place: string | null;
  /** Rows that it looked at, and those that it sealed anew. */
  looked: string;
  sealed: string;
  finishedAt: Date | null;
}

interface Running {
  number: number;
  old_keys: string[];
  place: string | null;
  last_key: string[] | null;
}

/** Rows that one transaction locks: the exchange waits for none of them for long. */
const batch = 100;
const schemas = ['public', 'trial', 'rehearsal'] as const;

/** Tables of the shadows are those that exist there. */
const placesText = `
select s.name || '.' || t.name as place from unnest($1::text[]) with ordinality as s(name, n)
cross join unnest($2::text[]) with ordinality as t(name, n)
where to_regclass(s.name || '.' || t.name) is not null order by s.n, t.n`;

const keyText = `
select a.attname as name, format_type(a.atttypid, a.atttypmod) as type from pg_index i
join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
where i.indrelid = $1::regclass and i.indisprimary order by array_position(i.indkey::int[], a.attnum::int)`;

export async function listReseals(pool: Queryable): Promise<Reseal[]> {
  const { rows } = await pool.query<Reseal>(
    `select number, asked_by as "askedBy", asked_at as "askedAt", starts_at as "startsAt", place, looked, sealed,
       finished_at as "finishedAt" from reseals order by number desc limit 10`,
  );
  return rows;
}

/**
 * Asks for everything to be sealed with the newest keys, once they are in use. Resolves with when it begins. Undefined: one
 * is under way already.
 */
export async function askReseal(pool: pg.Pool, by: string): Promise<Date | undefined> {
  const { rows } = await pool.query<{ at: Date }>(
    `with newest as (
       select distinct on (purpose) id, active_from from data_keys where purpose <> 'marks' order by purpose, active_from desc, id)
     insert into reseals (asked_by, starts_at, old_keys)
     select $1, greatest(now(), (select max(active_from) from newest)),
       array(select id from data_keys where purpose <> 'marks' and id not in (select id from newest))
     where not exists (select from reseals where finished_at is null)
     returning starts_at as at`,
    [by],
  );
  return rows[0]?.at;
}

/** Words that were indexed before sealing are indexed anew, as those of new complaints. */
const wordsText = `
insert into unindexed (complaint_id, later) select t.complaint_id, true from complaint_terms t where not t.keyed
  and not exists (select from unindexed u where u.complaint_id = t.complaint_id) limit 1000`;

/**
 * Seals one batch anew. `files`: seals some contents of attachments anew, and resolves with false when none is left.
 * `nothing`: there is nothing to do now.
 */
export async function resealBatch(
  pool: pg.Pool,
  files: (oldKeys: string[]) => Promise<boolean>,
): Promise<'more' | 'nothing' | 'finished'> {
  const { rows } = await pool.query<Running>(
    `select number, old_keys, place, last_key from reseals where finished_at is null and starts_at <= now()
     order by number limit 1`,
  );
  const [running] = rows;
  if (!running) return 'nothing';
  const tables = sealedTables.map(({ table }) => table);
  const { rows: found } = await pool.query<{ place: string }>(placesText, [schemas, tables]);
  const places = found.map(({ place }) => place);
  const place = running.place ?? places[0];
  const table = sealedTables.find((one) => one.table === place?.split('.')[1]);
  if (place && table && running.place !== afterTables) {
    const next = places[places.indexOf(place) + 1] ?? afterTables;
    await walk(pool, running, { place, table, next });
    return 'more';
  }
  if ((await files(running.old_keys)) || ((await pool.query(wordsText)).rowCount ?? 0) > 0) return 'more';
  // The words of the last complaints are indexed a moment later.
  const { rowCount } = await pool.query(
    `update reseals set finished_at = now(), place = null, last_key = null
     where number = $1 and not exists (select from complaint_terms where not keyed)`,
    [running.number],
  );
  return rowCount === 1 ? 'finished' : 'nothing';
}

const afterTables = 'attachments and words';

async function walk(
  pool: pg.Pool,
  { number, old_keys, last_key }: Running,
  { place, table, next }: { place: string; table: SealedTable; next: string },
): Promise<void> {
  await inTransaction(pool, async (client) => {
    const { rows: key } = await client.query<{ name: string; type: string }>(keyText, [place]);
    const names = key.map(({ name }) => name);
    const rows = await readBatch(client, { place, table, key, last: last_key, oldKeys: old_keys });
    const due = rows.filter((row) => row['is due'] === true);
    for (const row of due) await write(client, place, table, key, row);
    const last = rows.at(-1);
    const isOver = rows.length < batch;
    await client.query(
      `update reseals set place = $2, last_key = $3, looked = looked + $4, sealed = sealed + $5 where number = $1`,
      [
        number,
        isOver ? next : place,
        isOver || !last ? null : JSON.stringify(names.map((name) => last[`key ${name}`])),
        ...[rows.length, due.length],
      ],
    );
  });
}

/** The next rows in the order of their keys, locked. `is due`: some of it is in the clear, or sealed with an old key. */
async function readBatch(
  client: Queryable,
  read: {
    place: string;
    table: SealedTable;
    key: { name: string; type: string }[];
    last: string[] | null;
    oldKeys: string[];
  },
): Promise<Record<string, unknown>[]> {
  const { place, table, key, last, oldKeys } = read;
  const names = key.map(({ name }) => `"${name}"`).join(', ');
  const beyond = last
    ? `where (${names}) > (${key.map(({ type }, n) => `$${n + 2}::text::${type}`).join(', ')})`
    : '';
  const isDue = table.columns.map(
    (name) =>
      `"${name}" is not null and (position('${sealedPrefix}' in "${name}"::text) = 0 or "${name}"::text ~ nullif($1::text, ''))`,
  );
  // Only what is due is read: opening the rest would cost more than the walk.
  const due = `coalesce(${isDue.map((one) => `(${one})`).join(' or ')}, false)`;
  const old = oldKeys.length > 0 ? `\\$sealed1\\$[tj](${oldKeys.join('|')})\\$` : '';
  const { rows } = await client.query<Record<string, unknown>>(
    `select ${key.map(({ name }) => `"${name}"::text as "key ${name}"`).join(', ')},
       ${due} as "is due",
       ${table.columns.map((name) => `case when ${due} then "${name}" end as "${name}"`).join(', ')}
     from ${place} ${beyond} order by ${names} limit ${batch} for update`,
    [old, ...(last ?? [])],
  );
  return rows;
}

async function write(
  client: Queryable,
  place: string,
  table: SealedTable,
  key: { name: string; type: string }[],
  row: Record<string, unknown>,
): Promise<void> {
  const written = [...table.columns, ...(extraColumns[table.table] ?? [])];
  let made: Record<string, unknown> | undefined;
  const toValue = (name: string) =>
    new Keyed((keys) => {
      made ??= table.seal(keys, row);
      return made[name];
    });
  await client.query(
    `update ${place} set ${written.map((name, n) => `"${name}" = $${n + 1}`).join(', ')}
     where ${key.map(({ name, type }, n) => `"${name}" = $${written.length + n + 1}::text::${type}`).join(' and ')}`,
    [...written.map(toValue), ...key.map(({ name }) => row[`key ${name}`])],
  );
}

/** Marks, which are written beside what they are of. */
const extraColumns: Record<string, readonly string[]> = {
  complaints: ['phone_mark', 'email_mark'],
  notices: ['recipient_mark'],
};
