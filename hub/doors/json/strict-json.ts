import type { FastifyInstance, FastifyRequest } from 'fastify';
import { findDigestProblem } from '../../access/keys/content-digest.ts';
import { Refusal } from '../../http/problem.ts';
import { decodeBody } from './content-codings.ts';

/**
 * Refuses bytes that are no UTF-8. Fastify's own parser replaces them by U+FFFD, so a text would change unnoticed. A body
 * may be compressed. `bodyLimit` is for the bytes that came and for what becomes of them.
 */
export function readStrictJson(app: FastifyInstance, bodyLimit: number): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  const read = readStrictText(bodyLimit);
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit }, (request, body, done) => {
    read(request, body as Buffer).then((text) => parse(request, text, done), done);
  });
}

/** Reads a body as UTF-8, with the checks of {@link readStrictJson}. Errors: Refusal. */
export function readStrictText(
  bodyLimit: number,
): (request: FastifyRequest, body: Buffer) => Promise<string> {
  return async (request, body) => {
    const { 'content-digest': digest, 'content-encoding': coding } = request.headers;
    // RFC 9530, 2: the digest of the content as it was sent, so of the compressed bytes.
    const problem = typeof digest === 'string' ? findDigestProblem(digest, body) : undefined;
    if (problem) throw new Refusal('malformed', problem);
    const ofRoute = Math.max(bodyLimit, request.routeOptions.bodyLimit);
    // Some routes let in whom no gate knows.
    const { bodyBytes = Number.POSITIVE_INFINITY } = request.entry ?? {};
    const bytes = await decodeBody(body, coding, Math.min(ofRoute, bodyBytes));
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      throw new Refusal('malformed', 'the body is not UTF-8: some of its bytes mean nothing there');
    }
  };
}
