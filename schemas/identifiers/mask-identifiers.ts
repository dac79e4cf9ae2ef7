import { findIdentifiers, type IdentifierKind, identifierKinds } from './find-identifiers.ts';

/** How often each kind was masked. */
export type MaskCounts = Partial<Record<IdentifierKind, number>>;

/** A number as somebody wrote it. */
export interface FoundNumber {
  kind: IdentifierKind;
  value: string;
}

export interface MaskOptions {
  /** Is added to. */
  counts?: MaskCounts;
  /** Is given each number that is masked. */
  found?: FoundNumber[] | undefined;
  /** Kinds that stay as they are. */
  except?: readonly IdentifierKind[];
  /** Fields whose values stay as they are. */
  kept?: ReadonlySet<string>;
}

/** How many digits stay in front and at the end: enough to know the number again, too little to use it. */
const shown: Record<IdentifierKind, [front: number, end: number]> = {
  rrn: [6, 0],
  foreigner: [6, 0],
  passport: [0, 0],
  licence: [2, 0],
  card: [0, 4],
  account: [0, 4],
};

/** The text with the digits of each identifier as `*`; separators stay. */
export function maskText(text: string, { counts = {}, except = [], found }: MaskOptions = {}): string {
  let masked = '';
  let at = 0;
  for (const { kind, start, end } of findIdentifiers(text)) {
    if (except.includes(kind)) continue;
    const value = text.slice(start, end);
    masked += text.slice(at, start) + mask(value, kind);
    found?.push({ kind, value });
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
 * Masks every text in a value of JSON, at any depth. Names of fields stay. A value without identifiers is returned itself.
 */
export function maskValue<T>(value: T, options: MaskOptions = {}): T {
  if (typeof value === 'string') return maskText(value, options) as T;
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const masked = entries.map(
    ([key, item]) => [key, options.kept?.has(key) ? item : maskValue(item, options)] as const,
  );
  if (masked.every(([, item], at) => item === entries[at]?.[1])) return value;
  if (Array.isArray(value)) return masked.map(([, item]) => item) as T;
  return Object.fromEntries(masked) as T;
}

/** What officers write may name an account of their agency, to which somebody pays. All else is as in any text. */
export const byOfficers = { except: ['account'] } as const satisfies MaskOptions;

export const isMasked = (counts: MaskCounts): boolean => identifierKinds.some((kind) => counts[kind]);
