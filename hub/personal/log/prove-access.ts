import type { Queryable } from '../../store/database.ts';
import { byIndex } from './ask-log.ts';
import type { Anchor, Seal } from './chain.ts';
import { beginning, hashSeal } from './chain.ts';
import { type StoredEntry, sha256 } from './entry.ts';
import { type SealedEntry, toListText } from './hashed-text.ts';
import { readAnchors, readEntriesOf, readSeals, readSealsOf } from './read-stored.ts';

/** Who saw one complaint's data, with what proves that the log held it so. */
export interface AccessProof {
  /** The oldest first. */
  entries: StoredEntry[];
  /** By month and number. */
  seals: ProofSeal[];
  anchors: Anchor[];
}

/** A seal as a proof holds it: what is needed to follow the chain to an anchor. */
export interface ProofSeal {
  month: string;
  number: string;
  at: string;
  /** The hash of the seal before it. */
  previous: string;
  hash: string;
  /** Of a seal that holds entries of the complaint, or was hashed in the first way: its entries. */
  entries?: SealedEntry[];
  /** Of the others: the hash of its list. */
  list?: string;
}

/** Seals that are read at once. */
const page = 100;

/**
 * The entries about a complaint, the seals that hold them, and the seals from there to the next anchor: an anchor that somebody
 * kept elsewhere then proves the entries. What is too young for an anchor has none. Runs in the caller's transaction.
 */
export async function proveAccess(transaction: Queryable, complaintId: string): Promise<AccessProof> {
  await transaction.query(byIndex);
  const entries = await readEntriesOf(transaction, complaintId);
  const ids = entries.map(({ id }) => id);
  const holding = await readSealsOf(transaction, ids);
  const proof: AccessProof = { entries, seals: [], anchors: [] };
  const anchors = new Map<string, Anchor>();
  const held = new Set(holding.map(nameOf));
  let done: Pick<Seal, 'month' | 'number'> | undefined;
  for (const seal of holding) {
    if (done?.month === seal.month && BigInt(done.number) >= BigInt(seal.number)) continue;
    const anchor = await findAnchorAfter(transaction, seal);
    if (anchor) anchors.set(anchor.number, anchor);
    const to = anchor?.heads.find(({ month }) => month === seal.month)?.number ?? seal.number;
    proof.seals.push(...(await readChain(transaction, { ...seal, to }, held)));
    done = { month: seal.month, number: to };
  }
  return { ...proof, anchors: [...anchors.values()] };
}

const nameOf = ({ month, number }: Pick<Seal, 'month' | 'number'>): string => `${month}/${number}`;

/** The first anchor that says where the chain of the month ended at this seal or later. */
async function findAnchorAfter(
  store: Queryable,
  { month, number }: Pick<Seal, 'month' | 'number'>,
): Promise<Anchor | undefined> {
  const { rows } = await store.query<{ number: string }>(
    `select a.number::text from access_anchors a, jsonb_array_elements(a.heads) as head
     where head ->> 'month' = $1 and (head ->> 'number')::bigint >= $2 order by a.number limit 1`,
    [month, number],
  );
  const found = rows[0]?.number;
  return found === undefined ? undefined : (await readAnchors(store, String(BigInt(found) - 1n), 1))[0];
}

/** The seals of a month from a number to another. Those that hold nothing of the complaint say their list's hash alone. */
async function readChain(
  store: Queryable,
  { month, number, to }: { month: string; number: string; to: string },
  held: ReadonlySet<string>,
): Promise<ProofSeal[]> {
  const [first] = await readSeals(store, month, String(BigInt(number) - 2n), 1);
  let previous = first && BigInt(first.number) === BigInt(number) - 1n ? first.hash : beginning;
  const chain: ProofSeal[] = [];
  for (let after = BigInt(number) - 1n; after < BigInt(to); ) {
    const left = Number(BigInt(to) - after);
    const seals = await readSeals(store, month, String(after), Math.min(page, left));
    if (seals.length === 0) break;
    const digests = await readDigests(
      store,
      seals.flatMap((seal) => seal.entries),
    );
    for (const { entries: ids, ...seal } of seals) {
      const entries = ids.map((id) => ({ id, digest: digests.get(id) ?? '' }));
      const isNamed = held.has(nameOf(seal)) || hashSeal(seal, previous, entries) !== seal.hash;
      chain.push({ ...seal, previous, ...(isNamed ? { entries } : { list: sha256(toListText(entries)) }) });
      previous = seal.hash;
      after = BigInt(seal.number);
    }
  }
  return chain;
}

async function readDigests(store: Queryable, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await store.query<SealedEntry>(
    `select id::text, encode(digest, 'hex') as digest from access_entries where id = any($1::bigint[])`,
    [ids],
  );
  return new Map(rows.map(({ id, digest }) => [id, digest]));
}
