import { Refusal } from '../../http/problem.ts';

/** Characters. */
export const longestKey = 200;

/**
 * Reads HTTP's header Idempotency-Key. The draft (draft-ietf-httpapi-idempotency-key-header) writes it as a quoted
 * string, but many clients send it bare. Errors: Refusal `malformed`.
 */
export function readIdempotencyKey(header: string | string[] | undefined): string | undefined {
  if (header === undefined) return undefined;
  const [, quoted, bare] = /^(?:"((?:[^"\\]|\\["\\])+)"|([^"\s,;]+))$/.exec(String(header)) ?? [];
  const key = quoted?.replace(/\\(.)/g, '$1') ?? bare;
  if (!key || key.length > longestKey)
    throw new Refusal('malformed', `Idempotency-Key must be one text of 1 to ${longestKey} characters`);
  return key;
}
