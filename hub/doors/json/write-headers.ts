import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import type { Receipt } from '../../../schemas/index.ts';
import type { WriteOptions } from '../calls/agency-calls.ts';
import { longestKey, readIdempotencyKey } from '../calls/idempotency-key.ts';
import { readTags, toETag } from './entity-tags.ts';

/** Only describes the headers; {@link toWriteOptions} checks them. */
export const KeyHeader = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({
      maxLength: longestKey,
      description:
        'Your own key of this call (draft-ietf-httpapi-idempotency-key-header): a UUID for each call, sent again with each new try. The same key with the same call is answered with the same number and `duplicate`, and changes nothing; with another path or other words it is refused (422 key-reused). It is one key for all of your agency, kept for 30 days; a call that was refused leaves its key free. Without a key, saying what is so already changes nothing, and the same follow-up, answer or step within ten minutes, or with the same time, is the same one.',
    }),
  ),
});
export const WriteHeaders = Type.Object({
  ...KeyHeader.properties,
  'if-match': Type.Optional(
    Type.String({
      description:
        'The ETag that you read, or several: the write is refused with 412 when the complaint was changed since (RFC 9110, 13.1.1).',
      examples: ['"2"'],
    }),
  ),
});

export const ReadHeaders = Type.Object({
  'if-none-match': Type.Optional(
    Type.String({
      description:
        'The ETag of what you have, or several: answered with 304 and without a body where it is still so (RFC 9110, 13.1.2).',
      examples: ['"2"'],
    }),
  ),
});

/** Reads Idempotency-Key and If-Match. Errors: Refusal `malformed`. */
export function toWriteOptions({ headers }: FastifyRequest): WriteOptions {
  return {
    key: readIdempotencyKey(headers['idempotency-key']),
    expectedSeq: toExpectedSeq(headers['if-match']),
  };
}

/** A tag that is none of the hub's matches nothing. `*` matches each complaint that there is. */
function toExpectedSeq(header: string | string[] | undefined): number[] | undefined {
  const tags = readTags('If-Match', header);
  return tags === '*' ? undefined : tags?.map((tag) => (/^\d{1,9}$/.test(tag) ? Number(tag) : 0));
}

/** `made`: the status of a write that changed something. A repetition is 200. */
export function sendReceipt(reply: FastifyReply, receipt: Receipt, made: 200 | 201): FastifyReply {
  return reply
    .status(receipt.outcome === 'applied' ? made : 200)
    .header('etag', toETag(receipt.lastSeq))
    .send(receipt);
}
