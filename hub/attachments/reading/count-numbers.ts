import { findIdentifiers, type IdentifierKind } from '../../../schemas/identifiers/find-identifiers.ts';
import type { MaskCounts } from '../../../schemas/identifiers/mask-identifiers.ts';
import { type Inside, unseen } from './inside.ts';
import { readTexts } from './read-texts.ts';
import { ReadingError } from './reading-error.ts';

/** Letters that are judged at once; a number at the seam is found in the piece that begins a little earlier. */
const piece = 200_000;
const seam = 100;
const mostLetters = 30_000_000;

/** What stands in a file. A number that stands in several places counts once. It never throws. */
export async function countNumbers(bytes: Uint8Array, mediaType: string): Promise<Inside> {
  try {
    const { texts, isPart } = await readTexts(bytes, mediaType);
    const letters = texts.reduce((sum, { length }) => sum + length, 0);
    if (letters > mostLetters) return unseen('too_large');
    return { numbers: countIn(texts), unread: isPart ? 'partly' : null };
  } catch (error) {
    return unseen(error instanceof ReadingError ? error.kind : 'broken');
  }
}

function countIn(texts: readonly string[]): MaskCounts {
  const found = new Map<IdentifierKind, Set<string>>();
  for (const text of texts)
    for (let at = 0; at === 0 || at < text.length; at += piece) {
      const part = text.slice(Math.max(0, at - seam), at + piece);
      for (const { kind, start, end } of findIdentifiers(part)) {
        const own = found.get(kind) ?? new Set();
        found.set(
          kind,
          own.add(
            part
              .slice(start, end)
              .normalize('NFKC')
              .replace(/[^0-9A-Za-z]/g, ''),
          ),
        );
      }
    }
  return Object.fromEntries([...found].map(([kind, numbers]) => [kind, numbers.size]));
}
