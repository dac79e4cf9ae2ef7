import { type IdentifierKind, identifierKinds } from '../../../schemas/identifiers/find-identifiers.ts';
import type { MaskCounts } from '../../../schemas/identifiers/mask-identifiers.ts';

/**
 * Why nobody could look into a file, or into all of it. `no_reader`: nothing here reads this type, as a picture. `no_text`: a
 * document without text, as a scan. `broken`: it is damaged, or has a password. `too_large`, `too_long`: it passed a limit of
 * size or time. `partly`: an archive that holds such a file.
 */
const unreadReasons = ['no_reader', 'no_text', 'broken', 'too_large', 'too_long', 'partly'] as const;
export type Unread = (typeof unreadReasons)[number];

/** What stands in a file. */
export interface Inside {
  /** How many different numbers of each kind. */
  numbers: MaskCounts;
  /** Null: all of its text was read. */
  unread: Unread | null;
}

export const unseen = (unread: Unread): Inside => ({ numbers: {}, unread });

/** What a reader said, which a file may have led to say anything. Undefined: it makes no sense. */
export function toInside(text: string): Inside | undefined {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { numbers, unread } = (said ?? {}) as Partial<Inside>;
  if (typeof numbers !== 'object' || numbers === null) return undefined;
  if (unread !== null && !unreadReasons.includes(unread as Unread)) return undefined;
  const isCount = ([kind, count]: [string, unknown]) =>
    identifierKinds.includes(kind as IdentifierKind) && Number.isSafeInteger(count) && Number(count) > 0;
  return Object.entries(numbers).every(isCount) ? { numbers, unread: unread ?? null } : undefined;
}
