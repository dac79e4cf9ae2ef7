import { createPublicKey, verify } from 'node:crypto';
import { type Anchor, beginning, type Head, hashAnchor, isSealed, type Seal } from './chain.ts';
import { digestEntry, type StoredEntry } from './entry.ts';
import { toSpan } from './months.ts';

/** The log piece by piece: seals by month and number, then what no seal holds, then the anchors by number. */
export type LogPart =
  | { kind: 'seal'; seal: Seal; entries: Map<string, StoredEntry> }
  | { kind: 'loose'; entry: StoredEntry; marked: boolean }
  | { kind: 'anchor'; anchor: Anchor }
  /** A piece of a file that cannot be read. */
  | { kind: 'unreadable'; place: string };

/** What shows that the log is not as it was written. */
type LogFault =
  | 'entry_changed'
  | 'entry_missing'
  | 'entry_not_sealed'
  | 'seal_changed'
  | 'seal_missing'
  | 'anchor_changed'
  | 'anchor_missing'
  | 'anchor_not_signed'
  | 'anchor_of_foreign_key'
  | 'month_missing'
  | 'month_dropped_early'
  | 'other_than_anchor'
  | 'unreadable';

export interface LogProblem {
  fault: LogFault;
  /** What it is: `entry 1204`, `2026-11 seal 7`, `anchor 12`. */
  place: string;
}

export interface Verified {
  entries: number;
  seals: number;
  anchors: number;
  /** The last day with an anchor. What came later is held by the chain alone. */
  anchoredUntil: string | undefined;
  /** At most {@link mostProblems}. */
  problems: LogProblem[];
}

export const mostProblems = 10_000;

/** The least years before a month may be removed (안전성 확보조치 기준, article 8, paragraph 1). */
const leastYears = 1;
/** Microseconds after which an entry has its seal, if the hub runs. */
const sealedWithin = 5n * 60n * 1_000_000n;

/**
 * Verifies the whole log. `keys`: the public keys (SPKI in base64) that may have signed anchors. `now`: entries that wait for
 * their seal for long are a problem. Undefined: it is a file, in which none are.
 */
export async function verifyLog(
  parts: AsyncIterable<LogPart> | Iterable<LogPart>,
  keys: readonly string[],
  now: Date | undefined,
): Promise<Verified> {
  const problems: LogProblem[] = [];
  const tell = (fault: LogFault, place: string) => {
    if (problems.length < mostProblems) problems.push({ fault, place });
  };
  const chains = createChains(tell);
  const anchors = createAnchorChain(tell, keys, chains.heads);
  let loose = 0;
  for await (const part of parts) {
    if (part.kind === 'unreadable') tell('unreadable', part.place);
    else if (part.kind === 'seal') chains.add(part.seal, part.entries);
    else if (part.kind === 'anchor') anchors.add(part.anchor);
    else {
      loose += 1;
      judgeLoose(part, now, tell);
    }
  }
  anchors.end();
  return {
    entries: chains.count() + loose,
    seals: [...chains.heads.values()].reduce((sum, of) => sum + of.size, 0),
    anchors: anchors.count(),
    anchoredUntil: anchors.last()?.day,
    problems,
  };
}

type Tell = (fault: LogFault, place: string) => void;
/** By month and number: the hash of a seal, and the entries up to it. */
type Heads = Map<string, Map<string, { hash: string; entries: number }>>;

const isWhole = ({ id: _id, digest, ...entry }: StoredEntry): boolean => digestEntry(entry) === digest;

function judgeLoose(
  { entry, marked }: { entry: StoredEntry; marked: boolean },
  now: Date | undefined,
  tell: Tell,
): void {
  if (!isWhole(entry)) tell('entry_changed', `entry ${entry.id}`);
  const isLate = now !== undefined && BigInt(now.getTime()) * 1000n - BigInt(entry.at) > sealedWithin;
  if (!marked || isLate) tell('entry_not_sealed', `entry ${entry.id}`);
}

function createChains(tell: Tell) {
  const heads: Heads = new Map();
  const last = new Map<string, Seal>();
  let count = 0;
  return {
    heads,
    count: () => count,
    add(seal: Seal, found: Map<string, StoredEntry>) {
      const place = `${seal.month} seal ${seal.number}`;
      const before = last.get(seal.month);
      const follows = BigInt(seal.number) === BigInt(before?.number ?? 0) + 1n;
      if (!follows) tell('seal_missing', `before ${place}`);
      const those = seal.entries.map((id) => {
        const entry = found.get(id);
        if (!entry) tell('entry_missing', `entry ${id}`);
        else if (!isWhole(entry)) tell('entry_changed', `entry ${id}`);
        return { id, digest: entry?.digest ?? '' };
      });
      // A gap was told already: the seal after it cannot be compared with what is gone.
      if (follows && !isSealed(seal, before?.hash ?? beginning, those)) tell('seal_changed', place);
      count += seal.entries.length;
      last.set(seal.month, seal);
      const of = heads.get(seal.month) ?? new Map<string, { hash: string; entries: number }>();
      const entries = (of.get(before?.number ?? '')?.entries ?? 0) + seal.entries.length;
      heads.set(seal.month, of.set(seal.number, { hash: seal.hash, entries }));
    },
  };
}

function createAnchorChain(tell: Tell, keys: readonly string[], heads: Heads) {
  let last: Anchor | undefined;
  let count = 0;
  const named: { head: Head; place: string }[] = [];
  const dropped = new Set<string>();
  return {
    count: () => count,
    last: () => last,
    add(anchor: Anchor) {
      const place = `anchor ${anchor.number}`;
      count += 1;
      if (BigInt(anchor.number) !== BigInt(last?.number ?? 0) + 1n) tell('anchor_missing', `before ${place}`);
      else if (anchor.previous !== (last?.hash ?? beginning)) tell('anchor_changed', place);
      if (hashAnchor(anchor) !== anchor.hash) tell('anchor_changed', place);
      if (!keys.includes(anchor.publicKey)) tell('anchor_of_foreign_key', place);
      if (!isSigned(anchor)) tell('anchor_not_signed', place);
      for (const month of anchor.dropped) {
        dropped.add(month);
        if (!isOver(month, anchor)) tell('month_dropped_early', month);
      }
      named.push(...anchor.heads.map((head) => ({ head, place })));
      last = anchor;
    },
    /** Only now is known which months were removed rightly. */
    end() {
      for (const { head, place } of named) {
        const of = heads.get(head.month);
        if (!of) {
          if (!dropped.has(head.month)) tell('month_missing', `${head.month} in ${place}`);
          continue;
        }
        const seal = of.get(head.number);
        if (seal?.hash !== head.hash || seal.entries !== head.entries)
          tell('other_than_anchor', `${head.month} seal ${head.number} in ${place}`);
      }
    },
  };
}

function isOver(month: string, { at }: Anchor): boolean {
  const end = toSpan(month).to;
  return BigInt(end.setUTCFullYear(end.getUTCFullYear() + leastYears)) * 1000n <= BigInt(at);
}

function isSigned({ hash, signature, publicKey }: Anchor): boolean {
  const bytes = Buffer.from(signature, 'base64');
  // Base64 can be written in several ways, and only one is as it was.
  if (bytes.toString('base64') !== signature) return false;
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    return verify(null, Buffer.from(hash), key, bytes);
  } catch {
    // What is no key has signed nothing; that it is foreign is told beside.
    return false;
  }
}
