import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from '../../http/problem.ts';

/** Milliseconds. */
const afterRefusal = 2000;

/** Below `app` a body is a file as it is, of any media type, streamed. Returns the options of a route that takes one. */
export function streamBodies(app: FastifyInstance) {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
  // Who goes on sending after an answer gets a moment to read it; an endless body must not keep its connection. What is
  // left is read away: the caller's next request stands behind it, and would be cut off instead.
  app.addHook('onResponse', async ({ raw }) => {
    raw.resume();
    const cut = () => {
      if (!raw.complete) raw.destroy();
    };
    setTimeout(cut, afterRefusal).unref();
  });
  return { config: { carriesFiles: true } };
}

/**
 * The body as it comes. Not destroyed when it is refused in the middle: the caller must hear why. Errors: Refusal
 * `unavailable` where the caller leaves before the end, which is no fault of the hub.
 */
export async function* toContent({ raw }: FastifyRequest): AsyncGenerator<Buffer> {
  try {
    yield* raw.iterator({ destroyOnReturn: false });
  } catch (error) {
    throw raw.complete ? error : new Refusal('unavailable', 'the caller has left');
  }
}
