import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { EngineerError } from '../../../engineer/engineer-error.ts';
import type { Expect } from '../../../engineer/expect.ts';
import { isHeld, readTags, toETag } from '../../json/entity-tags.ts';
import { judgePrecondition } from '../../json/preconditions.ts';
import { ReadHeaders } from '../../json/write-headers.ts';

/** A state as a tag: the same words have the same tag, at every process. */
const toContentTag = (state: unknown): string =>
  createHash('sha256').update(JSON.stringify(state)).digest('base64url').slice(0, 22);

/** For the replies of an operation that {@link sendTagged} answers. */
export const tagged = {
  headers: ReadHeaders,
  notModified: {
    304: { description: 'You have it as it is now.', headers: ['ETag' as const], nothing: true as const },
  },
};

/** Answers with the state and its ETag, or with 304 where the caller holds just that. */
export function sendTagged(request: FastifyRequest, reply: FastifyReply, state: unknown): FastifyReply {
  const tag = toContentTag(state);
  reply.header('etag', toETag(tag));
  const held = readTags('If-None-Match', request.headers['if-none-match']);
  return isHeld(held, tag) ? reply.status(304).send() : reply.send(state);
}

/** Only describes the header; {@link toExpect} reads it. */
export const MatchHeaders = Type.Object({
  'if-match': Type.Optional(
    Type.String({
      description:
        'The ETag of what you change, as you read it: refused with 412 where it is another one now (RFC 9110, 13.1.1). Without it, whatever is there is changed.',
      examples: ['"n4bQgYhMfWWaL-qgxVrQFa"'],
    }),
  ),
});

/**
 * What the caller expects to change. Nothing is asked of callers who say nothing, as before there were tags here. The
 * function throws EngineerError `changed`, Refusal `malformed`.
 */
export const toExpect =
  (request: FastifyRequest): Expect =>
  (now) => {
    const said = judgePrecondition(request, now === undefined ? undefined : toContentTag(now));
    if (said === 'moved')
      throw new EngineerError(
        'changed',
        now === undefined ? 'there is none (any more)' : 'it is not as you read it: read it again',
      );
    if (said === 'exists') throw new EngineerError('changed', 'there is one already');
  };
