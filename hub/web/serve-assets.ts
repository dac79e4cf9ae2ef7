import { negotiate } from '@fastify/accept-negotiator';
import type { FastifyInstance } from 'fastify';
import { type Assets, codings } from './asset-files.ts';

/** A year, the longest that browsers keep anything. */
const forEver = 'public, max-age=31536000, immutable';

/**
 * Serves `/assets/<folder>.<digest>/<file>`, compressed. Pages are not compressed: what a page holds of a session could
 * be learnt from its size (BREACH). While a new version is rolled out, a page of one process may ask another process
 * for its files. That one gives its own, to be asked for again the next time.
 */
export function serveAssets(app: FastifyInstance, { folders }: Assets): void {
  app.get('/assets/:folder/*', async (request, reply) => {
    const { folder: asked, '*': path } = request.params as { folder: string; '*': string };
    const [name = '', digest] = asked.split('.');
    const folder = digest === undefined ? undefined : folders.get(name);
    const file = folder?.files.get(path);
    if (!folder || !file) return reply.callNotFound();
    const accepted = request.headers['accept-encoding'];
    const coding = file.isCompressible && accepted ? negotiate(accepted, [...codings]) : null;
    const known = codings.find((one) => one === coding);
    const tag = `"${file.tag}${known ? `-${known}` : ''}"`;
    reply.header('cache-control', digest === folder.digest ? forEver : 'no-cache').header('etag', tag);
    if (file.isCompressible) reply.header('vary', 'accept-encoding');
    if (isNamed(tag, request.headers['if-none-match'])) return reply.code(304).send();
    if (known) reply.header('content-encoding', known);
    return reply.type(file.mediaType).send(known ? await file.toCoded(known) : file.content);
  });
}

/** A proxy may have made the tag weak (RFC 9110, 13.1.2: the comparison is the weak one). */
const isNamed = (tag: string, given = '') =>
  given.split(',').some((one) => ['*', tag].includes(one.trim().replace(/^W\//, '')));
