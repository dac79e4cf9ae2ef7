import { randomBytes } from 'node:crypto';

/**
 * Nobody outside can guess it. Otherwise a complaint with a mark in its text would be sent to the board with the
 * secret in its place.
 */
const nonce = randomBytes(16).toString('hex');
const marks = /\{secret:([A-Za-z][A-Za-z0-9_]*):([0-9a-f]{32})\}/g;

/**
 * The text that stands for a secret while a request is built. Expressions work with the mark, and the secret replaces
 * it when the request is sent. So no expression, thread, reason or sample ever holds a secret.
 */
export const toSecretMark = (name: string): string => `{secret:${name}:${nonce}}`;

/** Replaces each mark in a text. `replace` gets the secret's name. */
export const replaceSecretMarks = (text: string, replace: (name: string) => string): string =>
  text.includes(nonce)
    ? text.replace(marks, (all, name: string, found: string) => (found === nonce ? replace(name) : all))
    : text;

/** Shows each mark as the call that stands in the expression. */
export const hideSecretMarks = (text: string): string =>
  replaceSecretMarks(text, (name) => `$secret("${name}")`).replaceAll(nonce, '…');

/** Changes every text of a plain JSON value, at any depth. */
export function mapJsonTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapJsonTexts(item, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, mapJsonTexts(item, change)] as const),
  );
}
