import { toReason } from '../../schemas/reason.ts';
import { refuseFields } from '../kit/outcome/refusal.ts';
import type { Open311Settings } from './config.ts';

/** The fields of a form, by the names of the specification. */
export type Fields = Record<string, string>;

/** A description that the board takes as it is; refused, never cut: what is cut off of a complaint is lost for good. */
export function withinLimit({ descriptionLimit }: Open311Settings, text: string, pointer: string): string {
  const { length } = [...text];
  if (descriptionLimit === undefined || length <= descriptionLimit) return text;
  const reason = toReason('description_too_long', { n: length, limit: descriptionLimit });
  throw refuseFields([{ pointer, reason }]);
}

/** Nothing is sent for nothing: servers read an empty field as a value. */
export const present = (fields: Record<string, string | undefined>): Fields =>
  Object.fromEntries(Object.entries(fields).filter((field): field is [string, string] => Boolean(field[1])));
