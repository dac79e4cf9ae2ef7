import { promisify } from 'node:util';
import { gunzip as gunzipWith, gzip as gzipWith } from 'node:zlib';
import { negotiate } from '@fastify/accept-negotiator';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../http/problem.ts';
import { toEncodedTag } from './entity-tags.ts';

const gunzip = promisify(gunzipWith);
const gzip = promisify(gzipWith);

/** Bytes of a reply below which compressing saves nothing: it fits into one packet. */
const leastBytes = 1_024;
const acceptEncoding = { 'accept-encoding': 'gzip' };

/**
 * Undoes Content-Encoding. `limit`: bytes that may become of it; a few kilobytes can be made to become gigabytes.
 * Errors: Refusal `unsupported-encoding` (RFC 9110, 15.5.16), `too-large`, `malformed`.
 */
export async function decodeBody(bytes: Buffer, coding: string | undefined, limit: number): Promise<Buffer> {
  const name = coding?.trim().toLowerCase();
  if (name === undefined || name === '' || name === 'identity') return bytes;
  // RFC 9110, 8.4.1.3: x-gzip is the same.
  if (name !== 'gzip' && name !== 'x-gzip')
    throw new Refusal('unsupported-encoding', undefined, [], undefined, acceptEncoding);
  try {
    return await gunzip(bytes, { maxOutputLength: limit });
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE')
      throw new Refusal('too-large', `at most ${limit} bytes may become of the compressed body`);
    throw new Refusal('malformed', 'the body is not gzip, though Content-Encoding says so');
  }
}

/**
 * Compresses JSON for callers that take it. Machines alone call here, and no page of another site can make them do so:
 * nothing is learnt from the size of a reply, as it could be with pages (BREACH).
 */
export function compressReplies(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (reply.statusCode === 304) return nameCodedTag(request, reply, payload);
    const type = String(reply.getHeader('content-type') ?? '');
    if (typeof payload !== 'string' || !/[/+]json\b/.test(type)) return payload;
    reply.header('vary', 'accept-encoding');
    if (Buffer.byteLength(payload) < leastBytes || !takesGzip(request)) return payload;
    const coded = await gzip(payload);
    reply.header('content-encoding', 'gzip').header('content-length', coded.length);
    const tag = reply.getHeader('etag');
    if (typeof tag === 'string') reply.header('etag', toEncodedTag(tag));
    return coded;
  });
}

/** RFC 9110, 15.4.5: the tag that the reply with 200 would have had. */
function nameCodedTag(request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  reply.header('vary', 'accept-encoding');
  const tag = toEncodedTag(String(reply.getHeader('etag') ?? ''));
  if (takesGzip(request) && request.headers['if-none-match']?.includes(tag)) reply.header('etag', tag);
  return payload;
}

const takesGzip = ({ headers }: FastifyRequest): boolean =>
  negotiate(String(headers['accept-encoding'] ?? ''), ['gzip', 'identity']) === 'gzip';
