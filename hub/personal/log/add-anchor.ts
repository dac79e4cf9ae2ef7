import type { Signer } from '../../access/keys/signing-key.ts';
import { inTransaction, type Queryable, type Store } from '../../store/database.ts';
import { type Anchor, beginning, hashAnchor } from './chain.ts';
import { toMicroseconds } from './entry.ts';
import { toDay, toPartName, toSpan } from './months.ts';
import { findLastAnchor, listKeptMonths, readHeads } from './read-stored.ts';

const dayLong = 24 * 60 * 60_000;

/**
 * Signs where the chains end, once for each day that is over. Undefined: yesterday's anchor is there. The caller sees to
 * it that one process at a time does so.
 */
export async function addDailyAnchor(
  store: Pick<Store, 'pool'>,
  signer: Signer,
  now = new Date(),
): Promise<Anchor | undefined> {
  const day = toDay(new Date(now.getTime() - dayLong));
  const last = await findLastAnchor(store.pool);
  if (last && last.day >= day) return undefined;
  return inTransaction(store.pool, (client) => addAnchor(client, signer, { day, now, dropped: [] }));
}

export async function addAnchor(
  client: Queryable,
  signer: Signer,
  { day, now, dropped }: { day: string; now: Date; dropped: string[] },
): Promise<Anchor> {
  const last = await findLastAnchor(client);
  const anchor = {
    number: String(BigInt(last?.number ?? 0) + 1n),
    at: toMicroseconds(now),
    day,
    heads: await readHeads(client),
    dropped,
    previous: last?.hash ?? beginning,
    publicKey: signer.publicKey,
  };
  const hash = hashAnchor(anchor);
  const signature = signer.sign(hash);
  await client.query(
    `insert into access_anchors (number, at, day, heads, dropped, previous, hash, public_key, signature)
     values ($1, $2, $3, $4, $5, decode($6, 'hex'), decode($7, 'hex'), $8, $9)`,
    [
      anchor.number,
      now,
      day,
      JSON.stringify(anchor.heads),
      dropped,
      anchor.previous,
      hash,
      anchor.publicKey,
      signature,
    ],
  );
  return { ...anchor, hash, signature };
}

/** Persons from whom on the log is kept two years (안전성 확보조치 기준, article 8, paragraph 1). */
const manyPersons = 50_000;

/**
 * The years that the log is kept: one, if that was chosen and there are few persons, else two. The number of complaints is
 * the planner's estimate, which says no less than that of persons.
 */
export async function toYearsKept({ pool }: Pick<Store, 'pool'>, chosen: '1' | '2'): Promise<1 | 2> {
  if (chosen === '2') return 2;
  const { rows } = await pool.query<{ many: boolean }>(
    "select reltuples >= $1 as many from pg_class where oid = 'public.complaints'::regclass",
    [manyPersons],
  );
  return rows[0]?.many === false ? 1 : 2;
}

/**
 * Removes the months whose time is over. The anchor that says so is signed before, in the same transaction: the rest can
 * still be verified, and a month that is missing without such an anchor shows. Resolves with the months.
 */
export async function dropOldMonths(
  store: Pick<Store, 'pool'>,
  signer: Signer,
  years: 1 | 2,
  now = new Date(),
): Promise<string[]> {
  return inTransaction(store.pool, async (client) => {
    const months = await listKeptMonths(client);
    const over = months.filter((month) => {
      const end = toSpan(month).to;
      return end.setUTCFullYear(end.getUTCFullYear() + years) <= now.getTime();
    });
    if (over.length === 0) return [];
    await addAnchor(client, signer, { day: toDay(new Date(now.getTime() - dayLong)), now, dropped: over });
    for (const month of over)
      await client.query(
        `drop table ${toPartName('access_entries', month)}, ${toPartName('access_seals', month)}`,
      );
    return over;
  });
}
