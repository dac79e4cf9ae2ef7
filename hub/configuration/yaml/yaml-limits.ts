import { isMap, isScalar, isSeq, Lexer, type Node } from 'yaml';
import { type Reason, toReason } from '../../../schemas/reason.ts';

/** The most bytes of one document (UTF-8). A routing with 10,000 rules has about 600 KiB. */
const mostBytes = 1_048_576;
/** The most levels of one document. Those of the schemas have fewer than 20. */
const mostLevels = 64;

interface Refusal {
  reason: Reason;
  line: number;
}

/** Refuses a text that is too large, or that PostgreSQL cannot keep: it has no sign for NUL. */
export function findSizeProblem(text: string): Refusal | undefined {
  if (Buffer.byteLength(text) > mostBytes)
    return { reason: toReason('document_too_large', { n: mostBytes / 1024 }), line: 1 };
  if (isStorable(text)) return undefined;
  return { reason: toReason('sign_not_storable'), line: text.split('\0')[0]?.split('\n').length ?? 1 };
}

/** Whether PostgreSQL can keep the text: no NUL, and no half of a sign. */
export const isStorable = (text: string): boolean => !text.includes('\0') && text.isWellFormed();

/**
 * Refuses nesting that would exhaust the stack of whatever reads it. The lexer does not recurse, so it is asked first.
 * Nesting by indentation needs a longer line for each level: 1 MiB has fewer than 1,500, and those are refused by
 * {@link isTooDeep}.
 */
export function findDepthProblem(text: string): Refusal | undefined {
  let [line, flow, items] = [1, 0, 0];
  let isScalar = false;
  for (const lexeme of new Lexer().lex(text)) {
    const step = isScalar ? 0 : (steps[lexeme] ?? 0);
    if (lexeme === '-' || lexeme === '?') items += step;
    else flow += step;
    if (flow + items > mostLevels) return { reason: tooDeep(), line };
    const ends = lexeme.split('\n').length - 1;
    if (ends > 0) [line, items] = [line + ends, 0];
    isScalar = lexeme === scalarFollows;
  }
  return undefined;
}

/** The lexer's mark before the text of a scalar. */
const scalarFollows = '\u001f';
const steps: Record<string, number> = { '[': 1, '{': 1, ']': -1, '}': -1, '-': 1, '?': 1 };
export const tooDeep = (): Reason => toReason('document_too_deep', { n: mostLevels });

/** Whether a value has more levels than a document may have. */
export function isTooDeep(value: unknown, left = mostLevels): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return left === 0 || Object.values(value).some((part) => isTooDeep(part, left - 1));
}

/** Every key of a mapping that stands in it a second time. */
export function findDuplicateKeys(root: unknown): { offset: number; key: string }[] {
  const found: { offset: number; key: string }[] = [];
  const waiting = [root];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (isSeq(node)) waiting.push(...node.items);
    if (!isMap(node)) continue;
    const seen = new Set<string>();
    for (const { key, value } of node.items) {
      waiting.push(value);
      if (!isScalar(key)) continue;
      const name = String(key.value);
      if (seen.has(name)) found.push({ offset: (key as Node).range?.[0] ?? 0, key: name });
      seen.add(name);
    }
  }
  return found.sort((a, b) => a.offset - b.offset);
}
