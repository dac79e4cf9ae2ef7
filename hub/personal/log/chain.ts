import { sha256 } from './entry.ts';
import {
  type Anchor,
  type Seal,
  type SealedEntry,
  toAnchorText,
  toEarlySealText,
  toListText,
  toSealText,
} from './hashed-text.ts';

export type { Anchor, Head, Seal } from './hashed-text.ts';

/** What a chain begins with. */
export const beginning = '0'.repeat(64);

type SealFields = Pick<Seal, 'month' | 'number' | 'at'>;

/** The hash of a seal: over its own fields, the seal before it, and the id and digest of each entry. */
export const hashSeal = (seal: SealFields, previous: string, entries: readonly SealedEntry[]): string =>
  sha256(toSealText(seal, previous, sha256(toListText(entries))));

/** Whether the seal has this hash, made in today's way or as it was at first. */
export const isSealed = (
  seal: Omit<Seal, 'entries'>,
  previous: string,
  entries: readonly SealedEntry[],
): boolean =>
  hashSeal(seal, previous, entries) === seal.hash ||
  sha256(toEarlySealText(seal, previous, entries)) === seal.hash;

export const hashAnchor = (anchor: Omit<Anchor, 'hash' | 'signature'>): string =>
  sha256(toAnchorText(anchor));
