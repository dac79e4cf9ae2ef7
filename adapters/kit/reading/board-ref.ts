import type { BoardRef, Change, GivenAttachment } from '../../contract.ts';

/** What expressions and paths over a change may name: the change, and its ids within easy reach. */
export function toPushInput(change: Change, key: string): Record<string, unknown> {
  const { externalId } = change.ref ?? {};
  return { ...change, key, receiptNumber: change.complaint.receiptNumber, ...(externalId && { externalId }) };
}

/** The same over a file. */
export function toFileInput(given: Omit<GivenAttachment, 'content'>, key: string): Record<string, unknown> {
  const { event, complaint, role, ref, attachment } = given;
  const { partId } = ref;
  return { ...toPushInput({ event, complaint, role, ref }, key), attachment, ...(partId && { partId }) };
}

/**
 * What every index and every door takes: no control character, no half of a surrogate pair. `$string(id)` of a record
 * without an id is the text "null" (JSONata), and two such records would be one.
 */
const usableId = /^(?!null$)\P{Cc}{1,200}$/u;

/** Ids come as text or as numbers; anything else is no id. A number beyond 2^53 comes as text (kit/text/json.ts). */
export function toId(value: unknown): string | undefined {
  if (typeof value === 'string') return usableId.test(value) && value.isWellFormed() ? value : undefined;
  return Number.isSafeInteger(value) ? String(value) : undefined;
}

/** A reference out of an expression's result, if it names a post. */
export function toRef(externalId: unknown, partId: unknown): BoardRef | undefined {
  const id = toId(externalId);
  const part = toId(partId);
  return id === undefined ? undefined : { externalId: id, ...(part !== undefined && { partId: part }) };
}
