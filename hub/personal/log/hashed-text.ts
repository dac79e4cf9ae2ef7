/**
 * What the hashes of the access log are over, as text. Without I/O and without Node: a browser verifies by it, too
 * (hub/evidence/verify).
 */

/** An entry as it is stored, with its time in microseconds: a change of the smallest part of it has to show. */
export interface StoredEntry {
  id: string;
  /** Microseconds since 1970. */
  at: string;
  actor: string;
  agency: string;
  way: string;
  address: string;
  act: string;
  purpose: string;
  place: string;
  subjects: string[];
  items: string[];
  masked: boolean;
  reason: string;
  /** Hexadecimal, in small letters. */
  digest: string;
}

/** Some hundred entries of a month, in the order in which they were sealed. */
export interface Seal {
  /** In Korea: 2026-11. */
  month: string;
  /** From 1, without a gap. */
  number: string;
  /** Microseconds since 1970. */
  at: string;
  /** Ids of entries. */
  entries: string[];
  /** Hexadecimal. */
  hash: string;
}

/** Where the chain of a month ended when an anchor was made. */
export interface Head {
  month: string;
  number: string;
  hash: string;
  /** Entries of the month up to there. */
  entries: number;
}

/** The ends of all chains on one day, signed. Anchors are a chain, too. */
export interface Anchor {
  number: string;
  /** Microseconds since 1970. */
  at: string;
  /** The day that it closes, in Korea: 2026-11-30. */
  day: string;
  heads: Head[];
  /** Months that were removed with it, because their time was over. */
  dropped: string[];
  /** The hash of the anchor before it. */
  previous: string;
  hash: string;
  /** Ed25519 (RFC 8032), SPKI in base64. */
  publicKey: string;
  /** Of the hash, in base64. */
  signature: string;
}

/** Each field of an entry but the id, which the seal binds to the digest. */
export const toEntryText = (entry: Omit<StoredEntry, 'id' | 'digest'>): string =>
  JSON.stringify([
    entry.at,
    entry.actor,
    entry.agency,
    entry.way,
    entry.address,
    entry.act,
    entry.purpose,
    entry.place,
    entry.subjects,
    entry.items,
    entry.masked,
    entry.reason,
  ]);

/** An entry as a seal holds it. */
export interface SealedEntry {
  id: string;
  digest: string;
}

/** The entries of a seal, in its order. */
export const toListText = (entries: readonly SealedEntry[]): string =>
  JSON.stringify(entries.map(({ id, digest }) => [id, digest]));

/**
 * A seal: its own fields, the seal before it, and the hash of its list. So a chain can be followed over a seal of which only
 * that hash is known.
 */
export const toSealText = (
  { month, number, at }: Pick<Seal, 'month' | 'number' | 'at'>,
  previous: string,
  list: string,
): string => JSON.stringify([month, number, at, previous, list]);

/** A seal as it was hashed at first, with the whole list in it. */
export const toEarlySealText = (
  { month, number, at }: Pick<Seal, 'month' | 'number' | 'at'>,
  previous: string,
  entries: readonly SealedEntry[],
): string => JSON.stringify([month, number, at, previous, entries.map(({ id, digest }) => [id, digest])]);

export const toAnchorText = (anchor: Omit<Anchor, 'hash' | 'signature'>): string =>
  JSON.stringify([
    anchor.number,
    anchor.at,
    anchor.day,
    anchor.heads.map(({ month, number, hash, entries }) => [month, number, hash, entries]),
    anchor.dropped,
    anchor.previous,
    anchor.publicKey,
  ]);
