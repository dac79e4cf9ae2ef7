import { InvalidArgumentError } from 'commander';
import { toUuid } from '../../complaints/reading/read-operations.ts';

export function toInstant(text: string): Date {
  const at = new Date(text);
  if (Number.isNaN(at.getTime()))
    throw new InvalidArgumentError('It must be a time, as 2026-11-20T09:00:00+09:00.');
  return at;
}

/** A whole number from 1, with at most so many digits. */
export const toCount =
  (digits: number) =>
  (text: string): number => {
    if (!/^[1-9]\d*$/.test(text) || text.length > digits)
      throw new InvalidArgumentError(`It must be a number from 1 to ${10 ** digits - 1}.`);
    return Number(text);
  };

/** `what`: as in "the id of a key". */
export const toIdOf =
  (what: string) =>
  (text: string): string => {
    if (!toUuid(text)) throw new InvalidArgumentError(`It must be the id of ${what}.`);
    return text;
  };
