import type { FastifyInstance } from 'fastify';
import { dropAfterAnswer } from '../../http/body-stream.ts';

/** Below `app`, a body is a streamed file of any media type. Returns the options of a route that takes one. */
export function streamBodies(app: FastifyInstance) {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  dropAfterAnswer(app);
  return { config: { carriesFiles: true } };
}
