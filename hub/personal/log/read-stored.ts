import type { Queryable } from '../../store/database.ts';
import type { Anchor, Head, Seal } from './chain.ts';
import type { StoredEntry } from './entry.ts';

const micro = (column: string) => `(extract(epoch from ${column}) * 1000000)::bigint::text`;

/** Each column of an entry, as it is hashed. */
const entryColumns = `id::text, ${micro('at')} as at, actor, agency, way, address, act, purpose, place,
  subjects::text[], items, masked, reason, encode(digest, 'hex') as digest`;

/** Entries by their ids, in the order of these. An id without an entry is left out. */
export async function readEntries(
  store: Queryable,
  ids: readonly string[],
): Promise<Map<string, StoredEntry>> {
  const { rows } = await store.query<StoredEntry>(
    `select ${entryColumns} from access_entries where id = any($1::bigint[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** The entries about one complaint, the oldest first. */
export async function readEntriesOf(store: Queryable, complaintId: string): Promise<StoredEntry[]> {
  const { rows } = await store.query<StoredEntry>(
    `select ${entryColumns} from access_entries where subjects && array[$1::uuid] order by access_entries.at, access_entries.id`,
    [complaintId],
  );
  return rows;
}

/** The seals that hold one of these entries, by month and number. */
export async function readSealsOf(store: Queryable, ids: readonly string[]): Promise<Seal[]> {
  const { rows } = await store.query<Seal>(
    `select ${sealColumns} from access_seals where entries && $1::bigint[] order by month, access_seals.number`,
    [ids],
  );
  return rows;
}

const sealColumns = `month, number::text, ${micro('at')} as at, entries::text[], encode(hash, 'hex') as hash`;

export async function readSeals(
  store: Queryable,
  month: string,
  after: string,
  most: number,
): Promise<Seal[]> {
  const { rows } = await store.query<Seal>(
    `select ${sealColumns} from access_seals where month = $1 and number > $2 order by number limit $3`,
    [month, after, most],
  );
  return rows;
}

export async function findLastSeal(store: Queryable, month: string): Promise<Seal | undefined> {
  const { rows } = await store.query<Seal>(
    `select ${sealColumns} from access_seals where month = $1 order by number desc limit 1`,
    [month],
  );
  return rows[0];
}

export async function readAnchors(store: Queryable, after: string, most: number): Promise<Anchor[]> {
  const { rows } = await store.query<Anchor>(
    `select number::text, ${micro('at')} as at, day, heads, dropped, encode(previous, 'hex') as previous,
       encode(hash, 'hex') as hash, public_key as "publicKey", signature
     from access_anchors where number > $1 order by number limit $2`,
    [after, most],
  );
  return rows;
}

export async function findLastAnchor(store: Queryable): Promise<Anchor | undefined> {
  const { rows } = await store.query<{ number: string }>(
    'select max(number)::text as number from access_anchors',
  );
  const number = rows[0]?.number;
  if (!number) return undefined;
  return (await readAnchors(store, String(BigInt(number) - 1n), 1))[0];
}

/** Where each chain ends now. */
export async function readHeads(store: Queryable): Promise<Head[]> {
  const { rows } = await store.query<Head>(
    `select distinct on (month) month, number::text, encode(hash, 'hex') as hash,
       (sum(cardinality(entries)) over (partition by month))::int as entries
     from access_seals order by month, number desc`,
  );
  return rows;
}

/** The months of which there are tables. */
export async function listKeptMonths(store: Queryable): Promise<string[]> {
  const { rows } = await store.query<{ month: string }>(
    `select translate(substr(relname, 16), '_', '-') as month from pg_class
     where relname ~ '^access_entries_\\d{4}_\\d{2}$' and relnamespace = 'public'::regnamespace order by 1`,
  );
  return rows.map(({ month }) => month);
}

/** Entries that no seal names. `marked`: they wait for one. */
export async function readLoose(
  store: Queryable,
  most: number,
): Promise<{ entry: StoredEntry; marked: boolean }[]> {
  const { rows } = await store.query<StoredEntry & { marked: boolean }>(
    `select ${entryColumns.replace('id::text', 'e.id::text').replaceAll('(epoch from at)', '(epoch from e.at)')},
       u.id is not null as marked
     from access_entries e
     left join (select unnest(entries) as sealed from access_seals) s on s.sealed = e.id
     left join access_unsealed u on u.id = e.id
     where s.sealed is null order by e.id limit $1`,
    [most],
  );
  return rows.map(({ marked, ...entry }) => ({ entry, marked }));
}
