import type { BoardRef, Change, GivenAttachment } from '../contract.ts';

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

/** Ids come as text or as numbers; anything else is no id. */
export function toId(value: unknown): string | undefined {
  const usable = (typeof value === 'string' && value !== '') || Number.isSafeInteger(value);
  return usable ? String(value) : undefined;
}

/** A reference out of an expression's result, if it names a post. */
export function toRef(externalId: unknown, partId: unknown): BoardRef | undefined {
  const id = toId(externalId);
  const part = toId(partId);
  return id === undefined ? undefined : { externalId: id, ...(part !== undefined && { partId: part }) };
}
