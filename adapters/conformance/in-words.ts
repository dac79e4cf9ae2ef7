import { type Reason, wordReason } from '../../schemas/reason.ts';

/**
 * What an adapter gave, with each reason in English words and each problem as callers see it: `{ pointer, message }`. So
 * a law or a test says what a person reads, and not by which code.
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

/** The same as one text, for what a broken law says. */
export const toWords = (given: unknown): string => JSON.stringify(inWords(given));
