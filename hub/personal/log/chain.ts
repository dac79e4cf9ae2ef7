import { sha256 } from './entry.ts';

/** What a chain begins with. */
export const beginning = '0'.repeat(64);

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

/** The hash of a seal: over its own fields, the seal before it, and the id and digest of each entry. */
export const hashSeal = (
  { month, number, at }: Omit<Seal, 'hash' | 'entries'>,
  previous: string,
  entries: readonly { id: string; digest: string }[],
): string =>
  sha256(JSON.stringify([month, number, at, previous, entries.map(({ id, digest }) => [id, digest])]));

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

export const hashAnchor = (anchor: Omit<Anchor, 'hash' | 'signature'>): string =>
  sha256(
    JSON.stringify([
      anchor.number,
      anchor.at,
      anchor.day,
      anchor.heads.map(({ month, number, hash, entries }) => [month, number, hash, entries]),
      anchor.dropped,
      anchor.previous,
      anchor.publicKey,
    ]),
  );
