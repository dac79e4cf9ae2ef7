import { toReason } from '../../schemas/reason.ts';
import { refuseFields } from '../kit/outcome/refusal.ts';
import type { Open311Settings } from './config.ts';

/** The fields of a form, with the specification's names. */
export type Fields = Record<string, string>;

/**
 * Returns a description that the board accepts in full. A longer one is refused and never cut, because the rest of a
 * complaint would be lost.
 */
export function withinLimit({ descriptionLimit }: Open311Settings, text: string, pointer: string): string {
  const { length } = [...text];
  if (descriptionLimit === undefined || length <= descriptionLimit) return text;
  const reason = toReason('description_too_long', { n: length, limit: descriptionLimit });
  throw refuseFields([{ pointer, reason }]);
}

/** Leaves out empty values, because servers would store them. */
export const present = (fields: Record<string, string | undefined>): Fields =>
  Object.fromEntries(Object.entries(fields).filter((field): field is [string, string] => Boolean(field[1])));
