import type { Anchor } from '../../personal/log/chain.ts';
import {
  toAnchorText,
  toEarlySealText,
  toEntryText,
  toListText,
  toSealText,
} from '../../personal/log/hashed-text.ts';
import type { AccessProof, ProofSeal } from '../../personal/log/prove-access.ts';
import { fromBase64, sha256, toBytes } from './canonical.ts';
import { importKey } from './certificate-key.ts';
import type { Tell } from './fault.ts';

/** How far the entries are bound. */
export interface AccessFound {
  entries: number;
  /** In a seal whose chain leads to an anchor. */
  anchored: number;
  /** Written so shortly before the bundle that no seal or anchor was made yet. */
  waiting: number;
  /** The anchors: who kept one elsewhere compares its hash. */
  anchors: { number: string; day: string; hash: string; publicKey: string }[];
}

/**
 * Verifies that each entry is in its seal, and that the chain of seals leads to a signed anchor. Entries of the last
 * moments have no seal yet, and seals of the last day no anchor.
 */
export async function verifyAccess(
  { entries, seals, anchors }: AccessProof,
  tell: Tell,
): Promise<AccessFound> {
  for (const anchor of anchors) await verifyAnchor(anchor, tell);
  const anchored = await followSeals(seals, anchors, tell);
  const bound = new Map<string, { digest: string; isAnchored: boolean }>();
  for (const seal of seals)
    for (const { id, digest } of seal.entries ?? [])
      bound.set(id, { digest, isAnchored: anchored.has(seal) });
  const found: AccessFound = { entries: entries.length, anchored: 0, waiting: 0, anchors: [] };
  for (const { id, digest, ...entry } of entries) {
    const place = `access/${id}`;
    const sealed = bound.get(id);
    if ((await sha256(toEntryText(entry))) !== digest || (sealed && sealed.digest !== digest))
      tell('entry_changed', place);
    else if (sealed?.isAnchored) found.anchored += 1;
    else found.waiting += 1;
  }
  found.anchors = anchors.map(({ number, day, hash, publicKey }) => ({ number, day, hash, publicKey }));
  return found;
}

async function verifyAnchor(anchor: Anchor, tell: Tell): Promise<void> {
  const place = `anchor/${anchor.number}`;
  const { hash, signature, ...signed } = anchor;
  if ((await sha256(toAnchorText(signed))) !== hash) tell('anchor_changed', place);
  const [spki, bytes] = [fromBase64(anchor.publicKey), fromBase64(signature)];
  const isSigned =
    spki !== undefined &&
    bytes !== undefined &&
    (await importKey(spki)
      .then(({ key }) => crypto.subtle.verify('Ed25519', key, bytes, toBytes(hash)))
      // What is no key has signed nothing.
      .catch(() => false));
  if (!isSigned) tell('anchor_not_signed', place);
}

/** The seals from which the chain leads to an anchor. */
async function followSeals(
  seals: readonly ProofSeal[],
  anchors: readonly Anchor[],
  tell: Tell,
): Promise<Set<ProofSeal>> {
  const heads = new Map(
    anchors.flatMap((anchor) => anchor.heads.map((head) => [`${head.month}/${head.number}`, head.hash])),
  );
  const anchored = new Set<ProofSeal>();
  /** Seals before the next anchor, each the follower of the one before. */
  let run: ProofSeal[] = [];
  for (const seal of seals) {
    const name = `${seal.month}/${seal.number}`;
    const before = run.at(-1);
    if (before && !isNext(before, seal)) run = [];
    else if (before && before.hash !== seal.previous) tell('seal_changed', `seal/${name}`);
    if (!(await isHashed(seal))) tell('seal_changed', `seal/${name}`);
    run.push(seal);
    const head = heads.get(name);
    if (head === undefined) continue;
    if (head !== seal.hash) tell('other_than_anchor', `seal/${name}`);
    else for (const one of run) anchored.add(one);
    run = [seal];
  }
  return anchored;
}

const isNext = (one: ProofSeal, other: ProofSeal): boolean =>
  one.month === other.month && BigInt(other.number) === BigInt(one.number) + 1n;

async function isHashed(seal: ProofSeal): Promise<boolean> {
  const { previous, hash, entries, list } = seal;
  const ways = [
    toSealText(seal, previous, entries ? await sha256(toListText(entries)) : (list ?? '')),
    ...(entries ? [toEarlySealText(seal, previous, entries)] : []),
  ];
  const hashes = await Promise.all(ways.map(sha256));
  return hashes.includes(hash);
}
