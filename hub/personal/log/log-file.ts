import type { Anchor, Seal } from './chain.ts';
import type { StoredEntry } from './entry.ts';
import type { LogPart } from './verify-log.ts';

/** The log as a file: a line of JSON for each seal with its entries, and for each anchor. It is verified without a hub. */
export async function* toLines(parts: AsyncIterable<LogPart>): AsyncGenerator<string> {
  for await (const part of parts) {
    if (part.kind === 'seal') {
      const entries = part.seal.entries.flatMap((id) => part.entries.get(id) ?? []);
      yield `${JSON.stringify({ kind: 'seal', seal: part.seal, entries })}\n`;
    } else if (part.kind === 'anchor') yield `${JSON.stringify(part)}\n`;
  }
}

type Line = { kind: 'seal'; seal: Seal; entries: StoredEntry[] } | { kind: 'anchor'; anchor: Anchor };

/** What the lines say. A line that says nothing is told with its number. */
export async function* fromLines(lines: AsyncIterable<string> | Iterable<string>): AsyncGenerator<LogPart> {
  let number = 0;
  for await (const text of lines) {
    number += 1;
    if (text === '') continue;
    yield toPart(text) ?? { kind: 'unreadable', place: `line ${number}` };
  }
}

function toPart(text: string): LogPart | undefined {
  const line = toLine(text);
  if (!line) return undefined;
  if (line.kind === 'anchor') return { kind: 'anchor', anchor: line.anchor };
  return { kind: 'seal', seal: line.seal, entries: new Map(line.entries.map((entry) => [entry.id, entry])) };
}

/** Undefined: the line is of another shape, or written in another way than {@link toLines} writes. */
function toLine(text: string): Line | undefined {
  try {
    const line: unknown = JSON.parse(text);
    if (JSON.stringify(line) !== text || typeof line !== 'object' || line === null) return undefined;
    const { kind, seal, entries, anchor } = line as Record<string, unknown>;
    if (kind === 'seal' && isSeal(seal) && Array.isArray(entries) && entries.every(isEntry))
      return { kind, seal, entries };
    return kind === 'anchor' && isAnchor(anchor) ? { kind, anchor } : undefined;
  } catch {
    // No JSON: the caller tells the line.
    return undefined;
  }
}

const has = (value: unknown, of: Record<string, (part: unknown) => boolean>): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length === Object.keys(of).length &&
  Object.entries(of).every(([name, fits]) => fits((value as Record<string, unknown>)[name]));

const isText = (part: unknown): boolean => typeof part === 'string';
const isNumber = (part: unknown): boolean => typeof part === 'string' && /^\d{1,19}$/.test(part);
const isMonth = (part: unknown): boolean => typeof part === 'string' && /^\d{4}-\d\d$/.test(part);
const listOf = (fits: (part: unknown) => boolean) => (part: unknown) =>
  Array.isArray(part) && part.every(fits);

const isSeal = (value: unknown): value is Seal =>
  has(value, { month: isMonth, number: isNumber, at: isNumber, entries: listOf(isNumber), hash: isText });

const isHead = (value: unknown): boolean =>
  has(value, { month: isMonth, number: isNumber, hash: isText, entries: (n) => typeof n === 'number' });

const isAnchor = (value: unknown): value is Anchor =>
  has(value, {
    ...{ number: isNumber, at: isNumber, day: isText, heads: listOf(isHead), dropped: listOf(isMonth) },
    ...{ previous: isText, hash: isText, publicKey: isText, signature: isText },
  });

const isEntry = (value: unknown): value is StoredEntry =>
  has(value, {
    ...{
      id: isNumber,
      at: isNumber,
      actor: isText,
      agency: isText,
      way: isText,
      address: isText,
      act: isText,
    },
    ...{ purpose: isText, place: isText, subjects: listOf(isText), items: listOf(isText), reason: isText },
    ...{ masked: (part) => typeof part === 'boolean', digest: isText },
  });
