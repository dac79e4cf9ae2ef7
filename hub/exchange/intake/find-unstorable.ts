import type { Problem } from '../../../schemas/index.ts';
import { toReason } from '../../../schemas/reason.ts';

/**
 * Finds a NUL or half of a surrogate pair in JSON text. It stands there as an escape, after an even number of
 * backslashes.
 */
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f][0-9a-f]{2})/;

/**
 * Finds characters that no PostgreSQL text can hold: NUL, and halves of surrogate pairs (PostgreSQL manual, 8.14 JSON
 * Types). Undefined: there are none.
 */
export function findUnstorable(value: unknown, pointer = ''): Problem | undefined {
  if (!unstorable.test(JSON.stringify(value) ?? '')) return undefined;
  if (typeof value === 'object' && value !== null) {
    for (const [name, part] of Object.entries(value)) {
      const found = findUnstorable(part, `${pointer}/${name}`);
      if (found) return found;
    }
  }
  return { pointer, reason: toReason('unstorable') };
}
