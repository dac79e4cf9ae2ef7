import { toBoardTime, toInstant } from '../../kit/text/board-time.ts';
import { epochPattern } from '../config.ts';

/** An instant as the columns hold it: in the board's format, or as seconds since 1970. */
export const toColumnTime = (instant: string, pattern: string, timeZone: string): string =>
  pattern === epochPattern
    ? String(Math.floor(Date.parse(instant) / 1000))
    : toBoardTime(instant, pattern, timeZone);

/** The instant in such a column. Undefined: null, an empty text, a zero date or zero is no time. */
export function fromColumnTime(value: unknown, pattern: string | undefined, timeZone: string) {
  const text = String(value ?? '');
  if (pattern !== epochPattern) return toInstant(text, timeZone);
  return Number(text) === 0 ? undefined : new Date(Number(text) * 1000).toISOString();
}
