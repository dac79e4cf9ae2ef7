import { isDeepStrictEqual } from 'node:util';

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Takes over what a person changed in the masked form of a record. What stands there as it was shown keeps its real value;
 * what differs is new; what is gone is gone. So a person corrects a record without having seen whom it is about.
 */
export function applyEdits(real: unknown, shown: unknown, edited: unknown): unknown {
  if (isDeepStrictEqual(shown, edited)) return real;
  if (isFields(real) && isFields(shown) && isFields(edited))
    return Object.fromEntries(
      Object.entries(edited).map(([name, value]) => [
        name,
        Object.hasOwn(shown, name) && Object.hasOwn(real, name)
          ? applyEdits(real[name], shown[name], value)
          : value,
      ]),
    );
  if (Array.isArray(real) && Array.isArray(shown) && Array.isArray(edited))
    return edited.map((value, at) =>
      at < shown.length && edited.length === shown.length ? applyEdits(real[at], shown[at], value) : value,
    );
  return edited;
}
