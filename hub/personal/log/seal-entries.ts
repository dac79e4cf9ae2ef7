import { inTransaction, type Queryable, type Store } from '../../store/database.ts';
import { beginning, hashSeal, type Seal } from './chain.ts';
import { type StoredEntry, toMicroseconds } from './entry.ts';
import { toMonth } from './months.ts';
import { findLastSeal, readEntries } from './read-stored.ts';

/** The most entries of a seal. */
const most = 500;

/**
 * Binds the entries of the last seconds into the chain of their month. Readers only add entries and wait for nobody; one
 * process at a time seals (the caller sees to it). Resolves with the number of entries.
 */
export async function sealEntries({ pool }: Pick<Store, 'pool'>, now = new Date()): Promise<number> {
  return inTransaction(pool, async (client) => {
    // An entry that is gone keeps its mark: `verify` tells of it.
    const { rows } = await client.query<{ id: string }>(
      `select u.id::text from access_unsealed u
       where exists (select from access_entries e where e.id = u.id and e.at = u.at) order by u.id limit $1`,
      [most],
    );
    if (rows.length === 0) return 0;
    const ids = rows.map(({ id }) => id);
    const found = await readEntries(client, ids);
    const entries = ids.flatMap((id) => found.get(id) ?? []);
    for (const [month, those] of byMonth(entries)) await addSeal(client, month, those, now);
    await client.query('delete from access_unsealed where id = any($1::bigint[])', [ids]);
    return ids.length;
  });
}

async function addSeal(client: Queryable, month: string, entries: StoredEntry[], now: Date): Promise<void> {
  const last = await findLastSeal(client, month);
  const number = String(BigInt(last?.number ?? 0) + 1n);
  const seal: Omit<Seal, 'hash' | 'entries'> = { month, number, at: toMicroseconds(now) };
  const hash = hashSeal(seal, last?.hash ?? beginning, entries);
  await client.query(
    `insert into access_seals (month, number, at, entries, hash) values ($1, $2, $3, $4, decode($5, 'hex'))`,
    [month, number, now, entries.map(({ id }) => id), hash],
  );
}

/** Months, the oldest first. */
function byMonth(entries: StoredEntry[]): [month: string, entries: StoredEntry[]][] {
  const months = new Map<string, StoredEntry[]>();
  for (const entry of entries) {
    const month = toMonth(new Date(Number(BigInt(entry.at) / 1000n)));
    const those = months.get(month);
    if (those) those.push(entry);
    else months.set(month, [entry]);
  }
  return [...months].sort(([one], [other]) => one.localeCompare(other));
}
