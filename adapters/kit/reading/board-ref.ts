import type { BoardRef, Change, GivenAttachment } from '../../contract.ts';

/** The input of expressions and paths over a change: the change itself, with its ids at the top. */
export function toPushInput(change: Change, key: string): Record<string, unknown> {
  const { externalId } = change.ref ?? {};
  const { receiptNumber, originNumber } = change.complaint;
  return {
    ...change,
    key,
    receiptNumber,
    ...(originNumber !== undefined && { originNumber }),
    ...(externalId && { externalId }),
  };
}

/** The same input for a file. */
export function toFileInput(given: Omit<GivenAttachment, 'content'>, key: string): Record<string, unknown> {
  const { event, complaint, role, ref, part, attachment } = given;
  const { partId } = ref;
  return {
    ...toPushInput({ event, complaint, role, ref, ...(part && { part }) }, key),
    attachment,
    ...(partId && { partId }),
  };
}

/**
 * Ids that every index and every door accepts: no control character, no half of a surrogate pair. For a record without
 * an id, JSONata's `$string(id)` is the text "null". Two such records would count as one.
 */
const usableId = /^(?!null$)\P{Cc}{1,200}$/u;

/**
 * Reads an id, which comes as text or as a number. Anything else is no id. A number beyond 2^53 comes as text
 * (kit/text/json.ts).
 */
export function toId(value: unknown): string | undefined {
  if (typeof value === 'string') return usableId.test(value) && value.isWellFormed() ? value : undefined;
  return Number.isSafeInteger(value) ? String(value) : undefined;
}

/** Reads a reference from an expression's result, if it names a post. */
export function toRef(externalId: unknown, partId: unknown): BoardRef | undefined {
  const id = toId(externalId);
  const part = toId(partId);
  return id === undefined ? undefined : { externalId: id, ...(part !== undefined && { partId: part }) };
}
