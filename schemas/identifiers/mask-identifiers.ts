import { findIdentifiers, type IdentifierKind, identifierKinds } from './find-identifiers.ts';

/** How often each kind was masked. */
export type MaskCounts = Partial<Record<IdentifierKind, number>>;

/** How many digits stay in front and at the end: enough to know the number again, too little to use it. */
const shown: Record<IdentifierKind, [front: number, end: number]> = {
  rrn: [6, 0],
  foreigner: [6, 0],
  passport: [0, 0],
  licence: [2, 0],
  card: [0, 4],
  account: [0, 2],
};

/** The text with the digits of each identifier as `*`; separators stay. `counts` is added to. */
export function maskText(text: string, counts: MaskCounts = {}): string {
  let masked = '';
  let at = 0;
  for (const { kind, start, end } of findIdentifiers(text)) {
    masked += text.slice(at, start) + mask(text.slice(start, end), kind);
    counts[kind] = (counts[kind] ?? 0) + 1;
    at = end;
  }
  return masked + text.slice(at);
}

function mask(number: string, kind: IdentifierKind): string {
  const [front, end] = shown[kind];
  const total = number.match(/\p{Nd}/gu)?.length ?? 0;
  let digit = 0;
  return number.replace(/\p{Nd}/gu, (one) => {
    digit += 1;
    return digit <= front || digit > total - end ? one : '*';
  });
}

/**
 * Masks every text in a value of JSON, at any depth. Names of fields stay, and what stands in a field of `kept`. A value
 * without identifiers is returned itself.
 */
export function maskValue<T>(value: T, counts: MaskCounts = {}, kept: ReadonlySet<string> = new Set()): T {
  if (typeof value === 'string') return maskText(value, counts) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const masked = entries.map(
    ([key, item]) => [key, kept.has(key) ? item : maskValue(item, counts, kept)] as const,
  );
  if (masked.every(([, item], at) => item === entries[at]?.[1])) return value;
  if (Array.isArray(value)) return masked.map(([, item]) => item) as T;
  return Object.fromEntries(masked) as T;
}

export const isMasked = (counts: MaskCounts): boolean => identifierKinds.some((kind) => counts[kind]);
