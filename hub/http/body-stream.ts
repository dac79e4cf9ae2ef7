import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Refusal } from './problem.ts';

/** Milliseconds. */
const afterRefusal = 2000;

/**
 * A client that still sends after an answer gets a moment to read it, but an endless body must not keep its connection.
 * The rest is read and dropped: the client's next request comes after it, and would be cut off otherwise.
 */
export function dropAfterAnswer(app: FastifyInstance): void {
  app.addHook('onResponse', async ({ raw }) => {
    raw.resume();
    const cut = () => {
      if (!raw.complete) raw.destroy();
    };
    setTimeout(cut, afterRefusal).unref();
  });
}

/**
 * The body as it comes. A body that is refused in the middle is not destroyed, because the caller must hear why.
 * Errors: Refusal `unavailable` if the caller leaves before the end, which is no fault of the hub.
 */
export async function* toContent({ raw }: Pick<FastifyRequest, 'raw'>): AsyncGenerator<Buffer> {
  try {
    yield* raw.iterator({ destroyOnReturn: false });
  } catch (error) {
    throw raw.complete ? error : new Refusal('unavailable', 'the caller has left');
  }
}
