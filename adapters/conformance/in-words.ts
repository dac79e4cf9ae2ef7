import { type Reason, wordReason } from '../../schemas/reason.ts';

/**
 * Words what an adapter gave. Each reason becomes its English text. Each problem becomes `{ pointer, message }`, as
 * callers see it. So laws and tests state what a person reads and not a code.
 */
export function inWords(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map(inWords);
  if (isReason(value)) return wordReason(value, 'en');
  const { reason, ...rest } = value as { reason?: unknown; pointer?: unknown };
  if ('pointer' in value && isReason(reason)) return { ...rest, message: wordReason(reason, 'en') };
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, inWords(field)]));
}

const isReason = (value: unknown): value is Reason =>
  typeof value === 'object' &&
  value !== null &&
  'code' in value &&
  typeof value.code === 'string' &&
  Object.keys(value).every((name) => ['code', 'params', 'said'].includes(name));

/** The same as one text, for the message of a broken law. */
export const toWords = (given: unknown): string => JSON.stringify(inWords(given));
