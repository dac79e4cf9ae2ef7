import type { FastifyInstance } from 'fastify';
import { findDigestProblem } from '../../access/keys/content-digest.ts';
import { Refusal } from '../../http/problem.ts';

/** Refuses bytes that are no UTF-8. Fastify's own parser replaces them by U+FFFD, so a text would change unnoticed. */
export function readStrictJson(app: FastifyInstance, bodyLimit: number): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer', bodyLimit }, (request, body, done) => {
    const bytes = body as Buffer;
    const digest = request.headers['content-digest'];
    const problem = typeof digest === 'string' ? findDigestProblem(digest, bytes) : undefined;
    if (problem) return done(new Refusal('malformed', problem));
    let text: string;
    try {
      text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    } catch {
      return done(new Refusal('malformed', 'the body is not UTF-8: some of its bytes mean nothing there'));
    }
    parse(request, text, done);
  });
}
